/** A button beside a figure's downloads that saves what it shows as a PNG, in the colours that it has on the page. */
import { say, words } from './words.js';

const scale = 2;

export function savePng(document: Document): void {
  for (const list of document.querySelectorAll<HTMLElement>('.downloads[data-png]')) {
    if (list.querySelector('button') !== null) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'PNG';
    button.setAttribute('aria-label', say(words.page.pngOf, { number: list.dataset['png'] ?? '' }));
    button.addEventListener('click', () => {
      const figure = list.closest('figure');
      if (figure === null) return;
      save(figure).catch((error: unknown) => {
        button.textContent = words.page.noPng;
        console.error(String(error));
      });
    });
    list.append(' ', button);
  }
}

async function save(figure: HTMLElement): Promise<void> {
  const all = figure.querySelectorAll<SVGSVGElement>('.moving-now > svg, .drawing:not(.colophon-asleep) > svg');
  const shown = [...all].filter((svg) => svg.getClientRects().length > 0);
  const boxes = shown.map((svg) => svg.getBoundingClientRect());
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(scale * (Math.max(...boxes.map(({ right }) => right)) - left));
  canvas.height = Math.ceil(scale * (Math.max(...boxes.map(({ bottom }) => bottom)) - top));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser draws no PNG');
  context.fillStyle = colourOf('--figure-paper') ?? 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const [index, svg] of shown.entries()) {
    const { x, y, width, height } = boxes[index] ?? new DOMRect();
    const image = await imageOf(svg, width, height);
    context.drawImage(image, scale * (x - left), scale * (y - top), scale * width, scale * height);
  }
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  if (blob === null) throw new Error('this browser draws no PNG');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${figure.id}.png`;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** An image sees nothing of the page, so its colours are said in full; and the page's policy allows it as data alone. */
function imageOf(svg: SVGSVGElement, width: number, height: number): Promise<HTMLImageElement> {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(scale * width));
  copy.setAttribute('height', String(scale * height));
  copy.setAttribute('font-family', 'sans-serif');
  const text = new XMLSerializer()
    .serializeToString(copy)
    .replaceAll(/var\((--figure-[a-z0-9]+)(?:, #[0-9a-f]{6})?\)/g, (whole, name: string) => colourOf(name) ?? whole);
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.addEventListener('load', () => {
      resolve(image);
    });
    image.addEventListener('error', () => {
      reject(new Error('the drawing is no image'));
    });
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  });
}

/** What a custom property comes to here and now: it may name others, and one colour for light and one for dark. */
function colourOf(name: string): string | undefined {
  const probe = document.createElement('span');
  probe.style.setProperty('color', `var(${name}, transparent)`);
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color === 'rgba(0, 0, 0, 0)' ? undefined : color;
}

/** The moving pictures of a site at every checkpoint, drawn without a browser. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { courseOf } from '../../../src/client/interactive/course.js';
import { movingPictureNamed } from '../../../src/client/interactive/pictures/index.js';
import type { InteractiveTraining } from '../../../src/figures/interactive-data.js';
import type { InteractiveFigure } from '../../../src/figures/interactive-figure.js';
import { faultsOf } from './svg-faults.js';

/** As much of an element as the pictures use. */
class FakeElement {
  readonly attributes = new Map<string, string>();
  children: (FakeElement | string)[] = [];
  constructor(readonly tag: string) {}
  setAttribute(name: string, value: unknown): void {
    this.attributes.set(name, String(value));
  }
  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }
  append(...children: (FakeElement | string)[]): void {
    for (const child of children)
      if (typeof child !== 'string') this.children = this.children.filter((one) => one !== child);
    this.children.push(...children);
  }
  replaceChildren(...children: (FakeElement | string)[]): void {
    this.children = children;
  }
  remove(): void {
    this.attributes.set('display', 'none');
  }
  get textContent(): string {
    return this.children.map((child) => (typeof child === 'string' ? child : child.textContent)).join('');
  }
  set textContent(text: string) {
    this.children = [text];
  }
  print(): string {
    const attributes = Array.from(this.attributes, ([name, value]) => ` ${name}="${value}"`).join('');
    const inner = this.children.map((child) => (typeof child === 'string' ? child : child.print())).join('');
    return `<${this.tag}${attributes}>${inner}</${this.tag}>`;
  }
}

const fakeDocument = { createElementNS: (_namespace: string, tag: string) => new FakeElement(tag) };

/** What is wrong with the pictures with sliders. */
export function movingFaults(site: string): string[] {
  const html = readFileSync(join(site, 'index.html'), 'utf8');
  const lives = [...html.matchAll(/data-interactive="([^"]*)"/g)].map(
    ([, json = '']) => JSON.parse(json.replaceAll('&quot;', '"').replaceAll('&amp;', '&')) as InteractiveFigure,
  );
  const trainings = new Map(
    readdirSync(join(site, 'assets'))
      .filter((name) => name.startsWith('training-'))
      .map((name) => {
        const script = readFileSync(join(site, 'assets', name), 'utf8');
        const training = JSON.parse(
          script.slice(script.indexOf(',') + 1, script.lastIndexOf(')')),
        ) as InteractiveTraining;
        return [training.id, training];
      }),
  );
  const { document: before } = globalThis as { document?: unknown };
  Object.assign(globalThis, { document: fakeDocument });
  try {
    return lives.flatMap((live) => {
      const training = trainings.get(live.training);
      return training === undefined ? [`no data of ${live.training}`] : pictureFaults(live, training);
    });
  } finally {
    Object.assign(globalThis, { document: before });
  }
}

function pictureFaults(live: InteractiveFigure, training: InteractiveTraining): string[] {
  const courses = training.runs.filter(({ name }) => live.runs.includes(name)).map((run) => courseOf(run, training));
  const make = movingPictureNamed(live.picture);
  const components = live.sliders.includes('component') ? [0, live.components - 1, undefined] : [undefined];
  return courses.flatMap((course) =>
    components.flatMap((component) => {
      const picture = make(course, {
        ...{ width: 200, height: 180, title: course.label, among: courses, seeds: courses },
        ...{ oneSeed: false, leaveOut: live.leaveOut },
        ...{ parameters: live.parameters, components: live.components, component },
        unit: live.sliders.includes('unit') ? () => ({ layer: 0, index: 0 }) : undefined,
      });
      return course.steps
        .flatMap((step, checkpoint) => {
          picture.show(checkpoint);
          const svgs = picture.panels.map(({ svg }) => (svg as unknown as FakeElement).print());
          const said = picture.describe(checkpoint);
          const told = picture.readings(checkpoint).flatMap((reading) => [...reading.tell(0)].map(([name]) => name));
          const faults = [...svgs, `<p>${said}</p>`, ...told].flatMap(faultsOf);
          return faults.slice(0, 1).map((fault) => `moving ${live.picture}, ${course.name} at step ${step}: ${fault}`);
        })
        .slice(0, 2);
    }),
  );
}

/** Training and test error over the course, with a cursor at the checkpoint. */
import { dotsPath, linePath } from '../line.js';
import { makePanel } from '../panel.js';
import { type MakePicture, roomy, short } from './picture.js';

export const learningCurves: MakePicture = (course, { title, width, height }) => {
  const { steps } = course;
  const curves = [
    { errors: course.trainErrors, colour: 'var(--figure-c2)', name: 'training' },
    { errors: course.testErrors, colour: 'var(--figure-c1)', name: 'test' },
  ].map(({ errors, ...curve }) => ({
    ...curve,
    errors,
    at: errors.flatMap((error, index) => (error !== null && error > 0 ? [index] : [])),
  }));
  const logs = curves.flatMap(({ errors, at }) => at.map((index) => Math.log10(errors[index] ?? 1)));
  const [low, high] = roomy(logs);
  const panel = makePanel({
    title,
    x: { title: 'step', domain: [steps[0] ?? 0, steps.at(-1) ?? 1] },
    y: { title: 'mean squared error', domain: [10 ** low, 10 ** high], log: true },
    width,
    height,
  });
  for (const { errors, at, colour } of curves) {
    panel.path({ stroke: colour, 'stroke-width': 1.75 }).setAttribute(
      'd',
      linePath(
        at.map((index) => panel.x(steps[index] ?? 0)),
        at.map((index) => panel.y(errors[index] ?? 1)),
      ),
    );
  }
  const cursor = panel.path({ stroke: 'var(--figure-ink)', 'stroke-opacity': 0.6 });
  const dots = curves.map(({ colour }) => panel.path({ stroke: colour, 'stroke-width': 8, 'stroke-linecap': 'round' }));
  const errorsAt = (checkpoint: number): { text: string; colour: string }[] =>
    curves
      .filter(({ at }) => at.length > 0)
      .map(({ errors, name, colour }) => ({ text: `${name} ${short(errors[checkpoint] ?? Number.NaN)}`, colour }));
  return {
    panels: [panel.svg],
    show(checkpoint) {
      const x = panel.x(steps[checkpoint] ?? 0);
      cursor.setAttribute('d', `M${x.toFixed(1)} 0v${height}`);
      curves.forEach(({ errors }, index) => {
        const error = errors[checkpoint] ?? null;
        dots[index]?.setAttribute('d', error === null ? '' : dotsPath([x], [panel.y(error)]));
      });
      // Each in its line's colour: the key is said with the values.
      panel.say(...errorsAt(checkpoint).flatMap((error, index) => (index === 0 ? [error] : ['  ', error])));
    },
    describe: (checkpoint) =>
      `error ${errorsAt(checkpoint)
        .map(({ text }) => text)
        .join(', ')}`,
  };
};

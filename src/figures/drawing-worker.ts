/** The thread's side of drawing. */
export { drawSpecification as default } from './draw-specification.js';

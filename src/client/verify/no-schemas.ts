/** In place of zod in what pages compute: their options were checked when they were built. */

/** Whatever is asked of it, it is that again. */
const anything: object = new Proxy(() => anything, { get: () => anything });

export {
  anything as array,
  anything as boolean,
  anything as discriminatedUnion,
  anything as enum,
  anything as int,
  anything as json,
  anything as literal,
  anything as number,
  anything as partialRecord,
  anything as preprocess,
  anything as record,
  anything as strictObject,
  anything as string,
  anything as tuple,
  anything as union,
};

/** What code of the report's own prints: the first of it is kept, of the rest only how much there was. */
const most = 2000;

export interface BoundedLog {
  readonly write: (chunk: Uint8Array | string, ...rest: unknown[]) => boolean;
  /** What was printed, and how much more; empty for nothing. */
  readonly text: () => string;
}

export function boundedLog(): BoundedLog {
  let kept = '';
  let more = 0;
  return {
    write: (chunk, ...rest) => {
      const room = most - kept.length;
      const text = typeof chunk === 'string' ? chunk.slice(0, room) : Buffer.from(chunk.subarray(0, room)).toString();
      kept += text;
      more += chunk.length - Math.min(chunk.length, room);
      const done = rest.at(-1);
      if (typeof done === 'function') (done as () => void)();
      return true;
    },
    text: () => `${kept.trimEnd()}${more > 0 ? ` … and ${more} characters more` : ''}`,
  };
}

/** The content of a file of the site, which need not be made while the site has it already. */

export interface LazyContent {
  /** SHA-256 of the content, where an earlier build made it. */
  readonly digest: string | undefined;
  /** Makes it, once. */
  readonly make: () => Uint8Array | string;
}

/** What a file of the site holds, or how to make it. */
export type Content = Uint8Array | string | LazyContent;

/** The content itself. */
export function contentOf(content: Content): Uint8Array | string {
  return isLazy(content) ? content.make() : content;
}

/** Whether the content is made when it is asked for. */
export function isLazy(content: Content): content is LazyContent {
  return typeof content === 'object' && 'make' in content;
}

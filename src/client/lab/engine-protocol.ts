/** What every engine of a page and its client say to each other, besides what is computed. */

export type EngineMessage =
  /** The kernels, before anything is computed. */
  | { readonly kind: 'open'; readonly kernels: Uint8Array }
  /** Ends what is being computed. */
  | { readonly kind: 'stop' };

export type EngineReply =
  /** It is there, and can compute. */
  | { readonly kind: 'opened' }
  /** The browser or its policy compiles no WebAssembly. */
  | { readonly kind: 'refused'; readonly why: string };

/** Answers messages until it is dropped. */
export type Serve<Asked, Told> = (
  reply: (reply: Told | EngineReply) => void,
) => (message: Asked | EngineMessage) => void;

/** What the person who builds allows on the command line; nothing in a report's folder can. */
export interface Allowed {
  /** The report is the person's own: its templates, a store and a site that came with it are used. */
  readonly trust: boolean;
  /** Links of the report that stay inside its repository are followed. */
  readonly followLinks: boolean;
}

export const allowsNothing: Allowed = { trust: false, followLinks: false };

/** What the person who builds allows on the command line; nothing in a report's folder can. */
export interface Allowed {
  /** The report is the person's own: its templates, plugins and kinds, a store and a site that came with it are used. */
  readonly trust: boolean;
  /** Plugins of the report may put into pages whatever they like. */
  readonly pluginHtml: boolean;
  /** Links of the report that stay inside its repository are followed. */
  readonly followLinks: boolean;
}

export const allowsNothing: Allowed = { trust: false, pluginHtml: false, followLinks: false };

/** Problems of the community page's folder. */
export interface PageProblems {
  /** The build that the page is copied from isn't there. */
  "page.not-built": { readonly folder: string };
  /** Nothing says which nodes browsers ask. */
  "page.no-nodes": { readonly slug: string };
  /** An address that can't be a node of a page's. */
  "page.node": { readonly text: string };
  /** The folder has something else in it than a page. */
  "page.folder-taken": { readonly folder: string };
  /** The logo that the brand file names isn't beside it. */
  "page.logo-missing": { readonly file: string };
  /** Something else listens on a port that is needed. */
  "page.port-taken": { readonly port: number };
  /** What doesn't name a port. */
  "page.port": { readonly text: string };
  /** A snapshot of a contract's logs can't be used: all of them are read from the node. */
  "page.snapshot-unused": { readonly contract: string; readonly reason: string };
}

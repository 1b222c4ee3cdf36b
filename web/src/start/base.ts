/** The folder that the page lies in: the one above its scripts. Whoever moves the folder needs to build nothing. */
export const BASE = new URL(import.meta.env.DEV ? "/" : "../", import.meta.url);

/** Its path, without the last slash, as the router takes it. */
export const BASE_PATH = BASE.pathname.replace(/\/$/u, "");

/** Whether a path is of a view for one thing only, where somebody receives something. */
export function isLeaf(path: string): boolean {
  return /^\/(?:claim|redeem)\/?$/u.test(path);
}

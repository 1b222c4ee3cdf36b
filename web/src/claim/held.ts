/** What scrub.js, which runs before all else, took out of the address bar. */
interface LinkHolder {
  readonly take: () => string | undefined;
  readonly onAnother: (listener: () => void) => void;
}

const holder = (globalThis as { readonly kyosoLink?: LinkHolder }).kyosoLink;

/** The link that the page was opened with: once, as it is worth what it gives. */
export function takeLink(): string | undefined {
  return holder?.take();
}

/** Tells of another link in the address bar of the open page. */
export function onAnotherLink(listener: () => void): void {
  holder?.onAnother(listener);
}

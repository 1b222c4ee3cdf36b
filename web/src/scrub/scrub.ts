// The first thing that runs, before anything else is even read: what a link holds leaves the address bar. It is worth what the
// link gives. docs/page.md says what this can't undo.

/** What the page gets of a link, once. */
interface LinkHolder {
  /** What came after the "#"; undefined where there was nothing, or it was taken already. */
  readonly take: () => string | undefined;
  /** Tells of a link that is pasted into the address bar of the open page: that doesn't load it anew. */
  readonly onAnother: (listener: () => void) => void;
}

(() => {
  let held: string | undefined;
  let listener: (() => void) | undefined;

  const scrub = (): boolean => {
    const { hash, pathname, search } = location;
    // Some programs write "#" as "%23": the server has seen it then, and it still leads here.
    const [path = "", ...coded] = pathname.split(/%23/u);
    const found = hash.length > 1 ? hash.slice(1) : coded.join("");
    // That leads to a place of the page.
    if (found === "" || found === "main") return false;
    held = found;
    history.replaceState(null, "", path + search);
    return true;
  };

  scrub();
  addEventListener("hashchange", (event) => {
    if (!scrub()) return;
    event.stopImmediatePropagation();
    listener?.();
  });
  // The back-forward cache keeps a page's memory.
  addEventListener("pagehide", () => {
    held = undefined;
  });
  const holder: LinkHolder = Object.freeze({
    take: () => {
      const taken = held;
      held = undefined;
      return taken;
    },
    onAnother: (told: () => void) => {
      listener = told;
    },
  });
  Object.defineProperty(globalThis, "kyosoLink", { value: holder });
})();

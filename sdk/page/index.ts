/** What the community page and whoever makes its folder agree on. Small: the page reads it before anything else. */
export * from "./check.js";
export * from "./document.js";

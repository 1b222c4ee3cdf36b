/** What only a browser has. */
export * from "./logs.js";

import { formatCode, makeClaim, openPublished, readLink } from "../../../sdk/index.js";

/** What it takes to read a short link and to claim with it: the test looks at a bundle of it. */
export const all = { formatCode, makeClaim, openPublished, readLink };

import { openDao } from "../../../sdk/index.js";
import { proposalsAsJson } from "../../../sdk/governance/views.js";

/** What it takes to read a list of proposals: the test measures a bundle of it. */
export const all = { openDao, proposalsAsJson };

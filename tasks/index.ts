import { fileURLToPath } from "node:url";
import type { HardhatPlugin } from "hardhat/types/plugins";
import { findBundle } from "./bundle/find.js";
import { loadQuickly } from "./bundle/loader.js";

/**
 * The project's tasks: as a bundle, which starts in a fraction of the time; or from their sources, where there is none
 * and none can be written.
 */
const bundle = await findBundle(fileURLToPath(new URL("..", import.meta.url)));
loadQuickly(bundle?.packages ?? new Map());
const { default: kyoso } =
  bundle === undefined
    ? await import("./plugin.js")
    : ((await import(bundle.entry)) as { default: HardhatPlugin });

export default kyoso;

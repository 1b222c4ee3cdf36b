import { writeAbis } from "./abi.js";
import type { Built } from "./built.js";
import { bundleTasks } from "./bundle.js";

/**
 * What follows every build of the contracts, in this order: also one that had nothing to compile, so a step looks first,
 * and writes only what is missing or stale. A step that throws fails the build.
 */
export const steps: readonly ((built: Built) => Promise<void>)[] = [writeAbis, bundleTasks];

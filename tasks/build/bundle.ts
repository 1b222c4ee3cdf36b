import { renewBundle } from "../bundle/find.js";
import type { Built } from "./built.js";

/** Has the next command start at once. Where there can be no bundle, it starts from the sources, and is right as well. */
export async function bundleTasks({ root }: Built): Promise<void> {
  await renewBundle(root);
}

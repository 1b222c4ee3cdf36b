import { open } from "node:fs/promises";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { shortId } from "../../drop/code.js";
import type { LeafDomain } from "../../drop/leaf.js";
import type { ShardLines, ShardMeta } from "../../drop/shards.js";
import { META_FILE, shardCount, ShardMaker } from "../../drop/shards.js";
import { jsonText, makeFolder, syncFolder } from "../files.js";

/** The folder to publish, in a campaign's public one: it goes beside the page that the links lead to. */
export const PUBLISHED = "drops";

/**
 * Writes what is published of a campaign with short links: there is no secret in it, and nothing can be read from it without a
 * link.
 *
 * @param folder The campaign's public folder.
 * @param count Lines of the campaign.
 */
export async function writePublished(
  folder: string,
  domain: LeafDomain,
  count: number,
  lines: ShardLines,
): Promise<void> {
  const { chainId, drop, campaign } = domain;
  const own = path.join(folder, PUBLISHED, shortId(domain));
  await makeFolder(own);
  const maker = new ShardMaker(lines);
  for (let shard = 0; shard < shardCount(count); shard++) {
    await writePublic(path.join(own, `${shard}.bin`), maker.make(shard));
    await setImmediate();
  }
  const meta: ShardMeta = { chainId: chainId.toString(), drop, campaign, count };
  await writePublic(path.join(own, META_FILE), jsonText(meta));
  await syncFolder(own);
  await syncFolder(path.dirname(own));
}

/** A web server may be another user: whoever sees the folder can read these. */
async function writePublic(file: string, content: Uint8Array | string): Promise<void> {
  const handle = await open(file, "wx", 0o644);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

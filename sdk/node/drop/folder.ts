import type { FileHandle } from "node:fs/promises";
import { open, readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { hexlify } from "ethers";
import * as z from "../../zod.js";
import { KyosoError } from "../../errors.js";
import { parseJson as readJson } from "../../json.js";
import type { Leaf, LeafDomain } from "../../drop/leaf.js";
import { LEAF_BYTES, unpackLeaf } from "../../drop/leaf.js";
import type { Claimable } from "../../drop/link.js";
import { hidesLink } from "../../drop/partOfLink.js";
import { levelSizes, NODE_BYTES, proofOffsets } from "../../drop/tree.js";
import { PUBLISHED } from "./publish.js";
import { manifestSchema } from "../../drop/manifest.js";
import type { Manifest } from "../../drop/manifest.js";

/** Files of a campaign's folder. What is in `public` is no secret; what is beside it is. */
export const DROP_FILES = {
  manifest: path.join("public", "campaign.json"),
  leaves: path.join("public", "leaves.bin"),
  tree: path.join("public", "tree.bin"),
  links: "links.csv",
  source: "source.json",
  evidence: "evidence.jsonl",
} as const;

const sourceSchema = z.object({ file: z.string(), sha256: z.string() });

/**
 * The table that a campaign was made from: its name, and its SHA-256 in hex. Not for the public part: whoever could guess the
 * customers could see that they guessed right.
 */
export type DropSource = Readonly<z.infer<typeof sourceSchema>>;

/** The folder of a campaign, or a copy of its `public` part. Leaves and proofs are read one by one. */
export class DropFolder {
  readonly folder: string;
  readonly manifest: Manifest;
  /** What is published for short links; there is none of a campaign with long ones. */
  readonly published: string;
  readonly #files: { readonly leaves: string; readonly tree: string };

  private constructor(folder: string, manifest: Manifest, base: string) {
    this.folder = folder;
    this.manifest = manifest;
    this.published = path.join(base, PUBLISHED);
    this.#files = { leaves: path.join(base, "leaves.bin"), tree: path.join(base, "tree.bin") };
  }

  /**
   * Opens a campaign's folder, or what was published of one.
   *
   * @returns Undefined where there is none.
   * @throws KyosoError where it isn't whole.
   */
  static async find(folder: string): Promise<DropFolder | undefined> {
    for (const base of [path.join(folder, "public"), folder]) {
      let text: string;
      try {
        text = await readFile(path.join(base, "campaign.json"), "utf8");
      } catch (error) {
        const { code = "" } = error as NodeJS.ErrnoException;
        if (code === "ENOENT" || code === "ENOTDIR") continue;
        throw error;
      }
      const manifest = parseJson(text, manifestSchema);
      if (manifest === undefined) throw damaged(base);
      const found = new DropFolder(folder, manifest, base);
      await found.#requireWhole();
      return found;
    }
    return undefined;
  }

  /** @throws KyosoError where there is none, or it isn't whole. */
  static async open(folder: string, remedy: string): Promise<DropFolder> {
    const found = await DropFolder.find(folder);
    if (found !== undefined) return found;
    // What was to be a folder may be a link.
    const shown = hidesLink(folder) ? "" : folder;
    throw KyosoError.of("campaign.folder-missing", {
      data: { folder: shown },
      place: shown === "" ? "folder" : shown,
      message: "There is no campaign's folder",
      remedy,
    });
  }

  get domain(): LeafDomain {
    const { chainId, drop, campaign } = this.manifest;
    return { chainId: BigInt(chainId), drop, campaign };
  }

  /** @throws KyosoError where the part of the folder that is no secret was copied alone. */
  async source(): Promise<DropSource> {
    const file = path.join(this.folder, DROP_FILES.source);
    const text = await readFile(file, "utf8").catch(() => "");
    const source = parseJson(text, sourceSchema);
    if (source === undefined) throw damaged(file);
    return source;
  }

  /** The leaf of a number, with its proof; without its claim key, which is in the links only. */
  async claimable(index: number): Promise<Claimable> {
    const packed = await readAt(this.#files.leaves, [index * LEAF_BYTES], LEAF_BYTES);
    const offsets = proofOffsets(this.manifest.leaves, index);
    const proof = await readAt(this.#files.tree, offsets, NODE_BYTES);
    const leaf = unpackLeaf(packed[0] ?? new Uint8Array(LEAF_BYTES), 0, index);
    return { ...this.domain, leaf, proof: proof.map((node) => hexlify(node)), key: undefined };
  }

  /** The leaf of an account, or of the address of a claim key; undefined where there is none. */
  async leafOf(address: string): Promise<Leaf | undefined> {
    const wanted = Buffer.from(address.slice(2), "hex");
    const handle = await open(this.#files.leaves, "r");
    try {
      const part = Buffer.alloc(16_384 * LEAF_BYTES);
      for (let first = 0; first < this.manifest.leaves; first += 16_384) {
        const length = Math.min(part.length, (this.manifest.leaves - first) * LEAF_BYTES);
        await readFully(handle, part.subarray(0, length), first * LEAF_BYTES);
        for (let at = 0; at < length; at += LEAF_BYTES) {
          if (wanted.compare(part, at + 1, at + 21) !== 0) continue;
          return unpackLeaf(part, at, first + at / LEAF_BYTES);
        }
      }
      return undefined;
    } finally {
      await handle.close();
    }
  }

  async #requireWhole(): Promise<void> {
    const { leaves, root } = this.manifest;
    const nodes = levelSizes(leaves).reduce((sum, size) => sum + size, 0);
    for (const [file, size] of [
      [this.#files.leaves, leaves * LEAF_BYTES],
      [this.#files.tree, nodes * NODE_BYTES],
    ] as const) {
      const found = await stat(file).catch(() => undefined);
      if (found?.size !== size) throw damaged(file);
    }
    const [top] = await readAt(this.#files.tree, [(nodes - 1) * NODE_BYTES], NODE_BYTES);
    if (top === undefined || hexlify(top) !== root) throw damaged(this.#files.tree);
  }
}

/** Folders of all campaigns that were made on this computer, by their id. */
export async function findDrops(root: string): Promise<Map<string, DropFolder>> {
  const names = await readdir(root).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  });
  const found = new Map<string, DropFolder>();
  for (const name of names.sort()) {
    // Drafts and the lock.
    if (name.startsWith(".")) continue;
    const drop = await DropFolder.find(path.join(root, name));
    if (drop !== undefined) found.set(drop.manifest.campaign, drop);
  }
  return found;
}

function parseJson<Value>(text: string, schema: z.ZodType<Value>): Value | undefined {
  try {
    return schema.safeParse(readJson(text)).data;
  } catch {
    return undefined;
  }
}

function damaged(place: string): KyosoError {
  return KyosoError.of("campaign.folder-damaged", {
    data: { file: place },
    place,
    message: "It was changed or is broken: this isn't what the campaign was made with",
    remedy: "Restore the campaign's folder from a copy.",
  });
}

async function readAt(file: string, offsets: readonly number[], length: number): Promise<Buffer[]> {
  const handle = await open(file, "r");
  try {
    const parts: Buffer[] = [];
    for (const offset of offsets) {
      const part = Buffer.alloc(length);
      await readFully(handle, part, offset);
      parts.push(part);
    }
    return parts;
  } finally {
    await handle.close();
  }
}

async function readFully(handle: FileHandle, into: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < into.length;) {
    const { bytesRead } = await handle.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) throw new RangeError("The file is shorter than it was");
    done += bytesRead;
  }
}

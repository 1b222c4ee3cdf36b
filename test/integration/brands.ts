import { existsSync, readdirSync, rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import { brandTree } from "../sdk/support.js";
import { accounts, ROOT } from "./commandLine.js";

const CHAIN_ID = "31337";

/** What the names of the folders begin with that tests write into. */
export const BRANDS = "kyoso-brands-";

/** What commands keep of a DAO, each in a folder with its slug as the name. */
const KEPT = ["outbox", "private", "exports"];

let written = 0;

export type BrandTree = ReturnType<typeof brandTree>;

/** For a launch on a chain on which years may have passed: the Handover's dates are counted from then. */
export function launchedLater(tree: BrandTree): void {
  tree.handover = { veto: "1 year", community: "2 years" };
}

/** Brand files of a test file, in a folder of their own, and the records of their launches. */
export class Brands {
  readonly #folder: string;
  readonly #slugs: string[] = [];

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async create(): Promise<Brands> {
    return new Brands(await mkdtemp(path.join(tmpdir(), BRANDS)));
  }

  /** Writes a brand file with a slug that no other has. */
  async write(change: (tree: BrandTree) => unknown = () => undefined) {
    const slug = `test-${process.pid}-${Date.now().toString(36)}-${written++}`;
    this.#slugs.push(slug);
    const address = (index: number) => accounts[index]?.address ?? "";
    const tree = brandTree([1, 2, 3].map(address), [4, 5, 6].map(address));
    tree.brand.slug = slug;
    // A date and not a duration: the address of the Handover depends on it.
    const year = new Date().getUTCFullYear();
    tree.handover = { veto: `${year + 1}-04-01`, community: `${year + 2}-04-01` };
    change(tree);
    const file = path.join(this.#folder, `${slug}.yaml`);
    await writeFile(file, stringify(tree));
    return { slug, file, record: path.join(ROOT, "deployments", CHAIN_ID, `${slug}.json`) };
  }

  /** A folder for what a test writes. */
  get folder(): string {
    return this.#folder;
  }

  /** Removes what commands wrote, but neither the files nor the records. */
  tidy(): void {
    for (const slug of this.#slugs) {
      for (const kept of KEPT)
        rmSync(path.join(ROOT, kept, CHAIN_ID, slug), { recursive: true, force: true });
    }
  }

  /** Removes the files and the records, what commands wrote, and drafts that a killed process left. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
    this.tidy();
    const records = path.join(ROOT, "deployments", CHAIN_ID);
    for (const file of existsSync(records) ? readdirSync(records) : []) {
      if (this.#slugs.some((slug) => file.startsWith(`${slug}.json`))) rmSync(path.join(records, file));
    }
  }
}

import { expect } from "chai";
import { stringify } from "yaml";
import { parseBrandFile } from "../../../sdk/config/brandFile.js";
import type { BrandConfig } from "../../../sdk/config/schema.js";
import { expectData } from "../../helpers/problems.js";
import { KyosoError, type Problem } from "../../../sdk/errors.js";

export const ALICE = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
export const BOB = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

/** Values by path, such as `token.allocations.0.to`; `undefined` leaves a key out. */
export type Changes = Record<string, unknown>;

/** A brand file with only what is required. */
const SMALLEST = {
  brand: { name: "Blue Bicycle", slug: "blue" },
  token: {
    symbol: "BLUE",
    cap: "1,000,000",
    allocations: [
      { to: "treasury", amount: "600,000" },
      { to: ALICE, amount: "40,000" },
    ],
  },
  governance: { proposalThreshold: "500", quorumFloor: "15,000" },
  safe: { address: BOB },
};

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The text of the smallest brand file with some changes. */
export function brandText(changes: Changes = {}): string {
  const file: Record<string, unknown> = structuredClone(SMALLEST);
  for (const [path, value] of Object.entries(changes)) {
    const steps = path.split(".");
    const last = steps.pop() ?? "";
    let tree = file;
    for (const step of steps) {
      const next = (tree[step] ??= {});
      if (!isTree(next)) throw new Error(`${path} is below a value`);
      tree = next;
    }
    tree[last] = structuredClone(value);
  }
  return stringify(file);
}

/** The smallest brand file with some changes, read. */
export function read(changes: Changes = {}): BrandConfig {
  return parseBrandFile(brandText(changes), "brands/blue.yaml");
}

/** The problems that `call` throws. */
export function problemsIn(call: () => unknown): readonly Problem[] {
  try {
    call();
  } catch (error) {
    if (!(error instanceof KyosoError)) throw error;
    error.problems.forEach(expectData);
    return error.problems;
  }
  return expect.fail("no KyosoError was thrown");
}

/** The problems of the smallest brand file with some changes. */
export function problems(changes: Changes): readonly Problem[] {
  return problemsIn(() => read(changes));
}

/** Expects exactly one problem, at `place`, with `message` in its message and `remedy` in its remedy. */
export function expectOne(list: readonly Problem[], place: string, message: string, remedy: string): void {
  expect(list.map((problem) => problem.place)).to.deep.equal([place]);
  expect(list[0]?.message).to.include(message);
  expect(list[0]?.remedy).to.include(remedy);
}

import type { TransactionRequest } from "ethers";
import { expect } from "chai";
import { Wallet, ZeroAddress } from "ethers";
import { cutBatches } from "../../../../sdk/badges/awards/awards.js";
import type { Award } from "../../../../sdk/badges/awards/contribution.js";
import { readKinds } from "../../../../sdk/badges/kinds/kinds.js";
import { tryBatches } from "../../../../sdk/badges/awards/trial.js";
import { INTERFACES } from "../../../../sdk/calls/known.js";
import { kyosoError, load, problemOf } from "../../support.js";
import { awardOf, badgeWorld, KIND, openAs } from "../support.js";

/** Awards to people, and to nobody where `broken` says so: the contract refuses these. */
function lines(kind: number, count: number, broken: readonly number[], first = 2): Award[] {
  return Array.from({ length: count }, (_, i) => {
    const line = first + i;
    return awardOf(kind, broken.includes(line) ? ZeroAddress : Wallet.createRandom().address, "x", line);
  });
}

async function world() {
  const found = await load(badgeWorld);
  const live = await openAs(found);
  const kinds = await readKinds(live);
  const attempt = (awards: readonly Award[], using = live) =>
    tryBatches(using, found.issuer.address, cutBatches(awards, kinds).flat());
  return { ...found, live, kinds, attempt };
}

describe("tryBatches", () => {
  it("lets through what would succeed, and sends nothing", async () => {
    const { attempt, dao, live, kinds, issuer } = await world();
    await attempt([]);
    const awards = [...lines(KIND.REVIEW, 330, []), ...lines(KIND.AMBASSADOR, 2, [], 500)];
    const steps: number[][] = [];
    await tryBatches(live, issuer.address, cutBatches(awards, kinds).flat(), "", (...step) =>
      steps.push(step),
    );
    expect(steps).to.deep.equal([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(await dao.badge.totalAwarded()).to.equal(0n);
  });

  it("names the line that would fail, and why", async () => {
    const { attempt } = await world();
    const { place, message, remedy } = await problemOf(attempt(lines(KIND.REVIEW, 40, [17])));
    expect(place).to.equal("blue.csv, line 17");
    expect(message).to.include("レビュー").and.to.include("ERC721InvalidReceiver");
    expect(remedy).to.include("Nothing was sent");
  });

  it("names all of them, over several batches", async () => {
    const { attempt } = await world();
    const awards = [...lines(KIND.REVIEW, 300, [2, 140, 301]), ...lines(KIND.AMBASSADOR, 3, [501], 500)];
    const { problems } = await kyosoError(attempt(awards));
    expect(problems.map(({ place }) => place)).to.deep.equal(
      [2, 140, 301, 501].map((line) => `blue.csv, line ${line}`),
    );
  });

  it("stops where it has found enough", async () => {
    const { attempt } = await world();
    const all = Array.from({ length: 300 }, (_, i) => i + 2);
    const { problems } = await kyosoError(attempt(lines(KIND.REVIEW, 300, all)));
    expect(problems).to.have.length(10);
  });

  it("says so where badges fail only together", async () => {
    const { attempt, live } = await world();
    const provider = new Proxy(live.provider, {
      get(target, key) {
        if (key === "call") {
          return ({ data }: TransactionRequest) => {
            const { args } = INTERFACES.badge.parseTransaction({ data: data ?? "" }) ?? {};
            const accounts: unknown = args?.[1];
            return Array.isArray(accounts) && accounts.length > 2
              ? Promise.reject(new Error("out of gas"))
              : Promise.resolve("0x");
          };
        }
        const value: unknown = Reflect.get(target, key);
        return typeof value === "function" ? (value.bind(target) as unknown) : value;
      },
    });
    const { problems } = await kyosoError(attempt(lines(KIND.REVIEW, 5, []), { ...live, provider }));
    expect(problems.map(({ place }) => place)).to.deep.equal(["blue.csv, line 4 to blue.csv, line 6"]);
    expect(problems[0]?.message).to.include("all of them at once: out of gas");
  });
});

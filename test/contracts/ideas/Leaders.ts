import { expect } from "chai";
import type { Contract } from "ethers";
import { connect, type Connection, tokens } from "../../helpers/chain.js";
import { ROLE } from "../../helpers/dao.js";
import {
  CHOICE,
  COUNTING,
  ideaId,
  launchWithStewardedModules,
  makeMembers,
  type ModularDAO,
  pollTerms,
  winnersOf,
} from "../../helpers/modules.js";
import { enact } from "../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

const PEOPLE = 8;
const TOKEN = 10n ** 8n;
/** Few weights, so that many ideas have the same tally. */
const TOKENS = [1n, 1n, 1n, 2n, 2n, 3n, 5n, 4n];
const LIVES = process.env.KYOSO_DEEP === "1" ? 10_000 : 25;

type World = ModularDAO & { crowd: Contract };

/** A steward that is a plain account, and a crowd with tokens and badges. */
async function launchWithCrowd(connection: Connection): Promise<World> {
  const dao = await launchWithStewardedModules(connection);
  const { manager, token, holders, other } = dao;
  const crowd: Contract = await ethers.deployContract("Crowd", [PEOPLE]);
  const people = (await crowd.getFunction("people").staticCall()) as string[];
  for (const [index, who] of people.entries()) {
    await token.connect(holders[0]).transfer(who, tokens(TOKENS[index] ?? 0n));
  }
  await makeMembers(dao, ...people);
  await enact(dao, [await manager.grantRole.populateTransaction(ROLE.STEWARD, other, 0)]);
  return { ...dao, crowd };
}

/** Numbers that look random, and are the same each time (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Different numbers below `below`, in random order. */
function pick(random: (below: number) => number, count: number, below: number): number[] {
  const all = Array.from({ length: below }, (_, index) => index);
  return Array.from({ length: Math.min(count, below) }, () => all.splice(random(all.length), 1)[0] ?? 0);
}

describe(`Leaders, over ${LIVES} random calls`, function () {
  this.timeout(3_600_000);

  it("are those of a plain sort, after each part of the support", async function () {
    const world = await networkHelpers.loadFixture(launchWithCrowd);
    const { board, crowd, other } = world;
    const random = randomFrom(20_250_401);
    let supports = 0;
    for (let call = 1n; call <= BigInt(LIVES); call++) {
      const ideas = 2 + random(15);
      const winners = 1 + random(Math.min(6, ideas));
      const voices = random(4) === 0;
      const pickOne = random(4) === 0;
      const options = Array<string>(ideas).fill("x");
      const terms = pollTerms(options, {
        winners: BigInt(winners),
        counting: voices ? COUNTING.voice : COUNTING.weight,
        choice: pickOne ? CHOICE.pickOne : CHOICE.approve,
      });
      await board.connect(other).open(terms);

      // Who supports what, in one step or two.
      const steps: { who: number; ideas: number[] }[] = [];
      for (let who = 0; who < PEOPLE; who++) {
        const chosen = pick(random, pickOne ? 1 : 1 + random(10), ideas);
        const cut = random(chosen.length + 1);
        for (const part of [chosen.slice(0, cut), chosen.slice(cut)]) {
          if (part.length > 0) steps.splice(random(steps.length + 1), 0, { who, ideas: part });
        }
      }

      const tallies = Array<bigint>(ideas).fill(0n);
      const half = random(steps.length + 1);
      for (const part of [steps.slice(0, half), steps.slice(half)]) {
        if (part.length === 0) continue;
        const named = part.map((step) => ({ ...step, ideas: step.ideas.map((each) => ideaId(call, each)) }));
        await crowd.getFunction("play").send(board, named);
        for (const { who, ideas: supported } of part) {
          for (const each of supported) {
            tallies[each] = (tallies[each] ?? 0n) + (voices ? 1n : (TOKENS[who] ?? 0n) * TOKEN);
            supports += 1;
          }
        }
        const sorted = tallies
          .map((tally, index): [bigint, bigint] => [ideaId(call, index), tally])
          .filter(([, tally]) => tally > 0n)
          .sort(([a, x], [b, y]) => (x === y ? Number(a - b) : x > y ? -1 : 1))
          .slice(0, winners);
        expect(await winnersOf(world, call), `call ${call}`).to.deep.equal(sorted);
      }
    }
    expect(supports).to.be.above(LIVES * PEOPLE);
  });
});

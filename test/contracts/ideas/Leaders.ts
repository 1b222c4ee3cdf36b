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
} from "../../helpers/modules.js";
import { enact } from "../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

const PEOPLE = 8;
const TOKEN = 10n ** 8n;
/** Few weights, so that many ideas have the same tally. */
const TOKENS = [1n, 1n, 1n, 2n, 2n, 3n, 5n, 4n];
const LIVES = process.env.KYOSO_DEEP === "1" ? 10_000 : 100;
/** How many calls are opened in one transaction. */
const AT_ONCE = 10;

type World = ModularDAO & { crowd: Contract };

/** A crowd with tokens and badges, which is a steward. */
async function launchWithCrowd(connection: Connection): Promise<World> {
  const dao = await launchWithStewardedModules(connection);
  const { manager, token, holders } = dao;
  const crowd: Contract = await ethers.deployContract("Crowd", [PEOPLE]);
  const people = (await crowd.getFunction("people").staticCall()) as string[];
  for (const [index, who] of people.entries()) {
    await token.connect(holders[0]).transfer(who, tokens(TOKENS[index] ?? 0n));
  }
  await makeMembers(dao, ...people);
  await enact(dao, [await manager.grantRole.populateTransaction(ROLE.STEWARD, crowd, 0)]);
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

/** The terms of a call, and who supports what in it, in one step or two each. */
function lifeFrom(random: (below: number) => number) {
  const ideas = 2 + random(15);
  const winners = 1 + random(Math.min(6, ideas));
  const voices = random(4) === 0;
  const pickOne = random(4) === 0;
  const terms = pollTerms(Array<string>(ideas).fill("x"), {
    winners: BigInt(winners),
    counting: voices ? COUNTING.voice : COUNTING.weight,
    choice: pickOne ? CHOICE.pickOne : CHOICE.approve,
  });
  const steps: { who: number; ideas: number[] }[] = [];
  for (let who = 0; who < PEOPLE; who++) {
    const chosen = pick(random, pickOne ? 1 : 1 + random(10), ideas);
    const cut = random(chosen.length + 1);
    for (const part of [chosen.slice(0, cut), chosen.slice(cut)]) {
      if (part.length > 0) steps.splice(random(steps.length + 1), 0, { who, ideas: part });
    }
  }
  return { terms, ideas, winners, voices, steps };
}

describe(`Leaders, over ${LIVES} random calls`, function () {
  this.timeout(3_600_000);

  it("are those of a plain sort, after each support", async function () {
    const { board, crowd } = await networkHelpers.loadFixture(launchWithCrowd);
    const random = randomFrom(20_250_401);
    let supports = 0;
    for (let first = 1; first <= LIVES; first += AT_ONCE) {
      const lives = Array.from({ length: AT_ONCE }, () => lifeFrom(random));
      await crowd.getFunction("open").send(
        board,
        lives.map(({ terms }) => terms),
      );
      // Support counts from the second after the opening on. Nothing of it stays: each call is asked about by itself.
      await networkHelpers.mine();
      for (const [i, { winners, voices, steps, ideas }] of lives.entries()) {
        const call = BigInt(first + i);
        const named = steps.map((step) => ({ ...step, ideas: step.ideas.map((each) => ideaId(call, each)) }));
        const said = (await crowd.getFunction("play").staticCall(board, call, named)) as [bigint, bigint][][];
        const tallies = Array<bigint>(ideas).fill(0n);
        for (const [at, { who, ideas: supported }] of steps.entries()) {
          for (const each of supported) {
            tallies[each] = (tallies[each] ?? 0n) + (voices ? 1n : (TOKENS[who] ?? 0n) * TOKEN);
            supports += 1;
          }
          const sorted = tallies
            .map((tally, index): [bigint, bigint] => [ideaId(call, index), tally])
            .filter(([, tally]) => tally > 0n)
            .sort(([a, x], [b, y]) => (x === y ? Number(a - b) : x > y ? -1 : 1))
            .slice(0, winners);
          const found = (said[at] ?? []).map(([idea, tally]) => [idea, tally]);
          expect(found, `call ${call}, step ${at}`).to.deep.equal(sorted);
        }
      }
    }
    expect(supports).to.be.above(LIVES * PEOPLE);
  });
});

import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { getAddress, toBeHex, ZeroHash } from "ethers";
import { loadBrandFile } from "../../../sdk/node/config/load.js";
import { connect, type Connection, DAY, tokens } from "../../helpers/chain.js";
import { kindConfig, launchDAO } from "../../helpers/dao.js";
import { travelTo } from "../../helpers/proposal.js";
import {
  claimTimes,
  deployToken,
  enterSeason,
  fundSeason,
  openClaims,
  revoke,
} from "../../helpers/seasons.js";

const { networkHelpers } = await connect();
const { titles, badges } = await loadBrandFile("brands/sakura-coffee.yaml");

/** The example's DAO, as far as points and rewards go: seasons and dispute window are those of {@link launchDAO}. */
function launchExample(connection: Connection) {
  return launchDAO(connection, {
    titles: titles.map(({ name, points }) => ({ name, points: BigInt(points) })),
    kinds: badges.kinds.map(({ name, points, votes }) => kindConfig({ name, points: BigInt(points), votes })),
  });
}

/** The 45 who claim an invitation, 青木さん first and 石川さん and 藤田さん among those with a review only; and 森さん. */
const PEOPLE = Array.from({ length: 46 }, (_, i) => getAddress(toBeHex(0x10_000 + i, 20)));
const [FIRST = ""] = PEOPLE;
const FRIEND = PEOPLE.slice(45);
const [COPIED, LATE] = [5, 6];

/** Who gets which badge, in this order, so that a person's review is badge 46 and so on. */
const AWARDS: readonly [kind: string, accounts: readonly string[]][] = [
  ["常連のお客さま", PEOPLE.slice(0, 45)],
  ["はじめてのレビュー", PEOPLE.slice(0, 20)],
  ["新ブレンド試飲会", [...PEOPLE.slice(0, 5), ...FRIEND]],
  ["お友だち紹介", [FIRST]],
];
const reviewOf = (person: number) => BigInt(46 + person);

/** As the page has it: cut off after the fourth decimal. */
function shown(amount: bigint): string {
  const cut = amount / 10n ** 14n;
  return `${cut / 10_000n}.${(cut % 10_000n).toString().padStart(4, "0")}`;
}

describe("The example of docs/contributions.md", function () {
  it("has the figures that come out on the contracts", async function () {
    const page = await readFile("docs/contributions.md", "utf8");
    const dao = await networkHelpers.loadFixture(launchExample);
    const { asSafe, badge, rewards, stranger } = dao;
    for (const { name, points, votes } of badges.kinds) {
      const carried = votes === 0n ? "–" : (votes / tokens(1)).toString();
      expect(page).to.match(new RegExp(`\\| ${name} +\\| [\\w ]+ \\| +${points} \\| +${carried} \\|`, "u"));
    }
    for (const [name, accounts] of AWARDS) {
      const kind = badges.kinds.findIndex((each) => each.name === name) + 1;
      const hashes = accounts.map(() => ZeroHash);
      await asSafe(await badge.awardBatch.populateTransaction(kind, [...accounts], hashes, ""));
    }
    const token = await deployToken("PlainToken", [stranger]);
    await fundSeason(dao, stranger, 1n, token, tokens(1_000));
    const before = await badge.totalSeasonPoints(1);
    expect(page).to.include(`| **46** |             | **${before}** |`);

    const names = await Promise.all(PEOPLE.map(async (account) => (await badge.titleOf(account))[1]));
    expect(names).to.deep.equal(["アンバサダー", ...Array<string>(45).fill("常連")]);
    const ofFirst = await badge.pointsOf(FIRST);

    await enterSeason(dao, 2n);
    const ofCopied = await badge.pointsOf(PEOPLE[COPIED] ?? "");
    await revoke(dao, reviewOf(COPIED));
    await openClaims(dao, 1n);
    const text = page.replaceAll("\n", " ");
    const total = await badge.totalSeasonPoints(1);
    const taken = await badge.takenSeasonPoints(1);
    expect(total).to.equal(before);
    const due = (account: string) => rewards.claimable(1, token, account);
    const shareOf = (points: bigint, all = total) => shown((tokens(1_000) * points) / all);
    expect(text).to.include(
      `gets ${shown(await due(PEOPLE[COPIED] ?? ""))} SKR instead of ${shareOf(ofCopied)}.`,
    );
    expect(text).to.include(
      `shared by ${total} points as before, 青木さん gets ${shown(await due(FIRST))} SKR in any case`,
    );
    expect(text).to.include(
      `excluded the ${taken} points of 石川さん, the season would be shared by ${total - taken}, and 青木さん get ${shareOf(ofFirst, total - taken)} SKR.`,
    );
    expect(text).to.include(`She claims her ${shareOf(70n)} SKR with the new account`);
    expect(text).to.include(`points: ${badges.pointsPerSeason.toLocaleString("en")} at さくら珈琲`);

    const rows = new Map<bigint, { reward: string; people: number }>();
    let all = 0n;
    for (const account of PEOPLE) {
      const reward = await due(account);
      all += reward;
      const points = await badge.seasonPointsOf(account, 1);
      rows.set(points, { reward: shown(reward), people: (rows.get(points)?.people ?? 0) + 1 });
    }
    const table = [...page.matchAll(/^\| +(\d+) \| +(\d+\.\d{4}) \| +(\d+) \|$/gmu)];
    expect(
      new Map(
        table.map(([, points = "", reward, people]) => [BigInt(points), { reward, people: Number(people) }]),
      ),
    )
      .to.deep.equal(rows)
      .and.to.have.property("size", 5);
    expect(page).to.match(
      new RegExp(
        `if all ${total - taken} points that were held on day 104 had\\sbeen claimed, ${(tokens(1_000) * (total - taken)) / total - all} of these units`,
        "u",
      ),
    );

    const { end } = await badge.seasonBounds(1);
    await travelTo(end + 20n * DAY);
    const late = PEOPLE[LATE] ?? "";
    const expected = shown(await due(late));
    await revoke(dao, reviewOf(LATE));
    expect(text).to.include(`藤田さん gets ${shown(await due(late))} SKR instead of ${expected}.`);
    expect(await badge.totalSeasonPoints(1)).to.equal(total);

    // Three of those with only an invitation never come.
    const paid = PEOPLE.filter((_, i) => i < 42 || i === 45);
    let points = 0n;
    for (const account of paid) {
      points += await badge.seasonPointsOf(account, 1);
      await rewards.claim(1, token, account);
    }
    const budget = await rewards.budgetOf(1, token);
    expect(page).to.include(`${paid.length} people are paid for ${points} points, ${shown(budget.paid)} SKR`);
    await travelTo((await claimTimes(dao, 1n)).closes);
    const left = await rewards.returnUnclaimed.staticCall(token);
    expect(left).to.equal(tokens(1_000) - budget.paid);
    expect(text).to.include(
      `treasury gets the remaining ${shown(left)} SKR: ${total - points} points that nobody was paid for, ${await badge.takenSeasonPoints(1)} of them taken`,
    );
  });
});

import { readKinds } from "../../../sdk/badges/kinds/kinds.js";
import { nicknameCall, signNickname } from "../../../sdk/community/nicknameSigning.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { planMint } from "../../../sdk/pass/mint.js";
import { type PerkTexts, planAddPerk, readNewPerk } from "../../../sdk/pass/newPerk.js";
import { conditionInWords, ruleInWords } from "../../../sdk/pass/conditions.js";
import { missingFor, readPerks, readStandings } from "../../../sdk/pass/perks.js";
import { styled, done, heading, print, table } from "../../output.js";
import { asSafe, live, nameOf, plural, type Story } from "./story.js";

/** Those of whom it is told, by what the brand calls them: who brought friends, who was brought, and who only claimed. */
const TOLD = ["aoki@example.com", "ueda@example.com", "ishikawa@example.com"];

/** What a card opens for whoever contributed. */
const PERK: PerkTexts = {
  name: "新しい豆の先行販売",
  uri: "https://example.com/early",
  once: false,
  conditions: ["1 pass", "50 points"],
};

/** What one of them wants to be called, and for how many seconds her signature is good. */
const [NICKNAME, GOOD_FOR] = ["あおちゃん", 86_400];

/**
 * Members carry a card that shows how they stand, which opens what the brand gives to those who contributed; and one of them says
 * what she wants to be called.
 *
 * @param customers Accounts of those who came by a link, by what the brand calls them.
 */
export async function tellCards(story: Story, customers: ReadonlyMap<string, string>): Promise<void> {
  const { connection, dao, launcher } = story;
  heading("8. Members carry a card that lives, and it opens doors");
  const holders = TOLD.flatMap((name) => customers.get(name) ?? []);
  for (const holder of holders)
    await executeAsSigner((await planMint(await live(story), holder)).plan, launcher);
  done(
    `${plural(holders.length, "member")} get a card. It can be sold; what it shows is its holder's, and stays with them`,
  );

  const kinds = await readKinds(await live(story));
  const perk = readNewPerk(PERK, kinds);
  await asSafe(story, planAddPerk(await live(story), perk));
  const kindName = (kind: number) => kinds.find(({ number }) => number === kind)?.name ?? "";
  done(`The Safe adds a perk:「${perk.name}」, for ${ruleInWords(perk.conditions, kindName)}`);

  const [holder] = holders;
  const wallet = holder === undefined ? undefined : story.wallets.get(holder);
  if (holder !== undefined && wallet !== undefined) {
    const at = await live(story);
    const signed = await signNickname(
      at,
      wallet.connect(connection.ethers.provider),
      NICKNAME,
      at.now + GOOD_FOR,
    );
    await executeAsSigner({ title: "Hand in a nickname", calls: [nicknameCall(signed)] }, launcher);
    done(
      `${nameOf(story, holder)} wants to be called「${await dao.nicknames.nicknameOf(holder)}」, and signs it without gas`,
    );
  }

  const at = await live(story);
  const perks = await readPerks(at);
  const rows = await Promise.all(
    holders.map(async (account) => {
      const [[standing], { name: title }] = await Promise.all([
        readStandings(at, perks, account),
        dao.badge.titleOf(account),
      ]);
      const missing =
        standing === undefined ? [] : missingFor(standing).map((each) => conditionInWords(each, kindName));
      const gets = missing.length === 0 ? "gets it" : styled("dim", `still needs ${missing.join(" and ")}`);
      return [nameOf(story, account), title, plural(await dao.badge.pointsOf(account), "point"), gets];
    }),
  );
  table(rows);
  print("  A shop's till, a website or a bot asks the same of the chain: isEligible.");
}

import path from "node:path";
import { planAwards } from "../../../sdk/badges/awards.js";
import { readContributions } from "../../../sdk/badges/contributions.js";
import { checkEvidence, makeEvidence } from "../../../sdk/badges/evidence.js";
import { readKinds } from "../../../sdk/badges/kinds.js";
import { formatAmount } from "../../../sdk/units.js";
import { done, heading, print, table } from "../../output.js";
import { asSafe, BRAND, live, nameOf, plural, type Story } from "./story.js";

/** The brand recognises what people contributed, and their titles rise. */
export async function tellContributions(story: Story): Promise<void> {
  const { hre, brand, dao, record, signers } = story;
  heading("3. The brand recognises what its customers contributed");
  const file = path.join(hre.config.paths.root, "brands", `${BRAND}.csv`);
  const kinds = await readKinds(await live(story));
  const contributions = (await readContributions(file, kinds)).map((contribution) => ({
    ...contribution,
    evidence: makeEvidence(contribution.text),
  }));
  for (const awards of planAwards(record.contracts.badge, contributions, kinds)) {
    await asSafe(story, awards);
    for (const { purpose } of awards.calls) done(purpose);
  }
  const owners = brand.safe.kind === "new" ? ` of ${brand.safe.owners.length}` : "";
  print(
    `  ${signers.length}${owners} owners of the Safe signed. The badges can't be sold or sent: they belong to who earned them.`,
  );
  const contributors = [...new Set(contributions.map(({ account }) => account))];
  table(
    await Promise.all(
      contributors.map(async (account) => {
        const member = await dao.badge.memberOf(account);
        const [, title] = await dao.badge.titleOf(account);
        const votes = await dao.token.contributionVotes(account);
        return [
          nameOf(story, account),
          title,
          plural(member.badges, "badge"),
          plural(member.points, "point"),
          votes === 0n ? "" : `+${formatAmount(votes)} votes`,
        ];
      }),
    ),
  );
  const [first] = contributions;
  if (first !== undefined) {
    const { text } = first.evidence;
    const verdict = (claimed: string) =>
      `    ${claimed}  →  ${checkEvidence({ ...first.evidence, text: claimed }) ? "genuine" : "forged"}`;
    print(
      "  On chain is only a hash of what each badge was for. Shown the text and its secret salt, anyone can check it:",
    );
    print(verdict(text));
    print(verdict(`${text}!`));
  }
}

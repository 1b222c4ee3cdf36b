import path from "node:path";
import { planAwards } from "../../../sdk/badges/awards/awards.js";
import { readContributions } from "../../../sdk/node/badges/contributions.js";
import { type Contribution } from "../../../sdk/badges/awards/contribution.js";
import { checkEvidence, makeEvidence } from "../../../sdk/badges/awards/evidence.js";
import { type KindName, readKinds, requireKind } from "../../../sdk/badges/kinds/kinds.js";
import { KyosoError } from "../../../sdk/errors.js";
import { formatAmount } from "../../../sdk/units.js";
import { done, heading, print, table } from "../../output.js";
import { asSafe, BRAND, live, nameOf, plural, type Story } from "./story.js";

/** What customers did who came by a link. The brand adds it to its table: it knows their accounts now. */
const BY_LINK = [
  {
    kind: "はじめてのレビュー",
    reference: "aoki@example.com",
    text: "「朝のブレンド」のレビュー、2026年4月10日",
  },
  {
    kind: "はじめてのレビュー",
    reference: "ueda@example.com",
    text: "「水出しパック」のレビュー、2026年4月11日",
  },
  { kind: "新ブレンド試飲会", reference: "aoki@example.com", text: "夏ブレンド試飲会、2026年4月12日" },
  { kind: "新ブレンド試飲会", reference: "takahashi@example.com", text: "夏ブレンド試飲会、2026年4月12日" },
] as const;

/**
 * The brand recognises what people contributed, and their titles rise.
 *
 * @param customers Accounts of those who came by a link, by e-mail address.
 * @returns The contributors' accounts.
 */
export async function tellContributions(
  story: Story,
  customers: ReadonlyMap<string, string>,
): Promise<string[]> {
  const { hre, brand, dao, record, signers } = story;
  heading("3. The brand recognises what its customers contributed");
  const file = path.join(hre.config.paths.root, "brands", `${BRAND}.csv`);
  const kinds = await readKinds(await live(story));
  const contributions = [...(await readContributions(file, kinds)), ...ofCustomers(customers, kinds)].map(
    (contribution) => ({ ...contribution, evidence: makeEvidence(contribution.text) }),
  );
  const contributors = [...new Set(contributions.map(({ account }) => account))];
  const titleOf = async (account: string) => (await dao.badge.titleOf(account)).name;
  const before = await Promise.all(contributors.map(titleOf));
  for (const awards of planAwards(record.contracts.badge, contributions, kinds)) {
    await asSafe(story, awards);
    for (const { purpose } of awards.calls) done(purpose);
  }
  const owners = brand.safe.kind === "new" ? ` of ${brand.safe.owners.length}` : "";
  print(
    `  ${signers.length}${owners} owners of the Safe signed. The badges can't be sold or sent: they belong to who earned them.`,
  );
  table(
    await Promise.all(
      contributors.map(async (account, i) => {
        const [member, title] = await Promise.all([dao.badge.memberOf(account), titleOf(account)]);
        const votes = await dao.token.contributionVotes(account);
        return [
          nameOf(story, account),
          before[i] === title ? title : `${before[i] ?? ""} → ${title}`,
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
  return contributors;
}

function ofCustomers(customers: ReadonlyMap<string, string>, kinds: readonly KindName[]): Contribution[] {
  return BY_LINK.map(({ kind, reference, text }) => {
    const account = customers.get(reference);
    if (account === undefined)
      throw KyosoError.of("demo.broken", {
        data: { detail: `${reference} hasn't claimed` },
        message: `${reference} hasn't claimed`,
      });
    return { kind: requireKind(kind, kinds).number, account, text, source: null };
  });
}

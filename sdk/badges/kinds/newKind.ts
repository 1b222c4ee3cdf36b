import { exampleOf, FIELDS, type FieldKey } from "../../config/fields.js";
import { problemsOf } from "../../config/problems.js";
import { toKindConfig, type BadgeKindConfig } from "../../config/schema.js";
import { kindShape } from "../../config/shape.js";
import type { Problem } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import { nameKey } from "../../sameName.js";
import { formatAmount, quote } from "../../units.js";
import type { KindName } from "./kinds.js";

/** A kind of badge as people describe it: as in a brand file. What is undefined has the default that it has there. */
export interface KindTexts {
  readonly name: string;
  readonly description: string | undefined;
  readonly image: string | undefined;
  readonly points: string | undefined;
  /** Tokens, perhaps with the symbol. */
  readonly votes: string | undefined;
  /** "safe", or the number of a role. */
  readonly issuer: string | undefined;
  readonly supply: string | undefined;
  readonly dailyPoints: string | undefined;
}

/**
 * Reads a new kind, within the bounds of a brand file.
 *
 * @param kinds The DAO's kinds: no two that are open have a name that people can't tell apart.
 * @throws KyosoError naming everything that is wrong, each by its option.
 */
export async function readNewKind(
  live: LiveDao,
  texts: KindTexts,
  kinds: readonly KindName[],
): Promise<BadgeKindConfig> {
  const result = kindShape(live.symbol).safeParse(texts, { reportInput: true });
  if (!result.success) throw new KyosoError(problemsOf(result.error.issues).map(asOption));
  const config = toKindConfig(result.data);
  const problems: Problem[] = [];

  const same = kinds.find(({ name, closed }) => !closed && nameKey(name) === nameKey(config.name));
  if (same !== undefined) {
    problems.push(
      problem("kind.name-taken", {
        data: { name: config.name, number: same.number },
        place: "name",
        message: `There is a kind called ${quote(same.name)} already: number ${same.number}`,
        remedy: `Choose another name; or close that one first, with \`npx hardhat badge kind close ${same.number}\`.`,
      }),
    );
  }
  const { points, dailyPointsLimit, votes } = config;
  if (dailyPointsLimit !== 0 && dailyPointsLimit < points) {
    problems.push(
      problem("kind.daily-points-under-points", {
        data: { points, dailyPoints: dailyPointsLimit },
        place: optionOf("dailyPoints"),
        message: `${dailyPointsLimit} points a day are less than the ${points} of one badge, so that none could be awarded`,
        remedy: "Raise it, or leave it out for no limit.",
      }),
    );
  }
  if (votes !== 0n) {
    const { shareBps, limit } = await live.contracts.token.contributionLimit();
    if (votes > limit.amount || shareBps === 0n) {
      const most = shareBps === 0n ? 0n : limit.amount;
      problems.push(
        problem("kind.votes-over-limits", {
          data: { votes, most, symbol: live.symbol },
          place: optionOf("votes"),
          message: `${formatAmount(votes, live.symbol)} is more than the limits of earned votes ever let through at once, ${formatAmount(most, live.symbol)}`,
          remedy: "Lower it: the badge would always come without its votes.",
        }),
      );
    }
  }
  if (problems.length > 0) throw new KyosoError(problems);
  return config;
}

/** A problem of a field as one of the option that it comes from: with its name, and examples as they are typed. */
function asOption(told: Problem): Problem {
  const { place = "", remedy = "" } = told;
  const key = `badges.kinds.${place}` as FieldKey;
  const option = optionOf(place);
  const typed = `${option} "${FIELDS[key].example}"`;
  return { ...told, place: option, remedy: remedy.replaceAll(`"${exampleOf(key)}"`, typed) };
}

/** `--daily-points` for `dailyPoints`; the name isn't an option. */
function optionOf(field: string): string {
  return field === "name"
    ? "name"
    : `--${field.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
}

import type { DecodedCall } from "../calls/decode.js";
import { oneLine } from "../text.js";

/**
 * What a call does to members, as people say it, from its own data: what it moves, which titles there are from then on, what a
 * season is shared by.
 *
 * @returns Undefined for a call that has no words of its own.
 */
export function describeForMembers({ contract, name, args }: DecodedCall): string | undefined {
  const text = (argument: string) => oneLine(args.find((each) => each.name === argument)?.text ?? "?");
  const season = () => `season ${text("season")}`;
  switch (`${contract}.${name}`) {
    case "badge.requestRecovery":
      return `move all that ${text("oldAccount")} earned to ${text("newAccount")}, after the wait in which either can refuse`;
    case "badge.cancelRecovery":
      return `stop the recovery of what ${text("oldAccount")} earned`;
    case "badge.recover":
      return `carry out the recovery of what ${text("oldAccount")} earned`;
    case "badge.setTitles":
      return `let there be these titles and no others: ${titlesIn(args[0]?.value)}`;
    case "badge.resume":
      return "let badges be awarded and claimed again";
    case "badge.excludePoints":
      return `share ${season()} among the others as if ${text("points")} points, of those that were taken, had never been`;
    case "rewards.fund":
      return `add ${text("amount")} to the rewards of ${season()}`;
    case "rewards.returnUnclaimed":
      return `return to the treasury what nobody claimed of ${text("token")} in seasons that are over`;
    default:
      return undefined;
  }
}

/** `常連 from 100 points, 共創メンバー from 500`. */
function titlesIn(value: unknown): string {
  const titles = value as readonly (readonly [name: string, points: bigint])[];
  if (titles.length === 0) return "none";
  return titles
    .map(
      ([name, points], i) =>
        `${oneLine(name)} from ${points.toLocaleString("en")}${i === 0 ? " points" : ""}`,
    )
    .join(", ");
}

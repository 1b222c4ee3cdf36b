import { Suspense } from "react";
import { catalogue, useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import type { MemberSeasonView, MemberView, RewardView } from "../../reader/answers.js";
import { Section } from "../../ui/Section.js";
import { lateOf } from "../../start/late.js";

// Read where there is something to claim.
const ClaimShare = lateOf(() => import("./ClaimShare.js"), "ClaimShare");

const TEXTS = catalogue({
  ja: {
    title: (number: string) => `シーズン${number}の分け前`,
    estimate: "ほど(見込み)",
    points: (all: string, own: string) => `みんなの${all}ポイントのうち、${own}ポイント。`,
    running: (when: string) => `${when}から受けとれます。`,
    claimable: (when: string) => `${when}まで受けとれます。だれが手続きしても、本人に届きます。`,
    claimed: "受けとりました。",
    over: "受けとれる期間は終わりました。",
  },
  en: {
    title: (number: string) => `Share of season ${number}`,
    estimate: " or so (estimate)",
    points: (all: string, own: string) => `${own} of everyone’s ${all} points. `,
    running: (when: string) => `To be claimed from ${when}.`,
    claimable: (when: string) => `To be claimed until ${when}. Whoever does it, it goes to its owner.`,
    claimed: "It was claimed.",
    over: "The time to claim is over.",
  },
});

/** What a member gets of the seasons that matter now. */
export function Rewards({ of: { seasons, now, account }, again }: RewardsProps) {
  return seasons
    .filter(({ own, rewards }) => own > 0 && rewards.length > 0)
    .map((season) => <Season key={season.number} of={season} {...{ now, account, again }} />);
}

interface RewardsProps {
  readonly of: MemberView;
  readonly again: () => void;
}

interface SeasonProps {
  readonly of: MemberSeasonView;
  readonly now: number;
  /** Whose share it is. */
  readonly account: string;
  readonly again: () => void;
}

function Season({ of: season, now, account, again }: SeasonProps) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  return (
    <Section title={texts.title(format.number(season.number))}>
      {season.rewards.map((reward) => (
        <div key={reward.token} className="stack snug">
          <p className="figure-xl">
            {format.amount(
              reward.claimed > 0n ? reward.claimed : reward.claimable > 0n ? reward.claimable : reward.share,
              reward.decimals,
            )}
            <small>
              {reward.symbol}
              {season.state === "running" && texts.estimate}
            </small>
          </p>
          <p className="small quiet">
            {texts.points(format.number(season.points), format.number(season.own))}
            {useSaid(season, reward, now)}
          </p>
          {reward.claimable > 0n && (
            <Suspense>
              <ClaimShare member={account} season={season.number} reward={reward} again={again} />
            </Suspense>
          )}
        </div>
      ))}
    </Section>
  );
}

function useSaid(
  { state, opens, closes }: MemberSeasonView,
  { claimed, claimable }: RewardView,
  now: number,
): string {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  if (claimed > 0n) return texts.claimed;
  if (claimable > 0n) return texts.claimable(format.date(closes, now));
  return state === "running" || state === "disputed" ? texts.running(format.date(opens, now)) : texts.over;
}

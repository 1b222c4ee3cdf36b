import type { CSSProperties } from "react";
import { catalogue, useTexts } from "../language/language.js";
import { useFormat } from "../language/useFormat.js";
import type { ProposalSummary } from "../reader/answers.js";

const TEXTS = catalogue({
  ja: {
    for: "賛成",
    against: "反対",
    abstain: "棄権",
    votes: "票",
    line: "成立の線",
    reached: (line: string) => `${line}に到達`,
    missing: (line: string, left: string) => `${line}まで、あと${left}`,
    still: (left: string) => `まだ ${left}`,
    short: (inFavour: string, against: string) => `賛成 ${inFavour}票、反対 ${against}票`,
  },
  en: {
    for: "For",
    against: "Against",
    abstain: "Abstaining",
    votes: " votes",
    line: "Needed:",
    reached: (line: string) => `${line}. Reached`,
    missing: (line: string, left: string) => `${line}, and ${left} to go`,
    still: (left: string) => `${left} yet to vote`,
    short: (inFavour: string, against: string) => `${inFavour} votes for, ${against} against`,
  },
});

interface Props {
  readonly of: Pick<ProposalSummary, "tally" | "quorum">;
  /** Votes that can be cast. */
  readonly electorate: bigint;
  /** A line of its own in a list. */
  readonly mini?: boolean;
  readonly isOver?: boolean;
}

/**
 * One track is every vote that can be cast: for and abstaining grow from the start, against from the end, and the mark is the
 * quorum, which for and abstaining fill together.
 */
export function Tally({ of: { tally, quorum }, electorate, mini = false, isOver = false }: Props) {
  const texts = useTexts(TEXTS);
  const { votes } = useFormat();
  const cast = tally.for + tally.against + tally.abstain;
  const whole = [electorate, cast, quorum, 1n].reduce((most, each) => (each > most ? each : most));
  const part = (value: bigint) => `${Number((value * 10_000n) / whole) / 100}%`;
  const style = {
    "--for": part(tally.for),
    "--abs": part(tally.abstain),
    "--no": part(tally.against),
    "--line": part(quorum),
  } as CSSProperties;
  const counted = tally.for + tally.abstain;
  const track = (
    <div className="track" aria-hidden="true">
      {tally.for > 0n && <i className="yes" />}
      {tally.abstain > 0n && <i className="abs" />}
      {tally.against > 0n && <i className="no" />}
      <span className="mark" />
    </div>
  );
  if (mini) {
    return (
      <>
        <div className="tally mini" style={style}>
          {track}
        </div>
        <p className="tiny quiet">{texts.short(votes(tally.for), votes(tally.against))}</p>
      </>
    );
  }
  const sides = [
    ["for", tally.for],
    ...(tally.abstain > 0n ? [["abstain", tally.abstain] as const] : []),
    ["against", tally.against],
  ] as const;
  return (
    <div className="tally" style={style}>
      <dl className="tally-sides">
        {sides.map(([side, value]) => (
          <div key={side} className={side === "for" ? "lead" : undefined}>
            <dt>{texts[side]}</dt>
            <dd className="num">
              {votes(value)}
              <small>{texts.votes}</small>
            </dd>
          </div>
        ))}
      </dl>
      {track}
      <p className="tally-line">
        <span>
          <i className="key mark" />
          <b>{texts.line}</b>{" "}
          {counted >= quorum
            ? texts.reached(votes(quorum))
            : texts.missing(votes(quorum), votes(quorum - counted))}
        </span>
        {!isOver && whole > cast && (
          <span>
            <i className="key" />
            {texts.still(votes(whole - cast))}
          </span>
        )}
      </p>
    </div>
  );
}

import type { Support } from "@kyoso/sdk";
import { useState } from "react";
import { catalogue, useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import { Person } from "../../people/Person.js";
import { Seal } from "../../people/Seal.js";
import type { VoteView } from "../../reader/answers.js";
import { Section } from "../../ui/Section.js";

const TEXTS = catalogue({
  ja: {
    title: "みんなの声",
    people: (count: string) => `${count}人`,
    for: "賛成",
    against: "反対",
    abstain: "棄権",
    reason: (reason: string) => `「${reason}」`,
    votes: (votes: string) => `${votes}票`,
    none: "まだだれも投票していません。",
    more: (count: string) => `ほかの${count}人も見る`,
  },
  en: {
    title: "Who voted",
    people: (count: string) => (count === "1" ? "1 person" : `${count} people`),
    for: "for",
    against: "against",
    abstain: "abstaining",
    reason: (reason: string) => `“${reason}”`,
    votes: (votes: string) => `${votes} votes`,
    none: "Nobody has voted yet.",
    more: (count: string) => `See ${count} more`,
  },
});

/** As many are shown at first. */
const FIRST = 20;

const LOOKS: Readonly<Record<Support, "pressed" | "against" | undefined>> = {
  for: "pressed",
  against: "against",
  abstain: undefined,
};

/** Who voted which way, with how much, and why: those with the most votes first. */
export function Votes({ of: votes }: { readonly of: readonly VoteView[] }) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const [all, setAll] = useState(false);
  const sorted = votes.toSorted((a, b) => (a.weight === b.weight ? 0 : a.weight < b.weight ? 1 : -1));
  const shown = all ? sorted : sorted.slice(0, FIRST);
  return (
    <Section title={texts.title} aside={texts.people(format.number(votes.length))}>
      {votes.length === 0 && <p className="quiet">{texts.none}</p>}
      <ul className="rows far">
        {shown.map(({ voter, support, weight, reason }) => (
          <li key={voter} className="row">
            <Seal of={voter} look={LOOKS[support]} />
            <span className="two">
              <Person of={voter} sealed />
              <span className="small quiet side">{texts[support]}</span>
              {reason !== "" && (
                <>
                  <br />
                  <span className="small" lang={languageOf(reason)}>
                    <bdi>{texts.reason(reason)}</bdi>
                  </span>
                </>
              )}
            </span>
            <span className="tail num">{texts.votes(format.votes(weight))}</span>
          </li>
        ))}
      </ul>
      {shown.length < votes.length && (
        <p>
          <button
            className="link"
            type="button"
            onClick={() => {
              setAll(true);
            }}
          >
            {texts.more(format.number(votes.length - shown.length))}
          </button>
        </p>
      )}
    </Section>
  );
}

import { useContext, useDeferredValue } from "react";
import { Link } from "wouter";
import { catalogue, useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import type { ProposalSummary, ProposalsView } from "../../reader/answers.js";
import { useSeenAnswer } from "../../reader/useSeenAnswer.js";
import { DocumentContext } from "../../ui/Address.js";
import { Section } from "../../ui/Section.js";
import { Shown, useTitle } from "../../ui/states.js";
import { OpenProposal } from "./OpenProposal.js";
import { ProposalRow } from "./ProposalRow.js";

const TEXTS = catalogue({
  ja: {
    title: "提案",
    lede: "お店のこれからを、ここで決めています。",
    open: "投票中",
    soon: "もうすぐ",
    passed: "可決。実行を待っています",
    past: "これまで",
    count: (count: string) => `${count}件`,
    none: "まだ提案はありません。",
    noneMore: "さいしょのひとつを、あなたから。",
    make: "提案するには",
    write: "提案を書く",
    threshold: (votes: string) =>
      `提案には${votes}票が要ります。足りない分は、仲間の票を預けてもらうこともできます。`,
  },
  en: {
    title: "Proposals",
    lede: "This is where the shop’s future is decided.",
    open: "Open to votes",
    soon: "Opening soon",
    passed: "Passed, to be carried out",
    past: "Until now",
    count: (count: string) => count,
    none: "There are no proposals yet.",
    noneMore: "The first one could be yours.",
    make: "To propose something",
    write: "Write a proposal",
    threshold: (votes: string) =>
      `It takes ${votes} votes to propose. Others can lend you theirs if you have too few.`,
  },
});

/** All proposals: those that are open first. */
export function Proposals() {
  const texts = useTexts(TEXTS);
  const site = useContext(DocumentContext)?.record.name ?? "";
  useTitle(texts.title, site);
  const known = useSeenAnswer({ what: "proposals" });
  return (
    <>
      <div className="page-head">
        <h1>{texts.title}</h1>
        <p className="lede">{texts.lede}</p>
      </div>
      <Shown of={known} rows={8}>
        {(view) => <Lists of={view} />}
      </Shown>
    </>
  );
}

function Lists({ of: view }: { readonly of: ProposalsView }) {
  const { current, past, pastCount, now, electorate, proposalThreshold } = view;
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const in_ = (states: readonly string[]) => current.filter(({ state }) => states.includes(state));
  const open = in_(["Active"]).sort((a, b) => a.deadline - b.deadline);
  const lists = [
    { title: texts.soon, list: in_(["Pending"]) },
    { title: texts.passed, list: in_(["Succeeded", "Queued"]) },
    { title: texts.past, list: past, count: pastCount },
  ];
  return (
    <div className="spread">
      <div className="column">
        {current.length === 0 && pastCount === 0 && (
          <div className="stack snug">
            <p>{texts.none}</p>
            <p className="small quiet">{texts.noneMore}</p>
          </div>
        )}
        {open.length > 0 && (
          <Section title={texts.open} aside={texts.count(format.number(open.length))}>
            <div className="stack loose">
              {open.map((proposal, i) => (
                <OpenProposal
                  key={proposal.number}
                  of={proposal}
                  now={now}
                  electorate={electorate}
                  first={i === 0}
                />
              ))}
            </div>
          </Section>
        )}
        {lists
          .filter(({ list }) => list.length > 0)
          .map(({ title, list, count = list.length }) => (
            <Section key={title} title={title} aside={texts.count(format.number(count))}>
              <Rows of={list} now={now} electorate={electorate} />
            </Section>
          ))}
      </div>
      <aside className="beside stack">
        <div className="section-head bare">
          <h2>{texts.make}</h2>
        </div>
        <p className="small">{texts.threshold(format.amount(proposalThreshold))}</p>
        <p>
          <Link className="button second" href="/propose">
            {texts.write}
          </Link>
        </p>
      </aside>
    </div>
  );
}

interface RowsProps {
  readonly of: readonly ProposalSummary[];
  readonly now: number;
  readonly electorate: bigint;
}

/** As many fill any screen. */
const FIRST_ROWS = 40;

/** Rows that aren't in view aren't laid out: a thousand of them scroll as ten do. They are made once the first ones are shown. */
function Rows({ of, now, electorate }: RowsProps) {
  const made = useDeferredValue(of, of.slice(0, FIRST_ROWS));
  return (
    <ul className="rows far">
      {made.map((proposal) => (
        <li key={proposal.number}>
          <ProposalRow of={proposal} now={now} electorate={electorate} />
        </li>
      ))}
    </ul>
  );
}

import { Suspense } from "react";
import { useAccount } from "../../account/useAccount.js";
import { useTexts } from "../../language/language.js";
import type { ProposalView, VoteView } from "../../reader/answers.js";
import { Section } from "../../ui/Section.js";
import { Waiting } from "../../ui/states.js";
import { BALLOT_TEXTS as TEXTS } from "./ballotTexts.js";
import { lateOf } from "../../start/late.js";

// Read when somebody has an account: whoever only reads needs none of it.
const Ballot = lateOf(() => import("./Ballot.js"), "Ballot");

export interface Props {
  readonly of: ProposalView;
  /** The vote that was just cast here, where it was. */
  readonly own: VoteView | undefined;
  /** Told of the transaction with the vote, once the chain has it. */
  readonly onDone: (hash: string) => void;
}

/** Where somebody votes: what they can cast and have cast comes first. */
export function BallotBox({ of: proposal, own, onDone }: Props) {
  const texts = useTexts(TEXTS);
  const { account, open } = useAccount();
  return (
    <Section title={texts.title} className="ballot">
      {account === undefined ? (
        <div className="stack snug">
          <p>{texts.who}</p>
          <p>
            <button className="button" type="button" onClick={open}>
              {texts.open}
            </button>
          </p>
        </div>
      ) : (
        <Suspense fallback={<Waiting rows={2} />}>
          <Ballot key={account.address} of={proposal} address={account.address} own={own} onDone={onDone} />
        </Suspense>
      )}
    </Section>
  );
}

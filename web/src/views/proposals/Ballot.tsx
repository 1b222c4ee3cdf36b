import type { Ballot as SignedBallot, Support } from "@kyoso/sdk";
import { LONGEST_REASON, utf8Length } from "@kyoso/sdk";
import { useEffect, useId, useState } from "react";
import { useAccount } from "../../account/useAccount.js";
import { Confirm } from "../../acting/Confirm.js";
import { Reason } from "../../acting/Reason.js";
import { SendingState, Troubled } from "../../acting/Told.js";
import { useAsked } from "../../acting/useAsked.js";
import type { Deed } from "../../acting/useDeed.js";
import { useDeed } from "../../acting/useDeed.js";
import { useVoter } from "../../acting/useVoter.js";
import { Ways } from "../../acting/Ways.js";
import { languageOf } from "../../language/languageOf.js";
import { useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import { Person } from "../../people/Person.js";
import type { VoterView } from "../../reader/acts.js";
import type { ProposalView, VoteView } from "../../reader/answers.js";
import { Delivery } from "../../relay/Delivery.js";
import type { Errand } from "../../relay/errand.js";
import { isDone } from "../../relay/errand.js";
import { useErrand } from "../../relay/useErrand.js";
import { Shown } from "../../ui/states.js";
import { BALLOT_TEXTS as TEXTS } from "./ballotTexts.js";
import { Calls } from "./Calls.js";
import type { Props } from "./BallotBox.js";

/** What somebody can cast, or has cast. */
export function Ballot({ of: proposal, address, own, onDone }: Props & { readonly address: string }) {
  const known = useVoter(proposal.number, address);
  return (
    <Shown of={known} rows={2}>
      {(voter) => <Box of={proposal} voter={voter} own={own} onDone={onDone} />}
    </Shown>
  );
}

function Box({ of: proposal, voter, own, onDone }: Props & { readonly voter: VoterView }) {
  const { account } = useAccount();
  const [support, setSupport] = useState<Support>();
  const [reason, setReason] = useState("");
  const { number } = proposal;
  const address = account?.address ?? "";
  const name = `ballot-${proposal.id}-${address}`;
  // What is under way says itself how it is marked: the form is empty after a reload.
  const marked = ballotIn(useErrand(name).errand) ?? { support: support ?? "abstain", reason: reason.trim() };
  const mark = { number, account: address, ...marked };
  const deed: Deed = {
    name,
    kind: "ballot",
    account,
    signed: { ...mark, act: "ballot" },
    sent: { ...mark, act: "vote" },
  };
  const done = useDeed(deed);
  const { doneBy, errand, sending, run, isUnderWay, trouble } = done;
  const asked = useAsked(isUnderWay || sending.sending.state === "asking");
  useEffect(() => {
    if (doneBy !== undefined) onDone(doneBy);
  }, [doneBy, onDone]);

  const cast = voter.cast ?? own;
  const isDelivered = errand.errand !== undefined && isDone(errand.errand);
  if (cast !== undefined && !isDelivered) return <Voted cast={cast} />;
  if (errand.errand !== undefined) {
    return (
      <div className="stack">
        <Delivery of={errand} send={account?.send === undefined ? undefined : () => void run("wallet")}>
          {cast !== undefined && <Voted cast={cast} />}
        </Delivery>
        <Troubled of={trouble} />
        <SendingState of={sending} />
      </div>
    );
  }
  if (voter.refused !== null) return <CantVote of={voter} address={address} />;
  return (
    <>
      <SendingState of={sending} />
      {!isUnderWay && (
        <Form votes={voter.votes} {...{ support, setSupport, reason, setReason }} submit={asked.ask} />
      )}
      <Review
        {...{ proposal, deed, done, support }}
        reason={mark.reason}
        votes={voter.votes}
        isOpen={asked.isOpen}
        close={asked.close}
      />
    </>
  );
}

/** How a ballot is marked that is under way; undefined where none is. */
function ballotIn(
  errand: Errand | undefined,
): { readonly support: Support; readonly reason: string } | undefined {
  if (errand?.signed.kind !== "ballot") return undefined;
  const { support, reason } = errand.signed as Partial<SignedBallot>;
  const known = WAYS.find((each) => each === support);
  return known === undefined || typeof reason !== "string" ? undefined : { support: known, reason };
}

/** How somebody voted. */
function Voted({ cast }: { readonly cast: VoteView }) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  return (
    <div className="stack snug" role="status">
      <p className="verdict">{texts.voted(texts[cast.support], format.votes(cast.weight))}</p>
      {cast.reason !== "" && (
        <p lang={languageOf(cast.reason)}>
          <bdi>{texts.quoted(cast.reason)}</bdi>
        </p>
      )}
      <p className="small quiet">{texts.stands}</p>
    </div>
  );
}

function CantVote({
  of: { refused, delegate, votes },
  address,
}: {
  readonly of: VoterView;
  readonly address: string;
}) {
  const texts = useTexts(TEXTS);
  if (refused === null) return null;
  return (
    <div className="stack snug">
      <p>
        <Reason {...refused} />
      </p>
      {votes === 0n && delegate !== address && (
        <p className="small quiet">
          {texts.entrusted} <Person of={delegate} />
        </p>
      )}
    </div>
  );
}

interface FormProps {
  readonly votes: bigint;
  readonly support: Support | undefined;
  readonly setSupport: (support: Support) => void;
  readonly reason: string;
  readonly setReason: (reason: string) => void;
  readonly submit: () => void;
}

function Form({ votes, support, setSupport, reason, setReason, submit }: FormProps) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const id = useId();
  const bytes = utf8Length(reason.trim());
  const isTooLong = bytes > LONGEST_REASON;
  return (
    <form
      className="stack loose"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isTooLong) submit();
      }}
    >
      <fieldset>
        <legend className="legend">{texts.ask(format.votes(votes))}</legend>
        <div className="choice">
          {WAYS.map((way) => (
            <label key={way}>
              <input
                type="radio"
                name={`${id}-support`}
                value={way}
                required
                checked={support === way}
                onChange={() => {
                  setSupport(way);
                }}
              />
              <span>
                {texts[way]}
                {way === "abstain" && <small>{texts.abstainSays}</small>}
              </span>
              <i className={`key ${KEYS[way]}`} aria-hidden="true" />
            </label>
          ))}
        </div>
      </fieldset>
      <div className="field">
        <label htmlFor={`${id}-reason`}>
          {texts.reason}
          <small>{texts.optional}</small>
        </label>
        <textarea
          id={`${id}-reason`}
          rows={2}
          value={reason}
          placeholder={texts.seen}
          aria-describedby={`${id}-long`}
          aria-invalid={isTooLong}
          onChange={({ target }) => {
            setReason(target.value);
          }}
        />
        <p id={`${id}-long`} className="small" aria-live="polite">
          {isTooLong && texts.tooLong(format.number(bytes), format.number(LONGEST_REASON))}
        </p>
      </div>
      <div className="stack snug">
        <button className="button wide" type="submit">
          {texts.look}
        </button>
        <p className="tiny quiet">{texts.final}</p>
      </div>
    </form>
  );
}

const WAYS: readonly Support[] = ["for", "against", "abstain"];
const KEYS: Readonly<Record<Support, string>> = { for: "yes", against: "no", abstain: "abs" };

interface ReviewProps {
  readonly proposal: ProposalView;
  readonly deed: Deed;
  readonly done: ReturnType<typeof useDeed>;
  readonly support: Support | undefined;
  readonly reason: string;
  readonly votes: bigint;
  readonly isOpen: boolean;
  readonly close: () => void;
}

/** What is looked over before it is signed: what the proposal does, and not its title alone. */
function Review({ proposal, deed, done, support, reason, votes, isOpen, close }: ReviewProps) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  return (
    <Confirm title={texts.confirm} isOpen={isOpen && support !== undefined} close={close}>
      <p className="small quiet">{texts.number(format.number(proposal.number))}</p>
      <p className="big" lang={languageOf(proposal.title)}>
        {proposal.title}
      </p>
      <h3>{texts.does}</h3>
      <Calls of={proposal.calls} />
      <dl className="facts">
        <div>
          <dt>{texts.yours}</dt>
          <dd>
            <b>{support === undefined ? "" : texts.marked(texts[support], format.votes(votes))}</b>
          </dd>
        </div>
        {reason !== "" && (
          <div>
            <dt>{texts.reason}</dt>
            <dd className="words" lang={languageOf(reason)}>
              <bdi>{reason}</bdi>
            </dd>
          </div>
        )}
      </dl>
      <Ways deed={deed} of={done} does={texts.does_} />
      <p className="tiny quiet">{texts.final}</p>
    </Confirm>
  );
}

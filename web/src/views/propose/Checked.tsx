import { saidByRelay } from "@kyoso/sdk";
import { useState } from "react";
import { useAccount } from "../../account/useAccount.js";
import { Reason } from "../../acting/Reason.js";
import type { OwnSending } from "../../acting/useSending.js";
import type { CheckedDraft, DraftProblem } from "../../desk/protocol.js";
import { useLanguage, useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import type { TriedCall } from "../../reader/acts.js";
import type { CallView } from "../../reader/answers.js";
import { Calls } from "../proposals/Calls.js";
import type { Item } from "./draft.js";
import { itemOfAction } from "./draft.js";
import { draftReasonFor } from "./reasons.js";
import { TEXTS } from "./texts.js";

interface Props {
  readonly of: CheckedDraft;
  readonly items: readonly Item[];
  /** The transaction that proposes. */
  readonly own: OwnSending;
}

/** What a check found: what is to be mended; or what the proposal does, how it would end, and the button that sends it. */
export function Checked({ of: checked, items, own }: Props) {
  const texts = useTexts(TEXTS);
  const { problems, calls } = checked;
  if (problems.length > 0) {
    return (
      <div className="notice stop" role="alert">
        <h3>{texts.problems}</h3>
        <ul className="stack snug">
          {problems.map((problem, i) => (
            <li key={i}>
              <Problem of={problem} items={items} />
            </li>
          ))}
        </ul>
      </div>
    );
  }
  return (
    <div className="stack">
      <h3>{texts.does}</h3>
      <Calls of={calls} />
      <Trials of={calls} />
      <Sending of={checked} own={own} />
    </div>
  );
}

function Problem({
  of: { code, text, action },
  items,
}: {
  readonly of: DraftProblem;
  readonly items: readonly Item[];
}) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const format = useFormat();
  const at = action === null ? "" : texts.at(format.number(itemOfAction(items, action) + 1));
  return (
    <p className="small">
      {at}
      {draftReasonFor(code, language) ?? <bdi lang="en">{saidByRelay(text)}</bdi>}
    </p>
  );
}

/** How each call would end: those before it have been made then. */
function Trials({ of: calls }: { readonly of: readonly TriedCall[] }) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const failing = calls.flatMap(({ fails }, i) => (fails === null ? [] : [{ fails, i }]));
  const notes = calls.flatMap(({ note }, i) => (note === null ? [] : [{ note, i }]));
  return (
    <>
      {failing.length === 0 && <p className="small">{texts.works}</p>}
      {failing.map(({ fails, i }) => (
        <div key={i} className="notice stop">
          <p>
            {texts.at(format.number(i + 1))}
            <bdi>{texts.fails(saidByRelay(fails))}</bdi>
          </p>
        </div>
      ))}
      {notes.map(({ note, i }) => (
        <p key={i} className="small quiet">
          {texts.at(format.number(i + 1))}
          <bdi>{texts.note(saidByRelay(note))}</bdi>
        </p>
      ))}
    </>
  );
}

/** Whether a call, or one inside of it, can't be read whole. */
function isUnread({ unread, inner }: CallView): boolean {
  return unread !== null || inner.some(isUnread);
}

/** The last look: what it costs, and what its proposer has to say about what fails or can't be read. */
function Sending({ of: { call, calls, votes, threshold }, own }: Omit<Props, "items">) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const { account, open } = useAccount();
  const [anyway, setAnyway] = useState(false);
  const [unknown, setUnknown] = useState(false);
  if (account?.send === undefined || call === null) {
    return (
      <div className="stack snug">
        <p className="small">{texts.needs(format.amount(threshold))}</p>
        <p className="small quiet">{account === undefined ? texts.sentBy : texts.other_}</p>
        {account === undefined && (
          <p>
            <button className="button" type="button" onClick={open}>
              {texts.open}
            </button>
          </p>
        )}
      </div>
    );
  }
  const fails = calls.some((each) => each.fails !== null);
  const hasUnread = calls.some(isUnread);
  const mayPropose = (!fails || anyway) && (!hasUnread || unknown);
  const { state } = own.sending;
  const isUnderWay = state === "asking" || state === "sent" || state === "done";
  return (
    <div className="stack snug">
      <p className="small">
        {texts.needs(format.amount(threshold))}
        {texts.has(format.votes(votes))}
      </p>
      {call.refused !== null && (
        <div className="notice stop" role="alert">
          <p>
            <Reason {...call.refused} />
          </p>
        </div>
      )}
      {fails && <Sure says={texts.anyway} isSure={anyway} set={setAnyway} />}
      {hasUnread && <Sure says={texts.unknown} isSure={unknown} set={setUnknown} />}
      {call.refused === null && !isUnderWay && (
        <>
          <p>
            <button
              className="button wide"
              type="button"
              disabled={!mayPropose}
              onClick={() => void own.send(account, call)}
            >
              {texts.propose}
            </button>
          </p>
          {call.cost !== null && <p className="tiny quiet">{texts.cost(format.small(call.cost))}</p>}
        </>
      )}
    </div>
  );
}

interface SureProps {
  readonly says: string;
  readonly isSure: boolean;
  readonly set: (isSure: boolean) => void;
}

function Sure({ says, isSure, set }: SureProps) {
  return (
    <label className="sure">
      <input
        type="checkbox"
        checked={isSure}
        onChange={({ target }) => {
          set(target.checked);
        }}
      />
      <span className="small">{says}</span>
    </label>
  );
}

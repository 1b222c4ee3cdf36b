import type { ChangeEvent, SubmitEvent } from "react";
import { useContext, useRef, useState } from "react";
import { useTexts } from "../../language/language.js";
import type { EvidenceView } from "../../reader/answers.js";
import { NoAnswer } from "../../reader/client.js";
import type { Failure, TextAndSalt } from "../../reader/protocol.js";
import { ReaderContext } from "../../reader/ReaderContext.js";
import { DocumentContext } from "../../ui/Address.js";
import { Failed, useTitle } from "../../ui/states.js";
import { evidenceIn, saltIn } from "./given.js";
import { TEXTS } from "./texts.js";
import { Verdict } from "./Verdict.js";

/** What was asked last, and what came of it. */
type Asked =
  | { readonly state: "none" }
  | { readonly state: "wrong"; readonly what: "noText" | "noSalt" | "noFile" }
  | { readonly state: "checking"; readonly given: readonly TextAndSalt[] }
  | { readonly state: "checked"; readonly given: readonly TextAndSalt[]; readonly view: EvidenceView }
  | { readonly state: "failed"; readonly given: readonly TextAndSalt[]; readonly failure: Failure };

/** Whether a badge was given for a text: worked out on the device, against the chain. */
export function Evidence() {
  const texts = useTexts(TEXTS);
  useTitle(texts.title, useContext(DocumentContext)?.record.name ?? "");
  const reader = useContext(ReaderContext);
  const [asked, setAsked] = useState<Asked>({ state: "none" });
  // Of two questions the later one counts.
  const last = useRef<readonly TextAndSalt[]>(undefined);

  const check = async (given: readonly TextAndSalt[]) => {
    if (reader === undefined) return;
    last.current = given;
    setAsked({ state: "checking", given });
    let next: Asked;
    try {
      next = { state: "checked", given, view: await reader.ask({ what: "evidence", all: given }) };
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      next = { state: "failed", given, failure: error.failure };
    }
    if (last.current === given) setAsked(next);
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [text, typed] = ["text", "salt"].map((name) => form.get(name));
    const salt = typeof typed === "string" ? saltIn(typed) : undefined;
    if (typeof text !== "string" || text.trim() === "") setAsked({ state: "wrong", what: "noText" });
    else if (salt === undefined) setAsked({ state: "wrong", what: "noSalt" });
    else void check([{ text, salt }]);
  };
  const open = async ({ currentTarget: input }: ChangeEvent<HTMLInputElement>) => {
    const [file] = input.files ?? [];
    if (file === undefined) return;
    const given = evidenceIn(await file.text());
    // The same one can be chosen again.
    input.value = "";
    if (given === undefined) setAsked({ state: "wrong", what: "noFile" });
    else void check(given);
  };

  return (
    <>
      <div className="page-head">
        <h1>{texts.title}</h1>
        <p className="lede">{texts.lede}</p>
      </div>
      <div className="column evidence">
        <form className="stack" onSubmit={submit} noValidate>
          <div className="field">
            <label htmlFor="evidence-text">
              {texts.text} <small>{texts.textHint}</small>
            </label>
            <textarea id="evidence-text" name="text" rows={3} autoComplete="off" required />
          </div>
          <div className="field">
            <label htmlFor="evidence-salt">
              {texts.salt} <small>{texts.saltHint}</small>
            </label>
            <input
              id="evidence-salt"
              name="salt"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              required
            />
          </div>
          <p>
            <button className="button" type="submit">
              {texts.check}
            </button>
          </p>
        </form>
        <div aria-live="polite" aria-atomic="true">
          {asked.state === "wrong" && (
            <div className="notice care">
              <p>{texts[asked.what]}</p>
            </div>
          )}
          {asked.state === "checking" && (
            <p className="quiet" aria-busy="true">
              {texts.checking}
            </p>
          )}
          {asked.state === "failed" && (
            <Failed
              failure={asked.failure}
              again={() => {
                void check(asked.given);
              }}
            />
          )}
          {asked.state === "checked" && (
            <ul className="verdicts" aria-label={texts.results}>
              {asked.given.map(({ text }, i) => (
                <li key={i}>
                  <Verdict of={asked.view.verdicts[i] ?? null} text={text} now={asked.view.now} />
                </li>
              ))}
            </ul>
          )}
        </div>
        <div className="field">
          <label htmlFor="evidence-file">
            {texts.file} <small>evidence.jsonl</small>
          </label>
          <input
            id="evidence-file"
            type="file"
            accept=".jsonl,.json,.txt,application/json,text/plain"
            onChange={(event) => void open(event)}
          />
        </div>
      </div>
    </>
  );
}

import { Suspense, useContext, useEffect, useMemo, useRef, useState } from "react";
import { Link, useSearch } from "wouter";
import { Troubled } from "../../acting/Told.js";
import type { Trouble } from "../../acting/trouble.js";
import { troubleOf } from "../../acting/trouble.js";
import { useSending } from "../../acting/useSending.js";
import { Desk } from "../../desk/client.js";
import type { CheckedDraft } from "../../desk/protocol.js";
import { useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import type { PowersView } from "../../reader/answers.js";
import { useAnswer } from "../../reader/useAnswer.js";
import { saveFile } from "../../files/saveFile.js";
import { useAccount } from "../../account/useAccount.js";
import { DocumentContext } from "../../ui/Address.js";
import { BackIcon } from "../../ui/icons.js";
import { Section } from "../../ui/Section.js";
import { Shown, useTitle } from "../../ui/states.js";
import { Checked } from "./Checked.js";
import type { Draft } from "./draft.js";
import { EMPTY, isEmpty, itemsOf, textOf } from "./draft.js";
import { Field } from "../../ui/Field.js";
import { FromIdea } from "./FromIdea.js";
import { Items } from "./Items.js";
import { KeptDraft } from "./kept.js";
import { Made } from "./Made.js";
import { TextField } from "./TextField.js";
import { TEXTS } from "./texts.js";
import { lateOf } from "../../start/late.js";

// Read when somebody wants to see how it will look.
const Markdown = lateOf(() => import("../proposals/Markdown.js"), "Markdown");

/** Where somebody writes a proposal. */
export function Propose() {
  const texts = useTexts(TEXTS);
  const document_ = useContext(DocumentContext);
  useTitle(texts.title, document_?.record.name ?? "");
  const powers = useAnswer({ what: "powers" });
  const season = useAnswer({ what: "home" }).answer?.season.number ?? 1;
  return (
    <>
      <p>
        <Link className="back" href="/proposals">
          <BackIcon />
          {texts.back}
        </Link>
      </p>
      <div className="page-head">
        <h1>{texts.title}</h1>
        <p className="lede">{texts.lede}</p>
      </div>
      <Shown of={powers} rows={6}>
        {(view) => <Writing of={view} season={season} />}
      </Shown>
    </>
  );
}

/** What a check found, and of which text. */
interface Found {
  readonly text: string;
  readonly checked: CheckedDraft;
}

function Writing({ of: { symbol, rules }, season }: { readonly of: PowersView; readonly season: number }) {
  const texts = useTexts(TEXTS);
  const { span } = useFormat();
  const document_ = useContext(DocumentContext);
  const { account } = useAccount();
  const dao = `${document_?.record.chainId ?? ""}-${document_?.record.contracts.governor.toLowerCase() ?? ""}`;
  const kept = useMemo(() => new KeptDraft(dao), [dao]);
  const desk = useMemo(() => (document_ === undefined ? undefined : new Desk(document_)), [document_]);
  const [draft, setDraft] = useState<Draft>(() => kept.read());
  const [isPreviewed, setPreviewed] = useState(false);
  const [isKept, setKept] = useState(true);
  const [isChecking, setChecking] = useState(false);
  const [found, setFound] = useState<Found>();
  const [trouble, setTrouble] = useState<Trouble>();
  const own = useSending(`propose-${dao}`);
  const idea = /^\d{1,6}-\d{1,5}$/u.exec(new URLSearchParams(useSearch()).get("idea") ?? "")?.[0];
  const text = textOf(draft, symbol);
  const result = useRef<HTMLDivElement>(null);

  useEffect(
    () => () => {
      desk?.stop();
    },
    [desk],
  );
  const change = (changed: Partial<Draft>) => {
    const whole = { ...draft, ...changed };
    setDraft(whole);
    setKept(kept.keep(whole));
  };
  const proposer = account?.address ?? null;
  const check = async () => {
    setChecking(true);
    setTrouble(undefined);
    try {
      const checked = await desk?.ask({ what: "check", text, proposer });
      if (checked !== undefined) setFound({ text: keyOf(text, proposer), checked });
      result.current?.focus();
    } catch (error) {
      setTrouble(troubleOf(error));
    } finally {
      setChecking(false);
    }
  };
  const load = async (file: File) => {
    setTrouble(undefined);
    try {
      const opened = await desk?.ask({ what: "open", text: await file.text() });
      if (opened === undefined || document_ === undefined) return;
      const { title, body, actions } = opened;
      change({ title, body, items: itemsOf(actions, document_.record.contracts) });
    } catch (error) {
      setTrouble(troubleOf(error));
    }
  };
  const isCurrent = found?.text === keyOf(text, proposer);
  const { votingDelay, votingPeriod, timelockDelay } = rules;

  return (
    <div className="spread">
      <form
        className="column"
        onSubmit={(event) => {
          event.preventDefault();
          void check();
        }}
      >
        {idea !== undefined && <FromIdea key={idea} idea={idea} desk={desk} draft={draft} change={change} />}
        <Section title={texts.what}>
          <div className="stack">
            <p className="small quiet">{texts.whatSays}</p>
            <Items
              items={draft.items}
              {...{ symbol, season }}
              change={(items) => {
                change({ items });
              }}
            />
          </div>
        </Section>
        <Section title={texts.why}>
          <div className="stack loose">
            <Field
              label={texts.name}
              hint={texts.nameSays}
              value={draft.title}
              change={(title) => {
                change({ title });
              }}
            />
            <TextField
              label={texts.body}
              hint={texts.bodySays}
              value={draft.body}
              change={(body) => {
                change({ body });
              }}
            />
            {draft.body.trim() !== "" && (
              <details
                onToggle={({ currentTarget }) => {
                  setPreviewed(currentTarget.open);
                }}
              >
                <summary>{texts.preview}</summary>
                <div>
                  <Suspense>{isPreviewed && <Markdown of={draft.body} />}</Suspense>
                </div>
              </details>
            )}
          </div>
        </Section>
        <Section title={texts.check}>
          <div className="stack">
            {!isKept && <p className="notice care small">{texts.unkept}</p>}
            <p className="small quiet">{texts.checkSays}</p>
            <p>
              <button
                className="button second"
                type="submit"
                disabled={isChecking}
                aria-busy={isChecking || undefined}
              >
                {texts.check}
              </button>
            </p>
            <div ref={result} tabIndex={-1} className="stack" aria-live="polite">
              {isChecking && <p>{texts.checking}</p>}
              {found !== undefined && !isCurrent && !isChecking && <p>{texts.stale}</p>}
              <Troubled of={trouble} />
              {found !== undefined && isCurrent && (
                <Checked of={found.checked} items={draft.items} own={own} />
              )}
            </div>
          </div>
        </Section>
        <Made
          desk={desk}
          of={own}
          onMade={() => {
            change(EMPTY);
            setFound(undefined);
          }}
        />
      </form>
      <aside className="column">
        <Section title={texts.file}>
          <div className="stack snug">
            <p className="small quiet">{texts.fileSays}</p>
            <p>
              <label className="button second">
                {texts.load}
                <input
                  className="visually-hidden"
                  type="file"
                  accept=".md,.markdown,text/markdown,text/plain"
                  onChange={({ target }) => {
                    const [file] = target.files ?? [];
                    if (file !== undefined) void load(file);
                    target.value = "";
                  }}
                />
              </label>
            </p>
            <p>
              <button
                className="button second"
                type="button"
                disabled={isEmpty(draft)}
                onClick={() => {
                  const file = isCurrent ? found.checked.file : null;
                  saveFile("proposal.md", file ?? text, "text/markdown");
                }}
              >
                {texts.save}
              </button>
            </p>
            {!isEmpty(draft) && (
              <p>
                <button
                  className="link"
                  type="button"
                  onClick={() => {
                    if (confirm(texts.clearSure)) change(EMPTY);
                  }}
                >
                  {texts.clear}
                </button>
              </p>
            )}
          </div>
        </Section>
        <Section title={texts.after}>
          <p className="small">
            {texts.afterSays(span(votingDelay), span(votingPeriod), span(timelockDelay))}
          </p>
        </Section>
      </aside>
    </div>
  );
}

/** What was checked for whom. */
function keyOf(text: string, proposer: string | null): string {
  return `${proposer ?? ""}\n${text}`;
}

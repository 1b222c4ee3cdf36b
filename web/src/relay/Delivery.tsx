import type { ReactNode } from "react";
import { useContext } from "react";
import { Reason } from "../acting/Reason.js";
import { useLanguage, useTexts } from "../language/language.js";
import { DocumentContext } from "../ui/Address.js";
import type { Errand, Standing } from "./errand.js";
import { standingOf } from "./errand.js";
import type { OwnErrand } from "./useErrand.js";
import { COMMANDS, saveSigned } from "./save.js";
import { useRelay } from "./useRelay.js";
import { TEXTS, TITLES } from "./texts.js";

interface Props {
  readonly of: OwnErrand;
  /** Sends the same with a wallet, where the account is one. */
  readonly send?: (() => void) | undefined;
  /** What stands there once the chain shows it as done. */
  readonly children?: ReactNode;
}

/** How something stands that was handed in to the relay, and what else can be done with it. */
export function Delivery({ of: own, send, children }: Props) {
  const language = useLanguage();
  const texts = useTexts(TEXTS);
  const { errand } = own;
  if (errand === undefined) return null;
  const standing = standingOf(errand);
  const { title, done } = TITLES[language][errand.signed.kind];
  const isDone = standing === "confirmed" || standing === "final";
  return (
    <div className="delivery stack" aria-live="polite">
      <h3>{isDone ? done : title}</h3>
      {standing === "untaken" || standing === "refused" ? (
        <Refused of={own} errand={errand} standing={standing} />
      ) : (
        <Steps of={errand} standing={standing} />
      )}
      {standing === "waiting" && <Waiting of={errand} />}
      {standing === "unconfirmed" && <Unclear title={texts.unconfirmed} says={texts.unconfirmedSays} />}
      {standing === "stuck" && <Unclear title={texts.stuck} says={texts.stuckSays} />}
      {errand.trouble !== undefined && !isDone && (
        <div className="notice care">
          <p>
            <Reason {...errand.trouble} /> {texts.kept}
          </p>
        </div>
      )}
      {isDone ? children : <Otherwise errand={errand} standing={standing} send={send} />}
    </div>
  );
}

const ORDER = ["handing", "waiting", "sent", "confirmed"] as const;

/** The way of something that nothing stands against. */
function Steps({ of: errand, standing }: { readonly of: Errand; readonly standing: Standing }) {
  const texts = useTexts(TEXTS);
  const explorer = useContext(DocumentContext)?.page.explorer ?? null;
  const at =
    standing === "final"
      ? 4
      : standing === "unconfirmed" || standing === "stuck"
        ? 2
        : ORDER.indexOf(standing as "sent");
  const look = (step: number) => (step < at ? "done" : step === at ? "now" : undefined);
  const { transaction = null } = errand.job ?? {};
  return (
    <ol className="way">
      <Step look={at === 0 ? "now" : "done"} title={at === 0 ? texts.handing : texts.waiting}>
        {at === 1 ? texts.waitingSays : undefined}
      </Step>
      <Step look={look(2)} title={texts.sent}>
        {standing === "sent" ? texts.sentSays : undefined}
      </Step>
      <Step look={at >= 3 ? "done" : undefined} title={texts.confirmed}>
        {standing === "confirmed" ? texts.confirmedSays : standing === "final" ? texts.finalSays : undefined}
        {transaction !== null && explorer !== null && (
          <>
            {" "}
            <a href={`${explorer.replace(/\/$/u, "")}/tx/${transaction}`} target="_blank" rel="noreferrer">
              {texts.explorer}
            </a>
          </>
        )}
      </Step>
    </ol>
  );
}

interface StepProps {
  readonly look: "done" | "now" | undefined;
  readonly title: string;
  readonly children: ReactNode;
}

function Step({ look, title, children }: StepProps) {
  return (
    <li className={look} {...(look === "now" ? { "aria-current": "step" } : {})}>
      <h4>{title}</h4>
      {children !== undefined && children !== false && <p>{children}</p>}
    </li>
  );
}

/** What it waits for, where that is known: its time, the relay's money, or what the relay says of it. */
function Waiting({ of: { job, signed } }: { readonly of: Errand }) {
  const texts = useTexts(TEXTS);
  const relay = useRelay(signed.kind);
  const problem = job?.problem ?? null;
  if (problem !== null) {
    return (
      <div className="notice">
        <p>
          <Reason code={problem.code} text={problem.message} />
        </p>
      </div>
    );
  }
  if (relay.state !== "ready" || relay.short === null) return null;
  return (
    <div className="notice care">
      <p>{texts[relay.short]}</p>
    </div>
  );
}

function Unclear({ title, says }: { readonly title: string; readonly says: string }) {
  return (
    <div className="notice care">
      <h4>{title}</h4>
      <p>{says}</p>
    </div>
  );
}

interface RefusedProps {
  readonly of: OwnErrand;
  readonly errand: Errand;
  readonly standing: "untaken" | "refused";
}

function Refused({ of: { again, forget }, errand, standing }: RefusedProps) {
  const texts = useTexts(TEXTS);
  const why =
    standing === "untaken"
      ? errand.refused
      : { code: errand.job?.problem?.code ?? "", text: errand.job?.problem?.message ?? "" };
  return (
    <div className="notice stop" role="alert">
      <h4>{texts.refused}</h4>
      {why !== undefined && (
        <p>
          <Reason {...why} />
        </p>
      )}
      <p className="small">{texts.nothingDone}</p>
      <p className="buttons">
        <button className="button second" type="button" onClick={again}>
          {texts.again}
        </button>
        <button className="link" type="button" onClick={forget}>
          {texts.forget}
        </button>
      </p>
    </div>
  );
}

interface OtherwiseProps {
  readonly errand: Errand;
  readonly standing: Standing;
  readonly send: (() => void) | undefined;
}

/** What can be done without the relay: what is signed can be carried out by anybody, and once at most. */
function Otherwise({ errand: { signed, trouble }, standing, send }: OtherwiseProps) {
  const texts = useTexts(TEXTS);
  const isSmooth = (standing === "handing" || standing === "sent") && trouble === undefined;
  const command = COMMANDS[signed.kind];
  if (isSmooth || (send === undefined && command === undefined)) return null;
  return (
    <details>
      <summary>{texts.otherwise}</summary>
      <div className="stack snug">
        <p className="small">{texts.once}</p>
        {send !== undefined && (
          <p>
            <button className="button second" type="button" onClick={send}>
              {texts.send}
            </button>
          </p>
        )}
        {command !== undefined && (
          <>
            <p>
              <button
                className="button second"
                type="button"
                onClick={() => {
                  saveSigned(signed);
                }}
              >
                {texts.save}
              </button>
            </p>
            <p className="tiny quiet">
              {texts.saveSays} <code>npx hardhat {command}</code>
            </p>
          </>
        )}
      </div>
    </details>
  );
}

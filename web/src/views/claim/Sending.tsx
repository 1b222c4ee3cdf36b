import { useContext, useEffect, useEffectEvent, useRef, useState } from "react";
import type { Account } from "../../account/account.js";
import { saveFile } from "../../files/saveFile.js";
import { Trouble } from "../../account/TroubleNotice.js";
import { useAccounts } from "../../account/useAccount.js";
import type { ClaimChain } from "../../claim/chain.js";
import { Refused } from "../../claim/chain.js";
import type { Signed } from "../../claim/deliver.js";
import { isReceived, signFor } from "../../claim/deliver.js";
import type { Offer } from "../../claim/offer.js";
import { Stopped } from "../../claim/offer.js";
import type { Job } from "../../claim/relay.js";
import { follow, handIn, RelayRefused } from "../../claim/relay.js";
import { catalogue, useTexts } from "../../language/language.js";
import { DocumentContext } from "../../ui/Address.js";
import { Failed } from "../../ui/states.js";
import { NodesFailed } from "../../reader/nodes.js";
import { TEXTS } from "./texts.js";

interface Props {
  readonly offer: Offer;
  readonly account: Account;
  readonly referrer: string | undefined;
  readonly chain: ClaimChain;
  readonly stopped: (error: unknown) => void;
  readonly received: () => void;
}

type Progress =
  | { readonly at: "signing" }
  /** Signed, and not sent: by nobody, or not by the relay. */
  | { readonly at: "signed"; readonly because: "no-relay" | "relay-refused" }
  | { readonly at: "on-its-way"; readonly job: Job | undefined }
  | { readonly at: "failed"; readonly error: unknown };

const SENT = catalogue({
  ja: {
    sent: "ウォレットから送りました。記録を待っています。ふつうは1分ほど。ウォレットで取りやめたときは、もう一度送れます。",
    refused: "チェーンが受けつけませんでした。招待はなくなりません。もう一度送れます。",
  },
  en: {
    sent: "Sent from your wallet. Waiting for the record, usually a minute. If you call it off in the wallet, you can send it again.",
    refused: "The chain refused it. Your invitation isn’t lost: you can send it again.",
  },
});

/** Milliseconds between two looks at the chain. */
const LOOK = 2_000;

/** Signs, hands in, and waits until the chain shows it. */
export function Sending({ offer, account, referrer, chain, stopped, received }: Props) {
  const texts = useTexts(TEXTS);
  const page = useContext(DocumentContext);
  const { signer } = useAccounts();
  const [progress, setProgress] = useState<Progress>({ at: "signing" });
  const signed = useRef<Signed>(undefined);
  const [attempt, setAttempt] = useState(0);
  const [isSaved, setSaved] = useState(false);
  const relay = page?.page.relay ?? null;
  const onStopped = useEffectEvent(stopped);
  const onReceived = useEffectEvent(received);

  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const deliver = async () => {
      if (page === undefined) return;
      signed.current ??= await signFor(offer, account, referrer, { document: page, signer, chain });
      if (signal.aborted) return;
      if (relay === null) {
        setProgress({ at: "signed", because: "no-relay" });
        return;
      }
      const job = await handIn(relay, signed.current.file);
      const told = (now: Job) => {
        if (!signal.aborted)
          setProgress(
            now.state === "refused"
              ? { at: "signed", because: "relay-refused" }
              : { at: "on-its-way", job: now },
          );
      };
      told(job);
      await follow(relay, job, told, signal);
    };
    deliver().catch((error: unknown) => {
      if (signal.aborted) return;
      if (error instanceof RelayRefused) setProgress({ at: "signed", because: "relay-refused" });
      else if (error instanceof Refused) onStopped(stoppedBy(error));
      else setProgress({ at: "failed", error });
    });
    return () => {
      stop.abort();
    };
    // What is signed once is handed in again, and not signed anew.
  }, [attempt, offer, account, referrer, chain, page, signer, relay]);

  useEffect(() => {
    if (progress.at === "signing" || progress.at === "failed") return;
    let isOver = false;
    const look = async () => {
      const found = await isReceived(offer, chain).catch(() => undefined);
      if (isOver || found === undefined) return;
      const isOwn =
        found.account === undefined || found.account.toLowerCase() === account.address.toLowerCase();
      if (isOwn) onReceived();
      else onStopped(new Stopped("used", { receiver: { account: found.account, at: undefined } }));
    };
    const timer = setInterval(() => void look(), LOOK);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [progress.at, offer, account, chain]);

  const again = () => {
    setProgress({ at: "signing" });
    setAttempt(attempt + 1);
  };
  return (
    <div className="narrow stack loose">
      <h1>{texts.sending}</h1>
      {progress.at !== "failed" ? (
        <Way of={progress} />
      ) : progress.error instanceof NodesFailed ? (
        <Failed failure={{ of: "nodes", faults: progress.error.faults }} again={again} />
      ) : (
        <Trouble of={progress.error} />
      )}
      {progress.at === "signed" && (
        <div className="notice care" role="alert">
          <h2>{progress.because === "no-relay" ? texts.relayNone : texts.relayNo}</h2>
          <p>{progress.because === "no-relay" ? texts.relayNoneSays : texts.relayNoSays}</p>
        </div>
      )}
      {(progress.at === "signed" ||
        (progress.at === "failed" && !(progress.error instanceof NodesFailed))) && (
        <div className="stack snug">
          {(relay !== null || progress.at === "failed") && (
            <p>
              <button className="button wide" type="button" onClick={again}>
                {texts.again}
              </button>
            </p>
          )}
          {progress.at === "signed" && (
            <SendOtherwise
              {...{ account, chain, signed }}
              failed={(error) => {
                setProgress({ at: "failed", error });
              }}
              saved={() => {
                setSaved(true);
              }}
            />
          )}
          <p className="small" role="status">
            {isSaved && texts.saved}
          </p>
        </div>
      )}
    </div>
  );
}

interface OtherwiseProps {
  readonly account: Account;
  readonly chain: ClaimChain;
  readonly signed: { readonly current: Signed | undefined };
  readonly failed: (error: unknown) => void;
  readonly saved: () => void;
}

/** Where no relay sends it: with one's own wallet, or as the file that the command line's relays take. */
function SendOtherwise({ account: { send }, chain, signed, failed, saved }: OtherwiseProps) {
  const texts = useTexts(TEXTS);
  const said = useTexts(SENT);
  const [hash, setHash] = useState<string>();
  const [isRefused, setRefused] = useState(false);
  useEffect(() => {
    if (hash === undefined) return undefined;
    // That it arrived is seen by what it gives, whatever hash it did it with: wallets replace what waits.
    const look = async () => {
      chain.forget();
      if ((await chain.outcome(hash).catch(() => undefined)) === false) setRefused(true);
    };
    const timer = setInterval(() => void look(), LOOK);
    return () => {
      clearInterval(timer);
    };
  }, [hash, chain]);
  return (
    <>
      {send !== undefined && (
        <p>
          <button
            className="button second wide"
            type="button"
            onClick={() => {
              if (signed.current === undefined) return;
              setHash(undefined);
              setRefused(false);
              send(signed.current.call).then(setHash, failed);
            }}
          >
            {texts.sendMyself}
          </button>
        </p>
      )}
      <p className="small" role="status">
        {hash !== undefined && (isRefused ? said.refused : said.sent)}
      </p>
      <p>
        <button
          className="button second wide"
          type="button"
          onClick={() => {
            if (signed.current === undefined) return;
            const { file } = signed.current;
            saveFile(
              `${file.kind}-${file.account.slice(-4).toLowerCase()}.json`,
              JSON.stringify(file, null, 2),
            );
            saved();
          }}
        >
          {texts.save}
        </button>
      </p>
    </>
  );
}

function Way({ of: progress }: { readonly of: Exclude<Progress, { readonly at: "failed" }> }) {
  const texts = useTexts(TEXTS);
  const state = progress.at === "on-its-way" ? progress.job?.state : undefined;
  const at = progress.at === "on-its-way" ? (state === "waiting" ? 1 : 2) : 0;
  const isUnsure = state === "unconfirmed" || state === "stuck";
  const steps = [
    [texts.signing, texts.signingSays],
    [texts.taken, texts.takenSays],
    isUnsure ? [texts.unsure, texts.unsureSays] : [texts.sent, texts.sentSays],
    [texts.recorded, ""],
  ] as const;
  return (
    <ol className="way" aria-live="polite">
      {steps.map(([title, says], i) => (
        <li
          key={title}
          className={i < at ? "done" : i === at ? "now" : undefined}
          {...(i === at ? { "aria-current": "step" as const } : {})}
        >
          <h2>{title}</h2>
          {i === at && <p>{says}</p>}
        </li>
      ))}
    </ol>
  );
}

/** What a contract refuses for, as people are told. */
function stoppedBy({ why }: Refused): Stopped {
  return new Stopped(why === undefined || why === "referrer" || why === "other-account" ? "refused" : why);
}

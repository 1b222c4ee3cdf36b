import { useContext, useState } from "react";
import { catalogue, useTexts } from "../language/language.js";
import { DocumentContext } from "../ui/Address.js";
import type { Chosen } from "./AccountsContext.js";
import { keepBegun, readBegun } from "./kept.js";
import { derive } from "./keyedAccount.js";
import type { Touched } from "./passkey.js";
import { createPasskey, touchPasskey } from "./passkey.js";
import { Touch } from "./Touch.js";
import { Trouble } from "./TroubleNotice.js";
import { useAccounts } from "./useAccount.js";
import { useTask } from "./useTask.js";

const TEXTS = catalogue({
  ja: {
    says: "指や顔でひらく、あなただけの会員証です。お名前もメールアドレスも要りません。",
    make: "ふれて、つくる",
    makeSays: "端末の画面が出たら、いつものように指や顔で。",
    check: "もう一度ふれて、ひらく",
    checkSays: "つくった会員証を、ひらいてみます。",
    again: "さいごにもう一度、たしかめる",
    againSays: "いつでも同じ鍵でひらくことを、はじめに確かめておきます。",
    doMake: "パスキーでつくる",
    doCheck: "ふれて、ひらく",
    doAgain: "もう一度、たしかめる",
    waiting: "端末の画面で、お進みください。",
    have: "前につくった会員証でひらく",
    anew: "はじめからつくりなおす",
  },
  en: {
    says: "An account that is yours alone, opened with a finger or your face. No name, no e-mail address.",
    make: "Touch to make it",
    makeSays: "When your device asks, touch or look as you always do.",
    check: "Touch again to open it",
    checkSays: "We open what you’ve just made.",
    again: "And once more, to be sure",
    againSays: "Before anything is yours, we make sure it always opens with the same key.",
    doMake: "Make one with a passkey",
    doCheck: "Touch to open it",
    doAgain: "Check once more",
    waiting: "Please go on in your device’s prompt.",
    have: "I have one: open it",
    anew: "Start over",
  },
});

type Step = "make" | "check" | "again";

/** Makes an account of a passkey, or opens one. Each touch has a press of its own: some browsers ask for that. */
export function Passkey({ done }: { readonly done: Chosen }) {
  const texts = useTexts(TEXTS);
  const document = useContext(DocumentContext);
  const { signer, take } = useAccounts();
  const [credential, setCredential] = useState(() =>
    document === undefined ? undefined : readBegun(document),
  );
  const [step, setStep] = useState<Step>(credential === undefined ? "make" : "check");
  const { isBusy, error, run } = useTask();
  if (document === undefined) return null;

  const begin = (id: string | undefined) => {
    keepBegun(document, id);
    setCredential(id);
    setStep(id === undefined ? "make" : "check");
  };
  const touched = async ({ secret, credential: id, isBackedUp }: Touched) => {
    let found;
    try {
      found = await derive(signer, secret);
    } catch (failed) {
      // Two secrets of one passkey: nothing is to be made of it.
      begin(undefined);
      throw failed;
    }
    setCredential(id);
    if (!found.isReady) {
      setStep("again");
      return;
    }
    keepBegun(document, undefined);
    done(take({ kind: "passkey", address: found.address, credential: id, isSafe: isBackedUp }), isBackedUp);
  };
  const press = () => {
    run(async () => {
      if (step === "make") {
        await signer.ask({ do: "lock" });
        begin(await createPasskey(document.record.name));
      } else {
        await touched(await touchPasskey(credential));
      }
    });
  };
  const steps = [
    ["make", texts.make, texts.makeSays],
    ["check", texts.check, texts.checkSays],
    ["again", texts.again, texts.againSays],
  ] as const;
  const now = steps.findIndex(([name]) => name === step);
  const button = { make: texts.doMake, check: texts.doCheck, again: texts.doAgain }[step];
  return (
    <div className="stack loose">
      <Touch />
      <p>{texts.says}</p>
      <ol className="way">
        {steps.map(([name, title, says], i) => (
          <li
            key={name}
            className={i < now ? "done" : i === now ? "now" : undefined}
            {...(i === now ? { "aria-current": "step" as const } : {})}
          >
            <h2>{title}</h2>
            <p>{says}</p>
          </li>
        ))}
      </ol>
      {error !== undefined && <Trouble of={error} />}
      <div className="stack snug">
        <p>
          <button className="button wide" type="button" disabled={isBusy} onClick={press}>
            {button}
          </button>
        </p>
        <p className="small quiet" role="status">
          {isBusy && texts.waiting}
        </p>
        {step === "make" ? (
          <p>
            <button
              className="link"
              type="button"
              disabled={isBusy}
              onClick={() => {
                run(async () => {
                  await signer.ask({ do: "lock" });
                  await touched(await touchPasskey(undefined));
                });
              }}
            >
              {texts.have}
            </button>
          </p>
        ) : (
          <p>
            <button
              className="link"
              type="button"
              disabled={isBusy}
              onClick={() => {
                begin(undefined);
              }}
            >
              {texts.anew}
            </button>
          </p>
        )}
      </div>
    </div>
  );
}

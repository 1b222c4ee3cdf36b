import { Suspense, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { Account } from "../../account/account.js";
import { useAccounts } from "../../account/useAccount.js";
import { ClaimChain } from "../../claim/chain.js";
import { onAnotherLink, takeLink } from "../../claim/held.js";
import type { Offer } from "../../claim/offer.js";
import { readOffer, Stopped } from "../../claim/offer.js";
import { useTexts } from "../../language/language.js";
import { DocumentContext } from "../../ui/Address.js";
import { BackIcon } from "../../ui/icons.js";
import { useTitle, Waiting } from "../../ui/states.js";
import { appAround, outside } from "./inApp.js";
import { InApp } from "./InAppNotice.js";
import { Invitation } from "./Invitation.js";
import { Paste } from "./Paste.js";
import { TEXTS } from "./texts.js";
import { lateOf } from "../../start/late.js";

// What comes after the invitation is read while somebody looks at it.
const ChooseAccount = lateOf(() => import("../../account/ChooseAccount.js"), "ChooseAccount");
const Backup = lateOf(() => import("../../account/Backup.js"), "Backup");
const Sending = lateOf(() => import("./Sending.js"), "Sending");
const Joy = lateOf(() => import("./Joy.js"), "Joy");
const StoppedNotice = lateOf(() => import("./StoppedNotice.js"), "StoppedNotice");

type Stage =
  | { readonly at: "nothing" }
  | { readonly at: "app"; readonly app: string }
  | { readonly at: "reading" }
  | { readonly at: "stopped"; readonly error: unknown }
  | { readonly at: "invitation"; readonly offer: Offer }
  | { readonly at: "account"; readonly offer: Offer }
  | { readonly at: "backup"; readonly offer: Offer; readonly account: Account }
  | { readonly at: "sending"; readonly offer: Offer; readonly account: Account }
  | { readonly at: "card"; readonly offer: Offer; readonly account: Account };

const STEPS: Readonly<Record<Stage["at"], number>> = {
  ...{ nothing: 0, app: 0, reading: 0, stopped: 0, invitation: 0 },
  ...{ account: 1, backup: 1, sending: 2, card: 2 },
};

/** Somebody receives what a link gives: a letter, a touch, a card. */
export function Claim({ as = "claim" }: { readonly as?: "claim" | "voucher" }) {
  const texts = useTexts(TEXTS);
  const page = useContext(DocumentContext);
  useTitle(as === "claim" ? texts.title : texts.voucherTitle, page?.record.name ?? "");
  const { signer, account, kept } = useAccounts();
  const chain = useMemo(() => (page === undefined ? undefined : new ClaimChain(page)), [page]);
  const [stage, setStage] = useState<Stage>({ at: "nothing" });
  const [referrer, setReferrer] = useState<string>();
  // Not in the state of the view: it is worth what it gives, and only kept until it is read, or handed to another browser.
  const handedOn = useRef<string>(undefined);

  const read = useCallback(
    (text: string) => {
      if (page === undefined || chain === undefined) return;
      handedOn.current = text;
      setStage({ at: "reading" });
      chain.forget();
      readOffer(text, as, { document: page, signer, chain }).then(
        (offer) => {
          handedOn.current = undefined;
          setStage({ at: "invitation", offer });
          for (const part of [ChooseAccount, Sending, Joy]) void part.ahead();
        },
        (error: unknown) => {
          // Where no node answers, it is read again.
          if (error instanceof Stopped) handedOn.current = undefined;
          setStage({ at: "stopped", error });
        },
      );
    },
    [page, chain, signer, as],
  );

  useEffect(() => {
    const look = () => {
      const text = takeLink();
      if (text === undefined) return;
      const app = appAround(navigator.userAgent);
      if (app === undefined) {
        read(text);
        return;
      }
      handedOn.current = text;
      setStage({ at: "app", app });
    };
    look();
    onAnotherLink(look);
    // Whoever comes back to the page from another one begins anew: what was held is gone.
    const leave = () => {
      handedOn.current = undefined;
      setStage({ at: "nothing" });
    };
    addEventListener("pagehide", leave);
    return () => {
      removeEventListener("pagehide", leave);
    };
  }, [read]);

  const again = () => {
    if (handedOn.current === undefined) setStage({ at: "nothing" });
    else read(handedOn.current);
  };
  const next = (offer: Offer, taken: Account, isSafe: boolean) => {
    setStage({ at: isSafe ? "sending" : "backup", offer, account: taken });
  };
  const step = STEPS[stage.at];
  return (
    <>
      <ol className="steps" aria-label={texts.steps}>
        {[texts.first, texts.second, texts.third].map((name, i) => (
          <li key={name} {...(i === step ? { "aria-current": "step" as const } : {})}>
            {name}
          </li>
        ))}
      </ol>
      <Suspense fallback={<Waiting />}>
        {stage.at === "nothing" && <Paste as={as} read={read} />}
        {stage.at === "app" && (
          <InApp
            app={stage.app}
            link={() => outside(stage.app, handedOn.current ?? "", location.href)}
            goOn={() => {
              const text = handedOn.current;
              handedOn.current = undefined;
              if (text !== undefined) read(text);
            }}
          />
        )}
        {stage.at === "reading" && (
          <>
            <h1 className="visually-hidden">{texts.reading}</h1>
            <Waiting />
          </>
        )}
        {stage.at === "stopped" && <StoppedNotice as={as} error={stage.error} read={read} again={again} />}
        {stage.at === "invitation" && (
          <Invitation
            offer={stage.offer}
            chain={chain}
            account={account}
            referrer={referrer}
            name={setReferrer}
            other={() => {
              setStage({ at: "account", offer: stage.offer });
            }}
            receive={() => {
              if (account === undefined) setStage({ at: "account", offer: stage.offer });
              else next(stage.offer, account, kept?.kind !== "passkey" || kept.isSafe);
            }}
          />
        )}
        {(stage.at === "account" || stage.at === "backup") && (
          <div className="narrow">
            <p>
              <button
                className="link back"
                type="button"
                onClick={() => {
                  setStage({ at: "invitation", offer: stage.offer });
                }}
              >
                <BackIcon />
                {texts.back}
              </button>
            </p>
            {stage.at === "account" ? (
              <div className="stack loose">
                <h1>{texts.account}</h1>
                <ChooseAccount
                  done={(taken, isSafe) => {
                    next(stage.offer, taken, isSafe);
                  }}
                />
              </div>
            ) : (
              <div className="stack loose">
                <h1>{texts.backup}</h1>
                <p>{texts.backupSays}</p>
                <Backup
                  done={() => {
                    next(stage.offer, stage.account, true);
                  }}
                />
              </div>
            )}
          </div>
        )}
        {stage.at === "sending" && chain !== undefined && (
          <Sending
            {...{ offer: stage.offer, account: stage.account, referrer, chain }}
            stopped={(error) => {
              setStage({ at: "stopped", error });
            }}
            received={() => {
              setStage({ at: "card", offer: stage.offer, account: stage.account });
            }}
          />
        )}
        {stage.at === "card" && chain !== undefined && (
          <Joy offer={stage.offer} account={stage.account.address} chain={chain} />
        )}
      </Suspense>
    </>
  );
}

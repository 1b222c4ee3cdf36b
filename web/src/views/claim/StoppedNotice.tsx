import { Link } from "wouter";
import { checksummed } from "../../account/checksum.js";
import { useAccounts } from "../../account/useAccount.js";
import { OtherDao } from "../../claim/chain.js";
import { Stopped } from "../../claim/offer.js";
import { useLanguage, useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import { NodesFailed } from "../../reader/nodes.js";
import { Moment } from "../../ui/Moment.js";
import { Failed } from "../../ui/states.js";
import { PasteForm } from "./Paste.js";
import { STOPPED } from "./stoppedTexts.js";
import { TEXTS } from "./texts.js";

interface Props {
  readonly as: "claim" | "voucher";
  readonly error: unknown;
  readonly read: (text: string) => void;
  /** Reads the same link again. */
  readonly again: () => void;
}

/** Why a link gives nothing, what isn't lost, and what to do. */
export function StoppedNotice({ as, error, read, again }: Props) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const title = <h1>{as === "claim" ? texts.title : texts.voucherTitle}</h1>;
  if (!(error instanceof Stopped)) {
    const failure =
      error instanceof NodesFailed
        ? ({ of: "nodes", faults: error.faults } as const)
        : error instanceof OtherDao
          ? ({ of: "told", code: "", message: error.message } as const)
          : ({ of: "defect", message: error instanceof Error ? error.message : String(error) } as const);
    return (
      <div className="narrow stack loose">
        {title}
        <Failed failure={failure} again={again} />
        <PasteForm read={read} />
      </div>
    );
  }
  const { title: what, says } = STOPPED[language][error.reason];
  const isUsersMistake = error.reason === "damaged" || error.reason === "several";
  return (
    <div className="narrow stack loose">
      {title}
      <div className={`notice ${isUsersMistake || error.reason === "later" ? "care" : ""}`} role="alert">
        <h2>{what}</h2>
        <p>{says}</p>
        <When of={error} />
        <Receiver of={error} />
      </div>
      {isUsersMistake && <PasteForm read={read} />}
    </div>
  );
}

function When({ of: { at, receiver } }: { readonly of: Stopped }) {
  const format = useFormat();
  const moment = at ?? receiver?.at;
  if (moment === undefined) return null;
  return (
    <p className="small quiet">
      <Moment at={moment}>{format.exact(moment)}</Moment>
    </p>
  );
}

function Receiver({ of: { receiver } }: { readonly of: Stopped }) {
  const texts = useTexts(TEXTS);
  const { account } = useAccounts();
  if (receiver === undefined) return null;
  const isOwn = receiver.account.toLowerCase() === account?.address.toLowerCase();
  return (
    <>
      {isOwn && (
        <p>
          <b>{texts.receivedOwn}</b>
        </p>
      )}
      <p>
        <Link className="link" href={`/members/${checksummed(receiver.account)}`}>
          {isOwn ? texts.page : texts.receivedBy}
        </Link>
      </p>
    </>
  );
}

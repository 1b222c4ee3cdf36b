import { Trouble as AccountTrouble } from "../account/TroubleNotice.js";
import { catalogue, useTexts } from "../language/language.js";
import { Reason } from "./Reason.js";
import type { Trouble } from "./trouble.js";
import type { Sending } from "./useSending.js";

const TEXTS = catalogue({
  ja: {
    refused: "いまは、できません",
    nodes: "記録を読めませんでした",
    nodesSays: "接続先が応えていません。なにも送っていません。少し待ってから、もう一度お試しください。",
    defect: "うまくいきませんでした",
    defectSays: "このページの不具合のようです。なにも送っていません。お店にお知らせください。",
    asking: "ウォレットで、たしかめてください。",
    sent: "送りました。記録を待っています。ふつうは1分ほど。閉じても大丈夫です。",
    failed: "チェーンが受けつけませんでした。行われたことはありません。",
  },
  en: {
    refused: "This can’t be done now",
    nodes: "We couldn’t read the records",
    nodesSays: "The nodes this page asks don’t answer. Nothing was sent. Try again in a moment.",
    defect: "That didn’t work",
    defectSays: "It looks like a fault of this page. Nothing was sent. Please tell the shop.",
    asking: "Please confirm it in your wallet.",
    sent: "Sent. Waiting for the record: it usually takes a minute. You can close this page.",
    failed: "The chain refused it. Nothing was done.",
  },
});

/** What came to nothing, why, and that nothing was sent. */
export function Troubled({ of: trouble }: { readonly of: Trouble | undefined }) {
  const texts = useTexts(TEXTS);
  if (trouble === undefined) return null;
  if (trouble.of === "refused") {
    return (
      <div className="notice stop" role="alert">
        <h3>{texts.refused}</h3>
        <p>
          <Reason code={trouble.code} text={trouble.text} />
        </p>
      </div>
    );
  }
  if (trouble.of === "account") return <AccountTrouble of={trouble.error} />;
  const isNode = trouble.failure.of === "nodes";
  return (
    <div className="notice stop" role="alert">
      <h3>{isNode ? texts.nodes : texts.defect}</h3>
      <p>{isNode ? texts.nodesSays : texts.defectSays}</p>
      {trouble.failure.of !== "nodes" && (
        <p className="small quiet">
          <code>{trouble.failure.message}</code>
        </p>
      )}
    </div>
  );
}

/** How a wallet's transaction stands; nothing where there is none, or it is done. */
export function SendingState({ of: sending }: { readonly of: Sending }) {
  const texts = useTexts(TEXTS);
  switch (sending.state) {
    case "idle":
    case "done":
      return null;
    case "asking":
    case "sent":
      return (
        <div className="notice" role="status">
          <p>{texts[sending.state]}</p>
        </div>
      );
    case "failed":
      return (
        <div className="notice stop" role="alert">
          <p>{texts.failed}</p>
        </div>
      );
    case "unsent":
      return <AccountTrouble of={sending.error} />;
  }
}

import { useContext } from "react";
import { Trouble as AccountTrouble } from "../account/TroubleNotice.js";
import { catalogue, useTexts } from "../language/language.js";
import { Reason } from "./Reason.js";
import type { Trouble } from "./trouble.js";
import { DocumentContext } from "../ui/Address.js";
import type { OwnSending } from "./useSending.js";

const TEXTS = catalogue({
  ja: {
    refused: "いまは、できません",
    nodes: "記録を読めませんでした",
    nodesSays: "接続先が応えていません。なにも送っていません。少し待ってから、もう一度お試しください。",
    defect: "うまくいきませんでした",
    defectSays: "このページの不具合のようです。なにも送っていません。お店にお知らせください。",
    asking: "ウォレットで、たしかめてください。",
    sent: "送りました。記録を待っています。ふつうは1分ほど。閉じても大丈夫です。",
    late: "いつもより時間がかかっています。ウォレットを開くと、いまのようすがわかります。手数料を上げて送りなおしても、ここでつづきをお知らせします。",
    forget: "待つのをやめる",
    failed: "チェーンが受けつけませんでした。行われたことはありません。",
    replaced: "取りやめになりました",
    replacedSays:
      "ウォレットから、これのかわりに別のものが送られました。これは行われていません。まだ必要なら、もう一度送れます。",
    record: "記録を見る",
  },
  en: {
    refused: "This can’t be done now",
    nodes: "We couldn’t read the records",
    nodesSays: "The nodes this page asks don’t answer. Nothing was sent. Try again in a moment.",
    defect: "That didn’t work",
    defectSays: "It looks like a fault of this page. Nothing was sent. Please tell the shop.",
    asking: "Please confirm it in your wallet.",
    sent: "Sent. Waiting for the record: it usually takes a minute. You can close this page.",
    late: "It takes longer than usual. Your wallet shows how it stands. If you send it again with a higher fee, this page follows that.",
    forget: "Stop waiting",
    failed: "The chain refused it. Nothing was done.",
    replaced: "It was called off",
    replacedSays:
      "Your wallet sent something else in its place, so this wasn’t done. If you still want it, send it again.",
    record: "See the record",
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
export function SendingState({ of: { sending, forget } }: { readonly of: OwnSending }) {
  const texts = useTexts(TEXTS);
  switch (sending.state) {
    case "idle":
    case "done":
      return null;
    case "asking":
      return (
        <div className="notice" role="status">
          <p>{texts.asking}</p>
        </div>
      );
    case "sent":
      return (
        <div className={sending.isLate ? "notice care" : "notice"} role="status">
          <p>{sending.isLate ? texts.late : texts.sent}</p>
          <Record of={sending.sent.hash} />
          {sending.isLate && (
            <p>
              <button className="link" type="button" onClick={forget}>
                {texts.forget}
              </button>
            </p>
          )}
        </div>
      );
    case "failed":
      return (
        <div className="notice stop" role="alert">
          <p>{texts.failed}</p>
          <Record of={sending.hash} />
        </div>
      );
    case "replaced":
      return (
        <div className="notice care" role="alert">
          <h3>{texts.replaced}</h3>
          <p>{texts.replacedSays}</p>
          <Record of={sending.hash} />
        </div>
      );
    case "unsent":
      return <AccountTrouble of={sending.error} />;
  }
}

/** A transaction at the brand's explorer, where it names one. */
function Record({ of: hash }: { readonly of: string }) {
  const texts = useTexts(TEXTS);
  const explorer = useContext(DocumentContext)?.page.explorer ?? null;
  if (explorer === null) return null;
  return (
    <p className="small">
      <a href={`${explorer.replace(/\/$/u, "")}/tx/${hash}`} target="_blank" rel="noreferrer">
        {texts.record}
      </a>
    </p>
  );
}

import { catalogue, useTexts } from "../language/language.js";
import { useFormat } from "../language/useFormat.js";
import { COMMANDS } from "../relay/save.js";
import type { RelayStanding } from "../relay/useRelay.js";
import { useCost } from "./useCost.js";
import type { Deed, OwnDeed } from "./useDeed.js";
import { Troubled } from "./Told.js";

const TEXTS = catalogue({
  ja: {
    asking: "お店の窓口をたしかめています。",
    free: "費用はお店が持ちます。",
    cost: (eth: string) => `ウォレットから送ると、およそ${eth} ETHかかります。`,
    wallet: "ウォレットから自分で送る",
    file: "署名して、ファイルに保存する",
    fileSays: "このファイルは、だれでもあなたのかわりに届けられます。",
    saved: "保存しました。",
    none: "いまは、届ける方法がありません。",
    away: "お店の窓口が応えていません。書いたものは、そのまま残ります。",
    other: "窓口が別のお店のものなので、使いません。お店にお知らせください。",
    off: "お店の窓口では、これを受けつけていません。",
    budget: "お店がきょう出せる費用を、使いきっています。いま預けると、あした行われます。",
    balance: "お店の窓口の残高が、少なくなっています。時間がかかるかもしれません。",
  },
  en: {
    asking: "Asking the shop’s counter.",
    free: "The shop pays for it.",
    cost: (eth: string) => `From your wallet it costs about ${eth} ETH.`,
    wallet: "Send it from your wallet",
    file: "Sign, and save it as a file",
    fileSays: "Anybody can carry this file out for you:",
    saved: "It’s saved.",
    none: "There is no way to send it right now.",
    away: "The shop’s counter doesn’t answer. What you wrote stays as it is.",
    other: "The counter is another shop’s, so it isn’t used. Please tell the shop.",
    off: "The shop’s counter doesn’t take these.",
    budget: "What the shop pays in a day is used up. Handed in now, it is done tomorrow.",
    balance: "The shop’s counter is short of money. It may take a while.",
  },
});

interface Props {
  readonly deed: Deed;
  readonly of: OwnDeed;
  /** What the button says that does it in the best way. */
  readonly does: string;
}

/** The ways in which something can be done, what each costs, and what came to nothing. */
export function Ways({ deed, of: own, does }: Props) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const { ways, relay, busy, trouble, isSaved, run } = own;
  const cost = useCost(deed, ways?.includes("wallet") === true);
  if (ways === undefined) {
    return (
      <p className="small quiet" role="status">
        {texts.asking}
      </p>
    );
  }
  const [best, ...others] = ways;
  const says = { relay: does, wallet: best === "wallet" ? does : texts.wallet, file: texts.file };
  const command = COMMANDS[deed.kind];
  return (
    <div className="stack snug">
      <RelayNote of={relay} />
      <Troubled of={trouble} />
      {best === undefined && <p>{texts.none}</p>}
      {best !== undefined && (
        <p>
          <button
            className="button wide"
            type="button"
            disabled={busy !== undefined}
            aria-busy={busy === best || undefined}
            onClick={() => void run(best)}
          >
            {says[best]}
          </button>
        </p>
      )}
      {best === "relay" && <p className="tiny quiet">{texts.free}</p>}
      {others.map((way) => (
        <p key={way}>
          <button className="link" type="button" disabled={busy !== undefined} onClick={() => void run(way)}>
            {says[way]}
          </button>
        </p>
      ))}
      {cost !== undefined && <p className="tiny quiet">{texts.cost(format.small(cost))}</p>}
      {ways.includes("file") && command !== undefined && (
        <p className="tiny quiet">
          {isSaved && <b role="status">{texts.saved} </b>}
          {texts.fileSays} <code>npx hardhat {command}</code>
        </p>
      )}
    </div>
  );
}

/** What is to be known of the relay, where it isn't just there. */
function RelayNote({ of: relay }: { readonly of: RelayStanding }) {
  const texts = useTexts(TEXTS);
  const note = relay.state === "ready" ? relay.short : relay.state;
  if (note === null || note === "none" || note === "asking") return null;
  return (
    <div className="notice care" role="status">
      <p>{texts[note]}</p>
    </div>
  );
}

import { useContext, useState, useSyncExternalStore } from "react";
import { catalogue, useTexts } from "../language/language.js";
import { DocumentContext } from "../ui/Address.js";
import type { Chosen } from "./AccountsContext.js";
import { checksummed } from "./checksum.js";
import { Trouble } from "./TroubleNotice.js";
import { useAccounts } from "./useAccount.js";
import { connectWallet } from "./walletAccount.js";
import type { Wallet } from "./wallets.js";
import { onWallets, walletsFound } from "./wallets.js";

const TEXTS = catalogue({
  ja: {
    none: "このブラウザーには、ウォレットが見あたりません。ウォレットのアプリの中でこのページを開くか、拡張機能を入れてからお試しください。",
    choose: "ウォレットをえらぶ",
    opening: "ウォレットの画面で、お進みください。",
  },
  en: {
    none: "There’s no wallet in this browser. Open this page inside your wallet’s own app, or add its extension first.",
    choose: "Choose a wallet",
    opening: "Please go on in your wallet.",
  },
});

interface Props {
  readonly done: Chosen;
}

/** The wallets of this browser, to choose from. */
export function Wallets({ done }: Props) {
  const texts = useTexts(TEXTS);
  const document = useContext(DocumentContext);
  const { take } = useAccounts();
  const wallets = useSyncExternalStore(onWallets, walletsFound);
  const [opening, setOpening] = useState<string>();
  const [trouble, setTrouble] = useState<unknown>();
  const connect = async (wallet: Wallet) => {
    if (document === undefined) return;
    setOpening(wallet.id);
    setTrouble(undefined);
    try {
      const address = checksummed(await connectWallet(wallet, document));
      done(take({ kind: "wallet", address, wallet: wallet.id }), true);
    } catch (error) {
      setTrouble(error);
    } finally {
      setOpening(undefined);
    }
  };
  if (wallets.length === 0) return <p className="small">{texts.none}</p>;
  return (
    <div className="stack snug">
      <ul className="rows" aria-label={texts.choose}>
        {wallets.map((wallet) => (
          <li key={wallet.id}>
            <button
              className="row plain"
              type="button"
              disabled={opening !== undefined}
              onClick={() => void connect(wallet)}
            >
              {wallet.icon === undefined ? <span /> : <img className="logo" src={wallet.icon} alt="" />}
              <b>
                <bdi>{wallet.name}</bdi>
              </b>
            </button>
          </li>
        ))}
      </ul>
      <p className="small quiet" role="status">
        {opening !== undefined && texts.opening}
      </p>
      {trouble !== undefined && <Trouble of={trouble} />}
    </div>
  );
}

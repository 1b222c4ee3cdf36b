import { Link } from "wouter";
import { catalogue, useTexts } from "../language/language.js";
import { useNames } from "../people/PeopleContext.js";
import { Seal } from "../people/Seal.js";
import { useAnswer } from "../reader/useAnswer.js";
import { useAccount } from "./useAccount.js";

const TEXTS = catalogue({
  ja: { open: "会員証", yours: "あなたのページ" },
  en: { open: "Account", yours: "Your page" },
});

/** At the head of every view: who reads it, or where an account is chosen. */
export function AccountMark() {
  const texts = useTexts(TEXTS);
  const { account, open } = useAccount();
  if (account === undefined) {
    return (
      <button className="account link" type="button" onClick={open}>
        {texts.open}
      </button>
    );
  }
  return <Own address={account.address} />;
}

function Own({ address }: { readonly address: string }) {
  const texts = useTexts(TEXTS);
  // Is in an answer then, and so called as it wants to be.
  useAnswer({ what: "nickname", account: address });
  const { name } = useNames()(address);
  return (
    <Link className="account" href={`/members/${address}`}>
      <span className="visually-hidden">{texts.yours} </span>
      <Seal of={address} />
      <span>
        <bdi>{name}</bdi>
      </span>
    </Link>
  );
}

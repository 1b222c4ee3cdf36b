import { Link } from "wouter";
import { catalogue, useTexts } from "../language/language.js";
import { useNames } from "../people/PeopleContext.js";
import { Seal } from "../people/Seal.js";
import { useAccount } from "./useAccount.js";

const TEXTS = catalogue({
  ja: { open: "会員証", yours: "あなたのページ" },
  en: { open: "Account", yours: "Your page" },
});

/** At the head of every view: who reads it, or where an account is chosen. */
export function AccountMark() {
  const texts = useTexts(TEXTS);
  const { account, open } = useAccount();
  const nameOf = useNames();
  if (account === undefined) {
    return (
      <button className="account link" type="button" onClick={open}>
        {texts.open}
      </button>
    );
  }
  const { name } = nameOf(account.address);
  return (
    <Link className="account" href={`/members/${account.address}`}>
      <span className="visually-hidden">{texts.yours} </span>
      <Seal of={account.address} />
      <span>
        <bdi>{name}</bdi>
      </span>
    </Link>
  );
}

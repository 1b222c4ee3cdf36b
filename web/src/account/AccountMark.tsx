import { Link } from "wouter";
import { catalogue, useTexts } from "../language/language.js";
import { useNames } from "../people/PeopleContext.js";
import { Seal } from "../people/Seal.js";
import { useAccount } from "./useAccount.js";

const TEXTS = catalogue({
  ja: { open: "会員証", yours: (name: string) => `あなたのページ(${name})` },
  en: { open: "Sign in", yours: (name: string) => `Your page (${name})` },
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
    <Link className="account" href={`/members/${account.address}`} aria-label={texts.yours(name)}>
      <Seal of={account.address} />
      <span>
        <bdi>{name}</bdi>
      </span>
    </Link>
  );
}

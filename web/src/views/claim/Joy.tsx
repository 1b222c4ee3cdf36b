import { useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import { useAccounts } from "../../account/useAccount.js";
import type { ClaimChain } from "../../claim/chain.js";
import type { Offer } from "../../claim/offer.js";
import { useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import { useNames } from "../../people/PeopleContext.js";
import { BadgeCard } from "../members/BadgeCard.js";
import { TEXTS } from "./texts.js";

interface Props {
  readonly offer: Offer;
  readonly account: string;
  readonly chain: ClaimChain;
}

/** The only place with ceremony: two rings meet, and the card is there. */
export function Joy({ offer, account, chain }: Props) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const { name } = useNames()(account);
  const { kept } = useAccounts();
  const heading = useRef<HTMLHeadingElement>(null);
  const [title, setTitle] = useState("");
  const [season, setSeason] = useState<number>();
  const { kind, amount, symbol, now } = offer;
  useEffect(() => {
    // Whoever doesn't see the card hears that it is there.
    heading.current?.focus();
    chain.title(account).then(setTitle, () => undefined);
    chain.season().then(setSeason, () => undefined);
  }, [chain, account]);
  return (
    <section className="joy">
      <div className="ceremony">
        <svg
          className="meet"
          viewBox="0 0 600 400"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          aria-hidden="true"
        >
          <g className="ours">
            <circle cx="222" cy="200" r="196" />
            <circle cx="222" cy="200" r="146" />
          </g>
          <g className="yours">
            <circle cx="378" cy="200" r="196" />
            <circle cx="378" cy="200" r="146" />
          </g>
        </svg>
        {kind !== null && (
          <div className="presented rise">
            <BadgeCard
              of={{
                ...{ id: 0, kind: kind.number, name: kind.name, description: kind.description },
                ...{ points: kind.points, votes: kind.votes, season: season ?? 1 },
                ...{ awardedAt: now, hasEvidence: false },
              }}
              holder={name}
              title={title === "" ? null : title}
              now={now}
            />
          </div>
        )}
        {title !== "" && (
          <span className="stamp yes press big" aria-hidden="true" lang={languageOf(title)}>
            {title}
          </span>
        )}
      </div>
      <div className="stack centre rise">
        <h1 ref={heading} tabIndex={-1}>
          {texts.welcome(name)}
        </h1>
        <p>{title === "" ? texts.noTitle : texts.title_(title)}</p>
        <p className="small quiet">
          {kind !== null && texts.yours}
          {amount > 0n && ` ${texts.tokensCame(`${format.amount(amount)} ${symbol}`)}`}
        </p>
        <p>
          <Link className="button wide" href="/">
            {texts.see}
          </Link>
        </p>
        <p className="centre-row">
          <Link className="link" href={`/members/${account}`}>
            {texts.page}
          </Link>
          {kept?.kind === "passkey" && (
            <Link className="link" href="/settings">
              {texts.makeBackup}
            </Link>
          )}
        </p>
      </div>
    </section>
  );
}

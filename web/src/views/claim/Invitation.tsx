import { useContext } from "react";
import type { Account } from "../../account/account.js";
import type { ClaimChain } from "../../claim/chain.js";
import type { Offer } from "../../claim/offer.js";
import { useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import { useNames } from "../../people/PeopleContext.js";
import { DocumentContext } from "../../ui/Address.js";
import { Moment } from "../../ui/Moment.js";
import { TEXTS } from "./texts.js";
import { WhoBrought } from "./WhoBrought.js";

interface Props {
  readonly offer: Offer;
  readonly chain: ClaimChain | undefined;
  readonly account: Account | undefined;
  readonly referrer: string | undefined;
  readonly name: (referrer: string | undefined) => void;
  readonly other: () => void;
  readonly receive: () => void;
}

/** The letter, what it gives, who brought it, and where it goes. */
export function Invitation({ offer, chain, account, referrer, name, other, receive }: Props) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const page = useContext(DocumentContext);
  const nameOf = useNames();
  const { kind, amount, symbol, until, now, only, namesReferrer, source } = offer;
  const site = page?.record.name ?? "";
  const isOther = only !== undefined && only.toLowerCase() !== account?.address.toLowerCase();
  const deadline = format.moment(until, now);
  return (
    <section className="letter">
      <div className="envelope">
        <h1 className="vertical">{source.of === "claim" ? texts.letter : texts.voucherLetter}</h1>
        <p className="sign" lang={languageOf(site)}>
          {site}
        </p>
      </div>
      <div className="stack loose">
        <p>{texts.lede}</p>
        <dl className="gift">
          {kind !== null && (
            <>
              <div>
                <dt>{texts.badge}</dt>
                <dd lang={languageOf(kind.name)}>{kind.name}</dd>
              </div>
              {kind.points > 0 && (
                <div>
                  <dt>{texts.points}</dt>
                  <dd className="num">{format.number(kind.points)}</dd>
                </div>
              )}
              {kind.votes > 0n && (
                <div>
                  <dt>{texts.votes}</dt>
                  <dd className="num">{format.amount(kind.votes)}</dd>
                </div>
              )}
            </>
          )}
          {amount > 0n && (
            <div>
              <dt>{texts.tokens}</dt>
              <dd className="num">
                {format.amount(amount)} {symbol}
              </dd>
            </div>
          )}
          {account !== undefined && !isOther && (
            <div>
              <dt>{texts.receiver}</dt>
              <dd>
                <bdi>{nameOf(account.address).name}</bdi>
              </dd>
            </div>
          )}
        </dl>
        {namesReferrer && chain !== undefined && (
          <WhoBrought chain={chain} self={account?.address} found={referrer} name={name} />
        )}
        {isOther ? (
          <div className="notice care">
            <h2>{texts.onlyFor}</h2>
            <p>{texts.onlyForSays(nameOf(only).name)}</p>
            <p>
              <button className="button" type="button" onClick={other}>
                {texts.other}
              </button>
            </p>
          </div>
        ) : (
          <div className="stack snug">
            <p>
              <button className="button wide" type="button" onClick={receive}>
                {texts.receive}
              </button>
            </p>
            <p className="tiny quiet">
              <Moment at={until}>
                {page?.page.relay === null ? texts.once(deadline) : texts.free(deadline)}
              </Moment>
            </p>
            {account !== undefined && only === undefined && (
              <p>
                <button className="link" type="button" onClick={other}>
                  {texts.other}
                </button>
              </p>
            )}
          </div>
        )}
      </div>
    </section>
  );
}

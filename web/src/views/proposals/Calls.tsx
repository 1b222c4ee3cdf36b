import { useContext } from "react";
import { catalogue, useLanguage, useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import { inWords } from "../../people/names.js";
import { useNames } from "../../people/PeopleContext.js";
import type { CallView, ChangeView, Plain, Shown } from "../../reader/answers.js";
import { DocumentContext } from "../../ui/Address.js";
import { ArrowIcon } from "../../ui/icons.js";
import { sentenceOf, SETTINGS } from "./sentences.js";

const TEXTS = catalogue({
  ja: {
    now: "いま",
    then: "通ったら",
    raw: (count: string) => `実際の操作を見る(${count})`,
    unread: "この操作の中身は読みとれません。提案した人に、たしかめてください。",
    irreversible: "元に戻せません。",
    inside: "この中で行われる操作",
    unlimited: "上限なし",
    none: "なし",
    data: "データ",
  },
  en: {
    now: "Now",
    then: "If it passes",
    raw: (count: string) => `See the actual calls (${count})`,
    unread: "What this call does can’t be read. Ask whoever proposed it.",
    irreversible: "It can’t be undone.",
    inside: "Calls inside of it",
    unlimited: "unlimited",
    none: "none",
    data: "Data",
  },
});

/** A value in the reader's language. */
function useShow(): (value: Plain, shown: Shown, text: string) => string {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const nameOf = useNames();
  return (value, shown, text) => {
    if (shown.as === "account" && typeof value === "string")
      return /^0x0{40}$/u.test(value) ? texts.none : inWords(nameOf(value));
    const isNumber = typeof value === "bigint" || typeof value === "number";
    if (!isNumber) return text;
    switch (shown.as) {
      case "amount":
        return BigInt(value) === 2n ** 256n - 1n
          ? `${texts.unlimited} ${shown.symbol}`
          : `${format.amount(BigInt(value), shown.decimals)}\u00a0${shown.symbol}`;
      case "seconds":
        return Number.isSafeInteger(Number(value)) ? format.span(Number(value)) : text;
      case "timestamp":
        return BigInt(value) === 0n
          ? texts.none
          : BigInt(value) < 10n ** 11n
            ? format.exact(Number(value))
            : text;
      case "basis points":
        return format.percent(Number(value));
      default:
        return text;
    }
  };
}

/** What a proposal does: in a sentence each, what would change, and the calls themselves. */
export function Calls({ of: calls }: { readonly of: readonly CallView[] }) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  return (
    <>
      <ol className="calls">
        {calls.map((call, i) => (
          <li key={i}>
            <Call of={call} />
          </li>
        ))}
      </ol>
      <details className="ruled">
        <summary>{texts.raw(format.number(calls.length))}</summary>
        <div className="stack">
          {calls.map((call, i) => (
            <Raw key={i} of={call} />
          ))}
        </div>
      </details>
    </>
  );
}

function Call({ of: call }: { readonly of: CallView }) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const show = useShow();
  const nameOf = useNames();
  const symbol = useContext(DocumentContext)?.record.slug ?? "";
  const sentence = sentenceOf(call, language, {
    show,
    nameOf: (address) => inWords(nameOf(address)),
    symbol,
  });
  return (
    <div className="stack snug">
      <p>
        {sentence}
        {call.irreversible && <span className="small quiet"> {texts.irreversible}</span>}
      </p>
      {call.unread !== null && <p className="notice care small">{texts.unread}</p>}
      {call.changes.length > 0 && <Changes of={call.changes} />}
      {call.inner.length > 0 && (
        <div className="stack snug inside">
          <p className="small quiet">{texts.inside}</p>
          {call.inner.map((inner, i) => (
            <Call key={i} of={inner} />
          ))}
        </div>
      )}
    </div>
  );
}

function Changes({ of: changes }: { readonly of: readonly ChangeView[] }) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const show = useShow();
  return changes.map(({ name, shown, from, to, fromText, toText }) => (
    <dl key={name} className="change">
      <dt>{SETTINGS[language][name] ?? name}</dt>
      <dd>
        <span className="visually-hidden">{texts.now} </span>
        {show(from, shown, fromText)}
      </dd>
      <ArrowInList />
      <dd>
        <span className="visually-hidden">{texts.then} </span>
        {show(to, shown, toText)}
      </dd>
    </dl>
  ));
}

/** Between the two values; a list of terms may have nothing else than these in it. */
function ArrowInList() {
  return (
    <dd className="arrow" aria-hidden="true">
      <ArrowIcon />
    </dd>
  );
}

/** The call as it is on the chain. */
function Raw({ of: { contract, to, name, args, value, data, inner } }: { readonly of: CallView }) {
  const texts = useTexts(TEXTS);
  const show = useShow();
  return (
    <div className="stack snug">
      <p>
        <code>
          {contract}
          {name === "" ? "" : `.${name}`}
        </code>
      </p>
      <p className="tiny">
        <code>{to}</code>
      </p>
      {(args.length > 0 || value > 0n) && (
        <dl className="raw">
          {args.map((argument) => (
            <div key={argument.name}>
              <dt>{argument.name}</dt>
              <dd>
                {argument.shown.as === "account" ? (
                  <code>{argument.text}</code>
                ) : (
                  show(argument.value, argument.shown, argument.text)
                )}
              </dd>
            </div>
          ))}
          {value > 0n && (
            <div>
              <dt>ETH</dt>
              <dd>{show(value, { as: "amount", symbol: "ETH", decimals: 18 }, "")}</dd>
            </div>
          )}
        </dl>
      )}
      {data !== "0x" && (
        <details>
          <summary>{texts.data}</summary>
          <div>
            <code className="bytes">{data}</code>
          </div>
        </details>
      )}
      {inner.map((each, i) => (
        <div key={i} className="inside">
          <Raw of={each} />
        </div>
      ))}
    </div>
  );
}

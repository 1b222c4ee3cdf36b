import { useId, useState } from "react";
import { Link } from "wouter";
import { useLanguage, useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import { Field } from "../../ui/Field.js";
import type { Item, Setting } from "./draft.js";
import { SETTINGS } from "./draft.js";
import { FORMS, SETTING_NAMES, TEXTS } from "./texts.js";

type Form = Exclude<Item["form"], "other" | "idea">;

/** An empty form of each kind. */
function newItem(form: Form, season: number): Item {
  switch (form) {
    case "tokens":
    case "ether":
      return { form, to: "", amount: "" };
    case "season":
      return { form, season: season.toString(), amount: "" };
    case "kind":
      return { form, name: "", description: "", points: "", votes: "", supply: "" };
    case "setting":
      return { form, setting: "setVotingPeriod", value: "" };
  }
}

interface Props {
  readonly items: readonly Item[];
  readonly symbol: string;
  /** The season that runs. */
  readonly season: number;
  readonly change: (items: readonly Item[]) => void;
}

/** What a draft proposes: a form each, in the order in which the treasury does it. */
export function Items({ items, symbol, season, change }: Props) {
  const texts = useTexts(TEXTS);
  const id = useId();
  const language = useLanguage();
  const format = useFormat();
  const [form, setForm] = useState<Form>("tokens");
  return (
    <div className="stack loose">
      {items.length === 0 && <p className="quiet">{texts.nothing}</p>}
      <ol className="items">
        {items.map((item, i) => (
          <li key={i}>
            <fieldset className="stack snug">
              <legend className="legend">
                {format.number(i + 1)}. {FORMS[language][item.form]}
              </legend>
              <Inputs
                {...{ item, symbol, season }}
                change={(changed) => {
                  change(items.with(i, changed));
                }}
              />
              <p className="buttons">
                {i > 0 && (
                  <button
                    className="link"
                    type="button"
                    onClick={() => {
                      change(items.toSpliced(i - 1, 2, item, items[i - 1] ?? item));
                    }}
                  >
                    {texts.up}
                  </button>
                )}
                <button
                  className="link"
                  type="button"
                  onClick={() => {
                    change(items.toSpliced(i, 1));
                  }}
                >
                  {texts.remove}
                </button>
              </p>
            </fieldset>
          </li>
        ))}
      </ol>
      <div className="adding">
        <div className="field">
          <label htmlFor={id} className="visually-hidden">
            {texts.add}
          </label>
          <select
            id={id}
            value={form}
            onChange={({ target }) => {
              setForm(target.value as Form);
            }}
          >
            {(["tokens", "ether", "season", "kind", "setting"] as const).map((each) => (
              <option key={each} value={each}>
                {FORMS[language][each]}
              </option>
            ))}
          </select>
        </div>
        <button
          className="button second"
          type="button"
          onClick={() => {
            change([...items, newItem(form, season)]);
          }}
        >
          {texts.add}
        </button>
      </div>
    </div>
  );
}

interface InputsProps {
  readonly item: Item;
  readonly symbol: string;
  readonly season: number;
  readonly change: (item: Item) => void;
}

function Inputs({ item, symbol, season, change }: InputsProps) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  switch (item.form) {
    case "tokens":
    case "ether":
      return (
        <>
          <Field
            label={texts.to}
            hint={texts.toSays}
            value={item.to}
            change={(to) => {
              change({ ...item, to });
            }}
          />
          <Field
            label={texts.amount}
            unit={item.form === "ether" ? "ETH" : symbol}
            value={item.amount}
            change={(amount) => {
              change({ ...item, amount });
            }}
            isNumber
          />
        </>
      );
    case "season":
      return (
        <>
          <Field
            label={texts.season}
            hint={texts.seasonSays(format.number(season))}
            value={item.season}
            change={(chosen) => {
              change({ ...item, season: chosen });
            }}
            isNumber
          />
          <Field
            label={texts.amount}
            unit={symbol}
            value={item.amount}
            change={(amount) => {
              change({ ...item, amount });
            }}
            isNumber
          />
        </>
      );
    case "kind":
      return <KindInputs {...{ item, symbol, change }} />;
    case "setting":
      return <SettingInputs {...{ item, symbol, change }} />;
    case "idea":
      return (
        <>
          <p>
            <Link href={`/ideas/${item.idea}`}>{texts.idea(item.idea)}</Link>
          </p>
          <p className="small quiet">{texts.ideaSays}</p>
        </>
      );
    case "other":
      return <pre className="said">{JSON.stringify(item.action, null, 2)}</pre>;
  }
}

type Of<Name extends Item["form"]> = Extract<Item, { readonly form: Name }>;

interface KindProps {
  readonly item: Of<"kind">;
  readonly symbol: string;
  readonly change: (item: Item) => void;
}

function KindInputs({ item, symbol, change }: KindProps) {
  const texts = useTexts(TEXTS);
  const set = (name: "name" | "description" | "points" | "votes" | "supply") => (value: string) => {
    change({ ...item, [name]: value });
  };
  return (
    <>
      <Field label={texts.kindName} value={item.name} change={set("name")} />
      <Field label={texts.kindDescription} value={item.description} change={set("description")} />
      <Field label={texts.points} value={item.points} change={set("points")} isNumber />
      <Field label={texts.votes} unit={symbol} value={item.votes} change={set("votes")} isNumber />
      <Field
        label={texts.supply}
        hint={texts.supplySays}
        value={item.supply}
        change={set("supply")}
        isOptional
        isNumber
      />
    </>
  );
}

interface SettingProps {
  readonly item: Of<"setting">;
  readonly symbol: string;
  readonly change: (item: Item) => void;
}

function SettingInputs({ item, symbol, change }: SettingProps) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const id = useId();
  const { unit } = SETTINGS[item.setting];
  return (
    <>
      <div className="field">
        <label htmlFor={id}>{texts.setting}</label>
        <select
          id={id}
          value={item.setting}
          onChange={({ target }) => {
            change({ ...item, setting: target.value as Setting, value: "" });
          }}
        >
          {(Object.keys(SETTINGS) as Setting[]).map((each) => (
            <option key={each} value={each}>
              {SETTING_NAMES[language][each]}
            </option>
          ))}
        </select>
      </div>
      <Field
        label={texts.value}
        {...(unit === "tokens" ? { unit: symbol, isNumber: true } : { hint: texts[unit] })}
        value={item.value}
        change={(value) => {
          change({ ...item, value });
        }}
      />
    </>
  );
}

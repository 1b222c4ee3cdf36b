import { parseIdea } from "@kyoso/sdk";
import { useCallback, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { Troubled } from "../../acting/Told.js";
import type { Trouble } from "../../acting/trouble.js";
import { troubleOf } from "../../acting/trouble.js";
import type { Desk } from "../../desk/client.js";
import { useLanguage, useTexts } from "../../language/language.js";
import { BASE } from "../../start/base.js";
import { Waiting } from "../../ui/states.js";
import type { Draft } from "./draft.js";
import { isEmpty } from "./draft.js";
import { TEXTS } from "./texts.js";

interface Props {
  /** `3-12`. */
  readonly idea: string;
  readonly desk: Desk | undefined;
  readonly draft: Draft;
  readonly change: (draft: Partial<Draft>) => void;
}

/** Begins a draft that adopts an idea. What somebody has begun to write before stays, unless they say otherwise. */
export function FromIdea({ idea, desk, draft, change }: Props) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const [, go] = useLocation();
  const [trouble, setTrouble] = useState<Trouble>();
  const [wasEmpty] = useState(() => isEmpty(draft));
  /** Once it is in the draft, the address asks for nothing more. */
  const take = useCallback(
    (changed: Partial<Draft>) => {
      change(changed);
      go("/propose", { replace: true });
    },
    [change, go],
  );
  const write = useCallback(async () => {
    setTrouble(undefined);
    try {
      const link = new URL(`ideas/${idea}`, BASE).href;
      const found = await desk?.ask({ what: "adoption", idea: parseIdea(idea), language, link });
      if (found !== undefined) take({ ...found, items: [{ form: "idea", idea }] });
    } catch (error) {
      setTrouble(troubleOf(error));
    }
  }, [desk, idea, language, take]);
  useEffect(() => {
    if (wasEmpty) void write();
    // Once: what is written in between is nobody's to overwrite.
  }, []);
  if (trouble !== undefined) return <Troubled of={trouble} />;
  if (wasEmpty) return <Waiting rows={1} />;
  return (
    <div className="notice">
      <p>
        {texts.begins(idea)} {texts.kept}
      </p>
      <p className="buttons">
        <button
          className="button second"
          type="button"
          onClick={() => {
            const others = draft.items.filter((item) => item.form !== "idea" || item.idea !== idea);
            take({ items: [...others, { form: "idea", idea }] });
          }}
        >
          {texts.join}
        </button>
        <button className="link" type="button" onClick={() => void write()}>
          {texts.anew}
        </button>
      </p>
    </div>
  );
}

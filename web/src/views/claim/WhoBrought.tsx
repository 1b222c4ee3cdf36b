import { useContext, useEffect, useId, useState } from "react";
import type { ClaimChain } from "../../claim/chain.js";
import { useTexts } from "../../language/language.js";
import { PeopleContext, useNames } from "../../people/PeopleContext.js";
import { TEXTS } from "./texts.js";

interface Props {
  readonly chain: ClaimChain;
  readonly self: string | undefined;
  readonly found: string | undefined;
  readonly name: (referrer: string | undefined) => void;
}

/** Milliseconds after the last letter. */
const PAUSE = 400;

/** Asks who brought the newcomer: a link to a member's page, or a name that is known here. */
export function WhoBrought({ chain, self, found, name }: Props) {
  const texts = useTexts(TEXTS);
  const nameOf = useNames();
  const names = useContext(PeopleContext);
  const id = useId();
  const [text, setText] = useState(() => new URLSearchParams(location.search).get("by") ?? "");
  const [isUnknown, setUnknown] = useState(false);
  useEffect(() => {
    let isOver = false;
    const look = async () => {
      const written = /0x[0-9a-f]{40}(?![0-9a-f])/iu.exec(text)?.[0] ?? names?.find(text);
      const address = written?.toLowerCase();
      const isMember =
        address !== undefined &&
        address !== self?.toLowerCase() &&
        (await chain.member(address).then(
          ({ badges }) => badges > 0,
          () => false,
        ));
      if (isOver) return;
      setUnknown(text.trim() !== "" && !isMember);
      name(isMember ? address : undefined);
    };
    const timer = setTimeout(() => void look(), PAUSE);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [text, chain, self, names, name]);
  return (
    <div className="field">
      <label htmlFor={id}>
        {texts.by}
        <small>{texts.byNote}</small>
      </label>
      <input
        id={id}
        value={text}
        autoComplete="off"
        aria-describedby={`${id}-help`}
        onChange={({ target }) => {
          setText(target.value);
        }}
      />
      <p className="tiny quiet" id={`${id}-help`} role="status">
        {found !== undefined ? texts.byFound(nameOf(found).name) : isUnknown ? texts.byNobody : texts.byHelp}
      </p>
    </div>
  );
}

import type { CSSProperties } from "react";
import { useNames } from "./PeopleContext.js";

interface Props {
  readonly of: string;
  /** Filled, hatched or neither: in a list of votes it says which way. */
  readonly look?: "pressed" | "against" | undefined;
  readonly size?: string;
}

/** The seal of somebody's name. What it says is always written beside it. */
export function Seal({ of, look, size }: Props) {
  const { seal } = useNames()(of);
  const lying = !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Extended_Pictographic}]/u.test(
    seal,
  );
  return (
    <span
      className={["seal", look, lying && "flat"].filter(Boolean).join(" ")}
      data-n={Array.from(seal).length}
      style={size === undefined ? undefined : ({ "--size": size } as CSSProperties)}
      aria-hidden="true"
      lang="ja"
    >
      {seal}
    </span>
  );
}

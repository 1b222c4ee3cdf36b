import { Link } from "wouter";
import { languageOf } from "../language/languageOf.js";
import { useIsOwn, useNames } from "./PeopleContext.js";
import { Seal } from "./Seal.js";

interface Props {
  readonly of: string;
  readonly plain?: boolean;
  /** Whether its seal stands beside it already. */
  readonly sealed?: boolean;
}

/**
 * Somebody's name. It leads to the member's page; what is of the DAO itself has none. What somebody calls itself never stands alone:
 * its seal and its title can't be chosen.
 */
export function Person({ of, plain = false, sealed = false }: Props) {
  const { name, chosen } = useNames()(of);
  const isOwn = useIsOwn()(of);
  const shown = <bdi>{name}</bdi>;
  const named = plain || isOwn ? <b>{shown}</b> : <Link href={`/members/${of}`}>{shown}</Link>;
  if (chosen?.isShown !== true) return named;
  return (
    <span className="called">
      {!sealed && <Seal of={of} size="2rem" />}
      <span>
        {named} <Title of={of} />
      </span>
    </span>
  );
}

/** The title that stands with what somebody calls itself; nothing where there is no such name, or no title. */
export function Title({ of }: { readonly of: string }) {
  const { chosen } = useNames()(of);
  if (chosen?.isShown !== true || chosen.title === null) return null;
  return (
    <small className="quiet" lang={languageOf(chosen.title)}>
      {chosen.title}
    </small>
  );
}

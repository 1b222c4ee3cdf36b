import { Link } from "wouter";
import { useIsOwn, useNames } from "./PeopleContext.js";

/** Somebody's name. It leads to the member's page; what is of the DAO itself has none. */
export function Person({ of, plain = false }: { readonly of: string; readonly plain?: boolean }) {
  const { name } = useNames()(of);
  const isOwn = useIsOwn()(of);
  const shown = <bdi>{name}</bdi>;
  return plain || isOwn ? <b>{shown}</b> : <Link href={`/members/${of}`}>{shown}</Link>;
}

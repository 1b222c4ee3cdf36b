import { createContext, useContext } from "react";
import { useLanguage } from "../language/language.js";
import type { Name, Names } from "./names.js";

/** What this device calls people, by their addresses in small letters; and how that is changed. */
export interface OwnNames {
  readonly names: ReadonlyMap<string, string>;
  readonly rename: (address: string, name: string) => void;
}

export const OwnNamesContext = createContext<OwnNames>({ names: new Map(), rename: () => undefined });

export const PeopleContext = createContext<Names | undefined>(undefined);

/** Says what addresses are called. */
export function useNames(): (address: string) => Name {
  const names = useContext(PeopleContext);
  const language = useLanguage();
  return (address) => names?.of(address, language) ?? { name: address, seal: "", given: false };
}

export function useIsOwn(): (address: string) => boolean {
  const names = useContext(PeopleContext);
  return (address) => names?.isOwn(address) ?? false;
}

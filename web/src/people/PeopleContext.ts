import { createContext, useContext } from "react";
import { useLanguage } from "../language/language.js";
import type { Name, Names } from "./names.js";

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

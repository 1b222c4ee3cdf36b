import { useContext } from "react";
import { languageOf } from "../../language/languageOf.js";
import { DocumentContext } from "../../ui/Address.js";

/** What a brand has on its cover; its lines are as it broke them. */
export function CoverWords() {
  const words = useContext(DocumentContext)?.page.words ?? null;
  if (words === null) return <span />;
  return (
    <p className="cover-words" lang={languageOf(words)}>
      {words}
    </p>
  );
}

import type { KindName } from "../badges/kinds/kinds.js";
import { requireKind } from "../badges/kinds/kinds.js";
import type { Plan } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import type { Problem } from "../errors.js";
import { KyosoError, problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { quote } from "../text.js";
import { formatPercent, parsePercent } from "../units.js";
import type { LabelLanguage } from "./choices.js";
import { LABEL_LANGUAGES } from "./choices.js";
import type { PassLook } from "./pass.js";
import { guardedPass } from "./pass.js";

/** Most that markets are asked for: contracts/pass/MembershipPass.sol. */
const MOST_ROYALTY = 1_000;

/** Languages of labels as people write them. */
const LANGUAGES: Readonly<Record<string, LabelLanguage>> = {
  en: "English",
  english: "English",
  ja: "Japanese",
  japanese: "Japanese",
};

/** What is to change of passes' terms, as people describe it; what is undefined stays. */
export interface TermsTexts {
  /** Name or number of a kind of badge; "none" for nobody. */
  readonly kind: string | undefined;
  readonly royalty: string | undefined;
  readonly colour: string | undefined;
  readonly language: string | undefined;
}

/**
 * Reads new terms of passes, within the contract's bounds.
 *
 * @throws KyosoError naming everything that is wrong, each by its option of `pass terms`; or that nothing would change.
 */
export function readNewTerms(before: PassLook, texts: TermsTexts, kinds: readonly KindName[]): PassLook {
  const problems: Problem[] = [];
  const read = <Value>(
    text: string | undefined,
    place: string,
    unchanged: Value,
    parse: (text: string) => Value,
  ): Value => {
    if (text === undefined) return unchanged;
    try {
      return parse(text.trim());
    } catch (error) {
      if (!(error instanceof KyosoError)) throw error;
      problems.push(...error.problems.map((told) => ({ ...told, place })));
      return unchanged;
    }
  };
  const terms: PassLook = {
    kind: read(texts.kind, "--kind", before.kind, (text) =>
      text.toLowerCase() === "none" ? null : requireKind(text, kinds).number,
    ),
    royaltyBps: read(texts.royalty, "--royalty", before.royaltyBps, parseRoyalty),
    colour: read(texts.colour, "--colour", before.colour, parseColour),
    language: read(texts.language, "--language", before.language, parseLanguage),
  };
  if (problems.length > 0) throw new KyosoError(problems);
  const keys = ["kind", "royaltyBps", "colour", "language"] as const;
  if (keys.some((key) => terms[key] !== before[key])) return terms;
  throw KyosoError.of("pass.terms-same", {
    data: {},
    place: "pass",
    message: "Its terms are so already",
    remedy: "Say what is to change: --kind, --royalty, --colour or --language.",
  });
}

/** Plans to set the terms of passes. */
export function planTerms(live: LiveDao, { kind, royaltyBps, colour, language }: PassLook): Plan {
  const terms = {
    kind: kind ?? 0,
    royaltyBps,
    colour: Number.parseInt(colour.slice(1), 16),
    language: LABEL_LANGUAGES.indexOf(language),
  };
  const title = "Set the terms of membership passes";
  return { title, calls: [call(guardedPass(live), "setTerms", [terms], title)] };
}

function parseRoyalty(text: string): number {
  const royaltyBps = parsePercent(text);
  if (royaltyBps <= MOST_ROYALTY) return royaltyBps;
  throw new KyosoError(
    problem("pass.royalty-over", {
      data: { royaltyBps, most: MOST_ROYALTY },
      message: `${formatPercent(royaltyBps)} is more than ${formatPercent(MOST_ROYALTY)}`,
      remedy: "Ask markets for less: many pay nothing where it is much.",
    }),
  );
}

function parseColour(text: string): string {
  const colour = text.normalize("NFKC").toLowerCase();
  if (/^#[0-9a-f]{6}$/u.test(colour)) return colour;
  throw new KyosoError(
    problem("pass.colour-unreadable", {
      data: { text },
      message: `${quote(text)} isn't a colour`,
      remedy: 'Write "#" and six digits 0-9, a-f, such as "#8e4b4a".',
    }),
  );
}

function parseLanguage(text: string): LabelLanguage {
  const language = Object.entries(LANGUAGES).find(([word]) => word === text.toLowerCase())?.[1];
  if (language !== undefined) return language;
  throw new KyosoError(
    problem("pass.language-unknown", {
      data: { text, known: LABEL_LANGUAGES },
      message: `Labels aren't written in ${quote(text)}`,
      remedy: 'Write "ja" or "en".',
    }),
  );
}

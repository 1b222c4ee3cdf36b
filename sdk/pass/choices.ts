/** Languages of a pass's labels, in the order of the contract's enum. */
export const LABEL_LANGUAGES = ["English", "Japanese"] as const;
export type LabelLanguage = (typeof LABEL_LANGUAGES)[number];

/** What conditions of perks are about, in the order of the contract's enum. */
export const SUBJECTS = [
  "passes",
  "badges",
  "badges of kind",
  "points",
  "points this season",
  "points last season",
  "rank",
  "member days",
  "tokens",
] as const;
export type Subject = (typeof SUBJECTS)[number];

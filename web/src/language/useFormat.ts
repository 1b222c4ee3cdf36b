import type { Format } from "./format.js";
import { formatFor } from "./format.js";
import { useLanguage } from "./language.js";

export function useFormat(): Format {
  return formatFor(useLanguage());
}

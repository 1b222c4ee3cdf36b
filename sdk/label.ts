import { utf8Length } from "./bytes.js";
import type { Problem } from "./errors.js";
import { problem } from "./errors.js";
import { quote, visible } from "./text.js";

/** What is wrong with a text that others are to read; undefined if nothing is. */
export function textProblem(
  text: string,
  place: string,
  lowest: number,
  highest: number,
): Problem | undefined {
  // As it is shown to others, it has to say what it says.
  if (visible(text) !== text || /[\n\t]/u.test(text)) {
    return problem("text.unseen-characters", {
      data: { text },
      place,
      message: `${quote(text)} has characters that can't be seen, or more than one line`,
      remedy: "Write it anew, on one line.",
    });
  }
  const bytes = utf8Length(text);
  if (bytes >= lowest && bytes <= highest) return undefined;
  return problem("text.length", {
    data: { bytes, lowest, highest },
    place,
    message:
      bytes === 0
        ? "It is empty"
        : `It has ${bytes.toLocaleString("en")} bytes, more than ${highest.toLocaleString("en")}`,
    remedy: bytes === 0 ? "Write it." : "Shorten it. A Japanese character has 3 bytes, an emoji 4 and more.",
  });
}

/** What a node may say instead of what it knows, each with what is wrong with it. */
export interface Lie {
  readonly what: string;
  readonly answer: unknown;
}

const STRANGER = "1111111111111111111111111111111111111111";
/** Hexadecimal digits of a word of 32 bytes. */
const WORD = 64;

/** All that is made of an honest answer: each word of it is another one, and there is none. */
export function liesAbout(method: string, answer: unknown): Lie[] {
  if (typeof answer === "string") return liesInHex(answer);
  if (Array.isArray(answer)) return answer.length === 0 ? [] : liesInLogs(answer as readonly Fields[]);
  if (typeof answer === "object" && answer !== null) return liesInFields(answer as Fields, method);
  return [];
}

type Fields = Readonly<Record<string, unknown>>;

function liesInHex(answer: string): Lie[] {
  const digits = answer.slice(2);
  if (digits.length < WORD) {
    // A number, or nothing at all.
    const number = BigInt(answer === "0x" ? 0 : answer);
    return [
      { what: "one more", answer: hex(number + 1n) },
      { what: "much more", answer: hex(number + 10n ** 12n) },
    ];
  }
  const words = Math.floor(digits.length / WORD);
  const lies: Lie[] = [{ what: "nothing", answer: "0x" }];
  for (let i = 0; i < words; i++) {
    // Data of calls begin with four bytes in some answers.
    const at = digits.length - (words - i) * WORD;
    const word = digits.slice(at, at + WORD);
    const put = (other: string) => `0x${digits.slice(0, at)}${other}${digits.slice(at + WORD)}`;
    const others = [STRANGER.padStart(WORD, "0"), "0".repeat(WORD), hexWord(BigInt(`0x${word}`) + 1n)];
    const distinct = others.filter((other) => other !== word);
    for (const other of distinct) lies.push({ what: `word ${i} is ${other}`, answer: put(other) });
  }
  return lies;
}

function liesInLogs(logs: readonly Fields[]): Lie[] {
  const lies: Lie[] = [{ what: "no logs", answer: [] }];
  for (const [i, log] of logs.entries()) {
    lies.push({ what: `without log ${i}`, answer: logs.filter((other) => other !== log) });
    for (const { what, answer } of liesInFields(log, "log")) {
      lies.push({ what: `log ${i}: ${what}`, answer: logs.with(i, answer as Fields) });
    }
  }
  return lies;
}

function liesInFields(fields: Fields, of: string): Lie[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const others =
      name === "topics" && Array.isArray(value)
        ? value.flatMap((topic: unknown, i) =>
            liesInHex(String(topic)).map(({ what, answer }) => ({
              what: `${i}, ${what}`,
              answer: value.with(i, answer),
            })),
          )
        : typeof value === "string" && value.startsWith("0x")
          ? liesInHex(value).slice(0, name === "logsBloom" ? 1 : Infinity)
          : [];
    return others.map(({ what, answer }) => ({
      what: `${of}.${name}: ${what}`,
      answer: { ...fields, [name]: answer },
    }));
  });
}

const hex = (value: bigint) => `0x${value.toString(16)}`;
const hexWord = (value: bigint) => (value % 2n ** 256n).toString(16).padStart(WORD, "0");

/** What a node may say instead of what it knows, each with what is wrong with it: another answer, or an error. */
export type Lie =
  { readonly what: string; readonly answer: unknown } | { readonly what: string; readonly error: object };

/** Another answer. */
type Answer = Extract<Lie, { readonly answer: unknown }>;

/** What nodes say that can't or won't answer; of a call also what they say where the contract refuses. */
const ERRORS: readonly object[] = [
  { code: -32_603, message: "Internal error" },
  { code: -32_601, message: "the method does not exist/is not available" },
  { code: 3, message: "execution reverted", data: "0x" },
];

const STRANGER = "1111111111111111111111111111111111111111";
/** Hexadecimal digits of a word of 32 bytes. */
const WORD = 64;

/** All that is made of an honest answer: each word of it is another one, there is none, or there is an error. */
export function liesAbout(method: string, answer: unknown): Lie[] {
  const errors = method === "eth_call" ? ERRORS : ERRORS.slice(0, 2);
  return [
    ...answersAbout(method, answer),
    ...errors.map((error) => ({ what: JSON.stringify(error), error })),
  ];
}

function answersAbout(method: string, answer: unknown): Answer[] {
  if (typeof answer === "string") return liesInHex(answer);
  if (Array.isArray(answer)) return answer.length === 0 ? [] : liesInLogs(answer as readonly Fields[]);
  if (typeof answer === "object" && answer !== null) return liesInFields(answer as Fields, method);
  return [];
}

type Fields = Readonly<Record<string, unknown>>;

function liesInHex(answer: string): Answer[] {
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
  const lies: Answer[] = [{ what: "nothing", answer: "0x" }];
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

function liesInLogs(logs: readonly Fields[]): Answer[] {
  const lies: Answer[] = [{ what: "no logs", answer: [] }];
  for (const [i, log] of logs.entries()) {
    lies.push({ what: `without log ${i}`, answer: logs.filter((other) => other !== log) });
    // The place in its block tells a log from all others.
    const logIndex = hex(1000n + BigInt(String(log.logIndex)));
    lies.push({ what: `log ${i} twice`, answer: logs.toSpliced(i, 0, log) });
    lies.push({ what: `another one like log ${i}`, answer: logs.toSpliced(i + 1, 0, { ...log, logIndex }) });
    for (const { what, answer } of liesInFields(log, "log")) {
      lies.push({ what: `log ${i}: ${what}`, answer: logs.with(i, answer as Fields) });
    }
  }
  return lies;
}

function liesInFields(fields: Fields, of: string): Answer[] {
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

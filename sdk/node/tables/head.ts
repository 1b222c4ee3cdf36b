import { closest, distance } from "fastest-levenshtein";
import { KyosoError } from "../../errors.js";
import { quote } from "../../units.js";
import { ordinal } from "./ordinal.js";

/** What a kind of table looks like. */
export interface TableShape {
  /** The first line of an example: what a message shows. */
  readonly firstLine: string;
  /** The columns that are read, in small letters. */
  readonly columns: readonly string[];
  /** Whether columns that aren't known are passed over; else they are refused, as they may be meant for one that is. */
  readonly foreignColumns: boolean;
}

/** The columns of a table. */
export interface TableHead {
  /** Those that it has and that are known. */
  readonly known: readonly string[];
  /** The names of the others, as they are written. */
  readonly foreign: readonly string[];
}

/** What columns are called elsewhere. They aren't read as that: such a column may hold something else. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  account: [
    "address",
    "wallet",
    "wallet address",
    "アカウント",
    "アドレス",
    "ウォレット",
    "ウォレットアドレス",
  ],
  email: ["mail", "mail address", "e-mail address", "メール", "メールアドレス", "Eメール"],
  customer: ["customer id", "customer number", "お客様", "お客様番号", "顧客", "顧客番号", "会員番号"],
  tokens: ["amount", "トークン", "数量", "枚数", "数"],
  kind: ["badge", "badge kind", "種類", "バッジ", "バッジの種類"],
  evidence: ["reason", "what", "理由", "内容", "証拠", "根拠"],
};

/** What to write into the first line. */
export function firstLineIs({ firstLine }: Pick<TableShape, "firstLine">): string {
  return `The first line has to be: ${firstLine}`;
}

/** The column that the name of another one is probably meant for; undefined where nobody can tell. */
export function meantFor(written: string, columns: readonly string[]): string | undefined {
  const name = folded(written);
  const same = columns.find((column) => OTHER_NAMES[column]?.some((other) => folded(other) === name));
  if (same !== undefined) return same;
  const nearest = closest(name.slice(0, 30), [...columns]);
  return name.length > 2 && distance(name.slice(0, 30), nearest) <= 2 ? nearest : undefined;
}

/**
 * Names for the columns in the order of the file: those that are known by their own, whatever their case, width and spaces;
 * others by their place.
 *
 * @throws KyosoError where one is there twice, or isn't known and may not be there.
 */
export function headOf(place: string, names: readonly string[], shape: TableShape): string[] {
  const places = new Map<string, number>();
  return names.map((written, index) => {
    const name = folded(written);
    if (!shape.columns.includes(name)) {
      // Rows of commas have columns without a name, too.
      if (shape.foreignColumns || name === "") return `column ${index + 1}`;
      const meant = meantFor(written, shape.columns);
      throw KyosoError.of("csv.column-unknown", {
        data: { column: written, meant },
        place,
        message: `There is a column ${quote(written)}, which isn't known`,
        remedy: `${meant === undefined ? "" : `Did you mean "${meant}"? `}${firstLineIs(shape)}`,
      });
    }
    const before = places.get(name);
    if (before !== undefined) {
      throw KyosoError.of("csv.column-twice", {
        data: { column: name, first: before, second: index + 1 },
        place,
        message: `The column "${name}" is there twice: as the ${ordinal(before)} and as the ${ordinal(index + 1)}`,
        remedy: "Remove or rename one of them.",
      });
    }
    places.set(name, index + 1);
    return name;
  });
}

/** The name of a column as it is compared: "Ｅ－mail" is "email". */
function folded(written: string): string {
  return written
    .normalize("NFKC")
    .replaceAll(/[\s\p{Cf}_-]/gu, "")
    .toLowerCase();
}

/** Problems of files: tables, records, journals, locks. */
export interface FileProblems {
  /** There is no brand file of a name; `known` are the names of those in brands/. */
  "brand.no-file": { readonly brand: string; readonly known: readonly string[] };
  /** Only the first mistakes of a file are said. */
  "csv.checked-in-part": { readonly file: string; readonly most: number };
  /** A cell of a file has nothing in it that something has to be in. */
  "csv.cell-empty": { readonly line: number; readonly column: string };
  /** A cell of a file stands in a column without a name. */
  "csv.cell-without-column": { readonly line: number; readonly cell: string };
  /** A file has no lines, or lacks a column. */
  "csv.column-missing": {
    readonly file: string;
    readonly column: string | undefined;
    readonly columns: readonly string[];
  };
  /** A file has a column twice; `first` and `second` are its places, from 1. */
  "csv.column-twice": { readonly column: string; readonly first: number; readonly second: number };
  /** A file has a column that isn't known; `meant` is the one that it is probably meant for. */
  "csv.column-unknown": { readonly column: string; readonly meant: string | undefined };
  /** A file needs one of two columns and has neither. */
  "csv.columns-missing": { readonly columns: readonly string[] };
  /** Columns of a file mean the same. */
  "csv.columns-same": { readonly columns: readonly string[] };
  /** A file has no line. */
  "csv.empty": { readonly file: string };
  /** A row has other cells than the first line names columns. */
  "csv.row-length": { readonly line: number; readonly cells: number; readonly columns: number };
  /** A cell has what spreadsheets write where they can't compute it. */
  "csv.spreadsheet-error": { readonly text: string };
  /** A file has more lines than a campaign can have. */
  "csv.too-many-lines": { readonly file: string; readonly most: number };
  /** A file isn't CSV that can be read. */
  "csv.unreadable": { readonly file: string; readonly reason: string };
  /** A file is the workbook of a spreadsheet program, and not CSV. */
  "csv.workbook": { readonly file: string };
  /** A file is empty. */
  "file.empty": { readonly file: string };
  /** There is no such file. */
  "file.missing": { readonly file: string };
  /** No file that ends in .json is in the folders. */
  "file.none-in-folder": { readonly files: readonly string[] };
  /** A file isn't whole JSON. */
  "file.not-json": { readonly file: string };
  /** A file isn't text in UTF-8; `encoding` is what it looks like. */
  "file.not-utf8": { readonly file: string; readonly encoding: string | undefined };
  /** A file can't be read; `reason` is the system's code for why. */
  "file.unreadable": { readonly file: string; readonly reason: string };
  /** A line of the journal was changed or is broken. */
  "journal.line-changed": { readonly file: string; readonly line: number };
  /** The journal knows nothing of badges of the same kind that accounts have already. */
  "journal.unknown-badges": { readonly file: string; readonly account: string; readonly count: number };
  /** Another process does the same; `what` names it in English. */
  "lock.taken": { readonly file: string; readonly what: string };
  /** A record lacks contracts: an earlier version launched the DAO without them. */
  "record.contracts-missing": {
    readonly file: string;
    readonly missing: readonly string[];
  };
  /** A launch was interrupted. */
  "record.interrupted": { readonly slug: string; readonly file: string };
  /** A DAO is recorded as live, and the chain has no token of it. */
  "record.no-token": { readonly slug: string; readonly chainId: bigint; readonly token: string };
  /** A slug can't be one: it could lead out of the folder of the records. */
  "record.slug-unusable": { readonly slug: string };
  /** No DAO of the name is recorded, or several are and none is named. */
  "record.unknown": {
    readonly slug: string | undefined;
    readonly chainId: bigint;
    readonly known: readonly string[];
  };
  /** A file isn't a record of this DAO that this version can read. */
  "record.unreadable": { readonly file: string };
  /** A file with secrets is in a Git repository that doesn't ignore it. */
  "secrets.in-repository": { readonly file: string };
  /** A line isn't valid YAML; `rule` is the parser's name for what is wrong. */
  "yaml.invalid": { readonly text: string; readonly reason: string; readonly rule: string };
  /** A key is there twice. */
  "yaml.key-twice": { readonly key: string };
  /** YAML that can't be made sense of, such as references in a circle. */
  "yaml.unreadable": { readonly file: string; readonly reason: string };
}

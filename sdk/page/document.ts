import type { DaoRecord, OwnContract } from "../daoRecord.js";

/** Languages that the page speaks. */
export const LANGUAGES = ["ja", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Where else the brand is: a name, and an address of HTTPS. */
export interface PageLink {
  readonly name: string;
  readonly url: string;
}

/** What a brand says of its community page: the section `page` of its file. */
export interface PageSettings {
  /** The one colour that a brand sets, as `#rrggbb`: all others follow from it. */
  readonly colour: string;
  /** File of its logo, beside the brand file; null for none. */
  readonly logo: string | null;
  /** A line or two for the cover; null for none. */
  readonly words: string | null;
  /** Nodes of the DAO's chain that browsers may ask, the preferred one first. */
  readonly rpc: readonly string[];
  /** The brand's relay; null where it runs none. */
  readonly relay: string | null;
  /** Address of an explorer of the chain; null for none. */
  readonly explorer: string | null;
  /** The first one is that of a reader who asks for none of them. */
  readonly languages: readonly Language[];
  readonly links: readonly PageLink[];
  /** Path that the page is under on its host: `/`, or `/community/`. */
  readonly base: string;
}

/** What contracts have logged up to a block that stays: the page reads these files, and from the nodes what came after. */
export interface PageSnapshot {
  readonly block: number;
  readonly files: Readonly<Partial<Record<OwnContract, SnapshotFile>>>;
  /** What had become of proposals for good by then; a page may lack it. */
  readonly settled?: SnapshotFile;
}

/** A file beside `dao.json`, with its hash as `integrity` takes it. */
export interface SnapshotFile {
  readonly file: string;
  readonly integrity: string;
}

/** `dao.json`: what one build of the page needs to be that of one DAO. */
export interface PageDocument {
  readonly version: 1;
  readonly record: DaoRecord;
  readonly page: PageSettings;
  /** People whom the brand names in public, by their addresses. */
  readonly names: Readonly<Record<string, string>>;
  /** Null where all is read from the nodes. */
  readonly snapshot: PageSnapshot | null;
}

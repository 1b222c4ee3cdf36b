import { createReadStream } from "node:fs";
import path from "node:path";
import { parse } from "csv-parse";
import { KyosoError } from "../../errors.js";
import { cellText } from "../tables/cells.js";
import { lineOf } from "../../drop/link.js";
import type { DropFolder } from "./folder.js";
import { DROP_FILES } from "./folder.js";

/** A customer of a campaign, as the brand knows it, with what it was sent. */
export interface CustomerLink {
  /** Number of the leaf. */
  readonly index: number;
  /** As in the brand's table; the account where the table says nothing else. */
  readonly reference: string;
  /** A secret where it has a claim key. */
  readonly link: string;
}

/** Whether a customer has claimed. */
export interface CustomerState {
  readonly index: number;
  readonly reference: string;
  /** The account that claimed; null where nobody did. */
  readonly account: string | null;
}

/**
 * The links that were made for a campaign's customers, in the order of the leaves.
 *
 * @throws KyosoError where they aren't whole or in another order, or only the public part of the folder is here.
 */
export async function* readLinks({ folder, manifest }: DropFolder): AsyncGenerator<CustomerLink> {
  const file = path.join(folder, DROP_FILES.links);
  let index = 0;
  try {
    const rows = createReadStream(file).pipe(parse({ bom: true, columns: true })) as AsyncIterable<
      Readonly<Record<"reference" | "link", string>>
    >;
    for await (const { reference, link } of rows) {
      // Whoever has sorted the table would see others' claims as theirs.
      if (lineOf(link) !== index)
        throw new RangeError("The lines aren't in the order in which they were made");
      yield { index, reference: cellText(reference), link };
      index += 1;
    }
  } catch (cause) {
    throw noLinks(file, cause);
  }
  if (index !== manifest.leaves) throw noLinks(file, undefined);
}

/** All of them at once: of a small campaign. */
export async function allLinks(drop: DropFolder): Promise<CustomerLink[]> {
  const links: CustomerLink[] = [];
  for await (const link of readLinks(drop)) links.push(link);
  return links;
}

/**
 * Who has claimed, and who hasn't: all customers of a campaign.
 *
 * @param claims Accounts by the number of the leaf that they claimed.
 * @throws KyosoError as {@link readLinks} does.
 */
export async function customersOf(
  drop: DropFolder,
  claims: ReadonlyMap<number, string>,
): Promise<CustomerState[]> {
  const customers: CustomerState[] = [];
  for await (const { index, reference } of readLinks(drop)) {
    customers.push({ index, reference, account: claims.get(index) ?? null });
  }
  return customers;
}

function noLinks(file: string, cause: unknown): KyosoError {
  return KyosoError.of("campaign.links-missing", {
    data: { file },
    place: file,
    message:
      "The links that were made for the campaign's customers aren't here, aren't whole, or aren't in the order in which they were made",
    remedy: "Ask on the computer where the campaign was made; or restore the folder from a copy of it.",
    cause,
  });
}

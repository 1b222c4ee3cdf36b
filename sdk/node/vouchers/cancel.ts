import { MaxUint256 } from "ethers";
import { readKinds } from "../../badges/kinds/kinds.js";
import type { Plan } from "../../calls/plan.js";
import { call } from "../../calls/plan.js";
import { INTERFACES } from "../../calls/known.js";
import type { Problem } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import { quote } from "../../units.js";
import { foreignProblem } from "../../vouchers/check.js";
import { readUse } from "../../vouchers/use.js";
import type { VoucherEntry } from "./journal.js";
import { VoucherJournal } from "./journal.js";
import { isLink } from "../../vouchers/link.js";
import { readVoucher } from "./redeem.js";

/** A voucher that can be canceled, and what is known of it here. */
export interface PlannedCancellation {
  readonly plan: Plan;
  readonly nonce: bigint;
  /** Undefined for a number of which this computer knows nothing more. */
  readonly voucher: Known | undefined;
  readonly warnings: readonly Problem[];
}

/** What is canceled: a voucher for a badge of a kind. */
type Known = Pick<VoucherEntry, "badgeKind" | "claimant">;

/**
 * Plans to make a voucher of `issuer` worth nothing.
 *
 * @param text Its number, or its file.
 * @param folder Folder of the journal that says what numbers this computer gave to which vouchers.
 * @returns A warning with it where nobody can say what the number is for: the chain knows none that is still unused.
 * @throws KyosoError where it is somebody else's, or was redeemed or canceled.
 */
export async function planCancelVoucher(
  live: LiveDao,
  issuer: string,
  text: string,
  folder: string,
): Promise<PlannedCancellation> {
  const { nonce, voucher, warnings } = /^\d+$/u.test(text.trim())
    ? await numbered(issuer, text, folder)
    : await inFile(live, issuer, text);
  const place = `voucher ${nonce}`;
  const use = await readUse(live, issuer, nonce);
  if (use?.account !== undefined) {
    throw KyosoError.of("voucher.redeemed-already", {
      data: { account: use.account, badge: use.badge },
      place,
      message: `It was redeemed already, by ${use.account} for badge ${use.badge}`,
      remedy: `The badge can be taken back: npx hardhat badge revoke ${use.badge}.`,
    });
  }
  if (use !== undefined) {
    throw KyosoError.of("voucher.canceled", {
      data: { nonce },
      place,
      message: "It was canceled already",
      remedy: "There is nothing to do.",
    });
  }
  const badge = { name: "badge", address: live.record.contracts.badge, interface: INTERFACES.badge };
  const title = `Cancel voucher ${nonce}${voucher === undefined ? "" : `: ${await describe(live, voucher)}`}`;
  const plan = { title, calls: [call(badge, "cancelVoucher", [nonce], title)] };
  return { nonce, voucher, warnings, plan };
}

type Found = Pick<PlannedCancellation, "nonce" | "voucher" | "warnings">;

async function inFile(live: LiveDao, issuer: string, text: string): Promise<Found> {
  const voucher = await readVoucher(text);
  // Not a link itself: it is worth a badge.
  const place = isLink(text) ? "link" : text;
  const foreign = foreignProblem(live, place, voucher);
  if (foreign !== undefined) throw new KyosoError(foreign);
  if (voucher.issuer !== issuer) {
    throw KyosoError.of("voucher.of-other-issuer", {
      data: { issuer: voucher.issuer, account: issuer },
      place,
      message: `It is a voucher of ${voucher.issuer}, and only its issuer can cancel it, not ${issuer}`,
      remedy: "Act as the issuer: --via signer with --from, or --via safe.",
    });
  }
  return { nonce: BigInt(voucher.nonce), voucher, warnings: [] };
}

async function numbered(issuer: string, text: string, folder: string): Promise<Found> {
  const nonce = BigInt(text.trim());
  if (nonce > MaxUint256) {
    throw KyosoError.of("voucher.number-too-large", {
      data: { text },
      place: "nonce",
      message: `${quote(text)} is larger than any voucher's number`,
      remedy: "Write the number as `npx hardhat badge voucher check <file>` shows it, or name the file.",
    });
  }
  const warnings: Problem[] = [];
  const entries = await VoucherJournal.open(folder).then(
    (journal) => journal.entries,
    (error: unknown) => {
      if (!(error instanceof KyosoError)) throw error;
      // A voucher can be canceled in a hurry, whatever has become of the journal.
      warnings.push(...error.problems);
      return [];
    },
  );
  const voucher = entries.find((entry) => entry.issuer === issuer && entry.nonce === nonce.toString());
  if (voucher === undefined) {
    warnings.push(
      problem("voucher.number-unknown", {
        data: { nonce, issuer },
        place: `voucher ${nonce}`,
        message: `No voucher of this number was signed on this computer for ${issuer}: what is canceled isn't known here`,
        remedy: "Check the number, or name the voucher's file: it says whose voucher it is, and for what.",
      }),
    );
  }
  return { nonce, voucher, warnings };
}

async function describe(live: LiveDao, { badgeKind, claimant }: Known): Promise<string> {
  const kind = (await readKinds(live)).find(({ number }) => number === badgeKind);
  return `${kind === undefined ? `kind ${badgeKind}` : `"${kind.name}"`} for ${claimant}`;
}

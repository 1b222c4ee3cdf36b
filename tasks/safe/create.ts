import { problem } from "../../sdk/errors.js";
import { executeAsSigner } from "../../sdk/execute/signer.js";
import { deploySafeContracts } from "../../sdk/node/safe/canonical.js";
import { creationOf, parseNewSafe, planSafe } from "../../sdk/node/safe/create.js";
import { action } from "../action.js";
import { connect, requireAccount } from "../context.js";
import { done, heading, print, printJson, table, warn } from "../output.js";

interface Arguments {
  owners: string | undefined;
  threshold: string | undefined;
  name: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async ({ owners, threshold, name = "", from, dryRun, json }, hre) => {
  const connected = await connect(hre);
  const { provider, chainId, eip1193 } = connected;
  const wanted = parseNewSafe(owners ?? "", threshold, chainId);
  const plan = await planSafe(provider, eip1193, wanted, name);
  const { safe, exists, createsContracts } = plan;
  if (!json) {
    heading(`${exists ? "There is a Safe" : "A Safe"} of ${safe.threshold} of ${safe.owners.length} owners`);
    table([
      ["Address", safe.address],
      ["Version", safe.version],
      ["Chain", chainId.toString()],
      ...safe.owners.map((owner, i) => [i === 0 ? "Owners" : "", owner]),
    ]);
    if (safe.threshold === 1) {
      warn(
        problem("safe.one-owner-decides", {
          data: {},
          place: "--threshold",
          message: "One owner alone can do everything that the Safe may do",
          remedy: "Have two owners sign, of three.",
        }),
      );
    }
    if (exists && !isAsWanted(plan)) {
      warn(
        problem("safe.changed-since", {
          data: { safe },
          message: "It was created with the owners that you name, and has changed since",
          remedy: "Use it as it is; or create another one with another --name.",
        }),
      );
    }
  }
  const transactions: string[] = [];
  if (!dryRun && !exists) {
    const account = await requireAccount(connected, from, { dryRun, json });
    if (createsContracts) await deploySafeContracts(account);
    const receipts = await executeAsSigner(await creationOf(eip1193, plan), account);
    transactions.push(...receipts.map(({ hash }) => hash));
  }
  if (json) {
    printJson({ dryRun, ...safe, name, chainId, existed: exists, transactions });
  } else if (exists) {
    done("It exists: nothing was sent.");
  } else if (dryRun) {
    print("\nThis was a dry run: nothing was sent. The Safe will have this address, whoever creates it.");
  } else {
    done(`Created: ${transactions.join(", ")}`);
    print(`\nNext: write it into a brand file, as safe.address: "${safe.address}"`);
  }
});

function isAsWanted({ safe, wanted }: Awaited<ReturnType<typeof planSafe>>): boolean {
  const list = (owners: readonly string[]) => [...owners].sort().join();
  return safe.threshold === wanted.threshold && list(safe.owners) === list(wanted.owners);
}

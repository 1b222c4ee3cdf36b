import { problem } from "../../sdk/errors.js";
import type { Call, Plan } from "../../sdk/calls/plan.js";
import { decodeCall } from "../../sdk/calls/decode.js";
import type { LiveDao } from "../../sdk/live.js";
import { readBatch, type Batch } from "../../sdk/safe/sharing/builder.js";
import { readText } from "../../sdk/node/safe/files.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { printJson, warn } from "../output.js";
import { submit } from "../submit.js";

interface Arguments {
  file: string;
  service: string | undefined;
  dao: string | undefined;
  allowUnknownCalls: boolean;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(
  async ({ file, service, dao, from, dryRun, json, allowUnknownCalls }, hre) => {
    const opened = await openLive(hre, dao);
    const { live } = opened;
    const batch = readBatch(await readText(file), live.chainId, file);
    const foreign = batch.safe !== undefined && batch.safe.toLowerCase() !== live.safe.toLowerCase();
    if (foreign && !json) {
      warn(
        problem("builder.other-safe", {
          data: { file, safe: batch.safe },
          place: `${file}, meta.createdFromSafeAddress`,
          message: `It was made for another Safe, ${batch.safe ?? ""}`,
          remedy: "Read closely what it does: its addresses may be meant for that one.",
        }),
      );
    }
    const submitted = await submit(hre, opened, [planOf(live, batch)], {
      via: "safe",
      from,
      dryRun,
      json,
      service,
      allowUnknownCalls,
    });
    if (json) printJson({ dryRun, ...submitted, madeFor: batch.safe ?? null });
  },
);

function planOf(live: LiveDao, { title, calls }: Batch): Plan {
  return {
    title,
    calls: calls.map((raw, i): Call => {
      const { contract, signature, args } = decodeCall(raw, live);
      return {
        ...raw,
        contract,
        signature,
        args: args.map(({ value }) => value),
        purpose: `Call ${i + 1} of ${title}`,
      };
    }),
  };
}

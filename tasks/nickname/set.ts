import { planNickname } from "../../sdk/community/nicknames.js";
import { requireShared } from "../../sdk/community/shared.js";
import { oneLine } from "../../sdk/text.js";
import { action } from "../action.js";
import { printDryRun } from "../badge/format.js";
import { openLive, requireAccount } from "../context.js";
import { done, printJson } from "../output.js";
import { submit } from "../submit.js";

interface Arguments {
  nickname: string;
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async ({ nickname: text, dao, from, dryRun, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const { address: account } = await requireAccount(opened, from, { dryRun, json });
  await requireShared(live, "nicknames");
  const { plan, nickname, before } = await planNickname(live, account, text);
  const acting = { via: "signer", from, dryRun, json, service: undefined };
  const { transactions } = await submit(hre, opened, [plan], acting);
  if (json) {
    const [transaction = null] = transactions;
    printJson({ dao: live.record.slug, dryRun, account, nickname, before, transaction });
  } else if (dryRun) printDryRun();
  else
    done(nickname === "" ? `${account} is called nothing.` : `${account} is called “${oneLine(nickname)}”.`);
});

import type { RelayStatus } from "../../sdk/relay/client.js";
import { RelayClient } from "../../sdk/relay/client.js";
import { action } from "../action.js";
import { showJob } from "../handIn.js";
import { heading, number, printJson, print, styled, table } from "../output.js";

interface Arguments {
  url: string;
  job: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ url, job, json }) => {
  const client = new RelayClient(url);
  if (job !== undefined) {
    const found = await client.job(job.trim());
    if (json) printJson(found);
    else showJob(found);
    return;
  }
  const status = await client.status();
  if (json) printJson(status);
  else show(client.url, status);
});

function show(url: string, status: RelayStatus): void {
  const { dao, chainId, governor, takes, account, balance, lowBalance, budget, jobs, trouble } = status;
  heading(`Relay ${url}`);
  const low = lowBalance ? styled("red", "  less than it should have: send it some") : "";
  const counts = Object.entries(jobs).filter(([, count]) => count > 0);
  table([
    ["DAO", `${dao}, with the governor ${governor} on chain ${chainId}`],
    ["Takes", `${takes.join("s, ")}s`],
    ["Pays with", account],
    ["Balance", balance === null ? "not looked at yet" : `${balance} ether${low}`],
    ["Today (UTC)", `${budget.spent} of ${budget.day} ether spent`],
    ["Jobs", counts.map(([state, count]) => `${number(count)} ${state}`).join(", ") || "none"],
    ["Sends", trouble === null ? styled("green", "yes") : styled("red", `no: ${trouble}`)],
  ]);
  const advice = trouble === null ? undefined : TROUBLES.get(trouble);
  if (advice !== undefined) print(`\n  → ${advice}`);
}

/** What whoever runs it does about what keeps it from sending: as docs/relay.md says. */
const TROUBLES: ReadonlyMap<string, string> = new Map([
  ["node-away", "Its node doesn't answer. If that doesn't pass, start it with another one in KYOSO_RPC_URL."],
  ["other-chain", "Its node is of another chain: name the right one in KYOSO_RPC_URL."],
  [
    "not-known",
    "Its node doesn't show what became of a transaction: start it with another one in KYOSO_RPC_URL.",
  ],
  ["stuck", "Gas has become dear. Wait, or raise gas.most in its settings and start it again."],
  ["key-used-elsewhere", "Something else sends with its key: another relay, or you. Stop that."],
  ["gas-price", "Gas costs more than gas.most in its settings. What is handed in waits."],
  ["no-money", "Send ether to the account that it pays with."],
  ["disk-full", "Make room on its disk."],
  ["other", "Its log says more."],
]);

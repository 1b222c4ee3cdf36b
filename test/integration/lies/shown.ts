import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { HDNodeWallet } from "ethers";
import { Interface, parseEther, toQuantity, ZeroHash } from "ethers";
import { connectDao } from "../../../sdk/dao.js";
import { ROLES } from "../../../sdk/roles.js";
import { accounts, expectSuccess } from "../commandLine.js";
import type { LiveNode } from "../live.js";
import type { TaskArguments } from "./inProcess.js";

const DAY = 86_400;
const [launcher, tanaka, , , alice, bob, carol, issuer, steward, newcomer] = accounts;

/** A task that only looks. */
export interface Showing {
  readonly task: string;
  /** What tells it from others of the same task. */
  readonly how?: string;
  readonly args: TaskArguments;
  readonly who?: HDNodeWallet;
  /** What of its output no contract says: it is in logs alone. */
  readonly untold?: RegExp;
}

/** Has something of each kind to be looked at, on a DAO that was just launched. */
export async function prepareShowings(live: LiveNode): Promise<readonly Showing[]> {
  const { provider } = live.node;
  const { token, governor, badge } = connectDao(live.record, provider);
  const { manager, timelock } = live.record.contracts;
  const inFolder = (name: string) => path.join(live.brands.folder, name);
  const by = async (who: HDNodeWallet, ...args: readonly string[]) => {
    expectSuccess(await live.cli(args, who));
  };
  const grant = new Interface(["function grantRole(uint64, address, uint32)"]);
  for (const [from, role, account] of [
    [live.record.safe, ROLES.ISSUER, issuer],
    [timelock, ROLES.STEWARD, steward],
  ] as const) {
    await provider.send("hardhat_impersonateAccount", [from]);
    await provider.send("hardhat_setBalance", [from, toQuantity(10n ** 18n)]);
    const data = grant.encodeFunctionData("grantRole", [role, account.address, 0]);
    await provider.send("eth_sendTransaction", [{ from, to: manager, data }]);
  }
  for (const to of [live.record.safe, steward.address]) {
    await (await token.connect(alice.connect(provider)).transfer(to, parseEther("100"))).wait();
  }
  await by(bob, "token", "delegate", carol.address);

  const awarding = badge.connect(issuer.connect(provider));
  await (await awarding.awardBatch(1, [alice.address, carol.address], [ZeroHash, ZeroHash], "")).wait();
  await (await awarding.awardBatch(2, [carol.address], [ZeroHash], "https://example.com/why")).wait();
  await by(steward, "badge", "revoke", "1", "--reason", "a mistake", "--via", "signer");
  const recovery = ["badge", "recovery", "request", carol.address, newcomer.address, "--via", "signer"];
  await by(steward, ...recovery);
  await by(steward, "season", "fund", "1", "10 BLUE", "--via", "signer");

  interface Vouchers {
    readonly vouchers: readonly { readonly file: string; readonly nonce: string }[];
  }
  const voucher = ["badge", "voucher", "sign", "レビュー", bob.address, "--evidence"];
  const used = (await live.json<Vouchers>([...voucher, "会"], issuer)).vouchers[0]?.file ?? "";
  const canceled = (await live.json<Vouchers>([...voucher, "別の会"], issuer)).vouchers[0];
  await by(bob, "badge", "voucher", "redeem", used);
  await by(issuer, "badge", "voucher", "cancel", canceled?.nonce ?? "", "--via", "signer");

  const table = inFolder("spring.csv");
  await writeFile(table, "customer,tokens,kind\n花子,10,レビュー\n太郎,5,\n");
  const drop = ["drop", "create", table, "--campaign", "spring", "--deadline", "60 days"];
  const links = ["--link", "https://example.com/claim", "--via", "signer"];
  const { folder } = await live.json<{ folder: string }>([...drop, ...links], steward);

  const [link = ""] = /https:[^,"\s]+/u.exec(await readFile(path.join(folder, "links.csv"), "utf8")) ?? [];
  const claim = inFolder("claim.txt");
  await writeFile(claim, `${link}\n`);
  await by(newcomer, "drop", "claim", claim);

  const pay = token.interface.encodeFunctionData("transfer", [bob.address, 5n]);
  const proposing = governor.connect(alice.connect(provider));
  for (const title of ["# Pay Bob", "# Pay Bob again", "# Pay Bob no more"]) {
    await (await proposing.propose([live.record.contracts.token], [0], [pay], title)).wait();
  }
  await live.pass(DAY + 1);
  const poll = ["idea", "call", "どの袋？", "青", "緑", "--support-for", "30 days"];
  await by(steward, ...poll, "--via", "signer");
  await live.pass(1);
  await by(carol, "idea", "support", "1-2");
  await by(steward, "perk", "add", "試飲会", "100 points", "--via", "signer");
  await by(alice, "proposal", "vote", "1", "for", "--reason", "良い");
  await by(carol, "proposal", "vote", "1", "against");
  for (let i = 0; i < 40; i++) await provider.send("evm_mine", []);

  const sent = ["token", "send", bob.address, "5", "--via", "safe"];
  await live.json(sent, tanaka);
  return [
    { task: "dao status", args: {} },
    // Whom the Safe has appointed.
    { task: "dao phase", args: {}, untold: /^ *ISSUER.*\n/gmu },
    { task: "proposal list", args: {} },
    // Why somebody voted so.
    { task: "proposal show", args: { proposal: "1" }, untold: /「.*」/gu },
    { task: "token delegates", args: {} },
    { task: "token votes", args: { account: carol.address } },
    { task: "token votes", how: "in the past", args: { account: carol.address, at: "#1" } },
    { task: "token balance", args: { account: carol.address } },
    { task: "token holders", args: {} },
    { task: "badge kind list", args: {} },
    // What a badge is for: a hash, and where it can be asked for.
    {
      task: "badge show",
      args: { account: carol.address },
      untold: /ago\).*|^ *Where a hash is shown.*\n/gmu,
    },
    { task: "badge board", args: {} },
    { task: "badge title list", args: {} },
    { task: "badge voucher check", args: { voucher: used } },
    { task: "badge voucher check", how: "canceled", args: { voucher: canceled?.file ?? "" } },
    { task: "badge recovery list", args: {} },
    // Which account somebody has claimed into.
    { task: "drop show", args: { claim }, untold: /0x[0-9a-f]{40}/giu },
    { task: "drop status", args: { customers: true }, untold: /0x[0-9a-f]{40}/giu },
    { task: "season list", args: {} },
    { task: "season show", args: { account: carol.address }, who: launcher },
    { task: "safe status", args: {} },
    // What people wrote.
    { task: "idea list", args: {}, untold: /どの袋？/gu },
    { task: "idea show", how: "of a call", args: { what: "1" }, untold: /どの袋？|青|緑/gu },
    { task: "idea show", how: "of an idea", args: { what: "1-2" }, untold: /どの袋？|青|緑/gu },
    { task: "perk list", args: {}, untold: /試飲会/gu },
  ];
}

import { copyFile, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import type { HDNodeWallet } from "ethers";
import { Interface, parseEther, toQuantity, ZeroHash } from "ethers";
import { connectDao } from "../../../sdk/dao.js";
import { ROLES } from "../../../sdk/roles.js";
import { accounts, expectSuccess } from "../commandLine.js";
import type { LiveNode } from "../live.js";
import type { TaskArguments } from "./inProcess.js";

const DAY = 86_400;

const [, tanaka, sato, , alice, bob, carol, issuer, steward, newcomer] = accounts;

/** A task that signs, and how it is seen what. */
export interface Signing {
  readonly task: string;
  /** What tells it from others of the same task. */
  readonly how?: string;
  readonly args: TaskArguments;
  readonly who: HDNodeWallet;
  /** Makes everything as it was before. */
  readonly reset?: () => Promise<unknown>;
  /** What was signed into files, without what is another one each time; undefined for nothing. */
  readonly written?: () => Promise<unknown>;
}

async function read(file: string): Promise<unknown> {
  return readFile(file, "utf8").then(
    (text) => JSON.parse(text) as unknown,
    () => undefined,
  );
}

/** Has something to be signed of each kind, on a DAO that was just launched. */
export async function prepareSignings(live: LiveNode): Promise<readonly Signing[]> {
  const inFolder = (name: string) => path.join(live.brands.folder, name);
  const json = <Result>(args: readonly string[], who: HDNodeWallet) => live.json<Result>(args, who);
  const { provider } = live.node;
  const { token, governor, badge } = connectDao(live.record, provider);
  const { manager, timelock } = live.record.contracts;
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
  const pay = token.interface.encodeFunctionData("transfer", [bob.address, 5n]);
  const proposing = governor.connect(alice.connect(provider));
  await (await proposing.propose([live.record.contracts.token], [0], [pay], "# Pay Bob")).wait();
  await (await badge.connect(issuer.connect(provider)).awardBatch(1, [carol.address], [ZeroHash], "")).wait();
  await live.pass(DAY + 1);
  const recovery = ["badge", "recovery", "request", carol.address, newcomer.address, "--via", "signer"];
  expectSuccess(await live.cli(recovery, steward));

  const poll = ["idea", "call", "どの袋？", "青", "緑", "--support-for", "30 days", "--via", "signer"];
  expectSuccess(await live.cli(poll, steward));

  const sent = ["token", "send", bob.address, "5", "--via", "safe"];
  const [made = ""] = (await json<{ files: string[] }>(sent, tanaka)).files;
  await json(["safe", "sign", made], tanaka);
  const [once, twice] = [inFolder("once.json"), inFolder("twice.json")];
  await copyFile(made, once);
  await json(["safe", "sign", made], sato);
  await copyFile(made, twice);

  interface Vouchers {
    readonly vouchers: readonly { readonly file: string }[];
  }
  const voucher = ["badge", "voucher", "sign", "レビュー", bob.address, "--evidence", "会"];
  const ofSafe = await json<Vouchers>([...voucher, "--issuer", "safe"], sato);
  const approved = ofSafe.vouchers[0]?.file ?? "";
  const unapproved = inFolder("unapproved.json");
  await copyFile(approved, unapproved);
  const ofIssuer = await json<Vouchers>([...voucher.slice(0, -1), "別の会"], issuer);
  const redeemed = inFolder("redeemable.json");
  await copyFile(ofIssuer.vouchers[0]?.file ?? "", redeemed);

  const table = inFolder("spring.csv");
  await writeFile(table, "customer,tokens,kind\n花子,10,レビュー\n");
  const drop = ["drop", "create", table, "--campaign", "spring", "--deadline", "60 days"];
  const page = "https://example.com/claim";
  const { folder } = await json<{ folder: string }>([...drop, "--link", page, "--via", "signer"], steward);
  const links = await readFile(path.join(folder, "links.csv"), "utf8");
  const link = /https:[^,"\s]+/u.exec(links)?.[0] ?? "";
  for (let i = 0; i < 40; i++) await provider.send("evm_mine", []);

  const [out, file] = [inFolder("out.json"), inFolder("safe.json")];
  const toOut = { written: () => read(out), reset: () => rm(out, { force: true }) };
  const inPlace = (from: string) => ({
    reset: () => copyFile(from, file),
    written: async () => {
      const [was, is] = [await read(from), await read(file)];
      return JSON.stringify(was) === JSON.stringify(is) ? undefined : is;
    },
  });
  const vouchers = path.join("outbox", "31337", live.slug, "vouchers");
  return [
    { task: "token sign", args: { to: bob.address, out }, who: alice, ...toOut },
    { task: "idea sign", args: { ideas: ["1-1"], out }, who: carol, ...toOut },
    { task: "nickname sign", args: { nickname: "はな", out }, who: alice, ...toOut },
    { task: "proposal sign", args: { proposal: "1", support: "for", out }, who: alice, ...toOut },
    { task: "proposal vote", args: { proposal: "1", support: "for" }, who: alice },
    { task: "safe sign", args: { files: [file] }, who: sato, ...inPlace(once) },
    { task: "safe execute", args: { files: [file] }, who: newcomer, ...inPlace(twice) },
    {
      task: "badge voucher sign",
      args: { kind: "レビュー", accounts: [bob.address], evidence: "次の会" },
      who: issuer,
      reset: () => rm(vouchers, { recursive: true, force: true }),
      written: async () => {
        const names = await readdir(vouchers, { recursive: true }).catch(() => []);
        const found = await Promise.all(
          names.filter((name) => name.endsWith(".json")).map((name) => read(path.join(vouchers, name))),
        );
        const [first] = found as Record<string, unknown>[];
        if (first === undefined) return undefined;
        const { nonce, evidence, signature, ...rest } = first;
        expect([nonce, evidence, signature], JSON.stringify(first)).not.to.include(undefined);
        return rest;
      },
    },
    { task: "badge voucher approve", args: { files: [file] }, who: tanaka, ...inPlace(unapproved) },
    { task: "badge voucher redeem", args: { voucher: redeemed, out }, who: bob, ...toOut },
    { task: "badge recovery refuse", args: { sign: true, out }, who: carol, ...toOut },
    {
      ...{ task: "drop claim", how: "for others to send", who: newcomer },
      ...{ args: { claim: link, to: bob.address, out }, ...toOut },
    },
    { task: "drop claim", how: "sent", args: { claim: link }, who: newcomer },
  ];
}

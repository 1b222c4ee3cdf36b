import { spawn } from "node:child_process";
import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { Interface, parseEther, toQuantity, Wallet, ZeroHash } from "ethers";
import { parse } from "yaml";
import { connectDao } from "../../sdk/dao.js";
import { ROLES } from "../../sdk/roles.js";
import { ContributionBadge__factory } from "../../typechain-types/index.js";
import { environment, PROGRAM, ROOT, runningOf } from "./commandLine.js";
import type { LiveNode, Running } from "./support.js";
import {
  accounts,
  describeCommandLine,
  expectFailure,
  expectSuccess,
  freePort,
  launchLive,
  run,
  start,
} from "./support.js";

const DAY = 86_400;
const PAGE = "https://members.example.com/claim";
const [, , , , ALICE, BOB, CAROL, ISSUER, STEWARD, STRANGER] = accounts;
/** Whoever pays for all others. */
const PAYER = Wallet.createRandom();

interface Relayed {
  readonly relay: { readonly job: string; readonly state: string; readonly transaction: string };
}

describeCommandLine("a relay that somebody runs", function () {
  let live: LiveNode;
  let settings: string;
  let url: string;
  let relay: Running;
  /** The relay itself, which `relay start` has begun. */
  let relayProcess: number;
  /** Short links of a campaign, and where its proofs are published. */
  let links: string[];
  let site: string;

  before(async () => {
    live = await launchLive();
    const { provider } = live.node;
    const { timelock, manager, badge } = live.record.contracts;
    const { token, governor } = dao();
    const asContract = async (from: string, to: string, data: string) => {
      await provider.send("hardhat_impersonateAccount", [from]);
      await provider.send("hardhat_setBalance", [from, toQuantity(10n ** 18n)]);
      await provider.send("eth_sendTransaction", [{ from, to, data }]);
    };
    const grant = new Interface(["function grantRole(uint64, address, uint32)"]);
    await asContract(
      timelock,
      manager,
      grant.encodeFunctionData("grantRole", [ROLES.STEWARD, STEWARD.address, 0]),
    );
    await asContract(
      live.record.safe,
      manager,
      grant.encodeFunctionData("grantRole", [ROLES.ISSUER, ISSUER.address, 0]),
    );
    const award = ContributionBadge__factory.createInterface();
    await asContract(
      live.record.safe,
      badge,
      award.encodeFunctionData("awardBatch", [1, [BOB.address], [ZeroHash], ""]),
    );
    const carols = token.connect(CAROL.connect(provider));
    await (await carols.transfer(STEWARD.address, parseEther("10"))).wait();
    await (
      await governor.connect(CAROL.connect(provider)).propose([CAROL.address], [0], ["0x"], "# Blend")
    ).wait();
    expectSuccess(await live.cli(["season", "fund", "current", "100", "--via", "signer"], CAROL));
    links = await campaign();
    for (const account of [ALICE, BOB]) await empty(account);
  });

  after(async () => {
    relay.kill("SIGKILL");
    await relay.ended;
    await live.stop();
  });

  const dao = () => connectDao(live.record, live.node.provider);
  /** Nobody without ether can send anything. */
  const empty = ({ address }: { address: string }) =>
    live.node.provider.send("hardhat_setBalance", [address, "0x0"]);
  const asNewcomer = (key: string, args: readonly string[]) =>
    run([...args, "--dao", live.slug], { url: live.node.url, key });

  async function campaign(): Promise<string[]> {
    const file = path.join(live.brands.folder, "spring.csv");
    const lines = Array.from({ length: 6 }, (_, i) => `,c-${i},1,レビュー,`);
    await writeFile(file, ["account,customer,tokens,kind,evidence", ...lines, ""].join("\n"));
    const terms = ["--campaign", "spring", "--deadline", "60 days", "--link", PAGE, "--via", "signer"];
    const made = await live.json<{ folder: string }>(["drop", "create", file, ...terms], STEWARD);
    site = path.join(live.brands.folder, "site");
    await cp(path.join(made.folder, "public", "drops"), path.join(site, "drops"), { recursive: true });
    const text = await readFile(path.join(made.folder, "links.csv"), "utf8");
    const found = text.match(/https:\S+#\w+/gu) ?? [];
    return Promise.all(
      found.map(async (link, i) => {
        const inFile = path.join(live.brands.folder, `link-${i}.txt`);
        await writeFile(inFile, link);
        return inFile;
      }),
    );
  }

  /** Starts it as the unit for systemd does: with Node.js alone, and the key in a file. */
  async function asUnitSays(): Promise<void> {
    const unit = await readFile(path.join(ROOT, "relay", "deploy", "kyoso-relay.service"), "utf8");
    const [, , line = ""] = /^ExecStart=(\S+) (.+)$/mu.exec(unit) ?? [];
    const args = line.replace("/etc/kyoso/relay.yaml", settings).split(" ");
    const file = path.join(live.brands.folder, "relay-key");
    await writeFile(file, `${PAYER.privateKey}\n`, { mode: 0o600 });
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: environment({ KYOSO_RPC_URL: live.node.url, KYOSO_RELAY_KEY_FILE: file }),
      stdio: ["ignore", "pipe", "pipe"],
    });
    relay = runningOf(child);
    await relay.says('"event":"started"');
  }

  async function startRelay(): Promise<Running> {
    const variables = { KYOSO_RELAY_KEY: PAYER.privateKey };
    const running = start(["relay", "start", settings], { url: live.node.url, variables });
    const [, pid] = /"process":(\d+)/u.exec(await running.says('"event":"started"')) ?? [];
    relayProcess = Number(pid);
    return running;
  }

  const claim = (link: number, ...more: string[]) => [
    ...["drop", "claim", links[link] ?? "", "--proofs", site, "--relay", url],
    ...more,
  ];

  it("gets its settings from the DAO's record, a key of its own, and starts with it", async () => {
    settings = path.join(live.brands.folder, "server", "relay.yaml");
    const init = ["relay", "init", "--out", settings];
    const made = await live.json<Record<string, unknown>>(init);
    expect(made).to.deep.include({ file: settings, origins: ["https://members.example.com"], account: null });
    const text = await readFile(settings, "utf8");
    expect(parse(text)).to.deep.include({ origins: [new URL(PAGE).origin], finality: 0 });
    expectFailure(await live.cli(init), "such a file already", "→");
    expect(await readFile(settings, "utf8")).to.equal(text);
    expectFailure(await live.cli([...init, "--page", "members"]), "--page", "https");

    const keyless = { url: live.node.url, variables: { HOME: live.brands.folder } };
    expectFailure(await run(["relay", "start", settings], keyless), "has no key", "relay key");
    const variables = { KYOSO_RELAY_KEY: PAYER.privateKey };
    const key = await run(["relay", "key"], { url: live.node.url, variables });
    expectSuccess(key);
    expect(key.stdout).to.include(PAYER.address).and.not.to.include(PAYER.privateKey);
    const wrong = await run(["relay", "key"], {
      url: live.node.url,
      variables: { KYOSO_RELAY_KEY: "0xabc" },
    });
    expectFailure(wrong, "KYOSO_RELAY_KEY", "isn't the key");
    expect(wrong.stderr).not.to.include("0xabc");

    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    await writeFile(settings, text.replace("port: 8787", `port: ${port}`));
    await live.node.provider.send("hardhat_setBalance", [PAYER.address, toQuantity(parseEther("10"))]);
    expectFailure(await run(["relay", "status", url], { url: live.node.url }), "doesn't answer", "→");
    relay = await startRelay();
    const status = await run(["relay", "status", url], { url: live.node.url });
    expectSuccess(status);
    expect(status.stdout)
      .to.include(live.slug)
      .and.to.include(PAYER.address)
      .and.to.match(/Sends +yes/u);
  });

  it("gets a key that nobody sees, in Hardhat's keystore, once", async () => {
    const asked = async (answers: readonly string[]) => {
      const command = [process.execPath, PROGRAM, "relay", "key"].map((word) => `'${word}'`).join(" ");
      // A terminal (util-linux), as prompt.ts has it.
      const child = spawn("/usr/bin/script", ["-qefc", command, "/dev/null"], {
        cwd: ROOT,
        env: environment({ HOME: live.brands.folder, TERM: "xterm" }),
        stdio: ["pipe", "pipe", "inherit"],
      });
      let [said, from] = ["", 0];
      const left = [...answers];
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        if (!/password[^\n]*: [^\n]*$/iu.test(said.slice(from)) || left.length === 0) return;
        from = said.length;
        child.stdin.write(`${left.shift() ?? ""}\r`);
      });
      const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
      expect(code, said).to.equal(0);
      expect(said).not.to.match(/0x[0-9a-f]{64}/iu);
      return /pays with (0x[0-9a-fA-F]{40})/u.exec(said)?.[1];
    };
    const made = await asked(["a password", "a password"]);
    expect(made).to.match(/^0x/u);
    expect(await asked(["a password"])).to.equal(made);
  });

  it("gives a customer without ether their badge, by a short link", async () => {
    const customer = Wallet.createRandom();
    expectSuccess(await asNewcomer(customer.privateKey, claim(0, "--dry-run")));
    const { jobs } = await statusOf();
    expect(Object.values(jobs).reduce((sum, count) => sum + count, 0)).to.equal(0);
    const claimed = await asNewcomer(customer.privateKey, claim(0));
    expectSuccess(claimed);
    expect(claimed.stdout).to.match(/Handed in[^]*(?:waiting|sent)[^]*It stays[^]*✓ It is 0x/u);
    expect(await dao().badge.balanceOf(customer.address)).to.equal(1n);
    expect(await dao().token.balanceOf(customer.address)).to.equal(parseEther("1"));
    expect(await live.node.provider.getTransactionCount(customer.address)).to.equal(0);
    const again = await asNewcomer(customer.privateKey, claim(0));
    expectSuccess(again);
    expect(again.stdout).to.include("nothing to do");
    expectFailure(await asNewcomer(STRANGER.privateKey, claim(0)), "claimed already, by", customer.address);
  });

  it("casts a ballot, and makes a delegation, of somebody without ether", async () => {
    // Before voting opens it is taken, and waits.
    const early = await live.cli(["proposal", "sign", "1", "for", "--relay", url], BOB);
    expectSuccess(early);
    expect(early.stdout).to.include("goes on with it by itself").and.to.include("relay status");
    await live.pass(DAY + 1);
    const voted = await live.json<Relayed>(["proposal", "sign", "1", "for", "--relay", url], ALICE);
    expect(voted.relay).to.deep.include({ state: "final" });
    expect(await dao().governor.hasVoted(await proposalId(), ALICE.address)).to.equal(true);
    const delegated = await live.json<Relayed>(["token", "sign", CAROL.address, "--relay", url], ALICE);
    expect(delegated.relay).to.deep.include({ state: "final" });
    expect(await dao().token.delegates(ALICE.address)).to.equal(CAROL.address);
    const job = await live.cli(["relay", "status", url, delegated.relay.job]).catch(() => undefined);
    expect(job?.code).to.not.equal(0);
    const asked = await run(["relay", "status", url, delegated.relay.job, "--json"], { url: live.node.url });
    expect(JSON.parse(asked.stdout)).to.deep.include({ kind: "delegation", state: "final" });
  });

  it("takes support of an idea, and a nickname, of somebody without ether", async () => {
    const poll = ["idea", "call", "どの袋？", "青", "緑", "--counting", "weight", "--support-for", "30 days"];
    expectSuccess(await live.cli([...poll, "--via", "signer"], STEWARD));
    await live.pass(60);
    const supported = await live.json<Relayed>(["idea", "sign", "1-2", "--relay", url], BOB);
    expect(supported.relay).to.deep.include({ state: "final" });
    expect((await dao().board.ideaOf((1n << 16n) | 1n)).tally).to.be.above(0n);
    const named = await live.cli(["nickname", "sign", "はな", "--relay", url], BOB);
    expectSuccess(named);
    expect(named.stdout).to.match(/It stays[^]*✓ 0x\w+ is called “はな”\./u);
    expect(await dao().nicknames.nicknameOf(BOB.address)).to.equal("はな");
    expectFailure(await live.cli(["nickname", "sign", "x", "--relay", url], STRANGER), "relay.not-member");
    const { takes } = (await (await fetch(`${url}/status`)).json()) as { takes: string[] };
    expect(takes).to.include.members(["support", "nickname"]);
  });

  it("refuses what it doesn't pay for, and says why; and nothing is signed for another DAO's", async () => {
    const refused = await live.cli(["token", "sign", CAROL.address, "--relay", url], STRANGER);
    expectFailure(refused, "relay.votes-few", "“It has 0 BLUE to vote with", "It advises");
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    expectFailure(await live.cli(["token", "sign", "self", "--relay", nowhere], BOB), "doesn't answer", "→");
    for (const wrong of ["http://relay.example.com", "relay.example.com", "https://a:b@relay.example.com"]) {
      expectFailure(await live.cli(["token", "sign", "self", "--relay", wrong], BOB), "--relay", "https");
    }
    expectFailure(await live.cli(["season", "claim", "--all", "--relay", url], BOB), "one member at a time");
  });

  it("is killed while somebody waits: it goes on where it was, and so does the one who waits", async () => {
    const { provider } = live.node;
    const customer = Wallet.createRandom();
    await provider.send("evm_setAutomine", [false]);
    const waiting = start([...claim(1), "--dao", live.slug], {
      url: live.node.url,
      key: customer.privateKey,
    });
    await waiting.says("sent  ");
    process.kill(relayProcess, "SIGKILL");
    expect((await relay.ended).code).to.equal(1);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await provider.send("evm_setAutomine", [true]);
    await provider.send("evm_mine", []);
    await asUnitSays();
    expectSuccess(await waiting.ended);
    expect(await dao().badge.balanceOf(customer.address)).to.equal(1n);
  });

  it("keeps what it has when somebody doesn't want to wait, and the same command asks for the same", async () => {
    const { provider } = live.node;
    const customer = Wallet.createRandom();
    await provider.send("evm_setAutomine", [false]);
    const options = { url: live.node.url, key: customer.privateKey };
    const waiting = start([...claim(2), "--dao", live.slug], options);
    await waiting.says("sent  ");
    waiting.kill("SIGINT");
    const left = await waiting.ended;
    expect(left.code, left.stderr).to.equal(130);
    const [, job = ""] = /relay status \S+ ([0-9a-f]{32})/u.exec(left.stdout) ?? [];
    const impatient = await run([...claim(2), "--dao", live.slug], { ...options, patience: 2 });
    expectFailure(impatient, "It isn't done yet", job);
    await provider.send("evm_setAutomine", [true]);
    await provider.send("evm_mine", []);
    for (;;) {
      const asked = await run(["relay", "status", url, job, "--json"], options);
      expectSuccess(asked);
      if ((JSON.parse(asked.stdout) as { state: string }).state === "final") break;
    }
    expect(await dao().badge.balanceOf(customer.address)).to.equal(1n);
  });

  it("pays out what a season owes, and whoever asks signs nothing", async () => {
    const { provider } = live.node;
    const { seasons } = await live.json<{ seasons: { number: number; opens: number }[] }>(["season", "list"]);
    const opens = seasons.find(({ number }) => number === 1)?.opens ?? 0;
    const now = (await provider.getBlock("latest"))?.timestamp ?? 0;
    await live.pass(opens + 60 - now);
    const before = await dao().token.balanceOf(BOB.address);
    const claimed = await live.json<Record<string, unknown>>(
      ["season", "claim", "1", BOB.address, "--relay", url],
      STRANGER,
    );
    expect(claimed.relay).to.have.length(1);
    expect((await dao().token.balanceOf(BOB.address)) - before).to.equal(parseEther("25"));
    expect((await statusOf()).trouble).to.equal(null);
  });

  it("redeems the voucher of a customer without ether, whoever had it printed", async () => {
    const args = ["レビュー", "--keys", "1", "--evidence", "春の会", "--link", PAGE];
    const signed = await live.json<{ vouchers: { file: string }[]; links: string }>(
      ["badge", "voucher", "sign", ...args],
      ISSUER,
    );
    const [, first = ""] = (await readFile(signed.links, "utf8")).split("\n");
    const link = path.join(live.brands.folder, "voucher.txt");
    await writeFile(link, first.split(",")[1] ?? "");
    const customer = Wallet.createRandom();
    const redeem = ["badge", "voucher", "redeem", link, "--relay", url];
    expectSuccess(await asNewcomer(customer.privateKey, redeem));
    expect(await dao().badge.balanceOf(customer.address)).to.equal(1n);
    expect(await live.node.provider.getTransactionCount(customer.address)).to.equal(0);
    // Somebody who found it later learns that it is used.
    const late = Wallet.createRandom();
    expectFailure(await asNewcomer(late.privateKey, redeem), customer.address, "→");
    expect(await dao().badge.balanceOf(late.address)).to.equal(0n);
  });

  it("ends when it is told to", async () => {
    relay.kill("SIGTERM");
    const { code, stdout } = await relay.ended;
    expect(code).to.equal(0);
    expect(stdout).to.include('"event":"stopped"').and.not.to.include(PAYER.privateKey.slice(2));
  });

  async function proposalId(): Promise<bigint> {
    const { governor } = dao();
    const [created] = await governor.queryFilter(governor.filters.ProposalCreated());
    return created?.args.proposalId ?? 0n;
  }

  async function statusOf(): Promise<{ jobs: Record<string, number>; trouble: string | null }> {
    return (await (await fetch(`${url}/status`)).json()) as {
      jobs: Record<string, number>;
      trouble: string | null;
    };
  }
});

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { toQuantity } from "ethers";
import type { HDNodeWallet } from "ethers";
import type { DaoRecord } from "../../sdk/daoRecord.js";
import { ROLES } from "../../sdk/roles.js";
import { BrandAccessManager__factory } from "../../typechain-types/index.js";
import type { LiveNode } from "./support.js";
import {
  accounts,
  describeCommandLine,
  expectFailure,
  expectSuccess,
  launcher,
  launchLive,
} from "./support.js";

const [, tanaka, sato, suzuki, alice, , , issuer, steward, anybody] = accounts;

interface Phase {
  readonly phase: string;
  readonly halted: boolean;
  readonly steps: readonly { readonly step: string; readonly due: number; readonly isDue: boolean }[];
  readonly issuers: readonly { readonly members: readonly { readonly account: string }[] }[];
}

interface Audit {
  readonly passed: boolean;
  readonly checks: readonly { readonly area: string; readonly name: string; readonly ok: boolean }[];
  readonly proof: {
    readonly phase: string;
    readonly calls: number;
    readonly accounts: readonly { readonly account: string; readonly may: readonly string[] }[];
    readonly issuers: Phase["issuers"];
  } | null;
}

interface Written {
  readonly files: readonly string[];
  readonly transactions: readonly string[];
}

describeCommandLine("handing power over", function () {
  let live: LiveNode;

  before(async () => {
    live = await launchLive();
    await grant(live.record.safe, ROLES.ISSUER, issuer.address);
  });

  after(() => live.stop());

  const block = () => live.node.provider.getBlockNumber();
  const phase = () => live.json<Phase>(["dao", "phase"]);
  const auditing = () => ["dao", "audit", "--brand", live.files.brand, "--prove"];
  const mayOf = ({ proof }: Audit, who: string) =>
    proof?.accounts.find(({ account }) => account === who)?.may;

  /** Has somebody who can't sign, such as the Safe, give a role of the AccessManager. */
  async function grant(from: string, role: bigint, account: string): Promise<void> {
    const { provider } = live.node;
    await provider.send("hardhat_impersonateAccount", [from]);
    await provider.send("hardhat_setBalance", [from, toQuantity(10n ** 18n)]);
    const manager = BrandAccessManager__factory.createInterface();
    const data = manager.encodeFunctionData("grantRole", [role, account, 0]);
    await provider.send("eth_sendTransaction", [{ from, to: live.record.contracts.manager, data }]);
  }

  /** Two owners sign what waits for the Safe, and somebody sends it. */
  async function executed({ files }: Written): Promise<void> {
    const [file = ""] = files;
    for (const owner of [tanaka, sato]) {
      expectSuccess(await live.cli(["safe", "sign", path.resolve(file)], owner));
    }
    expectSuccess(await live.cli(["safe", "execute", path.resolve(file)]));
  }

  /** Expects that a task fails, says so, and sends nothing. */
  async function refused(args: readonly string[], who: HDNodeWallet, ...texts: string[]): Promise<void> {
    const before = await block();
    expectFailure(await live.cli(args, who), ...texts);
    expect(await block()).to.equal(before);
  }

  it("begins with a brand that leads, and says what comes next", async () => {
    const text = await live.cli(["dao", "phase"]);
    expectSuccess(text);
    expect(text.stdout)
      .to.include("ブルー自転車: brand-led")
      .and.to.include("its veto, STEWARD, ISSUER")
      .and.to.include("npx hardhat dao phase advance --via safe")
      .and.to.include(issuer.address)
      .and.to.include("ends with the handover");
    const { phase: name, steps, issuers, halted } = await phase();
    expect([name, halted]).to.deep.equal(["brand-led", false]);
    expect(steps.map(({ step, due, isDue }) => [step, due, isDue])).to.deep.equal([
      ["end-veto", live.record.terms.guardianExpiry, false],
      ["hand-over", live.record.terms.communityDate, false],
    ]);
    const members = issuers[0]?.members.map(({ account }) => account);
    expect(members).to.have.members([live.record.safe, issuer.address]);
  });

  it("proves what each may do, by trying", async () => {
    const before = await block();
    const text = await live.cli(auditing());
    expectSuccess(text);
    expect(text.stdout)
      .to.match(/✓ proof: (\d+) of \1 as the phase allows/u)
      .and.to.include("governor: resignGuardian, veto")
      .and.to.match(/[\d,]+ calls were tried as of block \d+\. Nothing was sent\./u);
    expect(await block()).to.equal(before);
    const without = await live.json<Audit>(["dao", "audit", "--brand", live.files.brand]);
    expect(without.proof).to.equal(null);
  });

  it("refuses what isn't due, or isn't theirs, and sends nothing", async () => {
    const year = new Date(live.record.terms.guardianExpiry * 1000).getUTCFullYear().toString();
    await refused(["dao", "phase", "advance", "--via", "signer"], anybody, "by itself", year, "--via safe");
    await refused(["dao", "phase", "advance", "--via", "treasury"], anybody, '"treasury"');
    await refused(["dao", "resign", "--via", "proposal"], anybody, "Only the Safe can give up");
    await refused(
      ["dao", "veto", "1", "--via", "signer", "--reason", "x"],
      anybody,
      "Only the Safe can veto",
    );
    await refused(["dao", "veto", "1"], anybody, "A veto needs a reason");
    await refused(["dao", "veto", "7", "--reason", "x"], anybody, "7");
    await refused(["dao", "halt"], anybody, anybody.address, "isn't an owner", tanaka.address);
    await refused(["dao", "resume"], anybody, "aren't halted");
  });

  it("refuses a record that isn't the chain's", async () => {
    const written = await readFile(live.files.record, "utf8");
    const record = JSON.parse(written) as DaoRecord;
    const contracts = { ...record.contracts, handover: anybody.address };
    await writeFile(live.files.record, JSON.stringify({ ...record, contracts }));
    try {
      await refused(["dao", "phase"], anybody, anybody.address, "→");
      await refused(["dao", "phase", "advance"], anybody, anybody.address, "→");
    } finally {
      await writeFile(live.files.record, written);
    }
  });

  it("has one owner halt awards, and the Safe resume them", async () => {
    expectSuccess(await live.cli(["dao", "halt", "--dry-run"], tanaka));
    const halted = await live.json<{ account: string; transaction: string }>(["dao", "halt"], tanaka);
    expect(halted.account).to.equal(tanaka.address);
    expect((await phase()).halted).to.equal(true);
    expect((await live.cli(["dao", "phase"])).stdout).to.include("Awards, claims and recoveries are halted");
    await refused(["dao", "halt"], sato, "halted already", "dao resume");
    await refused(["dao", "resume", "--via", "signer"], anybody, "badge.resume", "STEWARD", "--via safe");
    await executed(await live.json<Written>(["dao", "resume"]));
    expect((await phase()).halted).to.equal(false);
    await refused(["dao", "halt"], tanaka, "can again from", "Another owner");
  });

  it("has the Safe veto a proposal, and say why", async () => {
    const file = path.join(live.brands.folder, "mint.md");
    const action = `  - contract: token\n    function: transfer\n    args: ["${anybody.address}", 5 BLUE]`;
    await writeFile(file, `---\nactions:\n${action}\n---\n\n# Five for anybody\n`);
    expectSuccess(await live.cli(["proposal", "create", file], alice));
    const shown = await live.cli(["dao", "veto", "1", "--reason", "予算の外です", "--dry-run"]);
    expectSuccess(shown);
    expect(shown.stdout).to.include("予算の外です").and.to.include("nothing was sent");
    await executed(await live.json<Written>(["dao", "veto", "1", "--reason", "予算の外です"]));
    const proposal = await live.json<{ state: string }>(["proposal", "show", "1"]);
    expect(proposal.state).to.equal("Canceled");
    await refused(["dao", "veto", "1", "--reason", "twice"], anybody, "vetoed");
  });

  it("has the Safe end its veto before the date", async () => {
    const drafted = await live.cli(["dao", "phase", "advance", "--via", "proposal", "--dry-run"]);
    expectSuccess(drafted);
    expect(drafted.stdout).to.include("setProposalGuardian");
    const all = await live.cli(["dao", "resign", "--all", "--dry-run"]);
    expectSuccess(all);
    expect(all.stdout)
      .to.include("From brand-led to community")
      .and.to.include("resignGuardian")
      .and.to.include("handOver")
      .and.to.include(issuer.address);
    const text = await live.cli(["dao", "phase", "advance"]);
    expectSuccess(text);
    expect(text.stdout)
      .to.include("From brand-led to shared")
      .and.to.include("the Safe's veto of proposals")
      .and.to.include("dao audit --prove");
    // Once it waits for signatures, the same isn't written twice.
    await executed(await live.json<Written>(["dao", "resign"]));
    expect((await phase()).phase).to.equal("shared");
    const proven = await live.json<Audit>(auditing());
    expect([proven.passed, proven.proof?.phase]).to.deep.equal([true, "shared"]);
    expect(mayOf(proven, live.record.safe))
      .to.include.members(["handover.handOver", "badge.addKind", "manager.grantRole(ISSUER)"])
      .and.not.to.include("governor.veto");
    await refused(["dao", "resign"], anybody, "Nobody has a veto", "--all");
  });

  it("has anyone hand over once the date has come, and the issuers' appointments end", async () => {
    const advance = ["dao", "phase", "advance"];
    await refused([...advance, "--via", "signer"], anybody, "Anyone can hand over", "--via proposal");
    const drafted = await live.cli([...advance, "--via", "proposal", "--dry-run"]);
    expectSuccess(drafted);
    expect(drafted.stdout).to.include("setCommunityDate").and.to.include("handOver");
    const { timestamp } = (await live.node.provider.getBlock("latest")) ?? { timestamp: 0 };
    await live.pass(live.record.terms.communityDate - timestamp + 1);
    expect((await live.cli(["dao", "phase"])).stdout).to.include(
      "Anyone, now: npx hardhat dao phase advance",
    );
    const text = await live.cli([...advance, "--via", "signer"], anybody);
    expectSuccess(text);
    expect(text.stdout)
      .to.include("From shared to community")
      .and.to.include(issuer.address)
      .and.to.include("It is over: the DAO is in the phase community")
      .and.to.include("dao audit --prove");
    const { phase: name, steps, issuers } = await phase();
    expect([name, steps, issuers[0]?.members]).to.deep.equal(["community", [], []]);
    const proven = await live.json<Audit>(auditing());
    expect([proven.passed, proven.proof?.phase]).to.deep.equal([true, "community"]);
    for (const who of [live.record.safe, issuer.address, launcher.address]) {
      expect(mayOf(proven, who), who).to.deep.equal([]);
    }
    for (const args of [advance, ["dao", "resign"], ["dao", "resign", "--all"]]) {
      await refused(args, anybody, "The community decides alone already");
    }
  });

  it("finds a power that somebody was given on purpose", async () => {
    const { timelock } = live.record.contracts;
    await grant(timelock, ROLES.ADMIN, live.record.safe);
    await grant(timelock, ROLES.STEWARD, steward.address);
    const text = await live.cli(auditing());
    expectFailure(text, "checks failed");
    expect(text.stdout)
      .to.include(`✗ proof: the Safe (${live.record.safe}), of manager`)
      .and.to.include("grantRole(ADMIN)")
      .and.to.include(`(${steward.address}), of badge`);
    // Who is a steward can resume what an owner has halted, by their own account.
    expectSuccess(await live.cli(["dao", "halt"], suzuki));
    expectSuccess(await live.cli(["dao", "resume", "--via", "signer"], steward));
    expect((await phase()).halted).to.equal(false);
  });
});

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { Contract, parseEther } from "ethers";
import { parse, stringify } from "yaml";
import { IMPLEMENTATION_NAMES } from "../../sdk/implementations.js";
import type { DaoRecord } from "../../sdk/daoRecord.js";
import { BrandToken__factory } from "../../typechain-types/index.js";
import {
  accounts,
  Brands,
  expectFailure,
  expectSuccess,
  findAnvil,
  launcher,
  type LocalNode,
  run,
  describeCommandLine,
  startAnvil,
  startHardhatNode,
} from "./support.js";
import type { BrandTree } from "./brands.js";

type Brand = Awaited<ReturnType<Brands["write"]>>;

interface Plan {
  readonly dryRun: boolean;
  readonly contracts: Record<string, string>;
  readonly safe: { readonly address: string };
  readonly missing: readonly string[];
}

const readRecord = async ({ record }: Brand) => JSON.parse(await readFile(record, "utf8")) as DaoRecord;

describeCommandLine("the command line", function () {
  let brands: Brands;

  before(async () => {
    brands = await Brands.create();
  });

  after(() => {
    brands.remove();
  });

  describe("with Hardhat's node", () => {
    let node: LocalNode;
    let brand: Brand;
    let plan: Plan;

    before(async () => {
      node = await startHardhatNode();
      brand = await brands.write();
    });

    after(() => node.stop());

    const nonce = () => node.provider.getTransactionCount(launcher.address);

    it("shows in a dry run what it would do, and sends nothing", async () => {
      const shown = await run(["dao", "launch", brand.file, "--dry-run"], node);
      expectSuccess(shown);
      expect(shown.stdout)
        .to.include("nothing was sent")
        .and.to.match(/at most 0\.[01]\d* /);
      expect(shown.stdout).to.include(`${IMPLEMENTATION_NAMES.length} shared implementations`);
      const json = await run(["dao", "launch", brand.file, "--dry-run", "--json"], node);
      expectSuccess(json);
      plan = JSON.parse(json.stdout) as Plan;
      expect(plan.dryRun).to.equal(true);
      for (const address of [...Object.values(plan.contracts), plan.safe.address]) {
        expect(shown.stdout).to.include(address);
      }
      expect([await node.provider.getBlockNumber(), await nonce()]).to.deep.equal([0, 0]);
    });

    it("launches where the dry run said, and audits", async () => {
      const launched = await run(["dao", "launch", brand.file], node);
      expectSuccess(launched);
      expect(launched.stdout).to.include("is live").and.to.include(brand.record);
      const { version } = JSON.parse(await readFile("package.json", "utf8")) as { version: string };
      expect(launched.stdout).to.include(`Release ${version}:`);
      expect((await readRecord(brand)).release).to.equal(version);
      expect(launched.stdout).not.to.include("✗");
      const record = await readRecord(brand);
      expect(record.status).to.equal("live");
      expect(record.contracts).to.deep.equal(plan.contracts);
      expect(record.safe).to.equal(plan.safe.address);
      const token = BrandToken__factory.connect(record.contracts.token, node.provider);
      expect(await token.totalSupply()).to.equal(parseEther("150000"));
    });

    it("says how it stands", async () => {
      const args = ["dao", "status", "--dao", brand.slug];
      const [text, json] = await Promise.all([run(args, node), run([...args, "--json"], node)]);
      expectSuccess(text);
      expect(text.stdout)
        .to.include("ブルー自転車: brand-led")
        .and.to.include("150,000 BLUE of at most 1,000,000 BLUE");
      expectSuccess(json);
      const status = JSON.parse(json.stdout) as Record<string, unknown>;
      expect(status).to.deep.include({ symbol: "BLUE", phase: "brand-led", contracts: plan.contracts });
    });

    it("writes its addresses for other programs", async () => {
      const [exported, nobody] = await Promise.all([
        run(["dao", "export", "--dao", brand.slug, "--json"], node),
        run(["dao", "export", "--dao", "nobody"], node),
      ]);
      expectSuccess(exported);
      const { folder, files } = JSON.parse(exported.stdout) as { folder: string; files: string[] };
      expect(files).to.include.members(["addresses.json", "networks.json", "degov.yml"]);
      const written = await readFile(path.join(folder, "addresses.json"), "utf8");
      expect(JSON.parse(written)).to.deep.include({ slug: brand.slug, contracts: plan.contracts });
      expectFailure(nobody, '"nobody"');
    });

    it("writes no page where nothing says what browsers are to ask", async () => {
      const args = ["dao", "page", "--dao", brand.slug, "--brand", brand.file];
      const [none, wrong] = await Promise.all([run(args, node), run([...args, "--rpc", "ftp://node"], node)]);
      expectFailure(none, "page.rpc");
      expectFailure(wrong, '"ftp://node"');
    });

    it("audits", async () => {
      const args = ["dao", "audit", "--dao", brand.slug, "--brand", brand.file];
      const text = await run(args, node);
      expectSuccess(text);
      for (const area of ["code", "parameters", "powers"]) {
        expect(text.stdout).to.match(new RegExp(`✓ ${area}: (\\d+) of \\1 as the brand file says`));
      }
      const json = await run([...args, "--json"], node);
      expectSuccess(json);
      const { dao, passed, checks } = JSON.parse(json.stdout) as {
        dao: string;
        passed: boolean;
        checks: unknown[];
      };
      expect([dao, passed]).to.deep.equal([brand.slug, true]);
      expect(checks).to.have.length.above(50);
    });

    it("compares the code of all that it is made of with what the sources compile to", async () => {
      const args = ["dao", "verify", "--dao", brand.slug];
      const outcome = await run(args, node);
      expectSuccess(outcome);
      expect(outcome.stdout)
        .to.include("ContributionBadge has the code of its sources")
        .and.not.to.include("✗");
      const printed = await run([...args, "--json"], node);
      expectSuccess(printed);
      const { passed, checks } = JSON.parse(printed.stdout) as {
        passed: boolean;
        checks: { name: string }[];
      };
      expect(passed).to.equal(true);
      for (const name of IMPLEMENTATION_NAMES) {
        expect(checks.filter((each) => each.name === `${name} has the code of its sources`)).to.have.length(
          1,
        );
      }
    });

    it("says which code is another one: of an implementation, of a library, of a proxy", async () => {
      const { contracts, implementations } = await readRecord(brand);
      const { provider } = node;
      const snapshot = (await provider.send("evm_snapshot", [])) as string;
      // One byte less at the end, which no metadata is behind; the owner of a proxy's link; another implementation.
      for (const [address, change] of [
        [implementations.BrandToken, (code: string) => code.slice(0, -2)],
        [implementations.RecoveryBook, (code: string) => `${code.slice(0, -2)}ff`],
        [contracts.rewards, (code: string) => `${code.slice(0, -2)}00`],
      ] as const) {
        await provider.send("hardhat_setCode", [address, change(await provider.getCode(address))]);
      }
      const slot = "0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc";
      await provider.send("hardhat_setStorageAt", [
        contracts.drop,
        slot,
        `0x${implementations.LoyaltyDrop.slice(2).toLowerCase().padStart(64, "0").replace(/.$/u, "0")}`,
      ]);
      const outcome = await run(["dao", "verify", "--dao", brand.slug], node);
      await provider.send("evm_revert", [snapshot]);
      expectFailure(outcome, "4 of");
      expect(outcome.stdout.match(/✗ .*/gu)).to.deep.equal([
        "✗ drop runs LoyaltyDrop",
        "✗ rewards is an ERC-1967 proxy",
        "✗ BrandToken has the code of its sources",
        "✗ RecoveryBook has the code of its sources",
      ]);
    });

    it("fails an audit of a DAO that isn't as its file says", async () => {
      const { handover } = (await readRecord(brand)).contracts;
      const [, owner] = accounts;
      const halting = new Contract(handover, ["function haltAwards()"], owner.connect(node.provider));
      await (halting.getFunction("haltAwards")() as Promise<unknown>);
      const text = await run(["dao", "audit", "--dao", brand.slug, "--brand", brand.file], node);
      expectFailure(text, brand.slug, "1 of", "checks failed", "→");
      expect(text.stdout).to.include("✗ parameters: awards are halted");
    });

    it("refuses to launch it again, and says what else to do", async () => {
      const before = await nonce();
      const again = await run(["dao", "launch", brand.file], node);
      const { contracts } = await readRecord(brand);
      expectFailure(again, brand.record, "is live", contracts.token, "dao status", "another slug");
      expect(await nonce()).to.equal(before);
    });

    it("launches a brand without modules, and writes the proposal that gives it them", async () => {
      const third = await brands.write((tree) => {
        tree.brand.name = "Green";
        Object.assign(tree, { ideas: { enabled: "no" }, pass: { enabled: "no" } });
      });
      expectSuccess(await run(["dao", "launch", third.file], node));
      expect((await readRecord(third)).modules).to.deep.equal({});
      const enable = (...args: string[]) =>
        run(["dao", "enable-modules", ...args, "--dao", third.slug, "--brand", third.file], node);
      const without = await enable("--via", "proposal", "--dry-run");
      expectFailure(without, "which kind of badge entitles to a pass", "pass:");
      // The brand says so now. A kind is meant by its name: its place in the file can be another than its number on the chain.
      const tree = parse(await readFile(third.file, "utf8")) as BrandTree;
      const { kinds } = tree.badges;
      const { name } = kinds.at(-1) ?? { name: "" };
      const number = kinds.length;
      expect(number).to.be.greaterThan(1);
      kinds.unshift(...kinds.splice(-1));
      await writeFile(third.file, stringify({ ...tree, pass: { kind: name } }));
      const [status, dry, wrong, safe] = [
        await run(["dao", "status", "--dao", third.slug], node),
        await enable("--via", "proposal", "--dry-run"),
        await enable("ideas", "--via", "proposal"),
        await enable("board", "--via", "safe"),
      ];
      expectSuccess(status);
      expect(status.stdout).to.match(/Idea board +none; `dao enable-modules`/u);
      expectSuccess(dry);
      expect(dry.stdout).to.include("deployBoard").and.to.include("setTargetFunctionRole");
      expect(dry.stdout).to.include("nothing was sent").and.to.include(`${number} (${name})`);
      expectFailure(wrong, '"ideas"');
      expectFailure(safe, "Only a passed proposal");
      // Anybody can deploy one before the vote, and the record learns where it is.
      const deployed = await enable("board", "--via", "signer", "--json");
      expectSuccess(deployed);
      const { modules } = JSON.parse(deployed.stdout) as { modules: Record<string, string> };
      expect((await readRecord(third)).modules).to.deep.equal(modules);
      expectFailure(await enable("board", "--via", "signer"), "deployed already");
      const drafted = await enable("--via", "proposal", "--json");
      expectSuccess(drafted);
      const [draft = ""] = (JSON.parse(drafted.stdout) as { files: string[] }).files;
      const text = await readFile(draft, "utf8");
      expect(text)
        .to.include("contract: manager")
        .and.to.include("deployPass")
        .and.not.to.include("deployBoard");
    });

    it("launches a second brand with what the first one deployed, in two transactions", async () => {
      const second = await brands.write((tree) => {
        tree.brand.name = "Red";
        tree.safe.threshold = "3";
      });
      const before = await nonce();
      const launched = await run(["dao", "launch", second.file, "--json"], node);
      expectSuccess(launched);
      expect(await nonce()).to.equal(before + 2);
      const { record, audit } = JSON.parse(launched.stdout) as {
        record: DaoRecord;
        audit: { failed: unknown[] };
      };
      expect(record).to.deep.equal(await readRecord(second));
      expect(audit.failed).to.deep.equal([]);
      expect(record.implementations).to.deep.equal((await readRecord(brand)).implementations);
    });
  });

  describe("with anvil", () => {
    let node: LocalNode | undefined;

    after(() => node?.stop());

    it("launches and audits", async function () {
      const program = findAnvil();
      if (program === undefined) return this.skip();
      node = await startAnvil(program);
      const brand = await brands.write();
      const launched = await run(["dao", "launch", brand.file], node);
      expectSuccess(launched);
      const audited = await run(["dao", "audit", "--dao", brand.slug, "--brand", brand.file, "--json"], node);
      expectSuccess(audited);
      expect(JSON.parse(audited.stdout)).to.deep.include({ passed: true });
    });
  });
});

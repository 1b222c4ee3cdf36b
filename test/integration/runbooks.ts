import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { type HDNodeWallet, Interface, toQuantity, ZeroHash } from "ethers";
import { ROLES } from "../../sdk/roles.js";
import { ContributionBadge__factory } from "../../typechain-types/index.js";
import {
  accounts,
  describeCommandLine,
  expectSuccess,
  launcher,
  launchLive,
  type LiveNode,
  run,
} from "./support.js";

const FOLDER = path.join("docs", "runbooks");
const DAY = 86_400;
const PAGE = "https://example.com/claim";

const [, tanaka, sato, suzuki, alice, bob, carol, issuer, mallory, successor] = accounts;

/** What stands in for `<words>` on a page. */
type Values = Map<string, string>;

/** A command of a page, who runs it, and what happens in the world before. */
interface Step {
  readonly command: string;
  readonly as?: HDNodeWallet;
  readonly before?: () => Promise<unknown>;
}

/** A fenced block of a page: a command, what it prints, or a file. */
interface Block {
  readonly language: string;
  readonly title: string;
  readonly body: string;
}

async function blocksOf(page: string): Promise<Block[]> {
  const text = await readFile(path.join(FOLDER, page), "utf8");
  return [...text.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gmu)].map(
    ([, language = "", title = "", body = ""]) => ({ language, title, body: body.trimEnd() }),
  );
}

const fill = (text: string, values: Values) =>
  text.replaceAll(/<([^<>]+)>/gu, (placeholder, name: string) => values.get(name) ?? placeholder);

/** The words of a command, without `npx hardhat`. */
function wordsOf(command: string): string[] {
  const words = [...command.matchAll(/"([^"]*)"|(\S+)/gu)].map(([, quoted, plain]) => quoted ?? plain ?? "");
  expect(words.slice(0, 2)).to.deep.equal(["npx", "hardhat"]);
  return words.slice(2);
}

/** That something was printed which is as a page's line, whatever stands for what the test doesn't know. */
function expectPrinted(printed: string, line: string, values: Values): void {
  const pattern = fill(line.trim(), values)
    .replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)
    .replaceAll(/<[^<>]+>/gu, ".+")
    .replaceAll(/\s+/gu, String.raw`\s+`);
  expect(printed).to.match(new RegExp(pattern, "u"));
}

describeCommandLine("runbooks", function () {
  let live: LiveNode;
  let slug: string;
  let values: Values;

  beforeEach(async () => {
    live = await launchLive();
    slug = live.slug;
    const { contracts, safe } = live.record;
    values = new Map(Object.entries({ ...contracts, safe, brand: live.files.brand, "chain id": "31337" }));
  });

  afterEach(() => live.stop());

  const asSafe = async (to: string, data: string) => {
    const { provider } = live.node;
    const from = live.record.safe;
    await provider.send("hardhat_impersonateAccount", [from]);
    await provider.send("hardhat_setBalance", [from, toQuantity(10n ** 18n)]);
    await provider.send("eth_sendTransaction", [{ from, to, data }]);
  };

  const appoint = () => {
    const { manager } = live.record.contracts;
    const abi = new Interface(["function grantRole(uint64, address, uint32)"]);
    return asSafe(manager, abi.encodeFunctionData("grantRole", [ROLES.ISSUER, issuer.address, 0]));
  };

  const fileOf = (name: string) => path.join(live.brands.folder, name);

  /** An owner sends what the page has for it. */
  const halt = async () => {
    const transaction = JSON.parse(await readFile(fileOf("halt.json"), "utf8")) as object;
    await live.node.provider.send("eth_sendTransaction", [{ from: tanaka.address, ...transaction }]);
  };

  /** A campaign for two customers; the table that it was made of. */
  async function openCampaign(name: string, deadline: string): Promise<string> {
    const table = fileOf(`${name}.csv`);
    await writeFile(
      table,
      "account,customer,tokens,kind,evidence\n,花子@example.jp,,レビュー,\n,太郎,,レビュー,\n",
    );
    const create = ["drop", "create", table, "--campaign", name, "--deadline", deadline, "--link", PAGE];
    const { files } = await live.json<{ files: string[] }>(create);
    for (const owner of [tanaka, sato]) expectSuccess(await live.cli(["safe", "sign", ...files], owner));
    expectSuccess(await live.cli(["safe", "execute", ...files]));
    return table;
  }

  /** A proposal that these have voted for, a day after its vote ended. */
  async function passProposal(voters: readonly HDNodeWallet[]): Promise<void> {
    const file = fileOf("grant.md");
    const action = `  - contract: token\n    function: transfer\n    args: ["${mallory.address}", 100 BLUE]`;
    await writeFile(file, `---\nactions:\n${action}\n---\n\n# 試飲会\n\n豆の費用です。\n`);
    expectSuccess(await live.cli(["proposal", "create", file], alice));
    await live.pass(DAY + 1);
    for (const voter of voters) expectSuccess(await live.cli(["proposal", "vote", "1", "for"], voter));
    await live.pass(4 * DAY);
  }

  /** Two owners sign what the last command has written, and somebody sends it. */
  const SIGNED: readonly Step[] = [
    { command: "npx hardhat safe sign <file>", as: tanaka },
    { command: "npx hardhat safe sign <file>", as: sato },
    { command: "npx hardhat safe execute <file>" },
  ];
  const RESUMED: readonly Step[] = [{ command: "npx hardhat dao resume" }, ...SIGNED];

  /** Runs a command; what it prints is to have each of these lines. */
  async function runStep({ command, as = launcher, before }: Step, lines: string): Promise<void> {
    await before?.();
    const words = wordsOf(command)
      .map((word) => fill(word, values))
      .map((word) => (/^[\w-]+\.json$/u.test(word) ? path.join(live.brands.folder, word) : word));
    // A launch takes a brand file, and no DAO that there is.
    const dao = words[1] === "launch" ? [] : ["--dao", slug];
    const outcome = await run([...words, ...dao], { url: live.node.url, key: as.privateKey });
    expectSuccess(outcome);
    const [, written] = /Written: (\S+\.json)/u.exec(outcome.stdout) ?? [];
    if (written !== undefined) values.set("file", written);
    for (const line of lines.split("\n")) expectPrinted(outcome.stdout, line, values);
  }

  /** Goes through a page from above: its files are written, and its commands, which are these and no others, run. */
  async function follow(page: string, steps: readonly Step[]): Promise<void> {
    const blocks = await blocksOf(page);
    const isCommand = ({ language }: Block) => language === "sh";
    expect(blocks.filter(isCommand).map(({ body }) => body)).to.deep.equal(
      steps.map(({ command }) => command),
    );
    const [...left] = steps;
    for (const [index, block] of blocks.entries()) {
      if (block.language === "json") await writeFile(fileOf(block.title), fill(block.body, values));
      const step = isCommand(block) ? left.shift() : undefined;
      if (step === undefined) continue;
      const seen = blocks[index + 1];
      expect(seen?.language, `what one sees of ${block.body}`).to.equal("text");
      await runStep(step, seen?.body ?? "");
    }
  }

  it("are all here", async () => {
    const pages = (await readdir(FOLDER)).filter((name) => name !== "README.md");
    expect(pages.sort()).to.deep.equal([
      "compromised-issuer.md",
      "halted-awards.md",
      "halted-chain.md",
      "launch.md",
      "leaked-links.md",
      "lost-owner-key.md",
      "stuck-proposal.md",
    ]);
  });

  it("launch.md", async () => {
    const brand = await live.brands.write();
    slug = brand.slug;
    values.set("brand", brand.file);
    await follow("launch.md", [
      { command: "npx hardhat dao launch <brand> --dry-run" },
      { command: "npx hardhat dao launch <brand>" },
      { command: "npx hardhat dao status" },
      { command: "npx hardhat dao audit --brand <brand>" },
      { command: "npx hardhat safe status" },
    ]);
  });

  it("lost-owner-key.md", async () => {
    values
      .set("lost owner", suzuki.address)
      .set("new owner", successor.address)
      .set("owner before it", sato.address);
    /** That the page says what one sees where the owner before it is another one. */
    const expectNoOther = async () => {
      const right = await readFile(fileOf("replace-owner.json"), "utf8");
      await writeFile(fileOf("wrong.json"), right.replace(sato.address, tanaka.address));
      const wrong = await live.cli(["safe", "import", fileOf("wrong.json"), "--dry-run"]);
      expect(wrong.stdout + wrong.stderr).to.include("GS205");
    };
    await follow("lost-owner-key.md", [
      { command: "npx hardhat safe status" },
      { command: "npx hardhat safe import replace-owner.json", before: expectNoOther },
      ...SIGNED,
      { command: "npx hardhat safe status" },
      {
        command: "npx hardhat dao audit --brand <brand>",
        before: async () => {
          const text = await readFile(live.files.brand, "utf8");
          // Its file has the name of the DAO.
          const changed = path.join(await mkdtemp(fileOf("changed-")), `${slug}.yaml`);
          await writeFile(changed, text.replaceAll(suzuki.address, successor.address));
          values.set("brand", changed);
        },
      },
    ]);
  });

  it("compromised-issuer.md", async () => {
    await appoint();
    const badge = ContributionBadge__factory.connect(
      live.record.contracts.badge,
      issuer.connect(live.node.provider),
    );
    await (await badge.award(1, mallory.address, ZeroHash)).wait();
    values.set("issuer", issuer.address).set("account", mallory.address).set("id", "1");
    await follow("compromised-issuer.md", [
      { command: "npx hardhat dao halt", as: tanaka },
      { command: "npx hardhat dao status" },
      { command: "npx hardhat badge show <account>" },
      { command: "npx hardhat safe import end-issuer.json" },
      ...SIGNED,
      { command: 'npx hardhat badge revoke <id> --reason "Its issuer\'s key was stolen"' },
      ...SIGNED,
      ...RESUMED,
      { command: "npx hardhat dao status" },
    ]);
  });

  it("leaked-links.md", async () => {
    const table = await openCampaign("spring", "60 days");
    values.set("campaign", "spring").set("new", "spring-2").set("table", table).set("page", PAGE);
    await follow("leaked-links.md", [
      { command: "npx hardhat drop status <campaign>" },
      { command: 'npx hardhat drop stop <campaign> --reason "Its links leaked"' },
      ...SIGNED,
      { command: "npx hardhat drop status <campaign> --customers" },
      {
        command: 'npx hardhat drop create <table> --campaign <new> --deadline "30 days" --link <page>',
      },
      ...SIGNED,
      { command: "npx hardhat drop status <new>" },
    ]);
  });

  it("stuck-proposal.md", async () => {
    await passProposal([alice, bob, carol]);
    values.set("number", "1");
    await follow("stuck-proposal.md", [
      { command: "npx hardhat proposal list" },
      { command: "npx hardhat proposal show <number>" },
      { command: "npx hardhat proposal queue <number>" },
      {
        command: "npx hardhat proposal execute <number> --dry-run",
        before: () => live.pass(3 * DAY),
      },
      { command: "npx hardhat proposal execute <number>" },
      { command: "npx hardhat proposal show <number>" },
    ]);
  });

  it("halted-awards.md", async () => {
    await follow("halted-awards.md", [
      { command: "npx hardhat dao status", before: halt },
      { command: "npx hardhat safe status" },
      ...RESUMED,
      { command: "npx hardhat dao status" },
    ]);
  });

  it("halted-chain.md", async () => {
    await openCampaign("spring", "3 days");
    // What a chain does that stopped: the next block is long after the last one, in which only one of them had voted.
    await passProposal([alice]);
    values.set("number", "1").set("campaign", "spring");
    await follow("halted-chain.md", [
      { command: "npx hardhat dao status" },
      { command: "npx hardhat proposal list" },
      { command: 'npx hardhat proposal cancel <number> --via safe --reason "Nobody could vote against it"' },
      ...SIGNED,
      { command: "npx hardhat safe status" },
      { command: "npx hardhat drop status" },
      { command: "npx hardhat season list" },
      { command: "npx hardhat badge recovery list" },
      { command: "npx hardhat dao audit --brand <brand>" },
    ]);
  });
});

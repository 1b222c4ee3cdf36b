import { existsSync } from "node:fs";
import { cp, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { parse } from "csv-parse/sync";
import { expect } from "chai";
import { Interface, parseEther, toQuantity, Wallet, ZeroHash } from "ethers";
import type { HDNodeWallet } from "ethers";
import hre from "hardhat";
import { connectDao } from "../../sdk/dao.js";
import { campaignId } from "../../sdk/drop/campaign.js";
import { formatCode } from "../../sdk/drop/code.js";
import type { Claimable } from "../../sdk/drop/link.js";
import { formatLink } from "../../sdk/drop/link.js";
import { ROLES } from "../../sdk/roles.js";
import type { LiveNode } from "./support.js";
import { accounts, describeCommandLine, expectFailure, expectSuccess, launchLive, run } from "./support.js";

const wallet = (index: number): HDNodeWallet => {
  const found = accounts[index];
  if (found === undefined) throw new RangeError(`there is no account ${index}`);
  return found;
};
const OWNERS = [wallet(1), wallet(2)] as const;
const HOLDER = wallet(4);
const STEWARD = wallet(8);
const NEWCOMER = wallet(9);

const PAGE = "https://example.com/claim";

interface Created {
  readonly files: readonly string[];
  readonly transactions: readonly string[];
  readonly folder: string | null;
  readonly root: string | null;
  readonly before: boolean;
  readonly secrets: readonly string[];
  readonly published: string | null;
  readonly qr: string | null;
}

interface Status {
  readonly campaigns: readonly Readonly<Record<string, unknown>>[];
  readonly unopened: readonly string[];
}

describeCommandLine("tasks of drops", function () {
  let live: LiveNode;
  let file: string;

  before(async () => {
    live = await launchLive();
    const { provider } = live.node;
    const { timelock, manager } = live.record.contracts;
    const grant = new Interface(["function grantRole(uint64, address, uint32)"]);
    await provider.send("hardhat_impersonateAccount", [timelock]);
    await provider.send("hardhat_setBalance", [timelock, toQuantity(10n ** 18n)]);
    const data = grant.encodeFunctionData("grantRole", [ROLES.STEWARD, STEWARD.address, 0]);
    await provider.send("eth_sendTransaction", [{ from: timelock, to: manager, data }]);
    const token = dao().token.connect(HOLDER.connect(provider));
    await (await token.transfer(live.record.safe, parseEther("1000"))).wait();
    file = await csv(
      "spring",
      "account,customer,tokens,kind,evidence",
      ",花子@example.jp,10,レビュー,春の深煎り",
      `${HOLDER.address},,5,,`,
      ",太郎,2.5,,",
    );
  });

  after(() => live.stop());

  const dao = () => connectDao(live.record, live.node.provider);
  const balance = ({ address }: { address: string }) => dao().token.balanceOf(address);

  async function csv(name: string, ...lines: string[]): Promise<string> {
    const written = path.join(live.brands.folder, `${name}.csv`);
    await writeFile(written, `${lines.join("\n")}\n`);
    return written;
  }

  const create = (from: string, campaign: string, ...more: string[]) => [
    ...["drop", "create", from, "--campaign", campaign, "--deadline", "60 days", "--link", PAGE],
    ...more,
  ];

  /** A link of another DAO's campaign. */
  const linkOf = (change: Partial<Claimable>): string => {
    const { address: claimant, privateKey: key } = NEWCOMER;
    const leaf = { index: 0, claimant, byKey: true, amount: 1n, kind: 0, evidence: ZeroHash };
    const campaign = campaignId("spring");
    return formatLink(
      { chainId: 31337n, drop: HOLDER.address, campaign, leaf, proof: [], key, ...change },
      PAGE,
    );
  };

  /** A short link of a campaign that isn't here. */
  const unknown = formatCode({ id: "00000000", index: 0, seed: new Uint8Array(16) });

  async function linksIn(folder: string): Promise<Map<string, string>> {
    const text = await readFile(path.join(folder, "links.csv"), "utf8");
    const rows: { reference: string; link: string }[] = parse(text, { bom: true, columns: true });
    return new Map(rows.map(({ reference, link }) => [reference, link]));
  }

  /** What a campaign that is being made is called until it is whole. */
  async function draftsIn(folder: string): Promise<string[]> {
    const names = await readdir(folder).catch(() => []);
    return names.filter((name) => name.includes(".draft-"));
  }

  async function statusOf(campaign: string): Promise<Readonly<Record<string, unknown>>> {
    const { campaigns } = await live.json<Status>(["drop", "status", campaign]);
    return campaigns[0] ?? {};
  }

  it("refuses what can't be right, and sends nothing", async () => {
    const block = await live.node.provider.getBlockNumber();
    const broken = await csv(
      "broken",
      "customer,tokens,kind",
      "花子,1e3,レビュー",
      "花子,1,Review",
      "次郎,2000000,",
    );
    for (const [args, account, ...texts] of [
      [
        create(broken, "broken"),
        STEWARD,
        "line 2, column tokens",
        '"1e3"',
        "line 3, column customer",
        "line 2 already",
        'There is no badge kind "Review"',
        "line 4, column tokens",
        "1,000,000 BLUE",
      ],
      [create(file, "春"), STEWARD, "--campaign"],
      [create(file, "spring", "--via", "signer"), NEWCOMER, "lacks the role STEWARD", "It has 0 BLUE"],
      [["drop", "claim", `${PAGE}#AQ-_`], NEWCOMER, "cut off or changed"],
      [["drop", "show", linkOf({})], NEWCOMER, "link: It is for the drop", "--dao"],
      [["drop", "claim", linkOf({})], NEWCOMER, "link: It is for the drop", "--dao"],
      [["drop", "claim", `${PAGE}#${unknown}`], NEWCOMER, "short one", "--proofs"],
      [["drop", "status", `${PAGE}#${unknown}`], NEWCOMER, "none of the DAO's campaigns"],
      [create(file, "spring", "--qr", "all"), STEWARD, "--qr", '"each"'],
      [["drop", "show", linkOf({ chainId: 1n })], NEWCOMER, "link: It is for chain 1", "--network"],
      [["drop", "show", "spring"], NEWCOMER, '"spring" is neither a claim link', "--campaign"],
      [["drop", "status", "nowhere"], NEWCOMER, 'There is no campaign "nowhere"'],
    ] as const) {
      expectFailure(await live.cli(args, account), ...texts, "→");
    }
    expect(await live.node.provider.getBlockNumber()).to.equal(block);
  });

  it("opens and funds a campaign as the Safe, gives to a newcomer, and ends", async () => {
    const dry = await live.json<Created>(create(file, "spring", "--dry-run"));
    expect(dry).to.deep.include({ folder: null, root: null, files: [] });
    const made = await live.json<Created>(create(file, "spring", "--qr", "one"));
    expect(made.files).to.have.length(1);
    const { folder } = made;
    expect(made.secrets).to.deep.equal([
      `${folder ?? ""}/links.csv`,
      `${folder ?? ""}/evidence.jsonl`,
      `${folder ?? ""}/source.json`,
      `${folder ?? ""}/qr.svg`,
    ]);
    expect(made).to.deep.include({ qr: `${folder ?? ""}/qr.svg`, published: `${folder ?? ""}/public/drops` });
    for (const secret of made.secrets) expect((await stat(secret)).mode & 0o777).to.equal(0o600);
    const again = await live.json<Created>(create(file, "spring"));
    expect(again.qr).to.equal(null);
    expect(again).to.deep.include({ before: true, files: made.files, root: made.root, folder: made.folder });
    const before = await live.json<Status>(["drop", "status"]);
    expect(before).to.deep.include({ campaigns: [], unopened: [made.folder] });

    const [safeFile = ""] = made.files;
    for (const owner of OWNERS) expectSuccess(await live.cli(["safe", "sign", safeFile], owner));
    expectSuccess(await live.cli(["safe", "execute", safeFile]));
    expect(await statusOf("spring")).to.deep.include({
      state: "running",
      root: made.root,
      leaves: 3,
      claimed: 0,
      funded: parseEther("17.5").toString(),
      problem: null,
    });
    const nothing = await live.cli(create(file, "spring"));
    expectSuccess(nothing);
    expect(nothing.stdout)
      .to.include("nothing left to do")
      .and.to.include("Only you can read them (mode 0600), and Git ignores them");

    const links = await linksIn(made.folder ?? "");
    expect([...links.keys()]).to.deep.equal(["花子@example.jp", HOLDER.address, "太郎"]);
    const hers = links.get("花子@example.jp") ?? "";
    expect(hers).to.have.length(PAGE.length + 50);
    const site = path.join(live.brands.folder, "site");
    await cp(path.join(folder ?? "", "public", "drops"), path.join(site, "drops"), { recursive: true });
    const inFile = path.join(live.brands.folder, "link.txt");
    await writeFile(inFile, `${hers}\n`);
    const shown = await live.cli(["drop", "show", inFile]);
    expectSuccess(shown);
    expect(shown.stderr).to.equal("");
    expect(shown.stdout).to.include("レビュー").and.to.include("10 BLUE").and.to.include("It can be claimed");
    const fromSite = ["drop", "claim", hers, "--proofs", site];
    await rename(path.join(site, "drops"), path.join(site, "gone"));
    expectFailure(await live.cli(fromSite, NEWCOMER), "no such file of published proofs", "→");
    await rename(path.join(site, "gone"), path.join(site, "drops"));
    const claimed = await live.json<{ transaction: string }>(fromSite, NEWCOMER);
    expect(claimed).to.deep.include({ account: NEWCOMER.address, amount: parseEther("10").toString() });
    expect(await balance(NEWCOMER)).to.equal(parseEther("10"));
    expect(await dao().badge.ownerOf(1)).to.equal(NEWCOMER.address);
    const late = await live.cli(["drop", "claim", hers], NEWCOMER);
    expectFailure(late, "claimed already, by", NEWCOMER.address);
    expect(late.stderr).to.include("Others who use this computer can see").and.not.to.include(hers);
    const asks = ["drop", "status", inFile, "--proofs", site];
    const { claim, published } = await live.json<{ claim: object; published: object }>(asks);
    expect(published).to.deep.equal({ checked: 1, files: 1 });
    expect(claim).to.deep.equal({ index: 0, account: NEWCOMER.address });
    expectFailure(await live.cli(["drop", "claim"], NEWCOMER), "There is no link", "→");

    const table = path.join(live.brands.folder, "state.csv");
    const asked = ["drop", "status", "spring", "--customers", "--csv", table];
    const { customers } = await live.json<{ customers: object[] }>(asked);
    expect(customers).to.deep.equal([
      { index: 0, reference: "花子@example.jp", account: NEWCOMER.address },
      { index: 1, reference: HOLDER.address, account: null },
      { index: 2, reference: "太郎", account: null },
    ]);
    expect((await stat(table)).mode & 0o777).to.equal(0o600);
    expect(parse(await readFile(table, "utf8"), { bom: true, columns: true })).to.deep.equal([
      { reference: "花子@example.jp", claimed: "yes", account: NEWCOMER.address },
      { reference: HOLDER.address, claimed: "no", account: "" },
      { reference: "太郎", claimed: "no", account: "" },
    ]);
    const people = await live.cli(["drop", "status", "--customers"]);
    expectSuccess(people);
    // Those who may need a reminder come first.
    expect(people.stdout).to.match(/2 customers of 3 haven't claimed yet[^]*太郎[^]*花子@example\.jp +0x/u);

    const claims = path.join(live.brands.folder, "claims");
    const receiver = Wallet.createRandom();
    const signed = await live.cli(
      [
        "drop",
        "claim",
        links.get("太郎") ?? "",
        "--to",
        receiver.address,
        "--out",
        path.join(claims, "1.json"),
      ],
      NEWCOMER,
    );
    expectSuccess(signed);
    expect(signed.stdout).to.include("drop relay");
    await live.json(["drop", "claim", HOLDER.address, "--out", path.join(claims, "2.json")], NEWCOMER);
    await writeFile(path.join(claims, "3.json"), "{}");
    const relayed = await live.cli(["drop", "relay", claims]);
    expectFailure(relayed, "1 of 3 claims was refused");
    expect(await balance(receiver)).to.equal(parseEther("2.5"));
    interface Relayed {
      readonly claims: readonly { readonly status: string }[];
    }
    const rest = ["1.json", "2.json"].map((name) => path.join(claims, name));
    const { claims: outcomes } = await live.json<Relayed>(["drop", "relay", ...rest]);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(["claimed before", "claimed before"]);
    expect(await statusOf("spring")).to.deep.include({ claimed: 3, left: "0" });
  });

  it("is stopped by a steward, and closed by anybody", async () => {
    const small = await csv("summer", "customer,tokens", "c-1,3");
    const token = dao().token.connect(HOLDER.connect(live.node.provider));
    await (await token.transfer(STEWARD.address, parseEther("3"))).wait();
    const made = await live.json<Created>(create(small, "summer", "--via", "signer"), STEWARD);
    expect(made.transactions).to.have.length(3);
    const [link = ""] = (await linksIn(made.folder ?? "")).values();
    expectFailure(await live.cli(["drop", "close", "summer"]), "It runs until");
    expectFailure(
      await live.cli(["drop", "stop", "summer", "--via", "signer", "--reason", "x"], NEWCOMER),
      "lacks the role STEWARD",
    );
    const reason = "宛先を間違えました";
    expectSuccess(await live.cli(["drop", "stop", "summer", "--via", "signer", "--reason", reason], STEWARD));
    expectFailure(await live.cli(["drop", "claim", link], NEWCOMER), "It was stopped");
    const status = await live.cli(["drop", "status", "summer"]);
    expectSuccess(status);
    expect(status.stdout).to.include(reason).and.to.include("drop close");
    const treasury = { address: live.record.contracts.timelock };
    const before = await balance(treasury);
    await live.json(["drop", "close", "summer"], NEWCOMER);
    expect(await balance(treasury)).to.equal(before + parseEther("3"));
    expect(await statusOf("summer")).to.deep.include({ state: "stopped", closable: false, left: "0" });
  });

  it("drafts a proposal that funds a campaign from the treasury", async () => {
    const small = await csv("autumn", "customer,tokens", "c-1,4");
    const { files } = await live.json<Created>(create(small, "autumn", "--via", "proposal"));
    const text = await readFile(files[0] ?? "", "utf8");
    expect(text).to.include("drop").and.to.include("fund").and.to.include("approve");
  });

  it("can be killed while it makes links, and run again: a campaign is there as a whole or not at all", async () => {
    const count = 20_000;
    const many = await csv(
      "many",
      "customer,tokens",
      ...Array.from({ length: count }, (_, i) => `客 ${i},0.001`),
    );
    const drops = path.join(hre.config.paths.root, "private", live.record.chainId, live.slug, "drops");
    const over = new AbortController();
    const begun = (async () => {
      while (!over.signal.aborted && (await draftsIn(drops)).length === 0) await setTimeout(10);
    })();
    const command = [...create(many, "winter"), "--dao", live.slug];
    const killed = await run(command, { url: live.node.url, killOn: begun });
    over.abort();
    expect(killed.code, killed.stderr).to.equal(null);
    expect(existsSync(path.join(drops, "winter"))).to.equal(false);

    const { folder, before } = await live.json<Created>(create(many, "winter"));
    expect(before).to.equal(false);
    expect((await linksIn(folder ?? "")).size).to.equal(count);
    expect(await draftsIn(drops)).to.deep.equal([]);
    // Once more, it makes nothing anew.
    const again = await live.json<Created>(create(many, "winter"));
    expect(again).to.deep.include({ folder, before: true });
  });
});

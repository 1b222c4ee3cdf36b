import { existsSync } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import type { HDNodeWallet } from "ethers";
import { Interface, toQuantity } from "ethers";
import { ROLES } from "../../sdk/roles.js";
import { ContributionBadge__factory } from "../../typechain-types/index.js";
import type { LiveNode } from "./support.js";
import { accounts, describeCommandLine, expectFailure, expectSuccess, launchLive } from "./support.js";

const wallet = (index: number): HDNodeWallet => {
  const found = accounts[index];
  if (found === undefined) throw new RangeError(`there is no account ${index}`);
  return found;
};
const [ALICE, BOB, ISSUER, RELAYER] = [wallet(4), wallet(5), wallet(7), wallet(9)];
const PAGE = "https://example.com/claim";

interface Signed {
  readonly signatures: number;
  readonly threshold: number;
  readonly vouchers: readonly { readonly nonce: string; readonly byKey: boolean; readonly file: string }[];
  readonly links: string | null;
}

interface Looked {
  readonly status: string;
  readonly account: string | null;
  readonly problems: readonly { readonly message: string }[];
}

interface Redeemed {
  readonly badge: number | null;
  readonly before: boolean;
  readonly transaction: string | null;
  readonly file: string | null;
}

describeCommandLine("vouchers", function () {
  let live: LiveNode;

  before(async () => {
    live = await launchLive();
    const { provider } = live.node;
    const from = live.record.safe;
    const grant = new Interface(["function grantRole(uint64, address, uint32)"]);
    const data = grant.encodeFunctionData("grantRole", [ROLES.ISSUER, ISSUER.address, 0]);
    await provider.send("hardhat_impersonateAccount", [from]);
    await provider.send("hardhat_setBalance", [from, toQuantity(10n ** 18n)]);
    await provider.send("eth_sendTransaction", [{ from, to: live.record.contracts.manager, data }]);
  });

  after(() => live.stop());

  const badge = () => ContributionBadge__factory.connect(live.record.contracts.badge, live.node.provider);
  const sign = (...args: string[]) =>
    live.json<Signed>(
      ["badge", "voucher", "sign", "レビュー", ...args, "--evidence", "春の会", "--link", PAGE],
      ISSUER,
    );

  it("are signed, looked at, redeemed and relayed", async () => {
    const { vouchers, links } = await sign(ALICE.address, "--keys", "2", "--referral-kind", "1");
    expect(vouchers.map(({ byKey }) => byKey)).to.deep.equal([false, true, true]);
    const [forAlice, keyed] = vouchers;
    if (forAlice === undefined || keyed === undefined || links === null) return expect.fail("nothing signed");
    expect(forAlice.file).to.match(/^outbox/u);
    for (const secret of [keyed.file, links]) {
      expect(secret).to.match(/^private/u);
      expect((await stat(secret)).mode & 0o777).to.equal(0o600);
    }
    const [, , second] = (await readFile(links, "utf8")).split("\n");
    const link = second?.split(",")[1] ?? "";
    expect(link.startsWith(`${PAGE}#`)).to.equal(true);

    const alice = await live.json<Redeemed>(["badge", "voucher", "redeem", forAlice.file], ALICE);
    expect(alice).to.deep.include({ badge: 1, before: false, account: ALICE.address });

    // Bob has no gas: the key signs, and somebody else pays.
    const out = path.join(live.brands.folder, "bob.json");
    const forBob = ["badge", "voucher", "redeem", link, "--to", BOB.address, "--referrer", ALICE.address];
    const written = await live.json<Redeemed>([...forBob, "--out", out], RELAYER);
    expect(written).to.deep.include({ transaction: null, badge: null });
    expect(await readFile(out, "utf8")).not.to.include('"key"');
    const looked = await live.json<Looked>(["badge", "voucher", "check", out]);
    expect(looked).to.deep.include({ status: "valid", account: BOB.address });
    // A copy that somebody turned to another account.
    const stolen = path.join(live.brands.folder, "stolen.json");
    const text = await readFile(out, "utf8");
    await writeFile(stolen, text.replace(`"account": "${BOB.address}"`, `"account": "${RELAYER.address}"`));
    const relayed = await live.cli(["badge", "voucher", "relay", stolen, out, "--json"], RELAYER);
    expectFailure(relayed, "1 of 2 redemptions was refused");
    const { redemptions } = JSON.parse(relayed.stdout) as {
      redemptions: { status: string; badge: number }[];
    };
    expect(redemptions.map(({ status }) => status)).to.deep.equal(["refused", "redeemed"]);
    expect(await badge().ownerOf(redemptions[1]?.badge ?? 0)).to.equal(BOB.address);
    expect(await badge().referrerOf(BOB.address)).to.equal(ALICE.address);
    const again = await live.json<Redeemed>(["badge", "voucher", "relay", out], RELAYER);
    expect(JSON.stringify(again)).to.include("redeemed before");

    const page = await live.cli(["badge", "show", BOB.address]);
    expectSuccess(page);
    expect(page.stdout).to.include(`Brought by    ${ALICE.address}`).and.to.include("春の会");
  });

  it("are canceled by their issuer, and refused with what to do about it", async () => {
    const { vouchers } = await sign("--keys", "1");
    const [first] = vouchers;
    if (first === undefined) return expect.fail("nothing signed");
    const dry = await live.cli(["badge", "voucher", "redeem", first.file, "--dry-run"], BOB);
    expectSuccess(dry);
    expect(dry.stdout)
      .to.include("This was a dry run")
      .and.not.to.include(await keyOf(first.file));
    const cancel = ["badge", "voucher", "cancel", first.file, "--via", "signer"];
    expectFailure(await live.cli(cancel, BOB), "only its issuer can cancel it", "→");
    expectSuccess(await live.cli(cancel, ISSUER));
    expectFailure(await live.cli(cancel, ISSUER), "It was canceled already", "→");
    const unknown = await live.cli(
      ["badge", "voucher", "cancel", "7", "--via", "signer", "--dry-run"],
      ISSUER,
    );
    expectSuccess(unknown);
    expect(unknown.stdout).to.include("voucher 7: No voucher of this number was signed on this computer");
    const huge = ["badge", "voucher", "cancel", "9".repeat(80), "--via", "signer"];
    expectFailure(await live.cli(huge, ISSUER), "nonce", "larger than any voucher's number", "→");
    const links = path.join(live.brands.folder, "dead.csv");
    expectFailure(
      await live.cli(["badge", "voucher", "links", first.file, "--out", links]),
      `${first.file} (voucher ${first.nonce}): Its issuer has canceled it`,
      "→",
    );
    expect(existsSync(links)).to.equal(false);
    const approve = ["badge", "voucher", "approve", first.file];
    expectFailure(await live.cli(approve, ISSUER), "Its issuer has canceled it", "→");
    const block = await live.node.provider.getBlockNumber();
    const [redeemed, looked, stranger, cut] = await Promise.all([
      live.cli(["badge", "voucher", "redeem", first.file], BOB),
      live.json<Looked>(["badge", "voucher", "check", first.file]),
      live.cli(["badge", "voucher", "sign", "レビュー", "--keys", "1", "--evidence", "x", "--dry-run"], BOB),
      live.cli(["badge", "voucher", "redeem", `${PAGE}#AAAA`], BOB),
    ]);
    expectFailure(redeemed, "Its issuer has canceled it", "→");
    expect(looked.status).to.equal("refused");
    expectFailure(stranger, "lacks the role ISSUER", ISSUER.address);
    expectFailure(cut, "isn't a whole link");
    expect(await live.node.provider.getBlockNumber()).to.equal(block);
  });

  it("of the Safe are signed by one owner after the other", async () => {
    const args = ["レビュー", "--keys", "1", "--issuer", "safe", "--evidence", "安全"];
    const signed = await live.json<Signed>(["badge", "voucher", "sign", ...args], wallet(2));
    expect(signed).to.deep.include({ signatures: 1, threshold: 2, links: null });
    const file = signed.vouchers[0]?.file ?? "";
    expectFailure(await live.cli(["badge", "voucher", "redeem", file], BOB), "1 of the 2 owners", "approve");
    const approved = await live.json<{ vouchers: object[] }>(
      ["badge", "voucher", "approve", file],
      wallet(1),
    );
    expect(approved.vouchers[0]).to.deep.include({ signatures: 2, threshold: 2 });
    const out = path.join(live.brands.folder, "links.csv");
    expect(await live.json(["badge", "voucher", "links", file, "--out", out])).to.deep.include({
      links: 1,
      problems: [],
      warnings: [],
    });
    expect((await stat(out)).mode & 0o777).to.equal(0o600);
    const said = await live.cli(["badge", "voucher", "links", file, "--out", out]);
    expectSuccess(said);
    expect(said.stdout).to.include("mode 0600").and.to.include("never be committed");
    // One that somebody changed gets no link, and the others do.
    const changed = path.join(live.brands.folder, "changed.json");
    const voucher = JSON.parse(await readFile(file, "utf8")) as { expiry: number };
    await writeFile(changed, JSON.stringify({ ...voucher, expiry: voucher.expiry + 1 }));
    const some = await live.cli(["badge", "voucher", "links", file, changed, "--out", out]);
    expectFailure(some, "1 of 2 can't be redeemed", "The links of the others are written");
    expect(some.stdout).to.include(`${changed} (voucher`).and.to.include("1 link");
    const link = (await readFile(out, "utf8")).split("\n")[1]?.split(",")[1] ?? "";
    // In a file, nobody else on the computer sees it.
    const inFile = path.join(live.brands.folder, "voucher-link.txt");
    await writeFile(inFile, `Dear guest,\n${link}\n`);
    const shown = await live.cli(["badge", "voucher", "check", inFile]);
    expectSuccess(shown);
    expect(shown.stderr).to.equal("");
    const redeemed = await live.json<Redeemed>(["badge", "voucher", "redeem", inFile], BOB);
    expect(await badge().ownerOf(redeemed.badge ?? 0)).to.equal(BOB.address);
  });

  async function keyOf(file: string): Promise<string> {
    const { key } = JSON.parse(await readFile(file, "utf8")) as { key: string };
    return key.slice(2);
  }
});

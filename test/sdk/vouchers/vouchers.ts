import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { Wallet, ZeroAddress, ZeroHash } from "ethers";
import { readKinds } from "../../../sdk/badges/kinds/kinds.js";
import { writeSigned } from "../../../sdk/node/signed/files.js";
import { planCancelVoucher } from "../../../sdk/node/vouchers/cancel.js";
import { checkVoucher } from "../../../sdk/vouchers/check.js";
import type { VoucherInFile } from "../../../sdk/vouchers/held.js";
import { redeemable } from "../../../sdk/vouchers/held.js";
import { isLink, linkOf, parseLink } from "../../../sdk/vouchers/link.js";
import { lookAt, relayRedemptions } from "../../../sdk/node/vouchers/redeem.js";
import { attemptOf, makeRedemption, redeemCall } from "../../../sdk/vouchers/redemption.js";
import type { VoucherOptions } from "../../../sdk/node/vouchers/sign.js";
import { prepareVouchers, signVoucher, signVouchers } from "../../../sdk/node/vouchers/sign.js";
import type { Redemption, Voucher } from "../../../sdk/vouchers/voucher.js";
import { REDEMPTION_FILE, VOUCHER_FILE } from "../../../sdk/vouchers/voucher.js";
import { call, named } from "../../../sdk/calls/plan.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { ROLES } from "../../../sdk/roles.js";
import { asSafe, badgeWorld, KIND, openAs, thrownBy, withFolder } from "../badges/support.js";
import { expectData } from "../../helpers/problems.js";
import { load, problemOf } from "../support.js";

const DAY = 86_400;

type World = Awaited<ReturnType<typeof badgeWorld>>;

async function signed(
  found: World,
  folder: string,
  options: Partial<VoucherOptions> = {},
  kind: number = KIND.REVIEW,
): Promise<Voucher[]> {
  const live = await openAs(found);
  const kinds = await readKinds(live);
  const chosen = kinds[kind - 1];
  if (chosen === undefined) throw new RangeError("no such kind");
  const prepared = await prepareVouchers(live, {
    kind: chosen,
    accounts: [],
    keys: 0,
    text: "春の会",
    referralKind: undefined,
    expiry: live.now + DAY,
    issuer: found.issuer.address,
    folder,
    outbox: path.join(folder, "outbox"),
    ...options,
  });
  return (await signVouchers(live, found.issuer, prepared)).map(({ voucher }) => voucher);
}

async function redemptionOf(
  found: World,
  voucher: Voucher | undefined,
  to: string | undefined,
  referrer = ZeroAddress,
): Promise<Redemption> {
  if (voucher === undefined) throw new RangeError("no voucher");
  const options = { to, referrer, caller: undefined, signer: undefined };
  return makeRedemption(await openAs(found), voucher, options);
}

describe("vouchers", () => {
  it("are redeemed by whoever holds the claim key, for whom it signs", () =>
    withFolder(async (folder) => {
      const found = await load(badgeWorld);
      const { stranger, holders, dao } = found;
      const vouchers = await signed(found, folder, { keys: 2, accounts: [holders[1].address] });
      expect(vouchers.map(({ byKey }) => byKey)).to.deep.equal([false, true, true]);
      const nonces = vouchers.map(({ nonce }) => BigInt(nonce));
      expect(nonces[2]).to.equal((nonces[0] ?? 0n) + 2n);
      const live = await openAs(found);
      const redemption = await redemptionOf(found, vouchers[1], holders[0].address);
      await executeAsSigner({ title: "", calls: [redeemCall(live, redemption, "x")] }, stranger);
      expect((await dao.badge.badgeOf(1)).account).to.equal(holders[0].address);
      const after = await openAs(found);
      const again = await checkVoucher(after, "x", redemption, attemptOf(redemption, undefined));
      expect(again).to.deep.equal({ status: "redeemed before", account: holders[0].address, badge: 1 });
      const other = { ...redemption, account: stranger.address };
      const stolen = await checkVoucher(after, "x", other, attemptOf(other, undefined));
      expect(stolen.status === "refused" && stolen.problems[0]?.message).to.include("redeemed already");
    }));

  it("never give a number twice, whatever becomes of a run", () =>
    withFolder(async (folder) => {
      const found = await load(badgeWorld);
      const first = await signed(found, folder, { keys: 2 });
      const next = BigInt(first[1]?.nonce ?? 0) + 1n;
      await found.dao.badge.connect(found.issuer).cancelVoucher(next);
      const second = await signed(found, folder, { keys: 1 });
      expect(BigInt(second[0]?.nonce ?? 0)).to.equal(next + 1n);
      const file = path.join(folder, "vouchers.jsonl");
      expect((await stat(file)).mode & 0o777).to.equal(0o600);
      expect((await readFile(file, "utf8")).trim().split("\n")).to.have.length(3);
      // Another computer knows nothing of these.
      const elsewhere = await signed(found, path.join(folder, "elsewhere"), { keys: 1 });
      expect(elsewhere[0]?.nonce).not.to.equal(first[0]?.nonce);
      expect(await readdir(folder)).to.include("evidence.jsonl");
    }));

  it("travel as links, which come back whole or not at all", () =>
    withFolder(async (folder) => {
      const found = await load(badgeWorld);
      const [voucher] = await signed(found, folder, { keys: 1 });
      if (voucher === undefined) return expect.fail("no voucher");
      for (const base of [undefined, "https://example.com/claim"]) {
        const link = linkOf(voucher, base);
        expect(isLink(link)).to.equal(true);
        expect(parseLink(link)).to.deep.equal({ ...voucher, dao: "link" });
        const cutOff = thrownBy(() => parseLink(link.slice(0, 150)));
        expect(cutOff.message).to.include("isn't a whole link");
        const { check, hasKey } = await lookAt(await openAs(found), link);
        expect([check.status, hasKey]).to.deep.equal(["valid", true]);
        expect(thrownBy(() => parseLink(link.slice(0, -2))).message).to.include("isn't a whole link");
        // With other characters at its end, the signature is another.
        const other = await lookAt(await openAs(found), `${link.slice(0, -4)}AAAA`);
        expect(other.check.status).to.equal("refused");
      }
      const { place, message } = thrownBy(() => linkOf(voucher, "example.com"));
      expect(place).to.equal("--link");
      expect(message).to.include('"example.com"');
    }));

  it("say all that keeps them from being redeemed", () =>
    withFolder(async (folder) => {
      const found = await load(badgeWorld);
      const { dao, issuer, connection, owners } = found;
      const [voucher, canceled] = await signed(found, folder, { keys: 2 });
      if (voucher === undefined || canceled === undefined) return expect.fail("no voucher");
      let codes: string[] = [];
      const look = async (change: Partial<Voucher> = {}) => {
        const check = await checkVoucher(await openAs(found), "v", { ...voucher, ...change }, undefined);
        if (check.status === "refused") check.problems.forEach(expectData);
        codes = check.status === "refused" ? check.problems.map(({ code }) => code) : [];
        return check.status === "refused"
          ? check.problems.map(({ message }) => message).join("; ")
          : check.status;
      };
      expect(await look()).to.equal("valid");
      expect(await look({ chainId: "1" })).to.include("chain 1");
      expect(await look({ badge: issuer.address })).to.include("not this DAO's");
      expect(await look({ badgeKind: KIND.RECIPE })).to.include("isn't signed by");
      expect(await look({ badgeKind: 99 })).to.include("kind 99, which there isn't");
      expect(codes).to.deep.equal(["signed.not-signed", "voucher.kind-unknown"]);
      const { plan } = await planCancelVoucher(await openAs(found), issuer.address, canceled.nonce, folder);
      await executeAsSigner(plan, issuer);
      expect(await look(canceled)).to.include("canceled");
      const manager = await named("manager", dao.manager);
      await asSafe(found, [call(manager, "revokeRole", [ROLES.ISSUER, issuer.address], "Dismiss")]);
      await dao.handover.connect(owners[0]).haltAwards();
      await connection.networkHelpers.time.increase(2 * DAY);
      expect(await look())
        .to.include("could be redeemed before")
        .and.to.include("halted")
        .and.to.include("lacks the role ISSUER");
      expect(codes).to.deep.equal(["voucher.expired", "awards.halted", "role.may-not-award"]);
    }));

  it("are canceled by number or by file, saying what is canceled", () =>
    withFolder(async (folder) => {
      const found = await load(badgeWorld);
      const { issuer, holders, stranger } = found;
      const [forAlice, keyed] = await signed(found, folder, { keys: 1, accounts: [holders[0].address] });
      if (keyed === undefined || forAlice === undefined) return expect.fail("no voucher");
      const cancel = async (text: string, account = issuer.address) =>
        planCancelVoucher(await openAs(found), account, text, folder);

      const known = await cancel(forAlice.nonce);
      expect(known.plan.title).to.equal(
        `Cancel voucher ${forAlice.nonce}: "レビュー" for ${forAlice.claimant}`,
      );
      expect(known.warnings).to.deep.equal([]);
      const file = path.join(folder, "keyed.json");
      await writeSigned(file, keyed, VOUCHER_FILE, () => false);
      const named = await cancel(file);
      expect(named.nonce.toString()).to.equal(keyed.nonce);
      expect(named.plan.title).to.include(`"レビュー" for ${keyed.claimant}`);

      // Nobody can know whether another computer has given it: it can be canceled all the same.
      const unknown = await cancel("7");
      expect(unknown.plan.title).to.equal("Cancel voucher 7");
      expect(unknown.voucher).to.equal(undefined);
      expect(unknown.warnings.map(({ place, message }) => `${place ?? ""}: ${message}`)).to.deep.equal([
        `voucher 7: No voucher of this number was signed on this computer for ${issuer.address}: what is canceled isn't known here`,
      ]);
      const broken = path.join(folder, "broken");
      await mkdir(broken);
      await writeFile(path.join(broken, "vouchers.jsonl"), "{}\n");
      const hurried = await planCancelVoucher(await openAs(found), issuer.address, "7", broken);
      expect(hurried.warnings[0]?.message).to.include("was changed or is broken");

      const most = 2n ** 256n - 1n;
      expect((await cancel(most.toString())).nonce).to.equal(most);
      for (const number of [(most + 1n).toString(), "9".repeat(90)]) {
        const large = await problemOf(cancel(number));
        expect(large.place).to.equal("nonce");
        expect(large.message).to.include("is larger than any voucher's number");
      }
      const others = await problemOf(cancel(file, stranger.address));
      expect(others.message).to.include("only its issuer can cancel it");
      await writeSigned(file, { ...keyed, badge: stranger.address }, VOUCHER_FILE, () => true);
      expect((await problemOf(cancel(file))).message).to.include("not this DAO's");
      await writeSigned(file, { ...keyed, nonce: (most + 1n).toString() }, VOUCHER_FILE, () => true);
      expect((await problemOf(cancel(file))).message).to.include('"nonce" is wrong');

      const redemption = await redemptionOf(found, keyed, holders[1].address);
      const live = await openAs(found);
      await executeAsSigner({ title: "", calls: [redeemCall(live, redemption, "x")] }, stranger);
      expect(await problemOf(cancel(keyed.nonce))).to.deep.equal({
        place: `voucher ${keyed.nonce}`,
        message: `It was redeemed already, by ${holders[1].address} for badge 1`,
        remedy: "The badge can be taken back: npx hardhat badge revoke 1.",
      });
      await executeAsSigner(known.plan, issuer);
      expect((await problemOf(cancel(forAlice.nonce))).message).to.equal("It was canceled already");
    }));

  it("are told apart by whether they can be redeemed", () =>
    withFolder(async (folder) => {
      const found = await load(badgeWorld);
      const { issuer, holders, stranger, badge } = found;
      const vouchers = await signed(found, folder, { keys: 3, accounts: [holders[0].address] });
      const files = vouchers.map((voucher, i) => ({ file: `${i}.json`, voucher }));
      const [good, redeemed, canceled, last] = files;
      if (redeemed === undefined || canceled === undefined || last === undefined) {
        return expect.fail("no voucher");
      }
      const redemption = await redemptionOf(found, redeemed.voucher, stranger.address);
      const live = await openAs(found);
      await executeAsSigner({ title: "", calls: [redeemCall(live, redemption, "x")] }, stranger);
      await badge.cancelVoucher(canceled.voucher.nonce);
      const foreign = { file: "foreign.json", voucher: { ...last.voucher, badge: issuer.address } };
      const unsigned = { file: "unsigned.json", voucher: { ...last.voucher, signature: "0x" } };
      const all = [...files, foreign, unsigned];
      const progress: number[] = [];
      const onProgress = (part: number) => progress.push(part);
      const told = await redeemable(await openAs(found), all, { onProgress });
      expect(told.good).to.deep.equal([good, last]);
      expect(progress).to.deep.equal([1, 2, 3, 4, 5, 6]);
      const place = ({ file, voucher }: VoucherInFile) => `${file} (voucher ${voucher.nonce})`;
      expect(told.problems.map((each) => [each.place, each.message])).to.deep.equal([
        [place(redeemed), `It was redeemed already, by ${stranger.address} for badge 1`],
        [place(canceled), "Its issuer has canceled it"],
        [place(foreign), `It is for the badge contract ${issuer.address}, and not this DAO's`],
        [place(unsigned), `It isn't signed by ${issuer.address}, or was changed after that`],
      ]);
      for (const { remedy = "" } of told.problems) expect(remedy).not.to.equal("");

      const toBe = await redeemable(await openAs(found), [unsigned], { unsigned: true });
      expect(toBe).to.deep.equal({ good: [unsigned], problems: [] });
      await found.connection.networkHelpers.time.increase(2 * DAY);
      await found.dao.handover.connect(found.owners[0]).haltAwards();
      const late = await redeemable(await openAs(found), [unsigned], { unsigned: true });
      expect(late.good).to.deep.equal([]);
      expect(late.problems.map(({ place: at }) => at)).to.deep.equal([place(unsigned), place(unsigned)]);
      expect(late.problems.map(({ message }) => message).join("\n"))
        .to.include("It could be redeemed before")
        .and.to.match(/^\w+: .*halted/mu);
    }));

  it("reward who brought a newcomer, and nobody else", () =>
    withFolder(async (folder) => {
      const found = await load(badgeWorld);
      const { badge, dao, holders, stranger, issuer } = found;
      const [alice, bob, carol] = holders;
      await badge.award(KIND.REVIEW, alice, ZeroHash);
      const [referralKind] = await readKinds(await openAs(found));
      const vouchers = await signed(found, folder, {
        keys: 1,
        accounts: [bob.address],
        referralKind,
      });
      const [forBob, keyed] = vouchers;
      const refusal = async (voucher: Voucher | undefined, to: string, referrer: string) => {
        const redemption = await redemptionOf(found, voucher, to, referrer);
        const check = await checkVoucher(
          await openAs(found),
          "v",
          redemption,
          attemptOf(redemption, undefined),
        );
        return check.status === "refused"
          ? check.problems.map(({ message }) => message).join("; ")
          : check.status;
      };
      expect(await refusal(forBob, bob.address, alice.address)).to.include("has to sign who gets the badge");
      expect(await refusal(forBob, carol.address, ZeroAddress)).to.include("can't have it");
      expect(await refusal(keyed, carol.address, carol.address)).to.include("can't have brought itself");
      expect(await refusal(keyed, carol.address, stranger.address)).to.include("never had a badge");
      expect(await refusal(keyed, alice.address, issuer.address)).to.include("is no newcomer");
      expect(await refusal(keyed, carol.address, alice.address)).to.equal("valid");
      const [plain] = await signed(found, folder, { keys: 1 });
      expect(await refusal(plain, carol.address, alice.address)).to.include("rewards no referrals");

      const redemption = await redemptionOf(found, keyed, carol.address, alice.address);
      const file = path.join(folder, "carol.json");
      await writeSigned(file, redemption, REDEMPTION_FILE, () => false);
      const none = path.join(folder, "none.json");
      const dry = await relayRedemptions(await openAs(found), [file, none], undefined);
      expect(dry.map(({ status }) => status)).to.deep.equal(["valid", "refused"]);
      const relayed = await relayRedemptions(await openAs(found), [none, file], stranger);
      expect(relayed.map(({ status, badge: id }) => [status, id])).to.deep.equal([
        ["refused", undefined],
        ["redeemed", 2],
      ]);
      expect(await dao.badge.referrerOf(carol)).to.equal(alice.address);
      const again = await relayRedemptions(await openAs(found), [file], stranger);
      expect(again[0]?.status).to.equal("redeemed before");

      // What was signed goes on without its referral; who signs now is told.
      const [second] = await signed(found, folder, { keys: 1, referralKind });
      expect(await refusal(second, carol.address, alice.address)).to.include("was brought by");
      const late = await redemptionOf(found, second, carol.address, alice.address);
      const check = await checkVoucher(await openAs(found), "v", late, attemptOf(late, undefined), {
        relayed: true,
      });
      expect(check.status === "valid" && check.warnings.map(({ code }) => code)).to.deep.equal([
        "referral.recorded",
      ]);
    }));

  it("are signed by a Safe, owner by owner", () =>
    withFolder(async (folder) => {
      const found = await load(badgeWorld);
      const { owners, holders, stranger, record } = found;
      const live = await openAs(found);
      const [kind] = await readKinds(live);
      if (kind === undefined) return expect.fail("no kind");
      const prepared = await prepareVouchers(live, {
        kind,
        accounts: [holders[0].address],
        keys: 0,
        text: "安全",
        referralKind: undefined,
        expiry: live.now + DAY,
        issuer: record.safe,
        folder,
        outbox: folder,
      });
      const [one] = await signVouchers(live, owners[2], prepared);
      if (one === undefined) return expect.fail("no voucher");
      expect(one).to.deep.include({ signatures: 1, threshold: 2 });
      const early = await checkVoucher(live, "v", one.voucher, undefined);
      expect(early.status === "refused" && early.problems[0]?.message).to.include("1 of the 2 owners");
      const foreign = await problemOf(signVoucher(live, stranger, one.voucher));
      expect(foreign.message).to.equal(`${stranger.address} is not an owner of the Safe`);
      const two = await signVoucher(live, owners[0], one.voucher);
      expect(two).to.deep.include({ signatures: 2, threshold: 2 });
      const redemption = await makeRedemption(live, two.voucher, {
        to: undefined,
        referrer: ZeroAddress,
        caller: undefined,
        signer: undefined,
      });
      await executeAsSigner({ title: "", calls: [redeemCall(live, redemption, "x")] }, stranger);
      expect((await found.dao.badge.badgeOf(1)).account).to.equal(holders[0].address);
    }));

  it("aren't signed where they could never be redeemed, nor twice for the same", () =>
    withFolder(async (folder) => {
      const found = await load(badgeWorld);
      const { holders, stranger, badge } = found;
      const accounts = [holders[0].address];
      expect((await problemOf(signed(found, folder))).message).to.include("nobody whom they are for");
      expect((await problemOf(signed(found, folder, { keys: 1, text: "" }))).place).to.equal("--evidence");
      const six = await problemOf(signed(found, folder, { keys: 6 }, KIND.RECIPE));
      expect(six.message).to.include("Only 5 of 5 badges are left");
      const role = await problemOf(signed(found, folder, { keys: 1 }, KIND.OWN_ROLE));
      expect(role.message).to.include("lacks the role");
      const twice = await problemOf(signed(found, folder, { accounts: [...accounts, ...accounts] }));
      expect(twice.message).to.include("named twice");
      const other = await problemOf(signed(found, folder, { keys: 1, issuer: stranger.address }));
      expect(other.place).to.include(stranger.address);
      expect(other.message).to.include("lacks the role ISSUER");
      const [voucher] = await signed(found, folder, { accounts });
      await badge.award(KIND.REVIEW, holders[0], voucher?.evidence ?? "");
      const double = await problemOf(signed(found, folder, { accounts }));
      expect(double.message).to.include("It has badge 1 for the same");
    }));

  it("have claim keys that fit, or aren't read", () =>
    withFolder(async (folder) => {
      const found = await load(badgeWorld);
      const [voucher] = await signed(found, folder, { keys: 1 });
      if (voucher === undefined) return expect.fail("no voucher");
      const link = linkOf({ ...voucher, key: Wallet.createRandom().privateKey });
      const { check } = await lookAt(await openAs(found), link);
      expect(check.status).to.equal("refused");
    }));
});

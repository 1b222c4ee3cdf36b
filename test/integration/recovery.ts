import path from "node:path";
import { expect } from "chai";
import type { HDNodeWallet } from "ethers";
import { Interface, toQuantity, ZeroHash } from "ethers";
import { ROLES } from "../../sdk/roles.js";
import { ContributionBadge__factory } from "../../typechain-types/index.js";
import type { LiveNode } from "./support.js";
import { accounts, describeCommandLine, expectFailure, expectSuccess, launchLive } from "./support.js";

const wallet = (index: number): HDNodeWallet => {
  const found = accounts[index];
  if (found === undefined) throw new RangeError(`there is no account ${index}`);
  return found;
};
const [LOST, KEPT, ISSUER, STEWARD, PRESENT] = [wallet(4), wallet(5), wallet(7), wallet(8), wallet(9)];

interface Recoveries {
  readonly requested: number;
  readonly recoveries: readonly {
    readonly oldAccount: string;
    readonly state: string;
    readonly badges?: number;
    readonly points?: number;
  }[];
}

describeCommandLine("titles and recoveries", function () {
  let live: LiveNode;

  before(async () => {
    live = await launchLive();
    await appoint(live.record.safe, ROLES.ISSUER, ISSUER.address);
    await appoint(live.record.contracts.timelock, ROLES.STEWARD, STEWARD.address);
    const badge = ContributionBadge__factory.connect(
      live.record.contracts.badge,
      ISSUER.connect(live.node.provider),
    );
    const holders = [LOST, LOST, LOST, KEPT].map(({ address }) => address);
    await (await badge.awardBatch(1, holders, Array<string>(4).fill(ZeroHash), "")).wait();
  });

  after(() => live.stop());

  /** Has a contract of the DAO grant a role, as its owners or voters would. */
  async function appoint(from: string, role: bigint, account: string): Promise<void> {
    const { provider } = live.node;
    const grant = new Interface(["function grantRole(uint64, address, uint32)"]);
    await provider.send("hardhat_impersonateAccount", [from]);
    await provider.send("hardhat_setBalance", [from, toQuantity(10n ** 18n)]);
    const data = grant.encodeFunctionData("grantRole", [role, account, 0]);
    await provider.send("eth_sendTransaction", [{ from, to: live.record.contracts.manager, data }]);
  }

  const list = () => live.json<Recoveries>(["badge", "recovery", "list"]);

  it("sets the titles, and shows who has which", async () => {
    const ladder = ["ゲスト:0", "常連:20"];
    const set = ["badge", "title", "set", ...ladder, "--via", "signer"];
    const [wrong, stranger] = await Promise.all([
      live.cli(["badge", "title", "set", "ゲスト:5", "--via", "signer"], STEWARD),
      live.cli(set, ISSUER),
    ]);
    expectFailure(wrong, 'title "ゲスト"', "is the first and has 5 points", "→");
    expectFailure(stranger, "lacks the role STEWARD", STEWARD.address);
    const dry = await live.cli([...set, "--dry-run"], STEWARD);
    expectSuccess(dry);
    expect(dry.stdout).to.include('newTitles: [] → [("ゲスト", 0), ("常連", 20)]');
    const done = await live.json<{ titles: object[] }>(set, STEWARD);
    expect(done.titles).to.have.length(2);
    const { titles } = await live.json<{ titles: object[] }>(["badge", "title", "list"]);
    expect(titles).to.deep.equal([
      { rank: 1, name: "ゲスト", points: 0, members: 1 },
      { rank: 2, name: "常連", points: 20, members: 1 },
    ]);
    const [page, board] = await Promise.all([
      live.cli(["badge", "show", LOST.address]),
      live.cli(["badge", "board"]),
    ]);
    expect(page.stdout).to.include("常連");
    expect(board.stdout).to.include("常連").and.to.include("ゲスト");
  });

  it("requests, refuses and cancels recoveries", async () => {
    const request = (old: HDNodeWallet, ...more: string[]) => [
      "badge",
      "recovery",
      "request",
      old.address,
      PRESENT.address,
      "--via",
      "signer",
      ...more,
    ];
    expectFailure(await live.cli(request(LOST), ISSUER), "lacks the role STEWARD");
    expectSuccess(await live.cli(request(LOST), STEWARD));
    expectFailure(await live.cli(request(KEPT), STEWARD), "It is to receive already", "recovery list");
    expectFailure(await live.cli(["badge", "recovery", "finish", LOST.address]), "can be carried out from");
    const file = path.join(live.brands.folder, "refusal.json");
    const sign = ["badge", "recovery", "refuse", "--sign", "--out", file];
    expect(await live.json(sign, LOST)).to.deep.include({ file, recovery: "1", complete: true });
    const relay = ["badge", "recovery", "relay", file];
    expect((await live.cli([...relay, "--dry-run"])).stdout).to.include("would be carried out");
    expect((await live.cli(relay, ISSUER)).stdout).to.include("carried out");
    expect((await live.cli(relay, ISSUER)).stdout).to.include("so already");
    expectFailure(await live.cli(["badge", "recovery", "refuse"], LOST), "No recovery of it was requested");
    expectSuccess(await live.cli(request(KEPT), STEWARD));
    const unwanted = await live.cli(["badge", "recovery", "refuse"], PRESENT);
    expectSuccess(unwanted);
    expect(unwanted.stdout).to.include("won't take place").and.to.include("you don't want it");
    expectSuccess(await live.cli(request(KEPT), STEWARD));
    const cancel = ["badge", "recovery", "cancel", KEPT.address, "--via", "signer"];
    expectFailure(await live.cli(cancel, ISSUER), "may not cancel a recovery");
    expectSuccess(await live.cli(cancel, STEWARD));
    expect((await list()).recoveries.map(({ state }) => state)).to.deep.equal([
      "refused",
      "refused",
      "canceled",
    ]);
  });

  it("moves what was earned, and shows it on both pages", async () => {
    // The two of the first season are used.
    await live.pass(100 * 86_400);
    const request = ["badge", "recovery", "request", LOST.address, PRESENT.address, "--via", "signer"];
    expect(await live.json(request, STEWARD)).to.deep.include({ badges: 3 });
    const { recoveries } = await list();
    expect(recoveries.at(-1)).to.deep.include({ state: "waiting", badges: 3, points: 30 });
    const text = await live.cli(["badge", "recovery", "list"]);
    expect(text.stdout)
      .to.include("3 badges, 30 points")
      .and.to.match(/can be finished from .* \(in \d+ days\)/u);
    await live.pass(30 * 86_400);
    const dry = await live.cli(["badge", "recovery", "finish", LOST.address, "--dry-run"]);
    expectSuccess(dry);
    const finished = await live.json(["badge", "recovery", "finish", LOST.address]);
    expect(finished).to.deep.include({ badges: 3, state: "done", newAccount: PRESENT.address });
    expectFailure(await live.cli(["badge", "recovery", "finish", LOST.address]), "It was recovered already");
    const [old, present] = await Promise.all([
      live.cli(["badge", "show", LOST.address]),
      live.cli(["badge", "show", PRESENT.address]),
    ]);
    expect(old.stdout).to.include(`Recovered into`).and.to.include(PRESENT.address);
    expect(present.stdout).to.include(`Recovered from`).and.to.include("Badges (3)").and.to.include("常連");
  });
});

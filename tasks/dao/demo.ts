import path from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { parseEther } from "ethers";
import { deployImplementations, implementationAddresses } from "../../deploy/implementations.js";
import { audit } from "../../sdk/audit/audit.js";
import { planAwards } from "../../sdk/badges/awards.js";
import { readContributions } from "../../sdk/badges/contributions.js";
import { checkEvidence, makeEvidence } from "../../sdk/badges/evidence.js";
import { readKinds } from "../../sdk/badges/kinds.js";
import { connectDao } from "../../sdk/dao.js";
import { KyosoError } from "../../sdk/errors.js";
import { executeAsSafe } from "../../sdk/execute/safe.js";
import { executeAsSigner } from "../../sdk/execute/signer.js";
import { makeProposal, planProposal } from "../../sdk/governance/proposal.js";
import { createSafe, launch } from "../../sdk/launch/launch.js";
import { planLaunch } from "../../sdk/launch/plan.js";
import { call, named } from "../../sdk/calls/plan.js";
import { LOCAL_CHAIN_ID } from "../../sdk/safe/canonical.js";
import { openDao } from "../../sdk/live.js";
import { formatAddress, formatAmount, formatDuration } from "../../sdk/units.js";
import { action } from "../action.js";
import { connect, loadBrand } from "../context.js";
import { done, heading, print, roughly, styled, table, warn } from "../output.js";
import { printAudit, requirePassed } from "./audit.js";

const BRAND = "sakura-coffee";
const AGAINST = 0;
const FOR = 1;
const SEVEN_DAYS = 7 * 86_400;

/**
 * Tells the whole story on a chain that begins and ends with the command, or with --network on a node of one's own, where
 * the DAO stays. Everything in it is real but the time.
 */
export default action<object>(async (_, hre) => {
  await hre.tasks.getTask("build").run({ quiet: true });
  const began = performance.now();
  const { connection, store } = await openChain(hre, hre.globalOptions.network);
  const { ethers, networkHelpers } = connection;
  const { provider } = ethers;
  const accounts = await ethers.getSigners();
  const [launcher] = accounts;
  if (launcher === undefined) throw new KyosoError({ message: "The chain has no accounts" });
  const signerOf = (address: string) => {
    const signer = accounts.find((account) => account.address === address);
    if (signer === undefined) throw new KyosoError({ message: `The chain has no key for ${address}` });
    return signer;
  };
  const pass = async (seconds: bigint | number, what: string) => {
    await networkHelpers.time.increase(seconds);
    print(styled("dim", `  … ${roughly(Number(seconds))} later: ${what}`));
  };

  // 1. Launch
  const brand = await loadBrand(hre, BRAND);
  const { symbol } = brand.token;
  const amount = (value: bigint) => formatAmount(value, symbol);
  const names = new Map(brand.token.allocations.map(({ to, note }) => [to, note ?? to]));
  const nameOf = (address: string) => names.get(address) ?? `new customer ${formatAddress(address)}`;
  heading(`1. ${brand.brand.name} launches its DAO`);
  const implementations = await implementationAddresses(hre);
  await deployImplementations(hre, connection, implementations);
  const context = {
    provider,
    eip1193: connection.provider,
    signer: launcher,
    brand,
    implementations,
    store,
  };
  const plan = await planLaunch(context);
  plan.warnings.forEach(warn);
  const record = await launch(context, await createSafe(context, plan));
  const dao = connectDao(record, launcher);
  done(
    `A Safe of ${plan.safe.owners.length} people at the brand; ${plan.safe.threshold} of them have to agree`,
  );
  done(`Six contracts, wired, in one transaction. The launcher has no power over them any more`);
  print(
    `  ${amount(await dao.token.totalSupply())} exist; ${amount(await dao.token.balanceOf(record.contracts.timelock))} of them are the treasury's:`,
  );
  table(
    brand.token.allocations.map(({ to, amount: value, note }) => [
      amount(value),
      note ?? (to === "treasury" ? "treasury" : to),
    ]),
  );

  // 2. Badges
  heading("2. The brand recognises what its customers contributed");
  const file = path.join(hre.config.paths.root, "brands", `${BRAND}.csv`);
  const kinds = await readKinds(await openDao(record, provider, connection.provider));
  const contributions = (await readContributions(file, kinds)).map((contribution) => ({
    ...contribution,
    evidence: makeEvidence(contribution.text),
  }));
  const signers = plan.safe.owners.slice(0, plan.safe.threshold);
  for (const awards of planAwards(record.contracts.badge, contributions, kinds)) {
    await executeAsSafe(awards, provider, connection.provider, { address: record.safe, owners: signers });
    for (const { purpose } of awards.calls) done(purpose);
  }
  print(
    `  ${signers.length} of ${plan.safe.owners.length} owners of the Safe signed. The badges can't be sold or sent: they belong to who earned them.`,
  );
  const contributors = [...new Set(contributions.map(({ account }) => account))];
  const rows = await Promise.all(
    contributors.map(async (account) => {
      const member = await dao.badge.memberOf(account);
      const votes = await dao.token.contributionVotes(account);
      return [
        nameOf(account),
        plural(member.badges, "badge"),
        plural(member.points, "point"),
        votes === 0n ? "" : `+${formatAmount(votes)} votes`,
      ];
    }),
  );
  table(rows);
  const [first] = contributions;
  if (first !== undefined) {
    const genuine = checkEvidence(first.evidence);
    const forged = checkEvidence({ ...first.evidence, text: `${first.evidence.text}!` });
    print(
      `  On chain is only a hash of what each badge was for. Shown the text and its secret salt, anyone can check it:\n    ${first.evidence.text}  →  ${genuine ? "genuine" : "forged"}\n    ${first.evidence.text}!  →  ${forged ? "genuine" : "forged"}`,
    );
  }

  // 3. Proposal
  heading("3. A customer proposes, and the customers decide");
  const [proposer, ...others] = brand.token.allocations
    .filter(({ to }) => to !== "treasury")
    .map(({ to }) => to);
  if (proposer === undefined) throw new KyosoError({ message: "Nobody can propose" });
  const grant = parseEther("5000");
  const transfer = call(await named("token", dao.token), "transfer", [proposer, grant], "Pay the grant");
  const title = "夏の限定ブレンド試飲会に 5,000 SKR";
  const proposal = makeProposal(
    [transfer],
    title,
    "吉祥寺店で 8 月に開く試飲会の豆と器具の費用です。",
    proposer,
  );
  const steps = planProposal(record, proposal);
  await executeAsSigner(steps.propose, signerOf(proposer));
  const id = await dao.governor.getProposalId(
    [...proposal.targets],
    [...proposal.values],
    [...proposal.calldatas],
    ethers.id(proposal.description),
  );
  done(`${nameOf(proposer)} proposes:「${title}」`);
  await pass((await dao.governor.votingDelay()) + 1n, "voting opens. Nobody had to delegate first");

  const voters = [proposer, ...others].slice(0, 7);
  for (const [i, voter] of voters.entries()) {
    const support = i === 3 ? AGAINST : FOR;
    const reason = support === FOR ? "楽しみです" : "冬にしませんか";
    await (await dao.governor.connect(signerOf(voter)).castVoteWithReason(id, support, reason)).wait();
    const votes = await dao.governor.getVotes(voter, await dao.governor.proposalSnapshot(id));
    done(
      `${nameOf(voter)} votes ${support === FOR ? "for" : "against"} with ${formatAmount(votes)} votes:「${reason}」`,
    );
  }
  const tally = await dao.governor.proposalVotes(id);
  const quorum = await dao.governor.quorum(await dao.governor.proposalSnapshot(id));
  print(
    `  ${formatAmount(tally.forVotes)} votes for, ${formatAmount(tally.againstVotes)} against; at least ${formatAmount(quorum)} had to take part.`,
  );
  await pass(
    (await dao.governor.proposalDeadline(id)) - BigInt(await networkHelpers.time.latest()) + 1n,
    "voting is over: it has passed",
  );

  // 4. Execution
  heading("4. What was decided happens by itself");
  await executeAsSigner(steps.queue, launcher);
  done(
    `Queued: for ${formatDuration(brand.governance.timelockDelay)} everybody can see what is coming, and the Safe could still veto, with a reason`,
  );
  await pass(brand.governance.timelockDelay, "the wait is over");
  const before = await dao.token.balanceOf(proposer);
  await executeAsSigner(steps.execute, launcher);
  const after = await dao.token.balanceOf(proposer);
  done(
    `${nameOf(proposer)} had ${amount(before)} and now has ${amount(after)}; the treasury has ${amount(await dao.token.balanceOf(record.contracts.timelock))}`,
  );

  // 5. Audit
  const checks = await audit({ provider, brand, record, implementations });
  heading("5. Anyone can check that all is as the brand said");
  printAudit(checks);
  requirePassed(checks, BRAND, "The demo should never end here: please report it.");

  if (store !== undefined) {
    // 6. The reader's turn
    heading("6. Now it is your turn");
    const next = makeProposal(
      [call(await named("governor", dao.governor), "setVotingPeriod", [SEVEN_DAYS], "Vote for longer")],
      "投票期間を 7 日間に延ばす",
      "忙しい週でも投票できるように、5 日間から 7 日間に延ばします。",
      proposer,
    );
    await executeAsSigner(planProposal(record, next).propose, signerOf(proposer));
    await pass((await dao.governor.votingDelay()) + 1n, "voting on a second proposal is open");
    const network = `--network ${connection.networkName}`;
    print(`  npx hardhat proposal list ${network}`);
    print(`  npx hardhat proposal vote 2 for --from ${proposer} ${network}`);
  }

  heading("What to do next");
  print(
    "  1. Copy brands/sakura-coffee.yaml, and write your own brand into it: docs/brand-file.md explains every line.",
  );
  print("  2. See what a launch would do:  npx hardhat dao launch <brand> --dry-run");
  print("  3. Launch it on a chain:        npx hardhat dao launch <brand> --network <network>");
  print(styled("dim", `\nTold in ${Math.ceil((performance.now() - began) / 1000)} s.`));
});

/** A chain of its own; or the node that --network names, if it is one for trying things out. */
async function openChain(hre: HardhatRuntimeEnvironment, network: string | undefined) {
  if (network === undefined) {
    return { connection: await hre.network.create("hardhat"), store: undefined };
  }
  const connected = await connect(hre);
  const { chainId, connection, store } = connected;
  const version: unknown = await connection.provider.request({ method: "web3_clientVersion" });
  if (chainId !== LOCAL_CHAIN_ID || !String(version).startsWith("HardhatNetwork/")) {
    throw new KyosoError({
      place: `network ${connection.networkName}`,
      message: "The demo makes time pass, which only a node for trying things out lets it",
      remedy: "Start one with `npx hardhat node`, and choose it with --network localhost.",
    });
  }
  const told = await store?.read(chainId, BRAND);
  if (told !== undefined && (await connected.provider.getCode(told.contracts.token)) !== "0x") {
    throw new KyosoError({
      place: `network ${connection.networkName}`,
      message: "The demo was told on this node already",
      remedy: "Look at it with `npx hardhat proposal list`, or start the node again.",
    });
  }
  return { connection, store };
}

function plural(count: bigint, noun: string): string {
  return `${count} ${noun}${count === 1n ? "" : "s"}`;
}

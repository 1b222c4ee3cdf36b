import { expect } from "chai";
import {
  concat,
  dataLength,
  dataSlice,
  hexlify,
  id as hash,
  type Interface,
  Signature,
  toBeHex,
  type TransactionResponse,
  Wallet,
  ZeroAddress,
} from "ethers";
import { Nicknames__factory } from "../../../typechain-types/index.js";
import { signBallot } from "../../helpers/ballots.js";
import { connect, type Connection, DAY, now, tokens } from "../../helpers/chain.js";
import { ROLE } from "../../helpers/dao.js";
import { openCampaign } from "../../helpers/drop.js";
import {
  launchWithStewardedModules,
  makeMembers,
  openCall,
  openSupport,
  signSupport,
  submitIdea,
} from "../../helpers/modules.js";
import { Proposal, SUPPORT } from "../../helpers/proposal.js";
import { request, signRefusal } from "../../helpers/recovery.js";
import { CLAIMANT, issueVoucher, signRedemption } from "../../helpers/vouchers.js";

const { ethers, networkHelpers } = await connect();

const KEY = new Wallet(hash("a claim key"));

/** The order of the curve: to each signature with `s` there is another one, with what `s` lacks to it. */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** The same signature written otherwise, and what isn't any. */
const VARIANTS: Record<string, (signature: string) => string> = {
  "with the other s": (signature) => {
    const { r, s, v } = Signature.from(signature);
    return concat([r, toBeHex(ORDER - BigInt(s), 32), toBeHex(v === 27 ? 28 : 27)]);
  },
  "with v from 0 on": (signature) => {
    const { r, s, v } = Signature.from(signature);
    return concat([r, s, toBeHex(v - 27, 1)]);
  },
  "with a v that there isn't": (signature) => concat([dataSlice(signature, 0, 64), "0x1d"]),
  "in 64 bytes": (signature) => Signature.from(signature).compactSerialized,
  "with a byte after it": (signature) => concat([signature, "0x00"]),
  "with a word after it": (signature) => concat([signature, toBeHex(0, 32)]),
  "without its last byte": (signature) => dataSlice(signature, 0, 64),
  "of zeros": () => hexlify(new Uint8Array(65)),
  "of nothing": () => "0x",
};
const HIGH_S = "with the other s";

interface Form {
  sign: () => Promise<string>;
  send: (signature: string) => Promise<TransactionResponse>;
  /** Who refuses what isn't the signature, and with which error. */
  refusal: readonly [contract: { interface: Interface }, error: string];
  /** As `refusal`, for the signature itself a second time. */
  replay: readonly [contract: { interface: Interface }, error: string];
}

/** A DAO in which everything that can be signed has something to be signed for. */
async function launchToSign(connection: Connection) {
  const dao = await launchWithStewardedModules(connection);
  const { asSafe, deployer, governor, holders, manager, member, other, stranger } = dao;
  await asSafe(await manager.grantRole.populateTransaction(ROLE.ISSUER, other, 0));
  await makeMembers(dao, member, holders[0]);
  await request(dao, member, stranger);
  const call = await openCall(dao);
  const idea = await submitIdea(dao, call, holders[0]);
  await openSupport(dao, call);
  const proposal = new Proposal(governor, [{ to: stranger.address, data: "0x" }]);
  await proposal.propose(holders[0]).start();
  const campaign = await openCampaign(dao, [{ claimant: KEY.address, byKey: true, kind: 1n }]);
  const nicknames = await new Nicknames__factory(deployer).deploy();
  return { ...dao, issuer: other, idea, proposal, campaign, nicknames };
}

type World = Awaited<ReturnType<typeof launchToSign>>;

async function ballot({ governor, holders, proposal, stranger }: World, reason: string): Promise<Form> {
  const signed = await signBallot(governor, holders[1], proposal, { support: SUPPORT.for, reason });
  const { proposalId, support, voter } = signed;
  const sender = governor.connect(stranger);
  return {
    sign: () => Promise.resolve(signed.signature),
    send: (signature) =>
      reason === ""
        ? sender.castVoteBySig(proposalId, support, voter, signature)
        : sender.castVoteWithReasonAndParamsBySig(proposalId, support, voter, reason, "0x", signature),
    refusal: [governor, "GovernorInvalidSignature"],
    replay: [governor, "GovernorAlreadyCastVote"],
  };
}

const FORMS: Record<string, (world: World) => Promise<Form>> = {
  "a ballot": (world) => ballot(world, ""),

  "a ballot with a reason": (world) => ballot(world, "because"),

  "an issuer's voucher": async (world) => {
    const { badge, member, stranger } = world;
    const [voucher, signature] = await issueVoucher(world);
    return {
      sign: () => Promise.resolve(signature),
      send: (changed) => badge.connect(stranger).redeem(voucher, changed, member, ZeroAddress, "0x"),
      refusal: [badge, "ContributionBadgeInvalidVoucher"],
      replay: [badge, "ContributionBadgeVoucherUsed"],
    };
  },

  "a claim key's redemption": async (world) => {
    const { badge, member, stranger } = world;
    const [voucher, signature] = await issueVoucher(world, { claimant: KEY.address, byKey: true });
    return {
      sign: () => signRedemption(badge, KEY, voucher, { account: member.address }),
      send: (changed) => badge.connect(stranger).redeem(voucher, signature, member, ZeroAddress, changed),
      refusal: [CLAIMANT, "ClaimantInvalidSignature"],
      replay: [badge, "ContributionBadgeVoucherUsed"],
    };
  },

  "an account's redemption": async (world) => {
    const { badge, member, stranger } = world;
    const [voucher, signature] = await issueVoucher(world, { referralKind: 1n });
    return {
      sign: () => signRedemption(badge, member, voucher, { account: member.address }),
      send: (changed) => badge.connect(stranger).redeem(voucher, signature, member, ZeroAddress, changed),
      refusal: [CLAIMANT, "ClaimantInvalidSignature"],
      replay: [badge, "ContributionBadgeVoucherUsed"],
    };
  },

  "a claim": async ({ campaign, drop, member, stranger }) => {
    const [name, leaf, proof, account, referrer, signature] = await campaign.args(0, {
      account: member,
      signer: KEY,
    });
    return {
      sign: () => Promise.resolve(signature),
      send: (changed) => drop.connect(stranger).claim(name, leaf, proof, account, referrer, changed),
      refusal: [CLAIMANT, "ClaimantInvalidSignature"],
      replay: [drop, "LoyaltyDropAlreadyClaimed"],
    };
  },

  "a refusal of a recovery": (world) => {
    const { badge, member, other } = world;
    return Promise.resolve({
      sign: () => signRefusal(world, member),
      send: (signature) => badge.connect(other).refuseRecovery(member, signature),
      refusal: [badge, "ContributionBadgeInvalidRefusal"],
      replay: [badge, "ContributionBadgeNoRecovery"],
    });
  },

  "support for an idea": async ({ board, holders, idea }) => {
    const { supporter, ideas, signature } = await signSupport(board, holders[1], [idea]);
    return {
      sign: () => Promise.resolve(signature),
      send: (changed) => board.supportBySig(supporter, ideas, changed),
      refusal: [board, "IdeaBoardInvalidSignature"],
      replay: [board, "IdeaBoardSupportedBefore"],
    };
  },

  "a nickname": async ({ connection, member, nicknames, stranger }) => {
    const { name, version, chainId, verifyingContract } = await nicknames.eip712Domain();
    const deadline = (await now(connection)) + DAY;
    const types = {
      Nickname: [
        { name: "account", type: "address" },
        { name: "nickname", type: "string" },
        { name: "nonce", type: "uint256" },
        { name: "deadline", type: "uint48" },
      ],
    };
    const message = { account: member.address, nickname: "aoki", nonce: 0n, deadline };
    return {
      sign: () => member.signTypedData({ name, version, chainId, verifyingContract }, types, message),
      send: (signature) => nicknames.connect(stranger).setBySig(member, "aoki", deadline, signature),
      refusal: [nicknames, "NicknamesInvalidSignature"],
      replay: [nicknames, "NicknamesInvalidSignature"],
    };
  },
};

describe("Attack: a signature is changed so that it counts once more, or for somebody else", function () {
  let world: World;

  beforeEach(async function () {
    world = await networkHelpers.loadFixture(launchToSign);
  });

  for (const [name, formOf] of Object.entries(FORMS)) {
    it(`${name} counts as it was signed, once, and in no other spelling`, async function () {
      const { sign, send, refusal, replay } = await formOf(world);
      const signature = await sign();
      expect(dataLength(signature)).to.equal(65);
      for (const [variant, change] of Object.entries(VARIANTS)) {
        await expect(send(change(signature)), variant).to.be.revertedWithCustomError(...refusal);
      }
      await send(signature);
      await expect(send(signature)).to.be.revertedWithCustomError(...replay);
      for (const [variant, change] of Object.entries(VARIANTS)) {
        await expect(send(change(signature)), variant).to.be.revert(ethers);
      }
    });
  }

  /** What the token takes in three parts, and refuses of them. */
  const IN_PARTS = [
    [HIGH_S, "ECDSAInvalidSignatureS"],
    ["with v from 0 on", "ECDSAInvalidSignature"],
    ["with a v that there isn't", "ECDSAInvalidSignature"],
    ["of zeros", "ECDSAInvalidSignature"],
  ] as const;

  async function tokenDomain() {
    const { name, version, chainId, verifyingContract } = await world.token.eip712Domain();
    return { name, version, chainId, verifyingContract };
  }

  const changed = (variant: string, signature: string) => VARIANTS[variant]?.(signature) ?? "0x";

  const parts = (signature: string) =>
    [
      BigInt(dataSlice(signature, 64, 65)),
      dataSlice(signature, 0, 32),
      dataSlice(signature, 32, 64),
    ] as const;

  it("a permit counts as it was signed, once, and in no other spelling", async function () {
    const { connection, holders, stranger } = world;
    const [owner] = holders;
    const token = world.token.connect(stranger);
    const types = {
      Permit: [
        { name: "owner", type: "address" },
        { name: "spender", type: "address" },
        { name: "value", type: "uint256" },
        { name: "nonce", type: "uint256" },
        { name: "deadline", type: "uint256" },
      ],
    };
    const deadline = (await now(connection)) + DAY;
    const terms = [owner.address, stranger.address, tokens(5), deadline] as const;
    const message = { owner: terms[0], spender: terms[1], value: terms[2], nonce: 0n, deadline };
    const signature = await owner.signTypedData(await tokenDomain(), types, message);
    for (const [variant, error] of IN_PARTS) {
      const send = token.permit(...terms, ...parts(changed(variant, signature)));
      await expect(send, variant).to.be.revertedWithCustomError(token, error);
    }
    await token.permit(...terms, ...parts(signature));
    await expect(token.permit(...terms, ...parts(signature))).to.be.revertedWithCustomError(
      token,
      "ERC2612InvalidSigner",
    );
    const highS = changed(HIGH_S, signature);
    await expect(token.permit(...terms, ...parts(highS))).to.be.revertedWithCustomError(
      token,
      "ECDSAInvalidSignatureS",
    );
    expect(await token.allowance(owner, stranger)).to.equal(tokens(5));
  });

  it("a delegation counts as it was signed, once, and in no other spelling", async function () {
    const { connection, holders, stranger } = world;
    const [owner, delegatee] = holders;
    const token = world.token.connect(stranger);
    const types = {
      Delegation: [
        { name: "delegatee", type: "address" },
        { name: "nonce", type: "uint256" },
        { name: "expiry", type: "uint256" },
      ],
    };
    const expiry = (await now(connection)) + DAY;
    const terms = [delegatee.address, 0n, expiry] as const;
    const message = { delegatee: delegatee.address, nonce: 0n, expiry };
    const signature = await owner.signTypedData(await tokenDomain(), types, message);
    for (const [variant, error] of IN_PARTS) {
      const send = token.delegateBySig(...terms, ...parts(changed(variant, signature)));
      await expect(send, variant).to.be.revertedWithCustomError(token, error);
    }
    expect(await token.delegates(owner)).to.equal(owner);
    await token.delegateBySig(...terms, ...parts(signature));
    expect(await token.delegates(owner)).to.equal(delegatee);
    await token.connect(owner).delegate(owner);
    for (const again of [signature, changed(HIGH_S, signature)]) {
      await expect(token.delegateBySig(...terms, ...parts(again))).to.be.revert(ethers);
    }
    expect(await token.delegates(owner)).to.equal(owner);
  });

  describe("where nobody can have signed, as the account is the zero address", function () {
    const NONSENSE = [VARIANTS["of zeros"]?.("") ?? "", `0x${"11".repeat(64)}1b`, `0x${"11".repeat(64)}00`];

    it("no voucher of it counts", async function () {
      const { badge, stranger } = world;
      const [voucher] = await issueVoucher(world, { issuer: ZeroAddress });
      for (const signature of NONSENSE) {
        await expect(badge.connect(stranger).redeem(voucher, signature, voucher.claimant, ZeroAddress, "0x"))
          .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidVoucher")
          .withArgs(ZeroAddress);
      }
    });

    it("no claim key of it redeems", async function () {
      const { badge, stranger } = world;
      const [voucher, signature] = await issueVoucher(world, { claimant: ZeroAddress, byKey: true });
      for (const claim of NONSENSE) {
        await expect(badge.connect(stranger).redeem(voucher, signature, stranger, ZeroAddress, claim))
          .to.be.revertedWithCustomError(CLAIMANT, "ClaimantInvalidSignature")
          .withArgs(ZeroAddress);
      }
    });

    it("no ballot of it is cast", async function () {
      const { governor, proposal } = world;
      for (const signature of NONSENSE) {
        await expect(governor.castVoteBySig(proposal.id, SUPPORT.for, ZeroAddress, signature))
          .to.be.revertedWithCustomError(governor, "GovernorInvalidSignature")
          .withArgs(ZeroAddress);
      }
    });
  });
});

// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {BadgeHandler} from "./BadgeHandler.sol";
import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {IClaimant} from "../../contracts/interfaces/IClaimant.sol";
import {ILoyaltyDrop} from "../../contracts/interfaces/ILoyaltyDrop.sol";
import {IReferrals} from "../../contracts/interfaces/IReferrals.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {checkAtMost, checkEqual} from "./Checks.sol";
import {VM} from "./Vm.sol";

/// @title Campaigns
/// @notice Three campaigns of eight leaves, and everything that is done with them: tokens and badges for known accounts;
/// badges, with a referrer; tokens and votes for claim keys.
abstract contract Campaigns is BadgeHandler {
    /// @param wrong Whether the leaf isn't in the tree.
    struct Claim {
        bytes32 campaign;
        ILoyaltyDrop.Leaf leaf;
        address account;
        address referrer;
        bool wrong;
        bool signed;
    }

    uint256 internal constant CAMPAIGNS = 3;
    uint256 private constant FRIENDS = 2;
    uint256 private constant MAIL = 3;
    uint256 private constant LEAVES = 8;
    uint32 private constant REFERRAL_KIND = 1;
    bytes32 private constant CLAIM = keccak256(
        "Claim(bytes32 campaign,uint256 index,address account,address referrer)"
    );
    bytes32 private constant DOMAIN = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );

    mapping(bytes32 campaign => uint256) private _tokens;
    mapping(bytes32 campaign => uint256) private _deadlines;
    mapping(bytes32 campaign => bool) private _stopped;
    mapping(bytes32 campaign => mapping(uint256 index => bool)) private _claimed;
    /// @dev What each account was given by the drop and the rewards: people have tokens from nowhere else.
    mapping(address account => uint256) internal _received;

    constructor() {
        token.approve(address(drop), type(uint256).max);
        for (uint256 i = 1; i <= CAMPAIGNS; ++i) {
            bytes32 campaign = bytes32(i);
            _deadlines[campaign] = VM.getBlockTimestamp() + i * 6 weeks;
            drop.open(
                campaign,
                ILoyaltyDrop.CampaignTerms({
                    root: _tree(campaign)[1],
                    deadline: uint48(_deadlines[campaign]),
                    referralKind: _referralKind(campaign)
                })
            );
            // Not enough for all.
            _tokens[campaign] = 150e18;
            drop.fund(campaign, 150e18);
        }
    }

    /// @dev One in eight with a leaf that isn't in the tree, one in eight of those that are signed by a wrong key.
    function claimLeaf(uint256 seed, uint256 indexSeed, uint256 to, uint256 by) external {
        Claim memory claim;
        claim.campaign = _campaign(seed);
        claim.leaf = _leaf(claim.campaign, indexSeed % LEAVES);
        claim.wrong = seed % 8 == 7;
        claim.signed = to % 8 != 7;
        claim.account = claim.leaf.byKey || to % 16 == 15 ? _account(to) : claim.leaf.claimant;
        if (by % 8 > 2 && (_referralKind(claim.campaign) != 0 || by % 8 == 7)) claim.referrer = _account(by);
        bytes32[] memory proof = _proof(claim.campaign, claim.leaf.index);
        bytes memory signature = claim.leaf.byKey ? _sign(claim) : bytes("");
        if (claim.wrong) ++claim.leaf.amount;

        bytes4 expected = _claimError(claim);
        bool recorded = claim.referrer != address(0) && _isRecorded(claim.account, claim.referrer);
        bool[] memory granted = _granted(claim.leaf.kind, 1);
        bytes memory call = abi.encodeCall(
            ILoyaltyDrop.claim,
            (claim.campaign, claim.leaf, proof, claim.account, claim.referrer, signature)
        );
        _callTo(address(drop), claim.account, "E5: claim", expected, call);
        if (expected == 0) _recordClaim(claim, granted, recorded);
    }

    function fundCampaign(uint256 seed, uint256 amount) external {
        bytes32 campaign = _campaign(seed);
        amount %= 100e18;
        bytes4 expected;
        if (_isOver(campaign)) expected = ILoyaltyDrop.LoyaltyDropCampaignOver.selector;
        else if (amount == 0) expected = ILoyaltyDrop.LoyaltyDropInvalidAmount.selector;
        bytes memory call = abi.encodeCall(ILoyaltyDrop.fund, (campaign, amount));
        _callTo(address(drop), address(this), "E5: fund", expected, call);
        if (expected == 0) _tokens[campaign] += amount;
    }

    /// @dev One in six stops it first.
    function closeCampaign(uint256 seed) external {
        bytes32 campaign = _campaign(seed);
        if (seed % 6 == 0 && !_isOver(campaign)) {
            drop.stop(campaign, "over");
            _stopped[campaign] = true;
        }
        bytes4 expected = _isOver(campaign) ? bytes4(0) : ILoyaltyDrop.LoyaltyDropCampaignRunning.selector;
        uint256 before = token.balanceOf(treasury);
        bytes memory call = abi.encodeCall(ILoyaltyDrop.close, (campaign));
        _callTo(address(drop), address(0xB0B), "E5: close", expected, call);
        if (expected != 0) return;
        checkEqual("E5: left to the treasury", token.balanceOf(treasury), before + _tokens[campaign]);
        _tokens[campaign] = 0;
    }

    /// @notice E5.
    function checkCampaigns() external view {
        uint256 owed = 0;
        for (uint256 i = 1; i <= CAMPAIGNS; ++i) {
            bytes32 campaign = bytes32(i);
            checkEqual("E5: tokens of a campaign", drop.campaignOf(campaign).tokens, _tokens[campaign]);
            owed += _tokens[campaign];
            for (uint256 index = 0; index < LEAVES; ++index) {
                if (drop.isClaimed(campaign, index) == _claimed[campaign][index]) continue;
                checkEqual("E5: leaf that is claimed", index, LEAVES);
            }
        }
        checkAtMost("E5: owed", owed, token.balanceOf(address(drop)));
        for (uint256 i = 0; i < PEOPLE; ++i) {
            checkEqual("E5: received", token.balanceOf(_account(i)), _received[_account(i)]);
        }
    }

    function _recordClaim(Claim memory claim, bool[] memory granted, bool recorded) private {
        _claimed[claim.campaign][claim.leaf.index] = true;
        _tokens[claim.campaign] -= claim.leaf.amount;
        _received[claim.account] += claim.leaf.amount;
        address[] memory accounts = new address[](1);
        if (claim.leaf.kind != 0) {
            accounts[0] = claim.account;
            _recordAwards(claim.leaf.kind, accounts, granted);
        }
        if (!recorded) return;
        _referrers[claim.account] = claim.referrer;
        bool hasPoints = _points(REFERRAL_KIND) <= _roomInSeason();
        if (_rewarded[_season()][claim.referrer] < REFERRAL_LIMIT && hasPoints) {
            ++_rewarded[_season()][claim.referrer];
            accounts[0] = claim.referrer;
            _recordAwards(REFERRAL_KIND, accounts, new bool[](1));
        }
    }

    /// @dev In the order in which the contracts check.
    function _claimError(Claim memory claim) private view returns (bytes4) {
        if (_isOver(claim.campaign)) return ILoyaltyDrop.LoyaltyDropCampaignOver.selector;
        if (_claimed[claim.campaign][claim.leaf.index]) return ILoyaltyDrop.LoyaltyDropAlreadyClaimed.selector;
        if (claim.wrong) return ILoyaltyDrop.LoyaltyDropInvalidProof.selector;
        if (claim.referrer != address(0) && _referralKind(claim.campaign) == 0) {
            return ILoyaltyDrop.LoyaltyDropNoReferrals.selector;
        }
        if (claim.leaf.byKey) {
            if (!claim.signed) return IClaimant.ClaimantInvalidSignature.selector;
        } else if (claim.account != claim.leaf.claimant) {
            return IClaimant.ClaimantMismatch.selector;
        }
        if (claim.leaf.amount > _tokens[claim.campaign]) return ILoyaltyDrop.LoyaltyDropUnderfunded.selector;
        address[] memory accounts = new address[](1);
        accounts[0] = claim.account;
        bytes4 expected = claim.leaf.kind == 0 ? bytes4(0) : _awardError(claim.leaf.kind, accounts);
        return expected != 0 || claim.referrer == address(0) ? expected : _referralError(claim.account, claim.referrer);
    }

    function _referralError(address account, address referrer) private view returns (bytes4) {
        if (account == referrer) return IReferrals.ContributionBadgeSelfReferral.selector;
        return _isNewcomer(referrer) ? IReferrals.ContributionBadgeNotMember.selector : bytes4(0);
    }

    /// @dev What has changed since a claim was signed records nothing, and doesn't hinder it.
    function _isRecorded(address account, address referrer) private view returns (bool) {
        if (!_isNewcomer(account) || _awaits(account)) return false;
        return _held(referrer).length != 0 && _referrers[account] == address(0);
    }

    function _isOver(bytes32 campaign) private view returns (bool) {
        return _stopped[campaign] || VM.getBlockTimestamp() >= _deadlines[campaign];
    }

    function _sign(Claim memory claim) private view returns (bytes memory) {
        bytes32 domain = keccak256(
            abi.encode(DOMAIN, keccak256("LoyaltyDrop"), keccak256("1"), block.chainid, address(drop))
        );
        bytes32 digest = MessageHashUtils.toTypedDataHash(
            domain,
            keccak256(abi.encode(CLAIM, claim.campaign, claim.leaf.index, claim.account, claim.referrer))
        );
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(_claimKey(claim.leaf.index) + (claim.signed ? 0 : 1), digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev The tree as an array: the root at 1, the children of `i` at `2 * i` and `2 * i + 1`.
    function _tree(bytes32 campaign) private view returns (bytes32[] memory nodes) {
        nodes = new bytes32[](2 * LEAVES);
        for (uint256 i = 0; i < LEAVES; ++i) {
            nodes[LEAVES + i] = drop.leafHash(campaign, _leaf(campaign, i));
        }
        for (uint256 i = LEAVES - 1; i > 0; --i) {
            nodes[i] = Hashes.commutativeKeccak256(nodes[2 * i], nodes[2 * i + 1]);
        }
    }

    function _proof(bytes32 campaign, uint256 index) private view returns (bytes32[] memory proof) {
        bytes32[] memory nodes = _tree(campaign);
        proof = new bytes32[](3);
        uint256 node = LEAVES + index;
        for (uint256 i = 0; i < proof.length; ++i) {
            proof[i] = nodes[node ^ 1];
            node /= 2;
        }
    }

    function _leaf(bytes32 campaign, uint256 index) private pure returns (ILoyaltyDrop.Leaf memory leaf) {
        leaf.index = index;
        leaf.byKey = uint256(campaign) == MAIL;
        leaf.claimant = leaf.byKey ? VM.addr(_claimKey(index)) : _account(index);
        if (uint256(campaign) != FRIENDS) leaf.amount = uint128(index + 1) * 7e18;
        leaf.kind = leaf.byKey ? VOTING : uint32(index % (KINDS + 1));
        leaf.evidence = bytes32(index);
    }

    function _claimKey(uint256 index) private pure returns (uint256) {
        return 0xC1A13 + 2 * index;
    }

    function _referralKind(bytes32 campaign) private pure returns (uint32) {
        return uint256(campaign) == FRIENDS ? REFERRAL_KIND : 0;
    }

    function _campaign(uint256 seed) private pure returns (bytes32) {
        return bytes32(1 + ((seed >> 3) % CAMPAIGNS));
    }
}

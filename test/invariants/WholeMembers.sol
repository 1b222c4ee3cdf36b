// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";
import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IContributionRewards} from "../../contracts/interfaces/IContributionRewards.sol";
import {IIdeaBoard} from "../../contracts/interfaces/IIdeaBoard.sol";
import {ILoyaltyDrop} from "../../contracts/interfaces/ILoyaltyDrop.sol";
import {IMembershipPass} from "../../contracts/interfaces/IMembershipPass.sol";
import {checkAtMost, checkEqual} from "./Checks.sol";
import {Roles} from "../../contracts/access/Roles.sol";
import {VM} from "./Vm.sol";
import {WholeGovernance} from "./WholeGovernance.sol";

/// @title WholeMembers
/// @notice What stewards do, at once or after their delay, and what members have of it: campaigns, rewards of seasons, calls for ideas,
/// and passes.
abstract contract WholeMembers is WholeGovernance {
    /// @param by Which Safe, and which of its owners.
    struct Scheduled {
        uint256 by;
        address to;
        bytes data;
    }

    uint256 private constant LEAVES = 2;
    uint32 private constant PHASE = 6 hours;

    Scheduled[] private _scheduled;
    uint256 private _campaigns;
    mapping(bytes32 campaign => ILoyaltyDrop.Leaf[LEAVES]) private _leaves;
    mapping(bytes32 campaign => mapping(uint256 index => bool)) private _claimed;
    mapping(uint256 badgeId => bool) private _passed;

    /// @dev Opened or stopped by the steward, funded by somebody, or closed by anybody.
    function campaign(uint256 what, uint256 seed, uint256 amount) external {
        bytes32 name = bytes32(1 + (seed % (_campaigns + 1)));
        if (what % 8 < 4) {
            _openCampaign(seed, amount);
        } else if (what % 8 < 6) {
            bytes memory data = abi.encodeCall(ILoyaltyDrop.fund, (name, amount % 50e18));
            _try(_person(seed), address(drop), data);
        } else if (what % 16 == 6) {
            (bool success, ) = _bySafe(seed, address(drop), abi.encodeCall(ILoyaltyDrop.stop, (name, "over")));
            if (success) require(_has[Roles.STEWARD][_brandOf(seed)], "W4: stopped");
        } else {
            _try(_person(seed), address(drop), abi.encodeCall(ILoyaltyDrop.close, (name)));
        }
    }

    /// @dev By anybody, for whom the leaf names, or one in eight for somebody else.
    function claimLeaf(uint256 seed, uint256 index, uint256 by) external {
        if (_campaigns == 0) return;
        bytes32 name = bytes32(1 + (seed % _campaigns));
        index %= LEAVES;
        ILoyaltyDrop.Leaf memory leaf = _leaves[name][index];
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = drop.leafHash(name, _leaves[name][1 - index]);
        address account = by % 8 == 7 ? _person(by >> 3) : leaf.claimant;
        bytes memory data = abi.encodeCall(ILoyaltyDrop.claim, (name, leaf, proof, account, address(0), ""));
        uint256 before = token.balanceOf(account);
        (bool success, ) = _try(_person(by >> 8), address(drop), data);
        if (!success) return;
        require(!_claimed[name][index] && account == leaf.claimant && !_halted, "W4: claimed");
        checkEqual("W4: tokens of a leaf", token.balanceOf(account), before + leaf.amount);
        _claimed[name][index] = true;
    }

    function fundSeason(uint256 by, bool other, uint256 amount) external {
        uint16 season = badge.currentSeason() + uint16(by % 2);
        bytes memory data = abi.encodeCall(IContributionRewards.fund, (season, _currency(other), amount % 100e18));
        _try(_person(by >> 1), address(rewards), data);
    }

    /// @dev By anybody; half of those that would come too early wait.
    function claimReward(uint256 seed, bool other, bool wait) external {
        uint16 season = badge.currentSeason() - 1;
        if (wait && season != 0) {
            (, uint48 end) = badge.seasonBounds(season);
            _warpTo(end + badge.disputeWindow());
        }
        address account = _person(seed);
        address currency = _currency(other);
        bytes memory data = abi.encodeCall(IContributionRewards.claim, (season, currency, account));
        (bool success, ) = _try(_person(seed >> 8), address(rewards), data);
        if (!success) return;
        require(!_halted, "W4: claimed while halted");
        IContributionRewards.Budget memory budget = rewards.budgetOf(season, currency);
        checkAtMost("W5: paid of a season", budget.paid, budget.budget);
    }

    function returnUnclaimed(uint256 by, bool other) external {
        bytes memory data = abi.encodeCall(IContributionRewards.returnUnclaimed, (_currency(other)));
        _try(_person(by), address(rewards), data);
    }

    /// @dev Calls and their ideas: opened, adopted and shipped by the steward, put forward and supported by people.
    function ideas(uint256 what, uint256 seed, bool wait) external {
        uint256 call = board.callCount();
        if (call == 0 || what % 16 == 0) return _openCall(seed);
        IIdeaBoard.Call memory state = board.callOf(call);
        uint256[] memory chosen = new uint256[](1);
        chosen[0] = (call << 16) | (state.ideas == 0 ? 0 : seed % state.ideas);
        if (what % 16 < 5) {
            _try(_person(seed), address(board), abi.encodeCall(IIdeaBoard.submit, (call, "An idea", "", 0)));
        } else if (what % 16 < 9) {
            if (wait) _warpTo(uint256(state.snapshot) + 1);
            _try(_person(seed >> 8), address(board), abi.encodeCall(IIdeaBoard.support, (chosen)));
        } else if (what % 16 < 12) {
            if (wait) _warpTo(state.end);
            _asSteward(seed, address(board), abi.encodeCall(IIdeaBoard.adopt, (chosen[0])));
        } else if (what % 16 < 15) {
            _asSteward(seed, address(board), abi.encodeCall(IIdeaBoard.ship, (chosen[0], 0, "")));
        } else {
            _try(_person(seed), address(board), abi.encodeCall(IIdeaBoard.withdraw, (chosen[0])));
        }
    }

    /// @dev Made for whoever has the badge, once, and sold.
    function passes(uint256 seed, uint256 to, bool make) external {
        uint256 id = 1 + (seed % (badge.totalAwarded() + 1));
        if (make) {
            (bool success, ) = _try(_person(to), address(pass), abi.encodeCall(IMembershipPass.mint, (id)));
            if (!success) return;
            require(!_passed[id], "W4: two passes of a badge");
            checkEqual("W4: holder of a pass", pass.ownerOf(id), badge.ownerOf(id));
            _passed[id] = true;
        } else if (_passed[id]) {
            address holder = pass.ownerOf(id);
            address caller = to % 8 == 7 ? _person(to) : holder;
            VM.prank(caller);
            try pass.transferFrom(holder, _person(to >> 3), id) {
                checkEqual("W4: seller of a pass", caller, holder);
            } catch {}
        }
    }

    /// @dev At once, or scheduled, where the Safe has to wait. By the Safe, or one in eight times by the other one.
    function _asSteward(uint256 by, address to, bytes memory data) internal {
        if (_STEWARD_DELAY == 0) return _carryOut(by, to, data);
        (bool success, ) = _bySafe(by, address(manager), abi.encodeCall(IAccessManager.schedule, (to, data, 0)));
        // The same was scheduled before.
        if (!success) return;
        _scheduled.push(Scheduled(by, to, data));
        (success, ) = _bySafe(by, to, data);
        require(!success, "W4: steward without its delay");
    }

    function _runScheduled(uint256 which) internal {
        if (_scheduled.length == 0) return;
        Scheduled memory one = _scheduled[_scheduled.length - 1 - (which % _scheduled.length)];
        _carryOut(one.by, one.to, one.data);
    }

    /// @dev What each could claim at this moment, in both currencies.
    function _claimable() internal view returns (uint256[2 * PEOPLE] memory amounts) {
        uint16 season = badge.currentSeason() - 1;
        for (uint256 i = 0; i < 2 * PEOPLE; ++i) {
            try rewards.claimable(season, _currency(i < PEOPLE), people[i % PEOPLE]) returns (uint256 amount) {
                amounts[i] = amount;
            } catch {
                return amounts;
            }
        }
    }

    /// @dev W5.
    function _checkClaimable(uint256[2 * PEOPLE] memory before) internal view {
        uint256[2 * PEOPLE] memory amounts = _claimable();
        for (uint256 i = 0; i < 2 * PEOPLE; ++i) checkAtMost("W5: reward", amounts[i], before[i]);
    }

    function _currency(bool other) internal view returns (address) {
        return other ? address(plain) : address(token);
    }

    function _carryOut(uint256 by, address to, bytes memory data) private {
        (bool success, ) = _bySafe(by, to, data);
        if (!success) return;
        require(_has[Roles.STEWARD][_brandOf(by)], "W4: steward");
        if (to == address(badge) && bytes4(data) == badge.resume.selector) _halted = false;
        if (to != address(manager)) return;
        (uint64 role, address account) = abi.decode(Bytes.slice(data, 4, 68), (uint64, address));
        _has[role][account] = bytes4(data) == IAccessManager.grantRole.selector;
    }

    function _openCampaign(uint256 seed, uint256 amount) private {
        bytes32 name = bytes32(++_campaigns);
        bytes32[LEAVES] memory nodes;
        for (uint256 i = 0; i < LEAVES; ++i) {
            ILoyaltyDrop.Leaf memory leaf;
            leaf.index = i;
            leaf.claimant = _person(seed >> (8 * i));
            leaf.amount = uint128(amount % 20e18);
            leaf.kind = uint32((amount >> (8 * i)) % 3);
            _leaves[name][i] = leaf;
            nodes[i] = drop.leafHash(name, leaf);
        }
        ILoyaltyDrop.CampaignTerms memory terms = ILoyaltyDrop.CampaignTerms({
            root: Hashes.commutativeKeccak256(nodes[0], nodes[1]),
            deadline: uint48(VM.getBlockTimestamp() + 20 days),
            referralKind: 0
        });
        _asSteward(seed, address(drop), abi.encodeCall(ILoyaltyDrop.open, (name, terms)));
    }

    function _openCall(uint256 seed) private {
        IIdeaBoard.CallTerms memory terms = IIdeaBoard.CallTerms({
            question: "?",
            rulesURI: "",
            rulesHash: 0,
            ideasFor: PHASE,
            supportFor: PHASE,
            ideasPerMember: 2,
            winners: 2,
            counting: seed % 2 == 0 ? IIdeaBoard.Counting.Weight : IIdeaBoard.Counting.Voice,
            choice: IIdeaBoard.Choice.Approve,
            memberDays: 0,
            badgeKind: BOARD_KIND,
            options: new string[](0)
        });
        _asSteward(seed, address(board), abi.encodeCall(IIdeaBoard.open, (terms)));
    }
}

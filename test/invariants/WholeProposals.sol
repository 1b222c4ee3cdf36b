// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {IBrandGovernor} from "../../contracts/interfaces/IBrandGovernor.sol";
import {IBrandToken} from "../../contracts/interfaces/IBrandToken.sol";
import {IContributionBadge} from "../../contracts/interfaces/IContributionBadge.sol";
import {IContributionRewards} from "../../contracts/interfaces/IContributionRewards.sol";
import {IHandover} from "../../contracts/interfaces/IHandover.sol";
import {ILoyaltyDrop} from "../../contracts/interfaces/ILoyaltyDrop.sol";
import {IRecoveries} from "../../contracts/interfaces/IRecoveries.sol";
import {Roles} from "../../contracts/access/Roles.sol";
import {VM} from "./Vm.sol";
import {WholeModel} from "./WholeModel.sol";

/// @title WholeProposals
/// @notice What proposals of a whole DAO do: they pay, in every currency, mint, fund, take badges, set terms, and give and take power.
abstract contract WholeProposals is WholeModel {
    enum Kind {
        PayTokens,
        PayEther,
        PayPlains,
        PayTooMuch,
        Mint,
        FundSeason,
        FundCampaign,
        RevokeVoting,
        ExcludePoints,
        SetQuorumFloor,
        SetDelay,
        GiveBack,
        SetSafe,
        AppointIssuer,
        Resume,
        SetGuardian,
        CancelRecovery
    }

    uint256 internal constant KINDS = uint256(type(Kind).max) + 1;

    /// @param pays What leaves the treasury when it is carried out.
    /// @param subject Whom it gives power.
    /// @param role Which role it gives.
    /// @param time From when on anyone may hand over, until when somebody may veto, or how long what passed waits.
    struct Plan {
        Kind kind;
        address[] targets;
        uint256[] values;
        bytes[] calls;
        Money pays;
        address subject;
        uint64 role;
        uint48 time;
    }

    /// @dev As the DAO is when it is made. Whatever it says, it may be wrong when it is carried out.
    function _plan(Kind kind, uint256 seed) internal view returns (Plan memory plan) {
        plan.kind = kind;
        plan.subject = _person(seed);
        uint256 amount = 1 + ((seed >> 8) % 1_000e18);
        if (kind == Kind.PayTokens) {
            plan.pays.tokens = amount;
            _one(plan, address(token), abi.encodeCall(IERC20.transfer, (plan.subject, amount)));
        } else if (kind == Kind.PayEther) {
            plan.pays.ether_ = amount % 1 ether;
            _one(plan, plan.subject, "");
            plan.values[0] = plan.pays.ether_;
        } else if (kind == Kind.PayPlains) {
            plan.pays.plains = amount;
            _one(plan, address(plain), abi.encodeCall(IERC20.transfer, (plan.subject, amount)));
        } else if (kind == Kind.PayTooMuch) {
            // Half of it could be paid.
            plan.pays.tokens = token.balanceOf(timelock) + 1;
            _two(
                plan,
                [address(token), address(token)],
                abi.encodeCall(IERC20.transfer, (plan.subject, plan.pays.tokens / 2)),
                abi.encodeCall(IERC20.transfer, (plan.subject, plan.pays.tokens - plan.pays.tokens / 2))
            );
        } else if (kind == Kind.Mint) {
            _one(plan, address(token), abi.encodeCall(IBrandToken.mint, (plan.subject, amount)));
        } else if (kind == Kind.FundSeason) {
            plan.pays.tokens = amount;
            uint16 season = badge.currentSeason() + uint16(seed % 2);
            _two(
                plan,
                [address(token), address(rewards)],
                abi.encodeCall(IERC20.approve, (address(rewards), amount)),
                abi.encodeCall(IContributionRewards.fund, (season, address(token), amount))
            );
        } else if (kind == Kind.FundCampaign) {
            plan.pays.tokens = amount;
            _two(
                plan,
                [address(token), address(drop)],
                abi.encodeCall(IERC20.approve, (address(drop), amount)),
                abi.encodeCall(ILoyaltyDrop.fund, (bytes32(1 + (seed % (drop.campaignCount() + 1))), amount))
            );
        } else {
            _planPower(plan, seed);
        }
    }

    /// @dev The record of who has which power, after one was carried out.
    function _carriedOut(Plan memory plan) internal {
        if (plan.kind == Kind.GiveBack) {
            _handedOver = false;
            // A date that has passed is taken as now.
            _communityDate = Math.max(plan.time, VM.getBlockTimestamp());
            _has[Roles.STEWARD][plan.subject] = true;
            _has[plan.role][plan.subject] = true;
        } else if (plan.kind == Kind.AppointIssuer) {
            _has[plan.role][plan.subject] = true;
        } else if (plan.kind == Kind.SetSafe) {
            if (_has[Roles.STEWARD][_brand()]) {
                _has[Roles.STEWARD][_brand()] = false;
                _has[Roles.STEWARD][plan.subject] = true;
            }
            _current = 1 - _current;
        } else if (plan.kind == Kind.Resume) {
            _halted = false;
        } else if (plan.kind == Kind.SetGuardian) {
            (_guardian, _guardianUntil) = (plan.subject, plan.time);
        } else if (plan.kind == Kind.SetDelay) {
            _delay = plan.time;
        }
    }

    function _planPower(Plan memory plan, uint256 seed) private view {
        Kind kind = plan.kind;
        if (kind == Kind.RevokeVoting) {
            uint256 id = 1 + (seed % (badge.totalAwarded() + 1));
            _one(plan, address(badge), abi.encodeCall(IContributionBadge.revokeVoting, (id, "mistaken")));
        } else if (kind == Kind.ExcludePoints) {
            uint16 season = badge.currentSeason() - uint16(seed % 2);
            uint256 taken = badge.takenSeasonPoints(season);
            _one(plan, address(badge), abi.encodeCall(IContributionBadge.excludePoints, (season, taken)));
        } else if (kind == Kind.SetQuorumFloor) {
            uint128 floor = uint128(1e18 + ((seed >> 8) % 2_000e18));
            _one(plan, address(governor), abi.encodeCall(IBrandGovernor.setQuorumFloor, (floor)));
        } else if (kind == Kind.SetDelay) {
            plan.time = 1 hours + uint48(seed % 5 hours);
            _one(plan, timelock, abi.encodeCall(TimelockController.updateDelay, (plan.time)));
        } else if (kind == Kind.GiveBack) {
            _planGivingBack(plan, seed);
        } else if (kind == Kind.SetSafe) {
            plan.subject = address(safes[1 - _current]);
            _one(plan, address(handover), abi.encodeCall(IHandover.setSafe, (plan.subject)));
        } else if (kind == Kind.AppointIssuer) {
            plan.role = _issuerRole();
            // That of the launch is administered by stewards, and so by the treasury.
            _one(plan, address(manager), abi.encodeCall(IAccessManager.grantRole, (plan.role, plan.subject, 0)));
        } else if (kind == Kind.Resume) {
            _one(plan, address(badge), abi.encodeCall(IContributionBadge.resume, ()));
        } else if (kind == Kind.SetGuardian) {
            plan.subject = _brand();
            plan.time = uint48(VM.getBlockTimestamp() + (seed % 30 days));
            _one(plan, address(governor), abi.encodeCall(IBrandGovernor.setGuardianTerm, (plan.subject, plan.time)));
        } else {
            _one(plan, address(badge), abi.encodeCall(IRecoveries.cancelRecovery, (plan.subject)));
        }
    }

    function _planGivingBack(Plan memory plan, uint256 seed) private view {
        plan.subject = _brand();
        plan.role = _issuerRole();
        plan.targets = new address[](3);
        plan.values = new uint256[](3);
        plan.calls = new bytes[](3);
        plan.targets[0] = address(handover);
        plan.time = uint48(VM.getBlockTimestamp() + (seed % 60 days));
        plan.calls[0] = abi.encodeCall(IHandover.setCommunityDate, (plan.time));
        plan.targets[1] = address(manager);
        plan.calls[1] = abi.encodeCall(IAccessManager.grantRole, (Roles.STEWARD, plan.subject, _STEWARD_DELAY));
        plan.targets[2] = address(manager);
        plan.calls[2] = abi.encodeCall(IAccessManager.grantRole, (plan.role, plan.subject, 0));
    }

    function _one(Plan memory plan, address target, bytes memory data) private pure {
        plan.targets = new address[](1);
        plan.values = new uint256[](1);
        plan.calls = new bytes[](1);
        (plan.targets[0], plan.calls[0]) = (target, data);
    }

    function _two(Plan memory plan, address[2] memory targets, bytes memory first, bytes memory second) private pure {
        plan.targets = new address[](2);
        plan.values = new uint256[](2);
        plan.calls = new bytes[](2);
        for (uint256 i = 0; i < 2; ++i) plan.targets[i] = targets[i];
        (plan.calls[0], plan.calls[1]) = (first, second);
    }
}

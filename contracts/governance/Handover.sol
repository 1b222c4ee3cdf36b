// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {HandoverTerms} from "./HandoverTerms.sol";
import {IBrandTimelock} from "../interfaces/IBrandTimelock.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {IGuardedGovernor} from "../interfaces/IGuardedGovernor.sol";
import {IHandover} from "../interfaces/IHandover.sol";
import {ISafeOwners} from "../interfaces/ISafeOwners.sol";
import {Roles} from "../access/Roles.sol";

/// @title Handover
/// @notice See {IHandover}. Its code never changes: each DAO has a clone, with what it was launched with as immutable
/// arguments.
/// @dev That it was handed over is stored, and not inferred from the Safe's roles: the Safe can renounce STEWARD by
/// itself, which ends no issuer's appointment.
contract Handover is IHandover {
    /// @dev What proposals changed since the launch; 0 for as launched.
    address private _changedSafe;
    uint48 private _changedDate;

    bool private _handedOver;

    mapping(address owner => uint48) private _haltableFrom;

    modifier onlyTimelock() {
        require(msg.sender == IGuardedGovernor(governor()).timelock(), HandoverUnauthorized(msg.sender));
        _;
    }

    /// @inheritdoc IHandover
    function handOver() external {
        require(!_handedOver, HandoverAlreadyDone());
        address safe_ = safe();
        if (block.timestamp < communityDate()) {
            require(msg.sender == safe_, HandoverTooEarly(msg.sender, communityDate()));
            require(phase() != Phase.BrandLed, HandoverVetoStillHeld());
        }
        _handedOver = true;
        IContributionBadge(badge()).rotateIssuerRole();
        _manager().revokeRole(Roles.STEWARD, safe_);
        emit HandedOver(safe_, msg.sender);
    }

    /// @inheritdoc IHandover
    function haltAwards() external {
        address safe_ = safe();
        require(ISafeOwners(safe_).isOwner(msg.sender), HandoverNotSafeOwner(msg.sender));
        uint48 from = _haltableFrom[msg.sender];
        require(block.timestamp >= from, HandoverHaltedBefore(msg.sender, from));
        (, uint32 stewardDelay) = _manager().hasRole(Roles.STEWARD, safe_);
        uint48 decisionTime = IBrandTimelock(IGuardedGovernor(governor()).timelock()).decisionTime();
        uint48 until = uint48(block.timestamp) + stewardDelay;
        _haltableFrom[msg.sender] = until + 2 * decisionTime;
        IContributionBadge(badge()).halt(until);
        emit AwardsHaltedByOwner(msg.sender);
    }

    /// @inheritdoc IHandover
    function setCommunityDate(uint48 newDate) external onlyTimelock {
        // Nobody knows, when a proposal is made, when it will be carried out.
        if (newDate < block.timestamp) newDate = uint48(block.timestamp);
        HandoverTerms.checkDate(newDate);
        emit CommunityDateSet(communityDate(), newDate);
        _changedDate = newDate;
        _handedOver = false;
    }

    /// @inheritdoc IHandover
    function setSafe(address newSafe) external onlyTimelock {
        HandoverTerms.checkSafe(newSafe);
        address oldSafe = safe();
        require(newSafe != oldSafe, HandoverInvalidSafe(newSafe));
        IAccessManager manager = _manager();
        (bool steward, uint32 executionDelay) = manager.hasRole(Roles.STEWARD, oldSafe);
        _changedSafe = newSafe;
        if (steward) {
            manager.revokeRole(Roles.STEWARD, oldSafe);
            manager.grantRole(Roles.STEWARD, newSafe, executionDelay);
        }
        emit SafeSet(oldSafe, newSafe);
    }

    /// @inheritdoc IHandover
    function phase() public view returns (Phase) {
        if (IGuardedGovernor(governor()).proposalGuardian() != address(0)) return Phase.BrandLed;
        return _handedOver ? Phase.Community : Phase.Shared;
    }

    /// @inheritdoc IHandover
    function safe() public view returns (address) {
        (, , address launched, ) = HandoverTerms.read(address(this));
        return _changedSafe == address(0) ? launched : _changedSafe;
    }

    /// @inheritdoc IHandover
    function communityDate() public view returns (uint48) {
        (, , , uint48 launched) = HandoverTerms.read(address(this));
        return _changedDate == 0 ? launched : _changedDate;
    }

    /// @inheritdoc IHandover
    function haltableFrom(address owner) external view returns (uint48) {
        return _haltableFrom[owner];
    }

    /// @inheritdoc IHandover
    function governor() public view returns (address governor_) {
        (governor_, , , ) = HandoverTerms.read(address(this));
    }

    /// @inheritdoc IHandover
    function badge() public view returns (address badge_) {
        (, badge_, , ) = HandoverTerms.read(address(this));
    }

    function _manager() private view returns (IAccessManager) {
        return IAccessManager(IAccessManaged(badge()).authority());
    }
}

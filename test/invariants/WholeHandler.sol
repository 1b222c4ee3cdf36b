// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IBrandGovernor} from "../../contracts/interfaces/IBrandGovernor.sol";
import {IContributionBadge} from "../../contracts/interfaces/IContributionBadge.sol";
import {IHandover} from "../../contracts/interfaces/IHandover.sol";
import {IRecoveries} from "../../contracts/interfaces/IRecoveries.sol";
import {IVouchers} from "../../contracts/interfaces/IVouchers.sol";
import {badgeDigest} from "../../contracts/badge/BadgeDomain.sol";
import {Roles} from "../../contracts/access/Roles.sol";
import {VM} from "./Vm.sol";
import {WholeMisdeeds} from "./WholeMisdeeds.sol";
import {WholeModel} from "./WholeModel.sol";

/// @title WholeHandler
/// @notice A random life of a whole DAO: what its people, its Safes and their owners, its issuers, and those who have no right to it
/// do. Whatever succeeds has to be somebody's to do.
contract WholeHandler is WholeMisdeeds {
    bytes32 private constant VOUCHER = keccak256(
        "Voucher(address issuer,uint32 kind,address claimant,bool byKey,bytes32 evidence,uint32 referralKind,uint48 expiry,uint256 nonce)"
    );

    mapping(address issuer => mapping(uint256 nonce => bool)) private _used;

    constructor(Terms memory terms) WholeModel(terms) {
        // Somebody beside the Safe who awards, and signs vouchers.
        _asSteward(0, address(manager), abi.encodeCall(IAccessManager.grantRole, (Roles.ISSUER, people[0], 0)));
        if (_STEWARD_DELAY != 0) {
            _warpTo(VM.getBlockTimestamp() + _STEWARD_DELAY);
            _runScheduled(0);
        }
        _warpTo(VM.getBlockTimestamp() + 1 hours);
    }

    // Actions. Seeds choose accounts and amounts.

    /// @dev Of people, now and then to a Safe or the treasury.
    function transfer(uint256 from, uint256 to, uint256 amount) external {
        address holder = _person(from);
        amount %= token.balanceOf(holder) + 1;
        _try(holder, address(token), abi.encodeCall(IERC20.transfer, (_receiver(to), amount)));
    }

    function delegate(uint256 from, uint256 to) external {
        _try(_person(from), address(token), abi.encodeCall(IVotes.delegate, (_receiver(to))));
    }

    /// @dev By the issuer of the launch, by a Safe, or by somebody else.
    function award(uint256 by, uint256 kindSeed, uint256 to, uint256 count) external {
        uint32 kind = 1 + uint32(kindSeed % 7 == 0 ? BOARD_KIND - 1 : kindSeed % 2);
        address[] memory accounts = new address[](1 + (count % 3));
        for (uint256 i = 0; i < accounts.length; ++i) accounts[i] = _person((to >> (8 * i)));
        bytes memory data = abi.encodeCall(
            IContributionBadge.awardBatch,
            (kind, accounts, new bytes32[](accounts.length), "")
        );
        address issuer =
            by % 3 == 0
                ? people[0]
                : by % 3 == 1
                    ? _brandOf(by)
                    : _person(by >> 8);
        bool success;
        if (by % 3 == 1) (success, ) = _bySafe(by, address(badge), data);
        else (success, ) = _try(issuer, address(badge), data);
        if (success) require(_has[kind == BOARD_KIND ? Roles.BOARD : _issuerRole()][issuer], "W4: awarded");
    }

    /// @dev A voucher of somebody, for whoever it names, or one in four for a claim key that names somebody else.
    function redeem(uint256 by, uint256 to, uint256 nonce, uint256 time) external {
        IVouchers.Voucher memory voucher;
        uint256 index = by % 3 == 0 ? by % PEOPLE : 0;
        voucher.issuer = people[index];
        voucher.kind = 1 + uint32(by % 2);
        voucher.claimant = _person(to);
        voucher.nonce = nonce % 32;
        voucher.expiry = uint48(VM.getBlockTimestamp() + (time % 8) - 1);
        bytes memory signature = _sign(
            FIRST_KEY + index,
            badgeDigest(address(badge), keccak256(abi.encode(VOUCHER, voucher)))
        );
        // Who wasn't named gets nothing by it.
        address account = time % 16 == 15 ? _person(to + 1) : voucher.claimant;
        bytes memory data = abi.encodeCall(IVouchers.redeem, (voucher, signature, account, address(0), ""));
        (bool success, ) = _try(_person(by >> 8), address(badge), data);
        if (!success) return;
        require(_has[_issuerRole()][voucher.issuer], "W4: signed for");
        require(!_used[voucher.issuer][voucher.nonce] && account == voucher.claimant, "W4: redeemed");
        require(VM.getBlockTimestamp() < voucher.expiry, "W4: redeemed too late");
        _used[voucher.issuer][voucher.nonce] = true;
    }

    function cancelVoucher(uint256 by, uint256 nonce) external {
        bytes memory data = abi.encodeCall(IVouchers.cancelVoucher, (nonce % 32));
        (bool success, ) = _try(_person(by), address(badge), data);
        if (success) _used[_person(by)][nonce % 32] = true;
    }

    /// @dev Taken by the steward, or by somebody else; or given up by its holder. Nobody's reward rises, where it can be claimed.
    function take(uint256 seed, uint256 by) external {
        uint256 id = 1 + (seed % (badge.totalAwarded() + 1));
        uint256[2 * PEOPLE] memory before = _claimable();
        if (by % 8 == 0) {
            bytes memory data = abi.encodeCall(IContributionBadge.revoke, (id, "mistaken"));
            (bool success, ) = _try(_person(by >> 8), address(badge), data);
            require(!success, "W4: revoked");
        } else if (by % 2 == 0) {
            _asSteward(by >> 8, address(badge), abi.encodeCall(IContributionBadge.revoke, (id, "mistaken")));
        } else {
            try badge.ownerOf(id) returns (address holder) {
                _try(holder, address(badge), abi.encodeCall(IContributionBadge.renounce, (id)));
            } catch {}
        }
        _checkClaimable(before);
    }

    function grantVotes(uint256 seed) external {
        uint256[] memory ids = new uint256[](2);
        uint256 total = badge.totalAwarded() + 1;
        for (uint256 i = 0; i < 2; ++i) ids[i] = 1 + (((seed % total) + i) % total);
        _try(_person(seed), address(badge), abi.encodeCall(IContributionBadge.grantVotes, (ids)));
    }

    /// @dev Asked for by the steward, refused by either side, canceled, or carried out by anybody, with up to three badges.
    function recovery(uint256 how, uint256 seed, bool wait) external {
        address from = _person(seed);
        if (how % 8 < 3) {
            address to = _person(seed >> 8);
            _asSteward(seed, address(badge), abi.encodeCall(IRecoveries.requestRecovery, (from, to)));
        } else if (how % 8 == 3) {
            address caller = _person(seed >> 8);
            bytes memory data = abi.encodeCall(IRecoveries.refuseRecovery, (from, ""));
            (bool success, ) = _try(caller, address(badge), data);
            if (success) require(caller == from, "W4: refused");
        } else if (how % 16 == 4) {
            bytes memory data = abi.encodeCall(IRecoveries.cancelRecovery, (from));
            (bool success, ) = _bySafe(seed, address(badge), data);
            if (success) require(_has[Roles.STEWARD][_brandOf(seed)], "W4: canceled");
        } else {
            IRecoveries.Recovery memory last = badge.recoveryOf(from);
            if (wait) _warpTo(last.eta);
            bytes memory data = abi.encodeCall(IRecoveries.recover, (from, _held(from, seed >> 8)));
            uint256 time = VM.getBlockTimestamp();
            (bool success, ) = _try(_person(seed >> 16), address(badge), data);
            if (success) require(last.oldAccount == from && time >= last.eta && !_halted, "W4: recovered");
        }
    }

    /// @dev Power is handed over, or given up; awards are halted by an owner, and go on.
    function powers(uint256 what, uint256 by) external {
        if (what % 8 < 2) {
            bytes memory data = abi.encodeCall(IHandover.handOver, ());
            address caller = what % 8 == 0 ? _brandOf(by) : _person(by);
            bool success;
            if (what % 8 == 0) (success, ) = _bySafe(by, address(handover), data);
            else (success, ) = _try(caller, address(handover), data);
            if (success) _recordHandover(caller);
        } else if (what % 16 == 2) {
            (bool success, ) = _bySafe(by, address(governor), abi.encodeCall(IBrandGovernor.resignGuardian, ()));
            if (!success) return;
            require(_vetoer() == _brandOf(by), "W4: resigned");
            _guardian = address(0);
        } else if (what % 8 == 3) {
            address caller = by % 4 == 0 ? _person(by) : _owner(by);
            (bool success, ) = _try(caller, address(handover), abi.encodeCall(IHandover.haltAwards, ()));
            if (!success) return;
            require(by % 4 != 0, "W4: halted");
            _halted = true;
        } else {
            _asSteward(by, address(badge), abi.encodeCall(IContributionBadge.resume, ()));
        }
    }

    /// @dev The Safe appoints issuers and dismisses them; some resign.
    function appoint(uint256 seed, uint256 what) external {
        address account = _person(seed);
        bytes memory data =
            what % 3 == 0
                ? abi.encodeCall(IAccessManager.grantRole, (Roles.ISSUER, account, 0))
                : abi.encodeCall(IAccessManager.revokeRole, (Roles.ISSUER, account));
        if (what % 3 != 2) {
            _asSteward(seed >> 8, address(manager), data);
        } else {
            uint64 role = _roles[(seed >> 8) % _roles.length];
            data = abi.encodeCall(IAccessManager.renounceRole, (role, account));
            (bool success, ) = _try(account, address(manager), data);
            if (success) _has[role][account] = false;
        }
    }

    /// @dev Carries out what the Safe has scheduled, where it has to.
    function runScheduled(uint256 which, bool wait) external {
        if (_STEWARD_DELAY == 0) return;
        if (wait) _warpTo(VM.getBlockTimestamp() + _STEWARD_DELAY);
        uint256[2 * PEOPLE] memory before = _claimable();
        _runScheduled(which);
        _checkClaimable(before);
    }

    function _recordHandover(address caller) private {
        bool due = VM.getBlockTimestamp() >= _communityDate;
        require(!_handedOver && (due || (caller == _brand() && _vetoer() == address(0))), "W4: handed over");
        _handedOver = true;
        _has[Roles.STEWARD][_brand()] = false;
        uint64 last = _issuerRole();
        _roles.push(last + (uint64(1) << 32));
    }

    /// @dev Up to three badges of an account, from one on.
    function _held(address account, uint256 seed) private view returns (uint256[] memory ids) {
        uint256 total = badge.totalAwarded();
        uint256 count = 0;
        ids = new uint256[](3);
        for (uint256 i = 0; i < total && i < 24 && count < ids.length; ++i) {
            uint256 id = 1 + (((seed % total) + i) % total);
            try badge.ownerOf(id) returns (address holder) {
                if (holder == account) ids[count++] = id;
            } catch {}
        }
        assembly ("memory-safe") {
            mstore(ids, count)
        }
    }

    function _receiver(uint256 seed) private view returns (address) {
        return
            seed % 8 == 7
                ? timelock
                : seed % 8 == 6
                    ? _brand()
                    : _person(seed >> 3);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {badgeDigest} from "./BadgeDomain.sol";
import {badgeState} from "./BadgeState.sol";
import {IBrandTimelock} from "../interfaces/IBrandTimelock.sol";
import {IRecoveries} from "../interfaces/IRecoveries.sol";
import {IReferrals} from "../interfaces/IReferrals.sol";
import {lastRecovery, RecoveryLedger, recoveryLedger} from "./RecoveryLedger.sol";
import {ReferralState, referralState} from "./ReferralState.sol";

/// @title RecoveryBook
/// @notice Which accounts are recovered, and how far each recovery is.
/// @dev A library with code of its own, as {BadgeCatalog} is: its external functions run on the badge's storage. Who may
/// call, and that badges are moved, is the badge's.
library RecoveryBook {
    uint48 private constant TIME_TO_NOTICE = 3 days;
    uint48 private constant TIME_TO_MOVE = 30 days;

    bytes32 private constant REFUSAL_TYPEHASH = keccak256(
        "RecoveryRefusal(uint256 recovery,address oldAccount,address newAccount)"
    );

    /// @dev Writes a request down.
    function request(address oldAccount, address newAccount, uint16 season) external {
        RecoveryLedger.RecoveriesStorage storage $ = recoveryLedger();
        _checkFree(oldAccount, season);
        _checkFree(newAccount, season);
        uint8 limit = badgeState().recoveryLimit;
        require(++$.requested[season] <= limit, IRecoveries.ContributionBadgeRecoveriesLimited(limit));

        uint48 id = ++$.count;
        uint48 eta =
            uint48(block.timestamp) + IBrandTimelock(badgeState().token.treasury()).decisionTime() + TIME_TO_NOTICE;
        $.recoveries[id] = IRecoveries.Recovery({
            oldAccount: oldAccount,
            eta: eta,
            requestedIn: season,
            movedIn: 0,
            newAccount: newAccount,
            end: eta + TIME_TO_MOVE,
            id: id
        });
        $.last[oldAccount] = id;
        $.last[newAccount] = id;
        emit IRecoveries.RecoveryRequested(oldAccount, newAccount, eta);
    }

    /// @dev Ends the recovery of `account` before anything was moved; it calls, or signed. What it signs names this one
    /// recovery, which is over then, so that no signature can be used again.
    function refuse(address account, bytes calldata signature) external {
        IRecoveries.Recovery storage recovery = lastRecovery(account);
        require(
            block.timestamp < recovery.end && recovery.movedIn == 0,
            IRecoveries.ContributionBadgeNoRecovery(account)
        );
        (address oldAccount, address newAccount) = (recovery.oldAccount, recovery.newAccount);
        if (msg.sender != account) {
            bytes32 structHash = keccak256(abi.encode(REFUSAL_TYPEHASH, recovery.id, oldAccount, newAccount));
            require(
                SignatureChecker.isValidSignatureNowCalldata(
                    account,
                    badgeDigest(address(this), structHash),
                    signature
                ),
                IRecoveries.ContributionBadgeInvalidRefusal(account)
            );
        }
        recovery.end = uint48(block.timestamp);
        --recoveryLedger().requested[recovery.requestedIn];
        emit IRecoveries.RecoveryRefused(oldAccount, newAccount);
    }

    /// @dev Ends a recovery on the word of a steward. What was moved stays where it is, and so do the marks.
    function cancel(address oldAccount) external {
        IRecoveries.Recovery storage recovery = _openFrom(oldAccount);
        recovery.end = uint48(block.timestamp);
        emit IRecoveries.RecoveryCanceled(oldAccount, recovery.newAccount);
    }

    /// @dev Begins a step of carrying a recovery out; the first one moves the referral.
    /// @param toNewcomer Whether the new account never had a badge.
    function begin(address oldAccount, bool toNewcomer, uint16 season) external {
        IRecoveries.Recovery storage recovery = _openFrom(oldAccount);
        require(block.timestamp >= recovery.eta, IRecoveries.ContributionBadgeRecoveryTooEarly(recovery.eta));
        bool first = recovery.movedIn == 0;
        recovery.movedIn = season;
        if (!first) return;
        emit IRecoveries.RecoveryBegun(oldAccount, recovery.newAccount);
        _moveReferral(oldAccount, recovery.newAccount, toNewcomer, season);
    }

    /// @dev Writes a step down.
    /// @param season The season before the running one.
    /// @param points Of that season, those that were moved.
    /// @param last Whether the old account has no badge left.
    function finish(address oldAccount, address newAccount, uint256 season, uint56 points, bool last) external {
        if (points != 0) recoveryLedger().moved[season][newAccount] += points;
        if (last) {
            lastRecovery(oldAccount).end = uint48(block.timestamp);
            emit IRecoveries.RecoveryCompleted(oldAccount, newAccount);
        }
    }

    /// @dev Whether `account` is to receive what another one earned, and so is nobody new.
    function awaits(address account) internal view returns (bool) {
        IRecoveries.Recovery storage recovery = lastRecovery(account);
        return recovery.newAccount == account && block.timestamp < recovery.end;
    }

    /// @dev Moves who brought `from`, unless `to` has a history of its own: whom it brought could otherwise end up above
    /// it. What `from` earned for referrals in this season until now counts against the limit of `to` as well.
    function _moveReferral(address from, address to, bool toNewcomer, uint16 season) private {
        ReferralState.ReferralsStorage storage $ = referralState();
        ReferralState.Referral storage old = $.referrals[from];
        ReferralState.Referral storage current = $.referrals[to];
        address referrer = old.referrer;
        if (referrer != address(0) && current.referrer == address(0) && toNewcomer) {
            current.referrer = referrer;
            old.referrer = address(0);
            emit IReferrals.ReferralMoved(from, to, referrer);
        }
        if (old.season == season) {
            // No two accounts count the same badge, as neither moves any other in this season: the sum has room.
            current.rewarded = old.rewarded + (current.season == season ? current.rewarded : 0);
            current.season = season;
        }
    }

    /// @dev The recovery from `oldAccount` that isn't over.
    function _openFrom(address oldAccount) private view returns (IRecoveries.Recovery storage recovery) {
        recovery = lastRecovery(oldAccount);
        require(
            recovery.oldAccount == oldAccount && block.timestamp < recovery.end,
            IRecoveries.ContributionBadgeNoRecovery(oldAccount)
        );
    }

    function _checkFree(address account, uint16 season) private view {
        IRecoveries.Recovery storage recovery = lastRecovery(account);
        require(
            block.timestamp >= recovery.end && recovery.movedIn < season,
            IRecoveries.ContributionBadgeRecoveryBusy(account)
        );
    }
}

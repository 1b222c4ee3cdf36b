// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {badgeState} from "./BadgeState.sol";
import {IBrandTimelock} from "../interfaces/IBrandTimelock.sol";
import {IRecoveries} from "../interfaces/IRecoveries.sol";
import {IReferrals} from "../interfaces/IReferrals.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {RecoveryLedger, recoveryLedger} from "./RecoveryLedger.sol";
import {ReferralState, referralState} from "./ReferralState.sol";

/// @title RecoveryBook
/// @notice Which accounts are recovered, and how far each recovery is.
/// @dev A library with code of its own, as {BadgeCatalog} is: its external functions run on the badge's storage. Who may
/// call, and that badges are moved, is the badge's.
library RecoveryBook {
    uint48 private constant TIME_TO_NOTICE = 3 days;
    uint48 private constant TIME_TO_MOVE = 30 days;

    /// @dev Writes a request down.
    function request(address oldAccount, address newAccount, uint16 season) external {
        RecoveryLedger.RecoveriesStorage storage $ = recoveryLedger();
        _checkFree($.sides[oldAccount], oldAccount, season);
        _checkFree($.sides[newAccount], newAccount, season);
        uint8 limit = badgeState().recoveryLimit;
        uint256 requested = $.requested[season] + 1;
        require(requested <= limit, IRecoveries.ContributionBadgeRecoveriesLimited(limit));

        $.requested[season] = requested;
        uint48 eta =
            uint48(block.timestamp) + IBrandTimelock(badgeState().token.treasury()).decisionTime() + TIME_TO_NOTICE;
        $.sides[oldAccount] = RecoveryLedger.Side(IRecoveries.RecoveryState.Requested, newAccount, season, eta);
        $.sides[newAccount] = RecoveryLedger.Side(IRecoveries.RecoveryState.Awaiting, oldAccount, season, 0);
        emit IRecoveries.RecoveryRequested(oldAccount, newAccount, eta);
    }

    /// @dev Ends the recovery of the caller, on either side: who is to receive may not want badges that were paid for, or are
    /// about to be revoked. Once it was begun, only when its time is over: whoever holds a stolen key could otherwise keep
    /// the rest.
    function refuse() external {
        RecoveryLedger.RecoveriesStorage storage $ = recoveryLedger();
        RecoveryLedger.Side storage own = $.sides[msg.sender];
        bool receives =
            own.state == IRecoveries.RecoveryState.Awaiting || own.state == IRecoveries.RecoveryState.Receiving;
        address oldAccount = receives ? own.counterpart : msg.sender;
        RecoveryLedger.Side storage old = $.sides[oldAccount];
        require(
            old.state == IRecoveries.RecoveryState.Requested || block.timestamp >= old.value + TIME_TO_MOVE,
            IRecoveries.ContributionBadgeNoRecovery(msg.sender)
        );
        emit IRecoveries.RecoveryRefused(oldAccount, _end(oldAccount));
    }

    /// @dev Ends a recovery on the word of a steward.
    function cancel(address oldAccount) external {
        emit IRecoveries.RecoveryCanceled(oldAccount, _end(oldAccount));
    }

    /// @dev Begins a step of carrying a recovery out.
    /// @return newAccount Where the badges go.
    /// @return first Whether it is the first step.
    function begin(address oldAccount) external returns (address newAccount, bool first) {
        RecoveryLedger.RecoveriesStorage storage $ = recoveryLedger();
        RecoveryLedger.Side storage old = $.sides[oldAccount];
        newAccount = old.counterpart;
        first = old.state == IRecoveries.RecoveryState.Requested;
        if (first) {
            require(block.timestamp >= old.value, IRecoveries.ContributionBadgeRecoveryTooEarly(uint48(old.value)));
            old.state = IRecoveries.RecoveryState.Moving;
            $.sides[newAccount].state = IRecoveries.RecoveryState.Receiving;
            emit IRecoveries.RecoveryBegun(oldAccount, newAccount);
        }
        require(
            old.state == IRecoveries.RecoveryState.Moving && block.timestamp < old.value + TIME_TO_MOVE,
            IRecoveries.ContributionBadgeNoRecovery(oldAccount)
        );
    }

    /// @dev Moves who brought `from`, unless `to` has a history of its own: whom it brought could otherwise end up above
    /// it. What `from` earned for referrals in this season until now counts against the limit of `to` as well.
    /// @param toNewcomer Whether `to` never had a badge.
    function moveReferral(address from, address to, bool toNewcomer, uint16 season) external {
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
            uint256 rewarded = uint256(old.rewarded) + (current.season == season ? current.rewarded : 0);
            current.season = season;
            current.rewarded = uint16(Math.min(rewarded, type(uint16).max));
        }
    }

    /// @dev Writes a step down.
    /// @param points Points of the season before `season` that were moved.
    /// @param last Whether the old account has no badge left.
    function finish(address oldAccount, address newAccount, uint16 season, uint256 points, bool last) external {
        RecoveryLedger.RecoveriesStorage storage $ = recoveryLedger();
        RecoveryLedger.Side storage old = $.sides[oldAccount];
        RecoveryLedger.Side storage current = $.sides[newAccount];
        current.value = uint56(current.season == season ? current.value + points : points);
        current.season = season;
        old.season = season;
        if (last) {
            old.state = IRecoveries.RecoveryState.Moved;
            current.state = IRecoveries.RecoveryState.Received;
            emit IRecoveries.RecoveryCompleted(oldAccount, newAccount);
        }
    }

    /// @dev A badge was taken that had come in `season`, with points of the season before: what was claimed for it counts
    /// no more for what is left.
    function forget(address account, uint16 season, uint24 points) external {
        RecoveryLedger.Side storage side = recoveryLedger().sides[account];
        if (side.season == season) side.value -= points;
    }

    /// @dev Whether `account` is to receive what another one earned, and so is nobody new.
    function awaits(address account) internal view returns (bool) {
        return recoveryLedger().sides[account].state == IRecoveries.RecoveryState.Awaiting;
    }

    /// @dev What was moved stays where it is, and so do the marks.
    function _end(address oldAccount) private returns (address newAccount) {
        RecoveryLedger.RecoveriesStorage storage $ = recoveryLedger();
        RecoveryLedger.Side storage old = $.sides[oldAccount];
        newAccount = old.counterpart;
        if (old.state == IRecoveries.RecoveryState.Requested) {
            delete $.sides[newAccount];
            delete $.sides[oldAccount];
        } else {
            require(old.state == IRecoveries.RecoveryState.Moving, IRecoveries.ContributionBadgeNoRecovery(oldAccount));
            old.state = IRecoveries.RecoveryState.Moved;
            $.sides[newAccount].state = IRecoveries.RecoveryState.Received;
        }
    }

    function _checkFree(RecoveryLedger.Side storage side, address account, uint16 season) private view {
        IRecoveries.RecoveryState state = side.state;
        bool over = state == IRecoveries.RecoveryState.Moved || state == IRecoveries.RecoveryState.Received;
        require(
            state == IRecoveries.RecoveryState.None || (over && side.season < season),
            IRecoveries.ContributionBadgeRecoveryBusy(account)
        );
    }
}

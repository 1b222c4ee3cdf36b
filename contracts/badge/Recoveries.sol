// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {BadgeCatalog} from "./BadgeCatalog.sol";
import {badgeState} from "./BadgeState.sol";
import {IRecoveries} from "../interfaces/IRecoveries.sol";
import {PackedBadge} from "./PackedBadge.sol";
import {RecoveryBook} from "./RecoveryBook.sol";
import {RecoveryLedger, recoveryLedger} from "./RecoveryLedger.sol";
import {Referrals} from "./Referrals.sol";
import {Roles} from "../access/Roles.sol";

/// @title Recoveries
/// @notice What a member earned, moved to another account when the old one was lost.
/// @dev Badges are moved one by one, as whoever carries it out names them: there is no list of them on chain, and each
/// takes its points along, so that after every step each member is what its badges say. Marks of claimed rewards are
/// kept elsewhere by account; {recoveryOf} tells how much of the old account's mark counts for the new one: as much as
/// the new one holds of what was moved. As no other recovery moves badges of either account in the same season, there is
/// never more than one mark to look at.
abstract contract Recoveries is Referrals, RecoveryLedger {
    /// @inheritdoc IRecoveries
    function requestRecovery(address oldAccount, address newAccount) external restricted {
        require(
            newAccount != address(0) && oldAccount != newAccount && !_isNewcomer(oldAccount),
            ContributionBadgeInvalidRecovery(oldAccount, newAccount)
        );
        _markRecovery(oldAccount);
        _markRecovery(newAccount);
        RecoveryBook.request(oldAccount, newAccount, currentSeason());
    }

    /// @inheritdoc IRecoveries
    function refuseRecovery() external {
        RecoveryBook.refuse();
    }

    /// @inheritdoc IRecoveries
    function cancelRecovery(address oldAccount) external onlyMember(Roles.STEWARD) {
        RecoveryBook.cancel(oldAccount);
    }

    /// @inheritdoc IRecoveries
    function recover(address oldAccount, uint256[] calldata ids) external {
        _checkNotHalted();
        // A recovery that anybody could begin without moving anything would only take the right to refuse it away.
        require(ids.length != 0 || _member(oldAccount).badges() == 0, ContributionBadgeNothingToRecover(oldAccount));
        (address newAccount, bool first) = RecoveryBook.begin(oldAccount);
        uint16 season = currentSeason();
        if (first) RecoveryBook.moveReferral(oldAccount, newAccount, _isNewcomer(newAccount), season);
        uint256 points = _moveAll(oldAccount, newAccount, ids, season);
        if (ids.length != 0) emit BadgesRecovered(oldAccount, newAccount, ids);
        RecoveryBook.finish(oldAccount, newAccount, season, points, _member(oldAccount).badges() == 0);
    }

    /// @inheritdoc IRecoveries
    function recoveryOf(address account) public view returns (Recovery memory recovery) {
        Side memory side = recoveryLedger().sides[account];
        recovery.state = side.state;
        recovery.counterpart = side.counterpart;
        recovery.season = side.season;
        if (side.state < RecoveryState.Awaiting) recovery.eta = uint48(side.value);
        else recovery.points = side.value;
    }

    /// @inheritdoc IRecoveries
    function recoveries() external view returns (uint256 requested, uint8 limit) {
        return (recoveryLedger().requested[currentSeason()], badgeState().recoveryLimit);
    }

    /// @return ofLastSeason Points of the season before `current` among what was moved.
    function _moveAll(
        address from,
        address to,
        uint256[] calldata ids,
        uint16 current
    ) private returns (uint256 ofLastSeason) {
        uint256 fromPoints = pointsOf(from);
        uint256 toPoints = pointsOf(to);
        uint256 allPoints = 0;
        uint256 allVotes = 0;
        for (uint256 i = 0; i < ids.length; ++i) {
            PackedBadge badge = _badge(ids[i]);
            require(badge.account() == from, ContributionBadgeNotRecoverable(ids[i], from));
            (uint16 season, uint24 points, uint96 votes) = _move(ids[i], badge, to, current);
            if (season + 1 == current) ofLastSeason += points;
            allPoints += points;
            allVotes += votes;
        }
        if (allVotes != 0) _moveVotes(from, to, allVotes);
        uint96 thresholds = badgeState().thresholds;
        bool fell = BadgeCatalog.crosses(thresholds, fromPoints - allPoints, fromPoints);
        bool rose = BadgeCatalog.crosses(thresholds, toPoints, toPoints + allPoints);
        if (fell) _noteTitle(thresholds, from, fromPoints - allPoints);
        if (rose) _noteTitle(thresholds, to, toPoints + allPoints);
        if (ids.length != 0) BadgeCatalog.metadataChanged();
    }
}

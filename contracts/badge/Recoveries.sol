// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {BadgeCatalog} from "./BadgeCatalog.sol";
import {badgeState} from "./BadgeState.sol";
import {IRecoveries} from "../interfaces/IRecoveries.sol";
import {PackedBadge} from "./PackedBadge.sol";
import {RecoveryBook} from "./RecoveryBook.sol";
import {lastRecovery, recoveryLedger} from "./RecoveryLedger.sol";
import {Referrals} from "./Referrals.sol";
import {Roles} from "../access/Roles.sol";

/// @title Recoveries
/// @notice What a member earned, moved to another account when the old one was lost.
/// @dev Badges are moved one by one, as whoever carries it out names them: there is no list of them on chain, and each
/// takes its points along, so that after every step each member is what its badges say. Marks of claimed rewards are
/// kept elsewhere by account; {recoveryOf} tells how much of the old account's mark counts for the new one: as much as
/// the new one holds of what was moved. As no other recovery moves badges of either account in the same season, there is
/// never more than one mark to look at.
abstract contract Recoveries is Referrals {
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
    function refuseRecovery(address account, bytes calldata signature) external {
        RecoveryBook.refuse(account, signature);
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
        uint16 season = currentSeason();
        address newAccount = lastRecovery(oldAccount).newAccount;
        RecoveryBook.begin(oldAccount, _isNewcomer(newAccount), season);
        uint56 points = _moveAll(oldAccount, newAccount, ids, season);
        if (ids.length != 0) emit BadgesRecovered(oldAccount, newAccount, ids);
        RecoveryBook.finish(oldAccount, newAccount, season - 1, points, _member(oldAccount).badges() == 0);
    }

    /// @inheritdoc IRecoveries
    function recoveryOf(address account) external view returns (Recovery memory) {
        return lastRecovery(account);
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
    ) private returns (uint56 ofLastSeason) {
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

// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {AwardState, awardState} from "./AwardState.sol";
import {BadgeKinds} from "./BadgeKinds.sol";
import {BadgeCatalog} from "./BadgeCatalog.sol";
import {badgeState} from "./BadgeState.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {PackedBadge, PackedBadges} from "./PackedBadge.sol";
import {PackedCounts} from "./PackedCounts.sol";
import {PackedMember} from "./PackedMember.sol";
import {RecoveryLedger, recoveryLedger} from "./RecoveryLedger.sol";
import {RoleRestricted} from "../access/RoleRestricted.sol";
import {Roles} from "../access/Roles.sol";
import {Titles} from "./Titles.sol";

/// @title Awards
/// @notice How badges come and go: what is awarded, taken and moved, with its points, votes and titles.
/// @dev The first badge of a person writes two slots (badge and member), a later one the badge's slot and updates the
/// other; what is the same for a whole batch is written once for it. Holders aren't called on receipt: nothing can be
/// done with the token, so nothing has to be made sure.
abstract contract Awards is AwardState, BadgeKinds, Titles, RecoveryLedger, RoleRestricted {
    /// @dev What all badges of a batch have in common, and whether any of them changed a title. Points have 24 bits, votes and
    /// thresholds 96: wider here, as a memory's word needn't be cut for each badge then.
    struct Batch {
        uint256 firstId;
        PackedBadge badge;
        uint16 season;
        uint256 points;
        uint256 votes;
        uint256 thresholds;
        bool titleChanged;
    }

    /// @inheritdoc IContributionBadge
    function grantVotes(uint256[] calldata ids) external {
        _checkNotHalted();
        BadgeCatalog.grantVotes(ids);
    }

    /// @inheritdoc IContributionBadge
    /// @dev Later roles have the number of the rotation above the 32 bits of ISSUER, where no kind can name them.
    function issuerRole() public view returns (uint64) {
        return Roles.ISSUER | (uint64(badgeState().counts.issuerGeneration()) << 32);
    }

    /// @dev One badge, from `issuer`, who has to have the kind's issuer role.
    function _awardOne(address issuer, uint32 kind, address account, bytes32 evidence) internal returns (uint256 id) {
        Batch memory batch = _beginAwards(issuer, kind, 1);
        id = batch.firstId;
        _award(batch, id, account);
        bytes32[] memory hashes = new bytes32[](1);
        hashes[0] = evidence;
        emit BadgesAwarded(issuer, kind, id, hashes, "");
        if (batch.titleChanged) BadgeCatalog.metadataChanged();
    }

    function _awardMany(
        address issuer,
        uint32 kind,
        address[] calldata accounts,
        bytes32[] calldata evidence,
        string calldata evidenceURI
    ) internal returns (uint256 firstId) {
        uint256 count = accounts.length;
        require(count != 0 && count == evidence.length, ContributionBadgeInvalidBatch(count, evidence.length));
        Batch memory batch = _beginAwards(issuer, kind, count);
        firstId = batch.firstId;
        for (uint256 i = 0; i < count; ++i) {
            unchecked {
                _award(batch, firstId + i, accounts[i]);
            }
        }
        emit BadgesAwarded(issuer, kind, firstId, evidence, evidenceURI);
        if (batch.titleChanged) BadgeCatalog.metadataChanged();
    }

    /// @dev Takes a badge, and exactly what it gave.
    function _remove(uint256 id, PackedBadge badge) internal {
        KindData storage kind = _kind(badge.kind());
        uint24 points = kind.counts.points;
        address account = badge.account();
        awardState().badges[id] = PackedBadge.wrap(0);
        uint16 season = _seasonAt(badge.awardedAt());
        uint256 left = _removeBadge(account, season, points).points();
        if (badge.movedIn() == season + 1) recoveryLedger().moved[season][account] -= points;
        if (badge.withVotes()) _moveVotes(account, address(0), kind.votes);
        emit Transfer(account, address(0), id);
        uint96 thresholds = badgeState().thresholds;
        if (BadgeCatalog.crosses(thresholds, left, left + points)) {
            _noteTitle(thresholds, account, left);
            BadgeCatalog.metadataChanged();
        }
    }

    /// @dev Moves a badge in the season `current`, and exactly what it gave, but for its votes.
    /// @return season The badge's season.
    /// @return points Its points.
    /// @return votes Its votes, for the caller to move.
    function _move(
        uint256 id,
        PackedBadge badge,
        address to,
        uint16 current
    ) internal returns (uint16 season, uint24 points, uint96 votes) {
        KindData storage kind = _kind(badge.kind());
        season = _seasonAt(badge.awardedAt());
        points = kind.counts.points;
        if (badge.withVotes()) votes = kind.votes;
        address from = badge.account();
        awardState().badges[id] = badge.movedTo(to, current);
        _moveBadge(from, to, season, points);
        emit Transfer(from, to, id);
    }

    /// @return moved `amount`, or 0 where the token's bounds withheld a grant.
    function _moveVotes(address from, address to, uint256 amount) internal returns (uint256 moved) {
        return badgeState().token.moveContributionVotes(from, to, amount);
    }

    /// @dev Reverts with `ERC721NonexistentToken`.
    function _badge(uint256 id) internal view returns (PackedBadge badge) {
        badge = awardState().badges[id];
        require(badge.account() != address(0), IERC721Errors.ERC721NonexistentToken(id));
    }

    function _checkNotHalted() internal view {
        require(!badgeState().counts.halted(), ContributionBadgeHalted());
    }

    /// @dev `role` as the kind names it. The drop awards, on the word of the stewards, what the DAO's issuers can; a kind
    /// with a role of its own is left to the members of that role.
    function _checkIssuer(address issuer, uint32 kind, uint64 role) internal view {
        if (issuer == badgeState().drop) {
            require(role == Roles.ISSUER, ContributionBadgeNotClaimable(kind));
        } else {
            _checkRole(role == Roles.ISSUER ? issuerRole() : role, issuer);
        }
    }

    function _checkVoting(bool voting, bool expected) internal pure {
        if (voting && !expected) revert ContributionBadgeVotingKind();
        if (!voting && expected) revert ContributionBadgeNotVotingKind();
    }

    /// @dev What is checked and written once for a whole batch.
    function _beginAwards(address issuer, uint32 kind, uint256 count) private returns (Batch memory batch) {
        BadgeStateStorage storage state = badgeState();
        PackedCounts counts = state.counts;
        require(!counts.halted(), ContributionBadgeHalted());
        KindCounts memory ofKind = _countAwards(kind, count);
        _checkIssuer(issuer, kind, ofKind.issuerRole);

        batch.firstId = uint256(counts.totalAwarded()) + 1;
        batch.badge = PackedBadges.pack(kind, block.timestamp);
        batch.season = counts.seasonAt(block.timestamp);
        batch.points = ofKind.points;
        if (ofKind.voting) batch.votes = _kind(kind).votes;
        batch.thresholds = state.thresholds;
        _addTotals(counts, batch.season, count, uint256(ofKind.points) * count);
    }

    /// @dev What is written for each badge.
    function _award(Batch memory batch, uint256 id, address account) private {
        require(account != address(0), IERC721Errors.ERC721InvalidReceiver(account));
        PackedBadge badge = batch.badge.withAccount(account);
        if (batch.votes != 0 && _moveVotes(address(0), account, batch.votes) != 0) badge = badge.markVotes();
        awardState().badges[id] = badge;
        PackedMember before = _addBadge(account, batch.season, batch.points);
        emit Transfer(address(0), account, id);
        emit Locked(id);
        unchecked {
            uint256 low = before.points();
            uint256 high = low + batch.points;
            if (BadgeCatalog.crosses(batch.thresholds, low, high)) {
                _noteTitle(batch.thresholds, account, high);
                // The new badge isn't one that looks different now.
                if (before.badges() != 0) batch.titleChanged = true;
            }
        }
    }
}

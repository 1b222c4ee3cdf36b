// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Awards} from "./Awards.sol";
import {badgeState} from "./BadgeState.sol";
import {IReferrals} from "../interfaces/IReferrals.sol";
import {RecoveryBook} from "./RecoveryBook.sol";
import {ReferralState, referralState} from "./ReferralState.sol";

/// @title Referrals
/// @notice Who brought whom, and what that earns.
abstract contract Referrals is Awards, ReferralState {
    /// @inheritdoc IReferrals
    function awardClaim(
        uint64 role,
        address account,
        address referrer,
        uint32 kind,
        bytes32 evidence,
        uint32 referralKind
    ) external returns (bool given) {
        require(msg.sender == badgeState().drop, ContributionBadgeNotDrop(msg.sender));
        _checkNotHalted();
        if (role != issuerRole()) return false;
        _awardReferred(msg.sender, kind, account, evidence, referralKind, referrer);
        return true;
    }

    /// @inheritdoc IReferrals
    function referrerOf(address account) external view returns (address) {
        return referralState().referrals[account].referrer;
    }

    /// @inheritdoc IReferrals
    function referralsOf(address account) external view returns (uint32 rewarded, uint16 limit) {
        Referral storage own = referralState().referrals[account];
        return (own.season == currentSeason() ? own.rewarded : 0, badgeState().referralLimit);
    }

    /// @dev Awards what somebody claimed, then what the member earns who brought them: what is left of a kind is the
    /// claimant's first.
    /// @param kind 0 for no badge.
    /// @param referrer Zero for nobody.
    function _awardReferred(
        address issuer,
        uint32 kind,
        address account,
        bytes32 evidence,
        uint32 referralKind,
        address referrer
    ) internal returns (uint256 id) {
        // With its own badge, the newcomer is none any more. Who awaits a recovery could name the account that it was.
        bool newcomer = referrer != address(0) && _isNewcomer(account) && !RecoveryBook.awaits(account);
        if (kind != 0) id = _awardOne(issuer, kind, account, evidence);
        if (referrer == address(0)) return id;
        require(account != referrer, ContributionBadgeSelfReferral(account));
        require(!_isNewcomer(referrer), ContributionBadgeNotMember(referrer));
        _recordReferral(issuer, referralKind, account, referrer, newcomer);
    }

    /// @dev What is wrong from the beginning reverts. What others, or time, can bring about records nothing, so that nobody
    /// takes a claim that was signed: that the newcomer had another line delivered, or that who brought it has no badge left.
    function _recordReferral(address issuer, uint32 kind, address account, address referrer, bool newcomer) private {
        KindCounts memory counts = _kind(kind).counts;
        _checkVoting(counts.voting, false);
        _checkIssuer(issuer, kind, counts.issuerRole);

        ReferralsStorage storage $ = referralState();
        Referral storage own = $.referrals[account];
        if (!newcomer || own.referrer != address(0) || _member(referrer).badges() == 0) return;
        own.referrer = referrer;

        Referral storage member = $.referrals[referrer];
        uint16 season = currentSeason();
        uint32 rewarded = member.season == season ? member.rewarded : 0;
        uint256 id = 0;
        bool hasPoints = counts.points <= badgeState().counts.pointsLeft(season);
        if (rewarded < badgeState().referralLimit && hasPoints && _hasRoom(kind)) {
            member.season = season;
            member.rewarded = rewarded + 1;
            id = _awardOne(issuer, kind, referrer, bytes32(0));
        }
        emit ReferralRecorded(account, referrer, id);
    }
}

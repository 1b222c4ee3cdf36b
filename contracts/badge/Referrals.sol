// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Awards} from "./Awards.sol";
import {BadgeCatalog} from "./BadgeCatalog.sol";
import {BadgeState} from "./BadgeState.sol";
import {IReferrals} from "../interfaces/IReferrals.sol";

/// @title Referrals
/// @notice Who brought whom, and what that earns.
abstract contract Referrals is Awards {
    /// @param referrer Who brought the account.
    /// @param season The last season in which the account itself earned a badge for bringing somebody.
    /// @param rewarded For how many it did in that season.
    struct Referral {
        address referrer;
        uint16 season;
        uint16 rewarded;
    }

    /// @custom:storage-location erc7201:kyoso.storage.Referrals
    struct ReferralsStorage {
        mapping(address account => Referral) referrals;
    }

    // keccak256(abi.encode(uint256(keccak256("kyoso.storage.Referrals")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant REFERRALS_STORAGE = 0x364a876fbd3effe1a75e0d9eeeaee6d1e38d51ae5144c74bf3f90ee90918c500;

    /// @inheritdoc IReferrals
    function awardClaim(
        uint64 role,
        uint32 kind,
        address account,
        bytes32 evidence,
        uint32 referralKind,
        address referrer
    ) external {
        require(msg.sender == BadgeState.layout().drop, ContributionBadgeNotDrop(msg.sender));
        _checkNotHalted();
        if (kind == 0 && referrer == address(0)) return;

        require(role == issuerRole(), ContributionBadgeIssuerRotated(role));
        // The referral first: with its own badge, the newcomer is none any more.
        if (referrer != address(0)) _recordReferral(msg.sender, referralKind, account, referrer);
        if (kind != 0) _awardOne(msg.sender, kind, account, evidence);
    }

    /// @inheritdoc IReferrals
    function referrerOf(address account) external view returns (address) {
        return _referralsStorage().referrals[account].referrer;
    }

    /// @inheritdoc IReferrals
    function referralsOf(address account) external view returns (uint16 rewarded, uint16 limit) {
        Referral storage own = _referralsStorage().referrals[account];
        return (own.season == currentSeason() ? own.rewarded : 0, BadgeState.layout().referralLimit);
    }

    function _recordReferral(
        address issuer,
        uint32 kind,
        address account,
        address referrer
    ) internal returns (uint256 id) {
        require(account != referrer, ContributionBadgeSelfReferral(account));
        require(_isNewcomer(account), ContributionBadgeNotNewcomer(account));
        require(_member(referrer).badges() != 0, ContributionBadgeNotMember(referrer));
        BadgeCatalog.KindCounts memory counts = _kind(kind).counts;
        _checkVoting(counts.voting, false);
        _checkIssuer(issuer, kind, counts.issuerRole);
        _checkNotHalted();

        ReferralsStorage storage $ = _referralsStorage();
        Referral storage newcomer = $.referrals[account];
        require(newcomer.referrer == address(0), ContributionBadgeAlreadyReferred(account, newcomer.referrer));
        newcomer.referrer = referrer;

        Referral storage member = $.referrals[referrer];
        uint16 season = currentSeason();
        uint16 rewarded = member.season == season ? member.rewarded : 0;
        if (rewarded < BadgeState.layout().referralLimit && _hasRoom(kind)) {
            member.season = season;
            member.rewarded = rewarded + 1;
            id = _awardOne(issuer, kind, referrer, bytes32(0));
        }
        emit ReferralRecorded(account, referrer, id);
    }

    /// @dev Moves who brought `from`, unless `to` has a history of its own: whom it brought could otherwise end up above
    /// it. What `from` earned for referrals in this season counts against the limit of `to`.
    function _moveReferral(address from, address to) internal {
        ReferralsStorage storage $ = _referralsStorage();
        Referral storage old = $.referrals[from];
        Referral storage current = $.referrals[to];
        if (current.referrer == address(0) && _isNewcomer(to)) {
            current.referrer = old.referrer;
            old.referrer = address(0);
        }
        uint16 season = currentSeason();
        if (old.season == season) {
            uint256 rewarded = uint256(old.rewarded) + (current.season == season ? current.rewarded : 0);
            current.season = season;
            current.rewarded = rewarded < type(uint16).max ? uint16(rewarded) : type(uint16).max;
        }
    }

    function _referralsStorage() private pure returns (ReferralsStorage storage $) {
        assembly {
            $.slot := REFERRALS_STORAGE
        }
    }
}

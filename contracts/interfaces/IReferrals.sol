// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// @title IReferrals
/// @notice Who brought whom. A newcomer, an account that never had a badge and awaits no recovery, may name the member who
/// brought it; this is recorded once and for ever, or until a recovery moves it, and the member earns a badge for it, up to a
/// limit a season. Where the account isn't new any more, or the member has no badge left, the claim goes on and nothing is
/// recorded.
///
/// Referrals have no circles: whoever is named already had a badge when the one who names it had none.
interface IReferrals {
    /// @notice `referrer` brought `account`, and earned badge `id` for it; 0 where it had reached its limit for the
    /// season, or the kind was closed or had reached one of its own.
    event ReferralRecorded(address indexed account, address indexed referrer, uint256 id);

    /// @notice What `oldAccount` earned goes to `newAccount`, which was brought by `referrer`, then, and `oldAccount` by nobody.
    event ReferralMoved(address indexed oldAccount, address indexed newAccount, address indexed referrer);

    /// @notice `account` can't name itself.
    error ContributionBadgeSelfReferral(address account);

    /// @notice `referrer` never had a badge, and so can't have brought anybody.
    error ContributionBadgeNotMember(address referrer);

    /// @notice `caller` isn't the LoyaltyDrop.
    error ContributionBadgeNotDrop(address caller);

    /// @notice Badges of `kind` are awarded by the members of a role of its own, and not claimed from campaigns.
    error ContributionBadgeNotClaimable(uint32 kind);

    /// @notice Awards what was claimed from a campaign, and records who brought the newcomer. Caller: the LoyaltyDrop.
    /// @dev The newcomer's badge comes first, and limits leave the referrer's out and don't revert: a newcomer never has to
    /// wait for a referral. Nor does what others can bring about before the claim arrives: where `account` is no newcomer
    /// any more or was brought by somebody before, or `referrer` has no badge left, nothing is recorded.
    ///
    /// In this order, the parameters give it one of the first selectors of all, which is found soonest: each claim asks it.
    /// @param role The issuer role when the campaign was opened. Once it was rotated, a campaign gives no badges, and names
    /// no referrers.
    /// @param referrer Who brought `account`; zero for nobody.
    /// @param kind Kind of the badge for `account`; 0 for none.
    /// @param evidence Salted hash of what it is awarded for; zero for none.
    /// @param referralKind Kind of the badge for `referrer`, one without votes.
    /// @return given Whether it did so; false where the role was rotated.
    function awardClaim(
        uint64 role,
        address account,
        address referrer,
        uint32 kind,
        bytes32 evidence,
        uint32 referralKind
    ) external returns (bool given);

    /// @notice The member who brought `account`; zero for nobody.
    function referrerOf(address account) external view returns (address);

    /// @notice For how many referrals of this season `account` has earned a badge, and for how many it can. Those count, too,
    /// that another account had earned when its recovery into this one began.
    function referralsOf(address account) external view returns (uint32 rewarded, uint16 limit);
}

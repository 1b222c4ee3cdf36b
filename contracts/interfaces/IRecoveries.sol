// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// @title IRecoveries
/// @notice What a member earned, moved from an account that was lost to another one: badges, points, the points of
/// seasons, votes, the referral, and the mark of rewards that were claimed. Tokens stay where they are.
///
/// A steward requests it; then there is time for either account to refuse and for a proposal to cancel it; then anyone
/// carries it out, in as many steps as the number of badges takes. An account takes part in one at a time; in a season in
/// which badges went from it or to it, no other recovery moves any; and all accounts together ask for as many a season as
/// the DAO's limit says.
interface IRecoveries {
    /// @notice Where an account stands: the old one of a recovery is `Requested`, `Moving`, `Moved`, the new one
    /// `Awaiting`, `Receiving`, `Received`.
    enum RecoveryState {
        None,
        Requested,
        Moving,
        Moved,
        Awaiting,
        Receiving,
        Received
    }

    /// @notice The last recovery that an account takes or took part in.
    /// @param state How far it is, and on which side the account is.
    /// @param counterpart The other account.
    /// @param season In which season it was last carried out, or requested.
    /// @param eta For the old account, the timestamp from which on it can be carried out.
    /// @param points For the new account, points of the season before `season` that were moved during it, and that it still
    /// holds.
    struct Recovery {
        RecoveryState state;
        address counterpart;
        uint16 season;
        uint48 eta;
        uint56 points;
    }

    /// @notice From `eta` on, what `oldAccount` earned can be moved to `newAccount`.
    event RecoveryRequested(address indexed oldAccount, address indexed newAccount, uint48 eta);

    /// @notice One of them refused: `oldAccount` isn't lost, or `newAccount` doesn't want what it earned.
    event RecoveryRefused(address indexed oldAccount, address indexed newAccount);

    /// @notice The recovery won't take place, or won't go on: what was moved stays where it is, the referral included.
    event RecoveryCanceled(address indexed oldAccount, address indexed newAccount);

    /// @notice Badges can be moved from now on, until 30 days after the eta.
    event RecoveryBegun(address indexed oldAccount, address indexed newAccount);

    /// @notice These badges went to `newAccount`, and with them their points and votes.
    event BadgesRecovered(address indexed oldAccount, address indexed newAccount, uint256[] ids);

    /// @notice All that `oldAccount` had earned belongs to `newAccount`.
    event RecoveryCompleted(address indexed oldAccount, address indexed newAccount);

    /// @notice What `oldAccount` earned can't go to `newAccount`: one is zero, both are the same, or there is nothing.
    error ContributionBadgeInvalidRecovery(address oldAccount, address newAccount);

    /// @notice `account` takes part in a recovery, or badges went from it or to it in this season.
    error ContributionBadgeRecoveryBusy(address account);

    /// @notice This season's `limit` of recoveries was requested already.
    error ContributionBadgeRecoveriesLimited(uint8 limit);

    /// @notice For `account`, there is no recovery that this can be done with.
    error ContributionBadgeNoRecovery(address account);

    /// @notice The recovery can't be carried out before `eta`.
    error ContributionBadgeRecoveryTooEarly(uint48 eta);

    /// @notice No badge was named, and `oldAccount` has some.
    error ContributionBadgeNothingToRecover(address oldAccount);

    /// @notice Badge `id` isn't one of `oldAccount`.
    error ContributionBadgeNotRecoverable(uint256 id, address oldAccount);

    /// @notice Asks for what `oldAccount` earned to be moved to `newAccount`. Caller: STEWARD.
    /// @dev It can be carried out after a whole decision of the DAO, from the proposal to its execution as governance is set
    /// at this moment ({IBrandTimelock-decisionTime}), and 3 days more to notice.
    function requestRecovery(address oldAccount, address newAccount) external;

    /// @notice Ends the recovery that the caller takes part in, before it is carried out; once it was begun, only after its
    /// time is over, or whoever holds a stolen key could keep what isn't moved yet. Caller: the old account, or the new one.
    function refuseRecovery() external;

    /// @notice Ends a recovery; what was moved already stays where it is, the referral included. Caller: STEWARD, at once where it
    /// has an execution delay too, and so also a passed proposal.
    function cancelRecovery(address oldAccount) external;

    /// @notice Moves badges, with all that comes with them, from the eta on and for 30 days. The first call also moves the
    /// referral; the one after which the old account has no badge left completes the recovery. Caller: anyone, once the time
    /// has come.
    /// @param ids Badges of the old account; as many as fit into a transaction. Empty for a member who has none left.
    function recover(address oldAccount, uint256[] calldata ids) external;

    /// @notice The last recovery that `account` took part in.
    function recoveryOf(address account) external view returns (Recovery memory);

    /// @notice How many recoveries were requested in this season, and how many can be.
    function recoveries() external view returns (uint256 requested, uint8 limit);
}

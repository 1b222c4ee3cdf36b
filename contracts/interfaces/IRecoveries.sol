// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// @title IRecoveries
/// @notice What a member earned, moved from an account that was lost to another one: badges, points, the points of
/// seasons, votes, the referral, and the mark of rewards that were claimed. Tokens stay where they are.
///
/// A steward requests it; then there is time for either account to refuse and for a proposal to cancel it; then anyone
/// carries it out, in as many steps as the number of badges takes, until its time is over. An account takes part in one at
/// a time; in a season in which badges went from it or to it, no other recovery moves any; and all accounts together ask for
/// as many a season as the DAO's limit says.
///
/// How far one is isn't written down, but follows from its times: it is under way before `end` and over from then on, and
/// has begun once `movedIn` is a season. So one that nobody carries out is over by itself.
interface IRecoveries {
    /// @notice What was, or is to be, moved from one account to another.
    /// @param oldAccount The account that was lost.
    /// @param eta Timestamp from which on it can be carried out.
    /// @param requestedIn The season in which it was requested; 0 for no recovery.
    /// @param movedIn The season in which it was last carried out; 0 before it has begun.
    /// @param newAccount The account that its member has now.
    /// @param end Timestamp from which on it is over: 30 days after `eta`, or when it was completed, refused or canceled.
    /// @param id Its number: they are counted from 1 on.
    struct Recovery {
        address oldAccount;
        uint48 eta;
        uint16 requestedIn;
        uint16 movedIn;
        address newAccount;
        uint48 end;
        uint48 id;
    }

    /// @notice From `eta` on, what `oldAccount` earned can be moved to `newAccount`.
    event RecoveryRequested(address indexed oldAccount, address indexed newAccount, uint48 eta);

    /// @notice One of them refused: `oldAccount` isn't lost, or `newAccount` doesn't want what it earned.
    event RecoveryRefused(address indexed oldAccount, address indexed newAccount);

    /// @notice The recovery won't take place, or won't go on: what was moved stays where it is, the referral included.
    event RecoveryCanceled(address indexed oldAccount, address indexed newAccount);

    /// @notice Badges are moved from now on, until 30 days after the eta, and nobody can refuse any more.
    event RecoveryBegun(address indexed oldAccount, address indexed newAccount);

    /// @notice These badges went to `newAccount`, and with them their points and votes.
    event BadgesRecovered(address indexed oldAccount, address indexed newAccount, uint256[] ids);

    /// @notice All that `oldAccount` had earned belongs to `newAccount`.
    event RecoveryCompleted(address indexed oldAccount, address indexed newAccount);

    /// @notice What `oldAccount` earned can't go to `newAccount`: one is zero, both are the same, or there is nothing.
    error ContributionBadgeInvalidRecovery(address oldAccount, address newAccount);

    /// @notice `account` takes part in a recovery, or badges went from it or to it in this season.
    error ContributionBadgeRecoveryBusy(address account);

    /// @notice This season's `limit` of recoveries was requested already, those that were refused not counted.
    error ContributionBadgeRecoveriesLimited(uint8 limit);

    /// @notice For `account`, there is no recovery that this can be done with.
    error ContributionBadgeNoRecovery(address account);

    /// @notice `account` didn't sign the refusal of its recovery.
    error ContributionBadgeInvalidRefusal(address account);

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

    /// @notice Ends the recovery that `account` takes part in, before it has begun: later, whoever holds a stolen key could
    /// keep what isn't moved yet. It doesn't count towards the season's limit any more. Caller: `account`, which is the old
    /// account or the new one; or anyone with its signature.
    /// @param signature Where `account` isn't the caller: its signature over `RecoveryRefusal(uint256 recovery,address
    /// oldAccount,address newAccount)`, of which the first is the recovery's number (EIP-712 in the domain of vouchers;
    /// ERC-1271 for contracts). It holds for this one recovery.
    function refuseRecovery(address account, bytes calldata signature) external;

    /// @notice Ends a recovery; what was moved already stays where it is, the referral included. Caller: STEWARD, at once where it
    /// has an execution delay too, and so also a passed proposal.
    function cancelRecovery(address oldAccount) external;

    /// @notice Moves badges, with all that comes with them, from the eta on and for 30 days. The first call also moves the
    /// referral; the one after which the old account has no badge left completes the recovery. Caller: anyone, once the time
    /// has come.
    /// @param ids Badges of the old account; as many as fit into a transaction. Empty for a member who has none left.
    function recover(address oldAccount, uint256[] calldata ids) external;

    /// @notice The last recovery that `account` takes or took part in, on either side; all zero for none.
    function recoveryOf(address account) external view returns (Recovery memory);

    /// @notice How many recoveries were requested in this season, but for those that were refused, and how many can be.
    function recoveries() external view returns (uint256 requested, uint8 limit);
}

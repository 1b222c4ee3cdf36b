// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

import {IBadgeModule} from "./IBadgeModule.sol";

/// @title IPerks
/// @notice What members get, and who gets it. A perk has a rule, which a shop, a chat server or a website asks for: nothing is
/// given here, and what is secret, such as a code, stays off chain.
///
/// The answer holds for the moment. Passes can be sold, badges revoked, and a pass or tokens borrowed within a transaction: ask
/// off chain, at a block that is final, and again with each visit. A contract that gives something away on this answer can be
/// tricked.
interface IPerks is IBadgeModule {
    /// @notice What a condition is about. It asks for at least its amount of it.
    /// @param Passes Passes held.
    /// @param Badges Badges held, of any kind.
    /// @param BadgesOfKind Badges held of the kind that is the condition's argument.
    /// @param Points Points of all badges held.
    /// @param PointsThisSeason Points of the badges held from the running season.
    /// @param PointsLastSeason Points of the badges held from the season before it.
    /// @param Rank The title, as a rank from 1.
    /// @param MemberDays Whole days (UTC) since that of the first badge, with a badge now.
    /// @param Tokens Brand tokens held, in whole ones.
    enum Subject {
        Passes,
        Badges,
        BadgesOfKind,
        Points,
        PointsThisSeason,
        PointsLastSeason,
        Rank,
        MemberDays,
        Tokens
    }

    /// @param subject What it is about.
    /// @param group 0 to 3: all conditions of a group together are enough, and one group is.
    /// @param argument Number of a kind for `BadgesOfKind`, else 0.
    /// @param amount How much is asked for, 1 to 2^24 - 1; a rank is at most 5.
    struct Condition {
        Subject subject;
        uint8 group;
        uint32 argument;
        uint24 amount;
    }

    /// @notice A perk. It never changes; it can be closed.
    /// @param name For people, 1 to 64 bytes.
    /// @param uri Where more is said, at most 256 bytes; may be empty.
    /// @param once Whether somebody gets it once, as a coupon. Whoever gives it marks that: see {Perk}.
    /// @param conditions 1 to 4.
    struct PerkConfig {
        string name;
        string uri;
        bool once;
        Condition[] conditions;
    }

    /// @notice What is kept of a perk; the texts are in {PerkAdded}.
    /// @param byPass Of a perk that somebody gets once: whether that is marked by the number of the pass that it is shown with, as
    /// a pass is asked for in any case, so that a sold pass doesn't bring it again. Else it is marked by account; and where an
    /// account took part in a recovery, the other one counts as the same.
    struct Perk {
        Condition[] conditions;
        bool once;
        bool byPass;
        bool closed;
    }

    /// @notice There is a new perk.
    event PerkAdded(uint256 indexed perk, PerkConfig config);

    /// @notice Nobody gets this perk any more.
    event PerkClosed(uint256 indexed perk);

    /// @notice The text has `length` bytes, outside `lowest` to `highest`.
    error PerksInvalidText(uint256 length, uint256 lowest, uint256 highest);

    /// @notice `count` conditions are none, or more than 4.
    error PerksInvalidConditions(uint256 count);

    /// @notice The condition at `index` has a group, an argument or an amount that it can't have.
    error PerksInvalidCondition(uint256 index);

    /// @notice A perk that somebody gets once is marked by pass or by account: it can't ask for "a pass or something else".
    error PerksMixedOnce();

    /// @notice There is no perk of this number.
    error PerksNonexistentPerk(uint256 perk);

    /// @notice The perk is closed already.
    error PerksAlreadyClosed(uint256 perk);

    /// @notice Badges have to be named in ascending order, each once.
    error PerksUnorderedBadges(uint256 index);

    /// @notice Adds a perk. Caller: as the AccessManager lists it, or else ADMIN, that is, a passed proposal.
    function addPerk(PerkConfig calldata config) external returns (uint256 perk);

    /// @notice Ends a perk, for ever. Caller: as of {addPerk}.
    function closePerk(uint256 perk) external;

    /// @notice Whether `account` gets the perk at this moment. Not whether it got it before, where it gets it once.
    /// @param badgeIds Badges of the account that {Subject-BadgesOfKind} is to count, in ascending order; those that are gone or
    /// another's count for nothing.
    /// @dev Reverts with {PerksNonexistentPerk} and {PerksUnorderedBadges}.
    function isEligible(address account, uint256 perk, uint256[] calldata badgeIds) external view returns (bool);

    /// @notice Which of the perk's conditions `account` meets at this moment, in their order; also of a closed one.
    function conditionsMet(
        address account,
        uint256 perk,
        uint256[] calldata badgeIds
    ) external view returns (bool[] memory);

    /// @notice A perk. Reverts with {PerksNonexistentPerk}.
    function perkOf(uint256 perk) external view returns (Perk memory);

    /// @notice How many perks there are; the last one's number.
    function perkCount() external view returns (uint256);
}

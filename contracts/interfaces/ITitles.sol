// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// @title ITitles
/// @notice The ladder of titles that members climb with their points: for example Guest, Regular, Ambassador. A title is
/// read from the points at any time, and so rises and falls with them.
interface ITitles {
    /// @notice A rung of the ladder.
    /// @param name For people, 1 to 64 bytes of UTF-8.
    /// @param points Points from which on a member has it, less than 2^24. Those of the first title are 0.
    struct Title {
        string name;
        uint24 points;
    }

    /// @notice These are the titles from now on, lowest first. Members' titles change without an event of their own.
    event TitlesSet(Title[] titles);

    /// @notice `account` rose or fell to the title of `rank`, counted from 1.
    event TitleChanged(address indexed account, uint256 rank);

    /// @notice `count` titles are too many: a ladder has at most 5.
    error ContributionBadgeTooManyTitles(uint256 count);

    /// @notice The title at `index` has `points`: the first has to have 0, each other one more than the one before it.
    error ContributionBadgeTitlesOutOfOrder(uint256 index, uint24 points);

    /// @notice Replaces the ladder; an empty one means that there are no titles. Caller: STEWARD.
    function setTitles(Title[] calldata newTitles) external;

    /// @notice The ladder, lowest title first.
    function titles() external view returns (Title[] memory);

    /// @notice The title of `account`, whether it ever contributed or not.
    /// @return rank Counted from 1, the lowest; 0 where there are no titles.
    /// @return name Empty where there are no titles.
    function titleOf(address account) external view returns (uint256 rank, string memory name);

    /// @notice The rank of {titleOf} alone, for contracts: it costs a third.
    function rankOf(address account) external view returns (uint256);
}

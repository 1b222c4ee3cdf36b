// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

import {IBadgeSatellite} from "./IBadgeSatellite.sol";

/// @title IContributionRewards
/// @notice A budget for each season, shared among its contributors: each claims `budget * points that it holds from it / all
/// points that were awarded in it`, rounded down. Amounts are in a token's smallest unit; a season can have budgets in any
/// number of tokens, each on its own.
///
/// A season is funded until it ends. Claims open when the dispute window after it is over, and close when the next season
/// ends; what is left then goes to the treasury. A badge that is taken lowers its holder's claim, and raises nobody's: only a
/// passed proposal leaves points that were taken out of what all claims are divided by, until they open.
interface IContributionRewards is IBadgeSatellite {
    /// @notice What a season has to share in a token.
    /// @param budget What it was funded with.
    /// @param paid What was claimed of it.
    struct Budget {
        uint128 budget;
        uint128 paid;
    }

    /// @notice `funder` added `amount` to what `season` shares.
    event SeasonFunded(uint16 indexed season, address indexed token, address indexed funder, uint256 amount);

    /// @notice `account` was paid `amount` for `points` of `season`.
    event RewardClaimed(
        uint16 indexed season,
        address indexed token,
        address indexed account,
        uint256 points,
        uint256 amount
    );

    /// @notice What can't be claimed any more went to the treasury.
    event UnclaimedReturned(address indexed token, uint256 amount);

    /// @notice `season` can't be funded: it has ended, or is more than 4 seasons ahead of the running one.
    error ContributionRewardsNotFundable(uint16 season);

    /// @notice `amount` is zero, or more than a budget can hold.
    error ContributionRewardsInvalidAmount(uint256 amount);

    /// @notice `token` delivered `received` instead of `amount`: one that takes a fee can't be shared exactly.
    error ContributionRewardsFeeOnTransfer(address token, uint256 amount, uint256 received);

    /// @notice `account` has nothing to claim: it has no points left that it wasn't paid for, the budget is
    /// empty, or the share rounds to nothing.
    error ContributionRewardsNothingToClaim(uint16 season, address token, address account);

    /// @notice `amount` is more than the `rest` of what `season` has to share in `token`.
    error ContributionRewardsBudgetExceeded(uint16 season, address token, uint256 amount, uint256 rest);

    /// @notice What `account` earned is about to be moved to another account. Until that recovery is over, nobody else can claim
    /// for it; and once badges were moved since the season ended, not even itself.
    error ContributionRewardsBeingRecovered(address account);

    /// @notice All of `token` that is here belongs to seasons that can still be claimed.
    error ContributionRewardsNothingUnclaimed(address token);

    /// @notice Adds `amount` of `token`, which the caller has to have approved, to what `season` shares. Caller: anyone.
    /// @dev Tokens whose balances change by themselves aren't for this: a balance that shrank is paid out first come,
    /// first served, and one that grew goes to the treasury with what is unclaimed.
    function fund(uint16 season, address token, uint256 amount) external;

    /// @notice Pays `account` what it is due. Caller: anyone; it is always paid to `account`.
    /// @return amount What was paid.
    function claim(uint16 season, address token, address account) external returns (uint256 amount);

    /// @notice Sends to the treasury what is here of `token` and belongs to no season that can still be claimed, now or
    /// later: what was unclaimed when the season after its own ended, and what was sent here by mistake. Caller: anyone.
    /// @return amount What was sent.
    function returnUnclaimed(address token) external returns (uint256 amount);

    /// @notice What a season has to share in a token.
    function budgetOf(uint16 season, address token) external view returns (Budget memory);

    /// @notice What `account` can claim now; reverts where {claim} would, but not with
    /// {ContributionRewardsNothingToClaim}.
    function claimable(uint16 season, address token, address account) external view returns (uint256 amount);
}

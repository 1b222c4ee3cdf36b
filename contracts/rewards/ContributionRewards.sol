// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {BadgeSatellite} from "../access/BadgeSatellite.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {IContributionRewards} from "../interfaces/IContributionRewards.sol";

/// @title ContributionRewards
/// @notice See {IContributionRewards}.
/// @dev What was claimed is kept as points, not as a yes or no: after a recovery, the new account can have points that the
/// old one was paid for beside some that nobody was. A mark names its season, so that the next season writes over it.
///
/// Paid is never more than the budget: each claim is rounded down, no point is paid for twice, and the points of a season
/// that anybody has are never more than those that it is shared by, which are fixed before the first claim. Each claim checks
/// it all the same.
///
/// Any ERC-20 can be a budget, so none is trusted. While one is moved, what is written down and what is here differ: nothing
/// else that moves tokens or counts them can be called from within.
contract ContributionRewards is IContributionRewards, BadgeSatellite, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @dev For how many points of which season an account was paid; `kept` after a recovery had moved badges away from it, so
    /// that they are others than those that the new account has. As a claim pays for all points that an account has, and
    /// badges come to it no more once they can leave it, there is never some of both. One slot, written as a whole.
    struct Mark {
        uint16 season;
        uint120 points;
        bool kept;
    }

    /// @custom:storage-location erc7201:kyoso.storage.ContributionRewards
    struct ContributionRewardsStorage {
        mapping(address token => mapping(uint16 season => Budget)) budgets;
        mapping(address token => mapping(address account => Mark)) marks;
    }

    // keccak256(abi.encode(uint256(keccak256("kyoso.storage.ContributionRewards")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant CONTRIBUTION_REWARDS_STORAGE =
        0x342e6f69c889d5dceaa088904f4fbdbc11430d8e6f37ae4d938be293c870db00;

    /// @dev How many seasons ahead of the running one can be funded.
    uint16 private constant SEASONS_AHEAD = 4;

    /// @inheritdoc IContributionRewards
    function fund(uint16 season, address token, uint256 amount) external nonReentrant {
        ContributionRewardsStorage storage $ = _contributionRewardsStorage();
        uint16 running = _badge().currentSeason();
        require(season >= running && season <= running + SEASONS_AHEAD, ContributionRewardsNotFundable(season));
        Budget storage budget = $.budgets[token][season];
        require(amount != 0 && amount <= type(uint128).max - budget.budget, ContributionRewardsInvalidAmount(amount));

        uint256 before = IERC20(token).balanceOf(address(this));
        IERC20(token).safeTransferFrom(msg.sender, address(this), amount);
        uint256 received = Math.saturatingSub(IERC20(token).balanceOf(address(this)), before);
        require(received == amount, ContributionRewardsFeeOnTransfer(token, amount, received));
        budget.budget += uint128(amount);
        emit SeasonFunded(season, token, msg.sender, amount);
    }

    /// @inheritdoc IContributionRewards
    function claim(uint16 season, address token, address account) external nonReentrant returns (uint256 amount) {
        ContributionRewardsStorage storage $ = _contributionRewardsStorage();
        Budget storage budget = $.budgets[token][season];
        Mark storage mark = $.marks[token][account];
        uint256 points;
        uint256 paidFor;
        bool left;
        (amount, points, paidFor, left) = _due(season, token, account, budget, mark);
        require(amount != 0, ContributionRewardsNothingToClaim(season, token, account));

        uint256 rest = budget.budget - budget.paid;
        require(amount <= rest, ContributionRewardsBudgetExceeded(season, token, amount, rest));
        budget.paid += uint128(amount);
        // Points of a member have 56 bits.
        (mark.season, mark.points, mark.kept) = (season, uint120(paidFor + points), left);
        emit RewardClaimed(season, token, account, points, amount);
        IERC20(token).safeTransfer(account, amount);
    }

    /// @inheritdoc IContributionRewards
    function returnUnclaimed(address token) external nonReentrant returns (uint256 amount) {
        ContributionRewardsStorage storage $ = _contributionRewardsStorage();
        uint16 running = _badge().currentSeason();
        uint256 owed = 0;
        for (uint16 season = running - 1; season <= running + SEASONS_AHEAD; ++season) {
            Budget memory budget = $.budgets[token][season];
            owed += budget.budget - budget.paid;
        }
        amount = Math.saturatingSub(IERC20(token).balanceOf(address(this)), owed);
        require(amount != 0, ContributionRewardsNothingUnclaimed(token));
        emit UnclaimedReturned(token, amount);
        IERC20(token).safeTransfer(_token().treasury(), amount);
    }

    /// @inheritdoc IContributionRewards
    function budgetOf(uint16 season, address token) external view returns (Budget memory) {
        return _contributionRewardsStorage().budgets[token][season];
    }

    /// @inheritdoc IContributionRewards
    function claimable(uint16 season, address token, address account) external view returns (uint256 amount) {
        ContributionRewardsStorage storage $ = _contributionRewardsStorage();
        (amount, , , ) = _due(season, token, account, $.budgets[token][season], $.marks[token][account]);
    }

    /// @param budget Of that season and token.
    /// @param mark The account's.
    /// @return amount What `account` is due.
    /// @return points For how many points.
    /// @return paidFor For how many it was paid before.
    /// @return left Whether badges were moved away from it since the season ended.
    function _due(
        uint16 season,
        address token,
        address account,
        Budget storage budget,
        Mark storage mark
    ) private view returns (uint256 amount, uint256 points, uint256 paidFor, bool left) {
        IContributionBadge.RewardStanding memory standing = _badge().rewardStanding(season, account);
        // Once badges are moved, not even itself: it could be paid for what isn't moved yet, and give that up.
        require(
            !standing.leaving || (msg.sender == account && !standing.left),
            ContributionRewardsBeingRecovered(account)
        );
        left = standing.left;
        paidFor = _paidFor(season, mark);
        uint256 settled = paidFor;
        if (standing.predecessorPoints != 0) {
            Mark storage predecessor = _contributionRewardsStorage().marks[token][standing.predecessor];
            if (_paidFor(season, predecessor) != 0 && !predecessor.kept) settled += standing.predecessorPoints;
        }
        // Points that were taken after they were paid for leave less than nothing to claim.
        points = Math.saturatingSub(standing.points, settled);
        // A member's points have 56 bits, and a budget 128.
        if (points != 0) amount = (budget.budget * points) / standing.totalPoints;
    }

    /// @dev A mark is nothing for a season other than its own.
    function _paidFor(uint16 season, Mark storage mark) private view returns (uint256) {
        return mark.season == season ? mark.points : 0;
    }

    function _contributionRewardsStorage() private pure returns (ContributionRewardsStorage storage $) {
        assembly {
            $.slot := CONTRIBUTION_REWARDS_STORAGE
        }
    }
}

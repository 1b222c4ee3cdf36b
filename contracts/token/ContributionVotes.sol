// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ERC20VotesUpgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/extensions/ERC20VotesUpgradeable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {RateLimiter} from "@openzeppelin/contracts/utils/RateLimiter.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {VotesUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/utils/VotesUpgradeable.sol";
import {EarnedShare} from "../governance/EarnedShare.sol";
import {IBrandToken} from "../interfaces/IBrandToken.sol";
import {PackedVotes} from "./PackedVotes.sol";
import {TokenLinks} from "./TokenLinks.sol";

/// @title ContributionVotes
/// @notice Votes that are earned, not bought: voting units that belong to an account beside its balance and can't be
/// transferred, bounded by a share of the circulating supply and by a rate.
/// @dev They are voting units of the token itself, as front-ends take a voter's power from `token().getPastVotes`.
/// The rate is a refilling bucket, the cheaper of OpenZeppelin's two limiters, as badges are awarded often: it lets
/// through up to twice its amount within one window (a full bucket at once, and what refills meanwhile).
abstract contract ContributionVotes is PackedVotes {
    using RateLimiter for RateLimiter.RefillingBucket;

    /// @custom:storage-location erc7201:kyoso.storage.ContributionVotes
    struct ContributionVotesStorage {
        uint16 shareBps;
        // The token's cap has its place here, in the same slot.
        uint64 capTokens;
        uint96 total;
        RateLimiter.RefillingBucket bucket;
        mapping(address account => uint256) votes;
    }

    // keccak256(abi.encode(uint256(keccak256("kyoso.storage.ContributionVotes")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant CONTRIBUTION_VOTES_STORAGE =
        0x797c3c175a11e892d483dd768d571954b52114cd6e999e8f32d138fad74e6400;

    uint256 private constant BPS = 10_000;
    uint48 internal constant MIN_WINDOW = 1 hours;
    uint48 internal constant MAX_WINDOW = 5 * 365 days;

    /// @dev The bucket's only key: the limit is one for all accounts together.
    bytes32 private constant EVERYBODY = bytes32(0);

    function __ContributionVotes_init(
        uint64 capTokens,
        uint16 shareBps,
        RateLimit calldata limit
    ) internal onlyInitializing {
        require(treasury().code.length != 0, BrandTokenInvalidTreasury());
        // All votes fit into the 96 bits of a PackedHolding, with those that can be earned.
        uint256 highestVotes = EarnedShare.highestVotes(uint256(capTokens) * 10 ** decimals());
        require(capTokens != 0 && highestVotes <= type(uint96).max, BrandTokenInvalidCap());
        ContributionVotesStorage storage $ = _contributionVotesStorage();
        $.capTokens = capTokens;
        // The governor holds its quorum against it when it is initialised: after this, as it counts these votes.
        _setContributionLimit(shareBps, EarnedShare.HIGHEST, limit);
    }

    /// @inheritdoc IBrandToken
    function treasury() public view returns (address) {
        return TokenLinks.treasury();
    }

    /// @inheritdoc IBrandToken
    function circulatingSupply() public view returns (uint256) {
        return Math.saturatingSub(totalSupply(), getVotes(treasury()));
    }

    /// @inheritdoc IBrandToken
    function contributionVotes(address account) external view returns (uint256) {
        return _contributionVotesStorage().votes[account];
    }

    /// @inheritdoc IBrandToken
    function totalContributionVotes() external view returns (uint256) {
        return _contributionVotesStorage().total;
    }

    /// @inheritdoc IBrandToken
    function contributionLimit() external view returns (uint16 shareBps, RateLimit memory limit, uint256 available) {
        ContributionVotesStorage storage $ = _contributionVotesStorage();
        shareBps = $.shareBps;
        limit = RateLimit(SafeCast.toUint128($.bucket._capacity), $.bucket._window);
        available = Math.min(Math.saturatingSub(_highestTotal(), $.total), $.bucket.available(EVERYBODY));
    }

    /// @inheritdoc IBrandToken
    function contributionShare() external view returns (uint16) {
        return _contributionVotesStorage().shareBps;
    }

    /// @dev The cap.
    function _maxSupply() internal view override returns (uint256) {
        return uint256(_contributionVotesStorage().capTokens) * 10 ** decimals();
    }

    /// @dev A balance and what was earned vote together.
    function _getVotingUnits(
        address account
    ) internal view override(ERC20VotesUpgradeable, VotesUpgradeable) returns (uint256) {
        return super._getVotingUnits(account) + _contributionVotesStorage().votes[account];
    }

    function _setContributionLimit(uint16 shareBps, uint256 highestShare, RateLimit calldata limit) internal {
        require(shareBps <= highestShare, BrandTokenInvalidShare(shareBps, highestShare));
        require(limit.window >= MIN_WINDOW && limit.window <= MAX_WINDOW, BrandTokenInvalidWindow(limit.window));

        ContributionVotesStorage storage $ = _contributionVotesStorage();
        // What has refilled until now did so at the old rate; without `sync` the new one would apply to the past too.
        if ($.bucket._window != 0) $.bucket.sync(EVERYBODY);
        $.bucket.updateSettings(limit.window, limit.amount);
        $.shareBps = shareBps;
        emit ContributionLimitSet(shareBps, limit.amount, limit.window);
    }

    function _moveContributionVotes(address from, address to, uint256 amount) internal returns (uint256) {
        ContributionVotesStorage storage $ = _contributionVotesStorage();
        if (from == address(0)) {
            uint256 newTotal = $.total + amount;
            if (newTotal > _highestTotal() || !$.bucket.tryConsume(EVERYBODY, amount)) {
                emit ContributionVotesWithheld(to, amount);
                return 0;
            }
            // No more than a share of the supply, which fits.
            $.total = uint96(newTotal);
        } else {
            uint256 votes = $.votes[from];
            require(votes >= amount, BrandTokenInsufficientContributionVotes(from, votes, amount));
            $.votes[from] = votes - amount;
        }
        if (to == address(0)) {
            // It is part of the total.
            $.total -= uint96(amount);
        } else {
            $.votes[to] += amount;
        }
        _transferVotingUnits(from, to, amount);
        emit ContributionVotesMoved(from, to, amount);
        return amount;
    }

    function _highestTotal() private view returns (uint256) {
        return Math.mulDiv(circulatingSupply(), _contributionVotesStorage().shareBps, BPS);
    }

    function _contributionVotesStorage() private pure returns (ContributionVotesStorage storage $) {
        assembly {
            $.slot := CONTRIBUTION_VOTES_STORAGE
        }
    }
}

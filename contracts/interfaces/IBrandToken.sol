// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC5805} from "@openzeppelin/contracts/interfaces/IERC5805.sol";

/// @title IBrandToken
/// @notice The voting token of a brand DAO: ERC-20 with ERC-2612 permits and ERC-5805 votes on the timestamp clock
/// (ERC-6372 `mode=timestamp`). Amounts are in the token's smallest unit (18 decimals); times in seconds.
///
/// A holder votes without delegating: until an account chooses a delegate, it is its own. An account's voting units are
/// its balance and the votes that it earned by contributing; the latter can't be transferred, and are delegated
/// together with the balance.
interface IBrandToken is IERC20, IERC5805 {
    /// @notice Tokens minted to `account` when the DAO is launched; the zero address stands for the treasury.
    struct Allocation {
        address account;
        uint256 amount;
    }

    /// @notice At most `amount` within `window` seconds. How strictly is said where it is used.
    struct RateLimit {
        uint128 amount;
        uint48 window;
    }

    /// @param name Name of the brand and of its token, 1 to 64 bytes of UTF-8.
    /// @param symbol Ticker of the token, 1 to 11 bytes.
    /// @param capTokens Highest total supply ever, in whole tokens of 10^18 units; at least 1, and at most
    /// 63,382,530,011: all votes together, with what can be earned, are to fit into 96 bits.
    /// @param mintLimit Limit on minting after the launch, a sliding window; an amount of 0 means that nothing can be
    /// minted until a proposal raises it.
    /// @param contributionShareBps Highest total of contribution votes at any grant, in basis points of what
    /// circulates before it; at most the governor's quorum, and together with it at most 5,000.
    /// @param contributionLimit Limit on granting contribution votes, a refilling bucket.
    /// @param authority The AccessManager that is asked who may mint, grant votes, upgrade.
    /// @param allocations The initial supply. Not subject to `mintLimit`, subject to `cap`.
    struct TokenInit {
        string name;
        string symbol;
        uint64 capTokens;
        RateLimit mintLimit;
        uint16 contributionShareBps;
        RateLimit contributionLimit;
        address authority;
        Allocation[] allocations;
    }

    /// @notice `amount` contribution votes went from `from` to `to`; the zero address stands for granting and taking back.
    event ContributionVotesMoved(address indexed from, address indexed to, uint256 amount);

    /// @notice A grant of `amount` to `account` was left out, because it would have passed the share or the rate limit. It
    /// can be made later: see {IContributionBadge-grantVotes}.
    event ContributionVotesWithheld(address indexed account, uint256 amount);

    /// @notice Minting is limited to `amount` within any `window` seconds from now on.
    event MintLimitSet(uint128 amount, uint48 window);

    /// @notice Contribution votes are limited to `shareBps` of the circulating supply, and to a bucket of `amount` that
    /// refills in `window` seconds, from now on.
    event ContributionLimitSet(uint16 shareBps, uint128 amount, uint48 window);

    /// @notice A text has `length` bytes: none, or more than `highest`.
    error BrandTokenInvalidText(uint256 length, uint256 highest);

    /// @notice The cap is zero, or so high that all votes together, with what can be earned, might not fit into 96 bits.
    error BrandTokenInvalidCap();

    /// @notice `window` is outside 1 hour to 5 years.
    error BrandTokenInvalidWindow(uint48 window);

    /// @notice `shareBps` is above `highest`: the governor's quorum, or what that leaves of 5,000 basis points.
    error BrandTokenInvalidShare(uint16 shareBps, uint256 highest);

    /// @notice `amount` is more than the mint limit leaves available at this moment.
    error BrandTokenMintLimited(uint256 amount, uint256 available);

    /// @notice `account` has only `votes` contribution votes, less than the `needed`.
    error BrandTokenInsufficientContributionVotes(address account, uint256 votes, uint256 needed);

    /// @notice The treasury can't delegate: a proposal could otherwise vote with it on another proposal.
    error BrandTokenTreasuryCannotDelegate();

    /// @notice The proxy's code names no treasury that there is.
    error BrandTokenInvalidTreasury();

    /// @notice Sets up the proxy; callable once. See {TokenInit}.
    function initialize(TokenInit calldata init) external;

    /// @notice Mints `amount` to `to`. Caller: MINTER, that is, a passed proposal.
    /// @dev Reverts with {BrandTokenMintLimited} above the rate limit, and with `ERC20ExceededSafeSupply` above the cap.
    function mint(address to, uint256 amount) external;

    /// @notice Moves `amount` contribution votes. Caller: VOTES_GRANTER, that is, the ContributionBadge.
    ///
    /// From the zero address it grants: all of `amount`, or nothing where the total would pass the share of the
    /// circulating supply or the rate limit ({ContributionVotesWithheld}). To the zero address it takes back. Between
    /// two accounts it moves what was earned, unlimited, as the total stays the same.
    /// @return moved `amount`, or 0 where a grant was withheld.
    /// @dev Reverts with {BrandTokenInsufficientContributionVotes} if `from` has less.
    function moveContributionVotes(address from, address to, uint256 amount) external returns (uint256 moved);

    /// @notice Changes the mint limit. Caller: ADMIN, that is, a passed proposal.
    /// @dev What was minted within the old window counts against the new limit, as far as the new window reaches; what was
    /// older may be forgotten already.
    function setMintLimit(RateLimit calldata limit) external;

    /// @notice Changes the bounds of contribution votes. Caller: ADMIN, that is, a passed proposal. Votes already
    /// granted stay, even above a lowered share. The share can't be above the quorum's fraction, and both together not
    /// above 5,000 basis points: a proposal that changes both raises the quorum before the share, and lowers it after.
    function setContributionLimit(uint16 shareBps, RateLimit calldata limit) external;

    /// @notice Highest total supply ever.
    function cap() external view returns (uint256);

    /// @notice The timelock, whose own votes count nowhere, and which can't delegate. The proxy's code names it.
    function treasury() external view returns (address);

    /// @notice Supply less the treasury's votes: what is in the hands of people. Rounds nothing, and is 0 rather than
    /// negative where contribution votes are delegated to the treasury.
    function circulatingSupply() external view returns (uint256);

    /// @notice The limit on minting, and how much of it is available at this moment.
    function mintLimit() external view returns (RateLimit memory limit, uint256 available);

    /// @notice Non-transferable votes that `account` earned by contributing.
    function contributionVotes(address account) external view returns (uint256);

    /// @notice Contribution votes of all accounts together.
    function totalContributionVotes() external view returns (uint256);

    /// @notice Highest total of contribution votes at any grant, in basis points of what circulates before it.
    function contributionShare() external view returns (uint16);

    /// @notice The bounds of contribution votes, and how much could be granted at this moment: the lesser of what the
    /// share and the bucket leave.
    function contributionLimit() external view returns (uint16 shareBps, RateLimit memory limit, uint256 available);
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title EarnedShare
/// @notice What the share of votes that can be earned, and the quorum's fraction, have to be to one another, in basis
/// points: the token and the governor each hold a change of their own against the other's.
///
/// - The share is at most the quorum: whoever awards badges could otherwise pass a proposal with the votes that come with
///   them.
/// - Both together are at most a half. Earned votes circulate also where nobody casts them, and raise the quorum. With a
///   quorum `q` and a share `s` of the tokens `C` in people's hands it is at most `q * (C + s * C)`, which is not more than
///   `(q + s) * C`: so half of these tokens always reach it, though none of the earned votes is cast.
library EarnedShare {
    /// @notice The quorum and the share together.
    uint256 internal constant HIGHEST_SUM = 5_000;

    /// @notice The share with the quorum for which it can be highest, which is as much.
    uint256 internal constant HIGHEST = HIGHEST_SUM / 2;

    uint256 private constant BPS = 10_000;

    /// @notice The highest share with a quorum of `quorumBps`.
    function highest(uint256 quorumBps) internal pure returns (uint256) {
        return Math.min(quorumBps, Math.saturatingSub(HIGHEST_SUM, quorumBps));
    }

    /// @notice How many votes there can ever be with a supply of at most `cap`: what circulates is never more than that, and at
    /// no time more than the highest share of it was earned.
    function highestVotes(uint256 cap) internal pure returns (uint256) {
        return cap + Math.mulDiv(cap, HIGHEST, BPS);
    }
}

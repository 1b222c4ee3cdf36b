// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {GovernorUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/GovernorUpgradeable.sol";

/// @title GovernorBallots
/// @notice Ballots by signature without a running number: each is signed with 0 for `nonce`, which is what {nonces} tells
/// any page that asks, and each can be cast once.
///
/// What a number of its own would do is done already, for both forms of a ballot:
/// - The same ballot can't be cast twice, and no other of its voter for that proposal after it, as the governor counts one
///   vote of an account for a proposal (`hasVoted`) and refuses a second with `GovernorAlreadyCastVote`.
/// - It is for nothing else: it names the proposal, by a hash that never comes again, and its EIP-712 domain names the
///   governor and the chain.
/// - A voter who signed and then changed their mind votes otherwise themselves, before somebody casts the ballot. A number
///   is no way to take it back either: what is open uses none up.
/// - Ballots for several proposals don't wait for each other, in whatever order they are cast.
/// @dev It saves the slot that a number takes for each ballot: a new one for each proposal, with OpenZeppelin's
/// GovernorNoncesKeyed. It relies on counting in which an account votes once, with all that it has. Counting that lets an
/// account vote in parts, or anything else that is signed over {_useNonce}, needs numbers again.
abstract contract GovernorBallots is GovernorUpgradeable {
    /// @notice The `nonce` that an account signs its next ballot with, whatever it is for: 0, always.
    function nonces(address) public pure virtual override returns (uint256) {
        return 0;
    }

    /// @dev Both of Governor's checks of a ballot's signature ask for the number here.
    function _useNonce(address) internal pure virtual override returns (uint256) {
        return 0;
    }
}

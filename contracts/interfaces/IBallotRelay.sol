// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

/// @title IBallotRelay
/// @notice Casts many ballots that voters signed (EIP-712) in one transaction, on any of OpenZeppelin's Governors. Each
/// has a gas limit of its own, and one that is refused doesn't stop the others. A refused ballot isn't used up.
interface IBallotRelay {
    /// @param proposalId The proposal that it is for.
    /// @param support How it is marked: 0 against, 1 for, 2 abstain.
    /// @param voter Whose ballot it is: an account, or a contract that answers to ERC-1271.
    /// @param reason Why, or nothing. With a reason the voter signs an `ExtendedBallot`, whose `params` are empty; without
    /// one, a `Ballot`.
    /// @param signature The voter's, over the nonce that the governor's `nonces` tells.
    struct Ballot {
        uint256 proposalId;
        uint8 support;
        address voter;
        string reason;
        bytes signature;
    }

    /// @notice In this transaction the governor didn't take a ballot. Those that it took are told by its own events.
    /// Anyone can have a ballot refused, also one that was cast before or never signed: whether somebody has voted, the
    /// governor knows.
    /// @param reason The first four bytes of what the governor reverted with, the selector of its error; 0 for none, as
    /// when the ballot's gas was used up.
    event BallotRefused(address indexed governor, uint256 indexed proposalId, address indexed voter, bytes4 reason);

    /// @notice `governor` has no code.
    error BallotRelayNoGovernor(address governor);

    /// @notice For the ballot at `index` there were only `available` gas left.
    error BallotRelayInsufficientGas(uint256 index, uint256 available);

    /// @notice Casts `ballots` on `governor`, one after the other, and emits {BallotRefused} for each that it doesn't take.
    /// Anyone may call it. Reverts as a whole with {BallotRelayNoGovernor}; and with {BallotRelayInsufficientGas} where
    /// less is left than a ballot is to have, as valid ones would look refused otherwise, and an estimate of gas would
    /// settle for that.
    /// @param gasPerBallot How much gas each may use; what isn't used isn't paid. Too little has all of them refused.
    /// @return cast Which ballots the governor took.
    /// @dev No voter can make a transaction revert that has, besides what any transaction costs, for each ballot its
    /// calldata, `gasPerBallot` and 10,000 gas, and once a 63rd of `gasPerBallot`. An estimate is less: a wallet may behave
    /// otherwise when it counts.
    function relay(
        IGovernor governor,
        Ballot[] calldata ballots,
        uint256 gasPerBallot
    ) external returns (bool[] memory cast);
}

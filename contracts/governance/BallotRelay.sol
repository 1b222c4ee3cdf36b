// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {BoundedCall} from "./BoundedCall.sol";
import {IBallotRelay} from "../interfaces/IBallotRelay.sol";

/// @title BallotRelay
/// @notice See {IBallotRelay}. It keeps nothing and may do nothing that others may not, and its code never changes.
contract BallotRelay is IBallotRelay {
    /// @inheritdoc IBallotRelay
    /// @dev The governor is the caller's choice, and may do what it likes: call back, say that it took what it didn't.
    /// There is nothing here to gain by it, as long as nobody gives this contract tokens, approvals or roles.
    function relay(
        IGovernor governor,
        Ballot[] calldata ballots,
        uint256 gasPerBallot
    ) external returns (bool[] memory cast) {
        require(address(governor).code.length != 0, BallotRelayNoGovernor(address(governor)));
        cast = new bool[](ballots.length);
        for (uint256 i = 0; i < ballots.length; ++i) {
            bytes memory data = _encode(ballots[i]);
            uint256 available = BoundedCall.available();
            require(available >= gasPerBallot, BallotRelayInsufficientGas(i, available));
            bytes4 reason;
            (cast[i], reason) = BoundedCall.tryCall(address(governor), gasPerBallot, data);
            if (!cast[i]) emit BallotRefused(address(governor), ballots[i].proposalId, ballots[i].voter, reason);
        }
    }

    function _encode(Ballot calldata ballot) private pure returns (bytes memory) {
        return
            bytes(ballot.reason).length == 0
                ? abi.encodeCall(
                    IGovernor.castVoteBySig,
                    (ballot.proposalId, ballot.support, ballot.voter, ballot.signature)
                )
                : abi.encodeCall(
                    IGovernor.castVoteWithReasonAndParamsBySig,
                    (ballot.proposalId, ballot.support, ballot.voter, ballot.reason, "", ballot.signature)
                );
    }
}

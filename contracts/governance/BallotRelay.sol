// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IBallotRelay} from "../interfaces/IBallotRelay.sol";

/// @title BallotRelay
/// @notice See {IBallotRelay}. It keeps nothing and may do nothing that others may not, and its code never changes.
contract BallotRelay is IBallotRelay {
    /// @dev Gas for what is around the call of a ballot: making it, and telling that it was refused. Some 3,000 are used.
    uint256 private constant ROOM = 5_000;

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
            uint256 available = _available();
            require(available >= gasPerBallot, BallotRelayInsufficientGas(i, available));
            bytes4 reason;
            (cast[i], reason) = _call(address(governor), gasPerBallot, data);
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

    /// @dev How much gas a call could be given now. A call that asks for more than 63/64 of what is left silently gets
    /// less (EIP-150).
    function _available() private view returns (uint256) {
        uint256 left = Math.saturatingSub(gasleft(), ROOM);
        return left - left / 64;
    }

    /// @dev Solidity's own calls copy all that is returned, at the cost of whoever calls: a few hundred kilobytes of it
    /// could use up what the other ballots need. Here it is four bytes. As with Solidity's, a success without the number
    /// that `castVoteBySig` returns is none.
    function _call(address target, uint256 gasLimit, bytes memory data) private returns (bool success, bytes4 reason) {
        assembly ("memory-safe") {
            mstore(0x00, 0)
            success := call(gasLimit, target, 0, add(data, 0x20), mload(data), 0x00, 0x04)
            success := and(success, gt(returndatasize(), 0x1f))
            reason := mload(0x00)
        }
    }
}

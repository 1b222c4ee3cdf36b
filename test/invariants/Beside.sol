// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Broken, checkEqual} from "./Checks.sol";
import {VM, Vm} from "./Vm.sol";

/// @title Beside
/// @notice Makes calls of a contract of ours and of one of OpenZeppelin's, and compares how they end.
abstract contract Beside {
    struct Call {
        address to;
        bytes data;
    }

    struct End {
        bool success;
        bytes answer;
        Vm.Log[] told;
    }

    /// @dev Compares success, what is returned or the error, and all events, in their order. Where an event names the contract
    /// itself, each names itself.
    function _compare(address sender, Call memory ours, Call memory peers) internal returns (bool success) {
        End memory end = _send(sender, ours);
        End memory peerEnd = _send(sender, peers);
        checkEqual("success", end.success ? 1 : 0, peerEnd.success ? 1 : 0);
        require(keccak256(end.answer) == keccak256(peerEnd.answer), Broken("answer", 0, 0));
        // What was told before it was refused is undone with all else, and recorded all the same.
        if (!end.success) return false;
        checkEqual("events", end.told.length, peerEnd.told.length);
        _checkEvents(end.told, ours.to, peerEnd.told, peers.to);
        return true;
    }

    /// @dev Of ours, as many as of the peer's.
    function _checkEvents(Vm.Log[] memory told, address ours, Vm.Log[] memory peerTold, address peer) internal pure {
        for (uint256 i = 0; i < peerTold.length; ++i) {
            checkEqual("event's topics", told[i].topics.length, peerTold[i].topics.length);
            for (uint256 j = 0; j < told[i].topics.length; ++j) {
                bytes32 topic = peerTold[i].topics[j];
                if (topic == bytes32(uint256(uint160(peer)))) topic = bytes32(uint256(uint160(ours)));
                require(told[i].topics[j] == topic, Broken("event's topic", i, j));
            }
            require(keccak256(told[i].data) == keccak256(peerTold[i].data), Broken("event's data", i, 0));
        }
    }

    /// @dev Asks both, and compares what they answer, or with what error they don't.
    function _sameAnswer(address ours, address peer, bytes memory question) internal view {
        // solhint-disable avoid-low-level-calls
        (bool success, bytes memory answer) = ours.staticcall(question);
        (bool peerSuccess, bytes memory peerAnswer) = peer.staticcall(question);
        // solhint-enable avoid-low-level-calls
        checkEqual("answered", success ? 1 : 0, peerSuccess ? 1 : 0);
        require(keccak256(answer) == keccak256(peerAnswer), Broken("answer", uint32(bytes4(question)), 0));
    }

    function _send(address sender, Call memory made) internal returns (End memory end) {
        VM.recordLogs();
        VM.prank(sender);
        // solhint-disable-next-line avoid-low-level-calls
        (end.success, end.answer) = made.to.call(made.data);
        end.told = VM.getRecordedLogs();
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @title Vm
/// @notice The cheat codes of Hardhat's Solidity test runner that these tests use.
// solhint-disable-next-line interface-starts-with-i
interface Vm {
    struct Log {
        bytes32[] topics;
        bytes data;
        address emitter;
    }

    function addr(uint256 privateKey) external pure returns (address);
    /// @dev Creation code; the runner has linked it with the libraries that it needs.
    function getCode(string calldata artifact) external view returns (bytes memory creationCode);
    /// @dev Not `block.timestamp`: the optimizer takes that to be the same before and after a {warp}.
    function getBlockTimestamp() external view returns (uint256);
    /// @dev The logs since {recordLogs}, which are then forgotten.
    function getRecordedLogs() external returns (Log[] memory logs);
    function deal(address account, uint256 balance) external;
    function prank(address sender) external;
    function recordLogs() external;
    function sign(uint256 privateKey, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function warp(uint256 timestamp) external;
}

/// @dev Functions that the runner takes or leaves as actions.
struct FuzzSelector {
    address addr;
    bytes4[] selectors;
}

Vm constant VM = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);

// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

/// @title PeerTimelock
/// @notice OpenZeppelin's own TimelockController, not upgradeable, that names operations as a BrandTimelock does: what that is
/// compared with.
contract PeerTimelock is TimelockController {
    constructor(
        uint256 minDelay,
        address[] memory governors
    ) TimelockController(minDelay, governors, governors, address(0)) {}

    function hashOperationBatch(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata payloads,
        bytes32 predecessor,
        bytes32 salt
    ) public pure override returns (bytes32) {
        if (predecessor != 0) return super.hashOperationBatch(targets, values, payloads, predecessor, salt);
        return keccak256(abi.encode(targets, values, payloads, salt));
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// @title IGuardedGovernor
/// @notice What others ask OpenZeppelin's GovernorTimelockControl and GovernorProposalGuardian for.
interface IGuardedGovernor {
    /// @notice The timelock that executes proposals, and the treasury.
    function timelock() external view returns (address);

    /// @notice Who may veto at this moment; the zero address for nobody.
    function proposalGuardian() external view returns (address);
}

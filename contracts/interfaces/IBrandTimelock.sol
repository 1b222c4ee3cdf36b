// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

import {IERC4824} from "./IERC4824.sol";

/// @title IBrandTimelock
/// @notice The delay between a passed proposal and its execution, and the treasury itself: it holds the DAO's ETH,
/// ERC-20, ERC-721 and ERC-1155. It is OpenZeppelin's TimelockController; this interface has what is added to it.
///
/// Proposer, canceller and executor is the governor only; admin is the timelock itself. This is in the code: none of it can be
/// revoked, and nobody else can become a proposer or executor, or the vote and the veto could be passed by. Another canceller, or
/// admin, can be named. Changing anything here is a passed proposal.
/// @dev ETH sent with a stipend of 2,300 gas (Solidity's `transfer` and `send`) reverts: the proxy needs more.
interface IBrandTimelock is IERC4824 {
    /// @param minDelay Seconds between queueing and execution, 1 minute to 30 days.
    /// @param governor The only proposer, canceller and executor.
    /// @param daoURI ERC-4824 URI; empty for the one that {daoURI} derives from the governor's name.
    struct TimelockInit {
        uint256 minDelay;
        address governor;
        string daoURI;
    }

    /// @notice `delay` is outside 1 minute to 30 days.
    error BrandTimelockInvalidDelay(uint256 delay);

    /// @notice The governor's address is zero.
    error BrandTimelockInvalidGovernor();

    /// @notice `role` is part of the code as asked for here: the governor's, or the timelock's own.
    error BrandTimelockRoleIsFixed(bytes32 role);

    /// @notice Only the timelock itself may call this, that is, a passed proposal.
    error BrandTimelockUnauthorized(address caller);

    /// @notice Sets up the proxy; callable once. See {TimelockInit}.
    function initialize(TimelockInit calldata init) external;

    /// @notice Schedules a batch that waits for no other: OpenZeppelin's `scheduleBatch` without a predecessor, with the delay that
    /// holds, which needn't be asked for. Caller: the governor.
    /// @param salt The hash of the proposal's description.
    /// @return eta From when on it can be executed, a timestamp.
    function queueBatch(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata payloads,
        bytes32 salt
    ) external returns (uint48 eta);

    /// @notice Changes what {daoURI} returns; empty for the derived document. Caller: the timelock itself.
    function setDaoURI(string calldata newDaoURI) external;

    /// @notice The governor that the timelock was launched with.
    function governor() external view returns (address);

    /// @notice Seconds that a whole decision takes at most, from the proposal to its execution, as governance is set now:
    /// voting delay, voting period, its extension, and the timelock's delay.
    function decisionTime() external view returns (uint48);
}

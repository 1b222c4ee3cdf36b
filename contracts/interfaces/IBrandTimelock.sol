// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

import {IERC4824} from "./IERC4824.sol";

/// @title IBrandTimelock
/// @notice The delay between a passed proposal and its execution, and the treasury itself: it holds the DAO's ETH,
/// ERC-20, ERC-721 and ERC-1155. It is OpenZeppelin's TimelockController; this interface has what is added to it.
///
/// Proposer, canceller and executor is the governor only; admin is the timelock itself. Changing anything here is a
/// passed proposal.
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

    /// @notice Only the timelock itself may call this, that is, a passed proposal.
    error BrandTimelockUnauthorized(address caller);

    /// @notice Sets up the proxy; callable once. See {TimelockInit}.
    function initialize(TimelockInit calldata init) external;

    /// @notice Changes what {daoURI} returns; empty for the derived document. Caller: the timelock itself.
    function setDaoURI(string calldata newDaoURI) external;

    /// @notice The governor that the timelock was launched with.
    function governor() external view returns (address);

    /// @notice Seconds that a whole decision takes at most, from the proposal to its execution, as governance is set now:
    /// voting delay, voting period, its extension, and the timelock's delay.
    function decisionTime() external view returns (uint48);
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @title Reentrant
/// @notice Whatever it is called with, it makes the call that it was armed with, and keeps what that returned.
contract Reentrant {
    address private _target;
    bytes private _data;

    /// @notice How often it was called.
    uint256 public calls;

    /// @notice What the last call returned, or reverted with.
    bytes public answer;

    receive() external payable {
        _strike();
    }

    fallback() external payable {
        _strike();
    }

    function arm(address target, bytes calldata data) external {
        _target = target;
        _data = data;
    }

    function _strike() private {
        ++calls;
        // solhint-disable-next-line avoid-low-level-calls
        (, answer) = _target.call(_data);
    }
}

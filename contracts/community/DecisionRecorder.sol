// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IDecisionRecorder} from "../interfaces/IDecisionRecorder.sol";

/// @title DecisionRecorder
/// @notice See {IDecisionRecorder}. It keeps nothing and may do nothing, and its code never changes.
contract DecisionRecorder is IDecisionRecorder {
    uint256 private constant MAX_URI = 256;

    /// @inheritdoc IDecisionRecorder
    function record(bytes32 kind, bytes32 contentHash, string calldata uri) external {
        uint256 length = bytes(uri).length;
        require(length <= MAX_URI, DecisionRecorderTooLong(length, MAX_URI));
        require(length != 0 || contentHash != 0, DecisionRecorderNothingDecided());
        emit DecisionRecorded(msg.sender, kind, contentHash, uri);
    }
}

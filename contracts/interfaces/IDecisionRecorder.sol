// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// @title IDecisionRecorder
/// @notice Writes decisions down that move no money and change no contract: a name that was chosen, a stance, a partner. A
/// passed proposal calls it, and so its decision is executed as any other and doesn't expire. It belongs to no DAO, keeps
/// nothing but events, and is open to all: read those whose recorder is the DAO's timelock.
interface IDecisionRecorder {
    /// @notice `recorder` decided something.
    /// @param kind What kind of decision it is, as the recorder sorts them: a short text, or a hash.
    /// @param contentHash Hash of the text of the decision; zero for none.
    /// @param uri Where the text is.
    event DecisionRecorded(address indexed recorder, bytes32 indexed kind, bytes32 indexed contentHash, string uri);

    /// @notice The URI has `length` bytes, more than `highest`.
    error DecisionRecorderTooLong(uint256 length, uint256 highest);

    /// @notice There is neither a hash nor a URI.
    error DecisionRecorderNothingDecided();

    /// @notice Writes a decision of the caller down. Caller: anyone, for itself.
    /// @param uri At most 256 bytes; may be empty where there is a hash.
    function record(bytes32 kind, bytes32 contentHash, string calldata uri) external;
}

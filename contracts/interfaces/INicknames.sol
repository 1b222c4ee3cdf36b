// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// @title INicknames
/// @notice What accounts want to be called. It belongs to no DAO, and nobody has a power over it.
///
/// A nickname proves nothing: it isn't unique, and anybody can take anybody's. Show it beside what can't be taken, such as the
/// title and the account's seal, and as the stranger's text that it is.
interface INicknames {
    /// @notice `account` wants to be called `nickname` from now on; empty for nothing.
    event NicknameSet(address indexed account, string nickname);

    /// @notice The text has `length` bytes, more than `highest`.
    error NicknamesTooLong(uint256 length, uint256 highest);

    /// @notice The text isn't UTF-8, or has characters that can't be seen: control characters, line breaks, what turns the
    /// direction of text.
    error NicknamesInvalidText();

    /// @notice The signature was good until `deadline`.
    error NicknamesExpired(uint48 deadline);

    /// @notice `account` didn't sign this, or signed it with another nonce than its current one.
    error NicknamesInvalidSignature(address account);

    /// @notice Says what the caller wants to be called. Caller: anyone, for itself.
    /// @param nickname At most 32 bytes of UTF-8, of characters that can be seen; empty to be called nothing.
    function set(string calldata nickname) external;

    /// @notice Says what `account` wants to be called. Caller: anyone, with its signature.
    /// @param deadline Timestamp from which on the signature isn't good any more.
    /// @param signature Over `Nickname(address account,string nickname,uint256 nonce,uint48 deadline)` (EIP-712; ERC-1271 for
    /// contracts), with the nonce that `nonces` tells.
    function setBySig(address account, string calldata nickname, uint48 deadline, bytes calldata signature) external;

    /// @notice What `account` wants to be called; empty for nothing.
    function nicknameOf(address account) external view returns (string memory);
}

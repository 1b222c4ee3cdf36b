// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {INicknames} from "../interfaces/INicknames.sol";
import {Utf8} from "../text/Utf8.sol";

/// @title Nicknames
/// @notice See {INicknames}. Its code never changes.
contract Nicknames is INicknames, EIP712, Nonces {
    bytes32 private constant NICKNAME_TYPEHASH = keccak256(
        "Nickname(address account,string nickname,uint256 nonce,uint48 deadline)"
    );

    uint256 private constant MAX_NICKNAME = 32;

    /// @dev Each in one slot. As none has a zero byte, the length follows from where they begin.
    mapping(address account => bytes32) private _nicknames;

    constructor() EIP712("Nicknames", "1") {}

    /// @inheritdoc INicknames
    /// @dev Uses a nonce, too: what was signed before can't come later.
    function set(string calldata nickname) external {
        _useNonce(msg.sender);
        _set(msg.sender, nickname);
    }

    /// @inheritdoc INicknames
    function setBySig(address account, string calldata nickname, uint48 deadline, bytes calldata signature) external {
        require(block.timestamp < deadline, NicknamesExpired(deadline));
        bytes32 structHash = keccak256(
            abi.encode(NICKNAME_TYPEHASH, account, keccak256(bytes(nickname)), _useNonce(account), deadline)
        );
        require(
            SignatureChecker.isValidSignatureNowCalldata(account, _hashTypedDataV4(structHash), signature),
            NicknamesInvalidSignature(account)
        );
        _set(account, nickname);
    }

    /// @inheritdoc INicknames
    function nicknameOf(address account) external view returns (string memory) {
        bytes32 stored = _nicknames[account];
        uint256 length = 0;
        while (length < MAX_NICKNAME && stored[length] != 0) ++length;
        bytes memory nickname = bytes.concat(stored);
        assembly ("memory-safe") {
            mstore(nickname, length)
        }
        return string(nickname);
    }

    function _set(address account, string calldata nickname) private {
        uint256 length = bytes(nickname).length;
        require(length <= MAX_NICKNAME, NicknamesTooLong(length, MAX_NICKNAME));
        require(Utf8.isPlain(bytes(nickname)), NicknamesInvalidText());
        _nicknames[account] = bytes32(bytes(nickname));
        emit NicknameSet(account, nickname);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

string constant DOMAIN_NAME = "ContributionBadge";
string constant DOMAIN_VERSION = "1";

bytes32 constant DOMAIN_TYPEHASH = keccak256(
    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
);

/// @dev What is signed for a badge (EIP-712), in the domain of {IVoucherVerifier}.
function badgeDigest(address badge, bytes32 structHash) view returns (bytes32) {
    bytes32 domain = keccak256(
        abi.encode(
            DOMAIN_TYPEHASH,
            keccak256(bytes(DOMAIN_NAME)),
            keccak256(bytes(DOMAIN_VERSION)),
            block.chainid,
            badge
        )
    );
    return MessageHashUtils.toTypedDataHash(domain, structHash);
}

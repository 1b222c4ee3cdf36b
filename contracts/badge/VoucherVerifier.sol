// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {badgeDigest} from "./BadgeDomain.sol";
import {Claimant} from "../drop/Claimant.sol";
import {IVouchers} from "../interfaces/IVouchers.sol";
import {IVoucherVerifier} from "../interfaces/IVoucherVerifier.sol";

/// @title VoucherVerifier
/// @notice See {IVoucherVerifier}. Apart from the badge, whose code has no room for it.
contract VoucherVerifier is IVoucherVerifier {
    bytes32 private constant VOUCHER_TYPEHASH = keccak256(
        "Voucher(address issuer,uint32 kind,address claimant,bool byKey,bytes32 evidence,uint32 referralKind,uint48 expiry,uint256 nonce)"
    );
    bytes32 private constant REDEMPTION_TYPEHASH = keccak256(
        "Redemption(address issuer,uint256 nonce,address account,address referrer)"
    );

    /// @inheritdoc IVoucherVerifier
    function check(
        IVouchers.Voucher calldata voucher,
        bytes calldata issuerSignature,
        address caller,
        address account,
        address referrer,
        bytes calldata claimSignature
    ) external view {
        // A voucher has no member of variable length, so that its ABI encoding is what EIP-712 hashes.
        bytes32 digest = badgeDigest(msg.sender, keccak256(abi.encode(VOUCHER_TYPEHASH, voucher)));
        require(
            SignatureChecker.isValidSignatureNowCalldata(voucher.issuer, digest, issuerSignature),
            IVouchers.ContributionBadgeInvalidVoucher(voucher.issuer)
        );
        if (Claimant.mustSign(voucher.claimant, voucher.byKey, caller, account, voucher.referralKind != 0)) {
            digest = badgeDigest(
                msg.sender,
                keccak256(abi.encode(REDEMPTION_TYPEHASH, voucher.issuer, voucher.nonce, account, referrer))
            );
            Claimant.checkSignature(voucher.claimant, voucher.byKey, digest, claimSignature);
        }
    }
}

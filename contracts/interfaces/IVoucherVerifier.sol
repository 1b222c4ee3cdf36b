// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

import {IVouchers} from "./IVouchers.sol";

/// @title IVoucherVerifier
/// @notice Checks the signatures of vouchers. It is stateless and shared by all DAOs on a chain; the domain is that of the
/// ContributionBadge that asks: EIP-712 with the name `ContributionBadge`, version `1`, the chain's id, and its address.
interface IVoucherVerifier {
    /// @notice Reverts unless the issuer signed the voucher, and the claimant, where it has to, signed the redemption: with
    /// {IVouchers-ContributionBadgeInvalidVoucher} or one of {IClaimant}'s errors. Caller: the ContributionBadge whose
    /// voucher it is.
    /// @param caller Who redeems it.
    function check(
        IVouchers.Voucher calldata voucher,
        bytes calldata issuerSignature,
        address caller,
        address account,
        address referrer,
        bytes calldata claimSignature
    ) external view;
}

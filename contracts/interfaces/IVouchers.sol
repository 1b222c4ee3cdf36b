// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";

/// @title IVouchers
/// @notice Badges that an issuer signs for instead of sending them: for events, QR codes and support desks. Whoever
/// redeems a voucher pays the gas. The limits of its kind hold as for direct awards, and the issuer has to have the
/// kind's issuer role at that moment: an issuer that is appointed again can be held to what it signed before.
///
/// A voucher is for an account that is known, or for whoever holds a claim key: a one-time key that signs the receiving
/// account, so that nobody who sees the redemption on its way can turn it to another.
interface IVouchers is IERC5267 {
    /// @notice What an issuer signs (EIP-712, ERC-1271 for contracts), in the domain of this contract, which it tells
    /// (ERC-5267).
    /// @param issuer Who awards the badge.
    /// @param kind Which one.
    /// @param claimant For whom: an account, or the address of a claim key.
    /// @param byKey Whether `claimant` is a claim key.
    /// @param evidence Salted hash of what it is awarded for; zero for none.
    /// @param referralKind What the member earns who brought the newcomer, a kind without votes; 0 where nobody may be
    /// named.
    /// @param expiry Timestamp from which on it can't be redeemed; any.
    /// @param nonce Any number that the issuer used for no other voucher. Consecutive ones are cheapest.
    struct Voucher {
        address issuer;
        uint32 kind;
        address claimant;
        bool byKey;
        bytes32 evidence;
        uint32 referralKind;
        uint48 expiry;
        uint256 nonce;
    }

    /// @notice `issuer`'s voucher `nonce` was redeemed by `account` for badge `id`.
    event VoucherRedeemed(address indexed issuer, uint256 indexed nonce, address indexed account, uint256 id);

    /// @notice `issuer`'s voucher `nonce` is worth nothing any more.
    event VoucherCanceled(address indexed issuer, uint256 indexed nonce);

    /// @notice The voucher could be redeemed before `expiry` only.
    error ContributionBadgeVoucherExpired(uint48 expiry);

    /// @notice `issuer`'s voucher `nonce` was redeemed or canceled.
    error ContributionBadgeVoucherUsed(address issuer, uint256 nonce);

    /// @notice `issuer` didn't sign this voucher.
    error ContributionBadgeInvalidVoucher(address issuer);

    /// @notice This doesn't reward referrals, so nobody can be named.
    error ContributionBadgeNoReferrals();

    /// @notice Redeems a voucher: awards its badge to `account`. Caller: anyone, who gains nothing by it.
    /// @param account Who gets the badge: the claimant, or whom the claim key signed for.
    /// @param referrer Who brought `account`; zero for nobody.
    /// @param claimSignature Signature of the claimant over `Redemption(address issuer,uint256 nonce,address
    /// account,address referrer)`. A claim key has to sign; an account has to where it isn't the caller and the voucher
    /// rewards referrals.
    /// @return id The new badge.
    function redeem(
        Voucher calldata voucher,
        bytes calldata issuerSignature,
        address account,
        address referrer,
        bytes calldata claimSignature
    ) external returns (uint256 id);

    /// @notice Makes a voucher of the caller worth nothing.
    function cancelVoucher(uint256 nonce) external;

    /// @notice Whether a voucher was redeemed or canceled.
    function isVoucherUsed(address issuer, uint256 nonce) external view returns (bool);
}

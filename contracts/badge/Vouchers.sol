// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";
import {EIP712Upgradeable} from "@openzeppelin/contracts-upgradeable/utils/cryptography/EIP712Upgradeable.sol";
import {DOMAIN_NAME, DOMAIN_VERSION} from "./BadgeDomain.sol";
import {IVouchers} from "../interfaces/IVouchers.sol";
import {IVoucherVerifier} from "../interfaces/IVoucherVerifier.sol";
import {Referrals} from "./Referrals.sol";

/// @title Vouchers
/// @notice Badges that an issuer signs for, and whoever redeems them pays for.
/// @dev Of OpenZeppelin's EIP712 it uses what tells the domain to wallets and pages (ERC-5267); what is signed is checked by
/// {IVoucherVerifier}, in the same domain.
abstract contract Vouchers is Referrals, EIP712Upgradeable {
    using BitMaps for BitMaps.BitMap;

    /// @custom:storage-location erc7201:kyoso.storage.Vouchers
    struct VouchersStorage {
        mapping(address issuer => BitMaps.BitMap) used;
    }

    // keccak256(abi.encode(uint256(keccak256("kyoso.storage.Vouchers")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant VOUCHERS_STORAGE = 0x6b3e59d7c6808ae0f72e31888415f804d181466c4ca3644938e7b315add89700;

    /// @notice Checks the vouchers of every DAO that uses this implementation.
    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IVoucherVerifier public immutable VERIFIER;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IVoucherVerifier verifier) {
        require(address(verifier).code.length != 0, ContributionBadgeInvalidVerifier(address(verifier)));
        VERIFIER = verifier;
    }

    /// @inheritdoc IVouchers
    function redeem(
        Voucher calldata voucher,
        bytes calldata issuerSignature,
        address account,
        address referrer,
        bytes calldata claimSignature
    ) external returns (uint256 id) {
        require(block.timestamp < voucher.expiry, ContributionBadgeVoucherExpired(voucher.expiry));
        require(voucher.kind != 0, ContributionBadgeNonexistentKind(0));
        _use(voucher.issuer, voucher.nonce);
        VERIFIER.check(voucher, issuerSignature, msg.sender, account, referrer, claimSignature);

        require(referrer == address(0) || voucher.referralKind != 0, ContributionBadgeNoReferrals());
        id = _awardReferred(voucher.issuer, voucher.kind, account, voucher.evidence, voucher.referralKind, referrer);
        emit VoucherRedeemed(voucher.issuer, voucher.nonce, account, id);
    }

    /// @inheritdoc IVouchers
    function cancelVoucher(uint256 nonce) external {
        _use(msg.sender, nonce);
        emit VoucherCanceled(msg.sender, nonce);
    }

    /// @inheritdoc IVouchers
    function isVoucherUsed(address issuer, uint256 nonce) external view returns (bool) {
        return _vouchersStorage().used[issuer].get(nonce);
    }

    function _EIP712Name() internal pure override returns (string memory) {
        return DOMAIN_NAME;
    }

    function _EIP712Version() internal pure override returns (string memory) {
        return DOMAIN_VERSION;
    }

    function _use(address issuer, uint256 nonce) private {
        BitMaps.BitMap storage used = _vouchersStorage().used[issuer];
        require(!used.get(nonce), ContributionBadgeVoucherUsed(issuer, nonce));
        used.set(nonce);
    }

    function _vouchersStorage() private pure returns (VouchersStorage storage $) {
        assembly {
            $.slot := VOUCHERS_STORAGE
        }
    }
}

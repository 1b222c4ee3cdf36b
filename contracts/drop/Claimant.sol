// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IClaimant} from "../interfaces/IClaimant.sol";

/// @title Claimant
/// @notice The one rule for who decides where a leaf or a voucher goes, and who is named as its referrer.
/// @dev A claim key signs the receiving account. A known account is the receiver itself, so anybody may deliver to it,
/// unless a referrer can be named: then it is the caller, or signs, or else whoever comes first would choose for it.
library Claimant {
    /// @dev Whether `claimant` has to sign. Reverts with {IClaimant-ClaimantMismatch} where no signature would help.
    /// @param namesReferrer Whether a referrer can be named.
    function mustSign(
        address claimant,
        bool byKey,
        address caller,
        address account,
        bool namesReferrer
    ) internal pure returns (bool) {
        if (byKey) return true;
        require(account == claimant, IClaimant.ClaimantMismatch(claimant, account));
        return namesReferrer && caller != claimant;
    }

    /// @dev Reverts with {IClaimant-ClaimantInvalidSignature} unless `claimant` signed `digest`. Claim keys are plain keys.
    function checkSignature(address claimant, bool byKey, bytes32 digest, bytes calldata signature) internal view {
        bool valid;
        if (byKey) {
            (address signer, ECDSA.RecoverError error, ) = ECDSA.tryRecoverCalldata(digest, signature);
            valid = error == ECDSA.RecoverError.NoError && signer == claimant;
        } else {
            valid = SignatureChecker.isValidSignatureNowCalldata(claimant, digest, signature);
        }
        require(valid, IClaimant.ClaimantInvalidSignature(claimant));
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";
import {EIP712Upgradeable} from "@openzeppelin/contracts-upgradeable/utils/cryptography/EIP712Upgradeable.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {BadgeSatellite} from "../access/BadgeSatellite.sol";
import {Claimant} from "./Claimant.sol";
import {FARTHEST_DATE} from "../governance/FarthestDate.sol";
import {IBrandToken} from "../interfaces/IBrandToken.sol";
import {IClaimant} from "../interfaces/IClaimant.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {ILoyaltyDrop} from "../interfaces/ILoyaltyDrop.sol";
import {Roles} from "../access/Roles.sol";

/// @title LoyaltyDrop
/// @notice See {ILoyaltyDrop}.
/// @dev The badge knows it by its address, and lets it award on the word of the stewards who open campaigns. Token and badge
/// are the DAO's own and call nobody back; still, all that is written is written before they are called.
///
/// Its initializer is {BadgeSatellite}'s. Name and version of its EIP-712 domain are constants, so that the initializer which
/// stores them, the only one that isn't called, has nothing to do.
/// @custom:oz-upgrades-unsafe-allow missing-initializer
contract LoyaltyDrop is ILoyaltyDrop, BadgeSatellite, EIP712Upgradeable {
    using BitMaps for BitMaps.BitMap;
    using SafeERC20 for IBrandToken;

    /// @dev All but the root in one slot; the root is never zero.
    struct CampaignState {
        bytes32 root;
        uint128 tokens;
        uint48 deadline;
        uint32 referralKind;
        uint16 issuerGeneration;
        bool stopped;
        uint24 claims;
    }

    /// @custom:storage-location erc7201:kyoso.storage.LoyaltyDrop
    struct LoyaltyDropStorage {
        mapping(bytes32 campaign => CampaignState) campaigns;
        mapping(bytes32 campaign => BitMaps.BitMap) claimed;
        uint256 campaignCount;
    }

    // keccak256(abi.encode(uint256(keccak256("kyoso.storage.LoyaltyDrop")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant LOYALTY_DROP_STORAGE = 0xd2bfabfe52f58b087e494019bc51925d883ba7d91a4ddfaa4f7814302babdf00;

    bytes32 private constant CLAIM_TYPEHASH = keccak256(
        "Claim(bytes32 campaign,uint256 index,address account,address referrer)"
    );

    /// @inheritdoc ILoyaltyDrop
    function fund(bytes32 campaign, uint256 amount) external {
        CampaignState storage state = _campaign(campaign);
        require(!_isOver(state), LoyaltyDropCampaignOver(campaign));
        require(amount != 0 && amount <= type(uint128).max - state.tokens, LoyaltyDropInvalidAmount(amount));
        state.tokens += uint128(amount);
        emit CampaignFunded(campaign, msg.sender, amount);
        _token().safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @inheritdoc ILoyaltyDrop
    function claim(
        bytes32 campaign,
        Leaf calldata leaf,
        bytes32[] calldata proof,
        address account,
        address referrer,
        bytes calldata signature
    ) external {
        CampaignState storage stored = _campaign(campaign);
        CampaignState memory state = stored;
        require(!_isOver(state), LoyaltyDropCampaignOver(campaign));
        BitMaps.BitMap storage claimed = _loyaltyDropStorage().claimed[campaign];
        require(!claimed.get(leaf.index), LoyaltyDropAlreadyClaimed(campaign, leaf.index));
        require(
            MerkleProof.verifyCalldata(proof, state.root, leafHash(campaign, leaf)),
            LoyaltyDropInvalidProof(campaign, leaf.index)
        );
        _checkClaimant(campaign, leaf, account, referrer, state.referralKind != 0, signature);

        claimed.set(leaf.index);
        if (leaf.amount != 0) {
            require(leaf.amount <= state.tokens, LoyaltyDropUnderfunded(campaign, leaf.amount, state.tokens));
            stored.tokens = state.tokens - leaf.amount;
        }
        // A campaign of more leaves than can be counted stays claimable.
        if (state.claims != type(uint24).max) stored.claims = state.claims + 1;
        emit Claimed(campaign, leaf.index, account, leaf.amount);

        // Called for tokens alone too: claims can be halted. A campaign must not outlive the handover as an issuer.
        bool given = _badge().awardClaim(
            _roleOf(state.issuerGeneration),
            account,
            referrer,
            leaf.kind,
            leaf.evidence,
            state.referralKind
        );
        require(given || leaf.amount != 0, LoyaltyDropIssuerRotated(campaign));
        if (leaf.amount != 0) _token().safeTransfer(account, leaf.amount);
    }

    /// @inheritdoc ILoyaltyDrop
    function close(bytes32 campaign) external returns (uint256 amount) {
        CampaignState storage state = _campaign(campaign);
        require(_isOver(state), LoyaltyDropCampaignRunning(campaign));
        amount = state.tokens;
        state.tokens = 0;
        emit CampaignClosed(campaign, amount);
        IBrandToken token = _token();
        token.safeTransfer(token.treasury(), amount);
    }

    /// @inheritdoc ILoyaltyDrop
    function open(bytes32 campaign, CampaignTerms calldata terms) external restricted {
        LoyaltyDropStorage storage $ = _loyaltyDropStorage();
        CampaignState storage state = $.campaigns[campaign];
        require(campaign != 0 && state.root == 0, LoyaltyDropInvalidCampaign(campaign));
        require(terms.root != 0, LoyaltyDropInvalidRoot());
        require(
            terms.deadline > block.timestamp && terms.deadline <= block.timestamp + FARTHEST_DATE,
            LoyaltyDropInvalidDeadline(terms.deadline)
        );
        if (terms.referralKind != 0) {
            IContributionBadge.KindConfig memory kind = _badge().kindOf(terms.referralKind).config;
            require(kind.votes == 0, LoyaltyDropVotingReferral(terms.referralKind));
            require(kind.issuerRole == Roles.ISSUER, LoyaltyDropUnclaimableReferral(terms.referralKind));
        }
        state.root = terms.root;
        state.deadline = terms.deadline;
        state.referralKind = terms.referralKind;
        state.issuerGeneration = SafeCast.toUint16(_badge().issuerRole() >> 32);
        $.campaignCount++;
        emit CampaignOpened(campaign, terms);
    }

    /// @inheritdoc ILoyaltyDrop
    function stop(bytes32 campaign, string calldata reason) external onlyMember(Roles.STEWARD) {
        CampaignState storage state = _campaign(campaign);
        require(!_isOver(state), LoyaltyDropCampaignOver(campaign));
        state.stopped = true;
        emit CampaignStopped(campaign, reason);
    }

    /// @inheritdoc ILoyaltyDrop
    function campaignOf(bytes32 campaign) external view returns (Campaign memory) {
        CampaignState memory state = _campaign(campaign);
        return
            Campaign({
                terms: CampaignTerms(state.root, state.deadline, state.referralKind),
                tokens: state.tokens,
                issuerRole: _roleOf(state.issuerGeneration),
                stopped: state.stopped,
                claims: state.claims
            });
    }

    /// @inheritdoc ILoyaltyDrop
    function campaignCount() external view returns (uint256) {
        return _loyaltyDropStorage().campaignCount;
    }

    /// @inheritdoc ILoyaltyDrop
    function isClaimed(bytes32 campaign, uint256 index) external view returns (bool) {
        return _loyaltyDropStorage().claimed[campaign].get(index);
    }

    /// @inheritdoc ILoyaltyDrop
    function leafHash(bytes32 campaign, Leaf calldata leaf) public view returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(block.chainid, address(this), campaign, leaf))));
    }

    function _EIP712Name() internal pure override returns (string memory) {
        return "LoyaltyDrop";
    }

    function _EIP712Version() internal pure override returns (string memory) {
        return "1";
    }

    function _checkClaimant(
        bytes32 campaign,
        Leaf calldata leaf,
        address account,
        address referrer,
        bool namesReferrer,
        bytes calldata signature
    ) private view {
        require(account != address(0), IClaimant.ClaimantMismatch(leaf.claimant, account));
        require(referrer == address(0) || namesReferrer, LoyaltyDropNoReferrals(campaign));
        if (Claimant.mustSign(leaf.claimant, leaf.byKey, msg.sender, account, namesReferrer)) {
            bytes32 digest = _hashTypedDataV4(
                keccak256(abi.encode(CLAIM_TYPEHASH, campaign, leaf.index, account, referrer))
            );
            Claimant.checkSignature(leaf.claimant, leaf.byKey, digest, signature);
        }
    }

    /// @dev Reverts with {LoyaltyDropNonexistentCampaign}.
    function _campaign(bytes32 campaign) private view returns (CampaignState storage state) {
        state = _loyaltyDropStorage().campaigns[campaign];
        require(state.root != 0, LoyaltyDropNonexistentCampaign(campaign));
    }

    function _isOver(CampaignState memory state) private view returns (bool) {
        return state.stopped || block.timestamp >= state.deadline;
    }

    /// @dev The issuer role after `generation` rotations, as {ContributionBadge-issuerRole} has it.
    function _roleOf(uint16 generation) private pure returns (uint64) {
        return Roles.ISSUER | (uint64(generation) << 32);
    }

    function _loyaltyDropStorage() private pure returns (LoyaltyDropStorage storage $) {
        assembly {
            $.slot := LOYALTY_DROP_STORAGE
        }
    }
}

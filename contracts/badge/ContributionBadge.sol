// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {BadgeCatalog} from "./BadgeCatalog.sol";
import {badgeState} from "./BadgeState.sol";
import {IBadgeRenderer} from "../interfaces/IBadgeRenderer.sol";
import {IBrandToken} from "../interfaces/IBrandToken.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {IERC7572} from "../interfaces/IERC7572.sol";
import {IVoucherVerifier} from "../interfaces/IVoucherVerifier.sol";
import {ITitles} from "../interfaces/ITitles.sol";
import {PackedBadge} from "./PackedBadge.sol";
import {PackedCounts} from "./PackedCounts.sol";
import {PackedMember} from "./PackedMember.sol";
import {Recoveries} from "./Recoveries.sol";
import {lastRecovery, recoveryLedger} from "./RecoveryLedger.sol";
import {Roles} from "../access/Roles.sol";
import {Soulbound} from "./Soulbound.sol";
import {Vouchers} from "./Vouchers.sol";

/// @title ContributionBadge
/// @notice See {IContributionBadge}. Composition of the features of this folder.
/// @dev Two libraries with code of their own run on its storage, {BadgeCatalog} and {RecoveryBook}. An upgrade can rely on
/// them: their addresses are part of the implementation's code, as if they were in it, and come and go with it; their own
/// code never changes, calls nothing by delegatecall and can't destroy itself; and what they write are structs of contracts
/// that the badge inherits, so that the validator compares those too.
/// @custom:oz-upgrades-unsafe-allow external-library-linking
contract ContributionBadge is Vouchers, Recoveries, Soulbound, UUPSUpgradeable {
    /// @notice Draws the badges of every DAO that uses this implementation.
    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IBadgeRenderer public immutable RENDERER;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IBadgeRenderer renderer, IVoucherVerifier verifier) Vouchers(verifier) {
        require(address(renderer).code.length != 0, ContributionBadgeInvalidRenderer(address(renderer)));
        RENDERER = renderer;
        _disableInitializers();
    }

    /// @inheritdoc IContributionBadge
    /// @dev EIP712's own initializer, the only one that isn't called, would store name and version of the domain, which are
    /// constants: see {Vouchers}.
    /// @custom:oz-upgrades-unsafe-allow missing-initializer-call
    function initialize(BadgeInit calldata init) external initializer {
        __AccessManaged_init(init.authority);
        BadgeStateStorage storage $ = badgeState();
        $.token = IBrandToken(init.token);
        $.drop = init.drop;
        BadgeCatalog.setTerms(init.terms);
        if (init.titles.length != 0) BadgeCatalog.setTitles(init.titles);
        for (uint256 i = 0; i < init.kinds.length; ++i) {
            BadgeCatalog.addKind(init.kinds[i]);
        }
    }

    /// @inheritdoc IContributionBadge
    function award(uint32 kind, address account, bytes32 evidence) external returns (uint256 id) {
        return _awardOne(msg.sender, kind, account, evidence);
    }

    /// @inheritdoc IContributionBadge
    function awardBatch(
        uint32 kind,
        address[] calldata accounts,
        bytes32[] calldata evidence,
        string calldata evidenceURI
    ) external returns (uint256 firstId) {
        return _awardMany(msg.sender, kind, accounts, evidence, evidenceURI);
    }

    /// @inheritdoc IContributionBadge
    function renounce(uint256 id) external {
        PackedBadge badge = _badge(id);
        require(badge.account() == msg.sender, ContributionBadgeNotHolder(id, msg.sender));
        _remove(id, badge);
        emit BadgeRenounced(id, msg.sender);
    }

    /// @inheritdoc IContributionBadge
    function revoke(uint256 id, string calldata reason) external restricted {
        _revoke(id, reason, false);
    }

    /// @inheritdoc IContributionBadge
    function revokeVoting(uint256 id, string calldata reason) external restricted {
        _revoke(id, reason, true);
    }

    /// @inheritdoc IContributionBadge
    function addKind(KindConfig calldata config) external restricted returns (uint32 kind) {
        _checkVoting(config.votes != 0, false);
        return BadgeCatalog.addKind(config);
    }

    /// @inheritdoc IContributionBadge
    function addVotingKind(KindConfig calldata config) external restricted returns (uint32 kind) {
        _checkVoting(config.votes != 0, true);
        return BadgeCatalog.addKind(config);
    }

    /// @inheritdoc IContributionBadge
    function closeKind(uint32 kind) external restricted {
        _checkVoting(_kind(kind).counts.voting, false);
        _closeKind(kind);
    }

    /// @inheritdoc IContributionBadge
    function closeVotingKind(uint32 kind) external restricted {
        _checkVoting(_kind(kind).counts.voting, true);
        _closeKind(kind);
    }

    /// @inheritdoc ITitles
    function setTitles(Title[] calldata newTitles) external restricted {
        BadgeCatalog.setTitles(newTitles);
    }

    /// @inheritdoc IContributionBadge
    function setLimits(uint32 seasonPointsLimit, uint16 referralLimit, uint8 recoveryLimit) external restricted {
        BadgeCatalog.setLimits(seasonPointsLimit, referralLimit, recoveryLimit);
    }

    /// @inheritdoc IContributionBadge
    function excludePoints(uint16 season, uint256 points) external restricted {
        BadgeCatalog.excludePoints(season, points);
    }

    /// @inheritdoc IContributionBadge
    function halt(uint48 until) external onlyRole(Roles.SENTINEL) {
        _checkNotHalted();
        _setHalted(true);
        badgeState().heldUntil = until;
        emit AwardsHalted(msg.sender, until);
    }

    /// @inheritdoc IContributionBadge
    function resume() external restricted {
        require(halted(), ContributionBadgeNotHalted());
        BadgeStateStorage storage $ = badgeState();
        uint48 until = $.heldUntil;
        require(block.timestamp >= until || msg.sender == $.token.treasury(), ContributionBadgeHaltHeld(until));
        _setHalted(false);
        emit AwardsResumed(msg.sender);
    }

    /// @inheritdoc IContributionBadge
    function rotateIssuerRole() external onlyRole(Roles.HANDOVER) {
        uint64 oldRole = issuerRole();
        BadgeStateStorage storage $ = badgeState();
        $.counts = $.counts.withNextGeneration();
        emit IssuerRoleRotated(oldRole, issuerRole());
    }

    /// @inheritdoc IContributionBadge
    function token() external view returns (address) {
        return address(badgeState().token);
    }

    /// @inheritdoc IContributionBadge
    function drop() external view returns (address) {
        return badgeState().drop;
    }

    /// @notice The brand's name, which is the token's.
    function name() public view returns (string memory) {
        return IERC20Metadata(address(badgeState().token)).name();
    }

    /// @notice The token's symbol with the suffix `-BADGE`.
    function symbol() public view returns (string memory) {
        return string.concat(IERC20Metadata(address(badgeState().token)).symbol(), "-BADGE");
    }

    /// @inheritdoc IERC721
    function balanceOf(address owner) external view returns (uint256) {
        require(owner != address(0), IERC721Errors.ERC721InvalidOwner(owner));
        return _member(owner).badges();
    }

    /// @notice The holder of a badge. Reverts with `ERC721NonexistentToken`.
    function ownerOf(uint256 id) public view override(Soulbound, IERC721) returns (address) {
        return _badge(id).account();
    }

    /// @inheritdoc IContributionBadge
    function badgeOf(uint256 id) external view returns (Badge memory) {
        PackedBadge badge = _badge(id);
        KindData storage kind = _kind(badge.kind());
        return
            Badge({
                account: badge.account(),
                kind: badge.kind(),
                awardedAt: badge.awardedAt(),
                season: _seasonAt(badge.awardedAt()),
                points: kind.counts.points,
                votes: badge.withVotes() ? kind.votes : 0
            });
    }

    /// @inheritdoc IContributionBadge
    function rewardStanding(uint16 season, address account) external view returns (RewardStanding memory standing) {
        PackedCounts counts = badgeState().counts;
        require(!counts.halted(), ContributionBadgeHalted());
        uint48 opens = counts.claimsOpen(season);
        uint48 closes = counts.seasonEnd(uint256(season) + 1);
        require(
            season != 0 && block.timestamp >= opens && block.timestamp < closes,
            ContributionBadgeClaimsClosed(season, opens, closes)
        );
        PackedMember member = _member(account);
        standing.points = member.pointsOf(season);
        standing.totalPoints = _totalOf(counts, season);
        if (!member.inRecovery()) return standing;

        Recovery storage recovery = lastRecovery(account);
        if (recovery.oldAccount == account) {
            standing.leaving = block.timestamp < recovery.end;
            standing.left = recovery.movedIn == season + 1;
        } else {
            standing.predecessor = recovery.oldAccount;
            standing.predecessorPoints = recoveryLedger().moved[season][account];
        }
    }

    /// @inheritdoc IContributionBadge
    function totalAwarded() external view returns (uint256) {
        return badgeState().counts.totalAwarded();
    }

    /// @inheritdoc IContributionBadge
    function halted() public view returns (bool) {
        return badgeState().counts.halted();
    }

    /// @inheritdoc IERC721Metadata
    function tokenURI(uint256 id) external view returns (string memory) {
        return RENDERER.tokenURIOf(this, id);
    }

    /// @inheritdoc IContributionBadge
    function card(uint256 id) external view returns (string memory) {
        return RENDERER.cardOf(this, id);
    }

    /// @inheritdoc IERC7572
    function contractURI() external view returns (string memory) {
        return RENDERER.contractURIOf(this);
    }

    function _revoke(uint256 id, string calldata reason, bool voting) private {
        require(bytes(reason).length != 0, ContributionBadgeRevokedWithoutReason());
        PackedBadge badge = _badge(id);
        _checkVoting(_kind(badge.kind()).counts.voting, voting);
        _remove(id, badge);
        emit BadgeRevoked(id, badge.account(), msg.sender, reason);
    }

    function _setHalted(bool halted_) private {
        BadgeStateStorage storage $ = badgeState();
        $.counts = $.counts.withHalt(halted_);
    }

    /// @dev Only ADMIN, that is, a passed proposal. A new implementation may draw the badges differently.
    function _authorizeUpgrade(address) internal override restricted {
        BadgeCatalog.metadataChanged();
        emit ContractURIUpdated();
    }
}

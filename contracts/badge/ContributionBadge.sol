// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {BadgeKinds} from "./BadgeKinds.sol";
import {IBadgeRenderer} from "../interfaces/IBadgeRenderer.sol";
import {IBrandToken} from "../interfaces/IBrandToken.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {IERC7572} from "../interfaces/IERC7572.sol";
import {MemberPoints} from "./MemberPoints.sol";
import {PackedBadge, PackedBadges} from "./PackedBadge.sol";
import {RoleRestricted} from "../access/RoleRestricted.sol";
import {Roles} from "../access/Roles.sol";
import {Soulbound} from "./Soulbound.sol";

/// @title ContributionBadge
/// @notice See {IContributionBadge}.
/// @dev The first badge of a person writes two slots (badge and member), a later one the badge's slot and updates the
/// other; what is the same for a whole batch is written once for it. Holders aren't called on receipt: nothing can be
/// done with the token, so nothing has to be made sure.
contract ContributionBadge is BadgeKinds, MemberPoints, Soulbound, RoleRestricted, UUPSUpgradeable {
    /// @dev What all badges of a batch have in common.
    struct Batch {
        uint256 firstId;
        PackedBadge badge;
        uint16 season;
        uint24 points;
        uint96 votes;
    }

    /// @custom:storage-location erc7201:kyoso.storage.ContributionBadge
    struct ContributionBadgeStorage {
        IBrandToken token;
        uint32 totalAwarded;
        uint16 issuerGeneration;
        bool halted;
        mapping(uint256 id => PackedBadge) badges;
    }

    // keccak256(abi.encode(uint256(keccak256("kyoso.storage.ContributionBadge")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant CONTRIBUTION_BADGE_STORAGE =
        0x335cc70227f72cd482a72671a88367f4ae2d8e682c804d6b3505d53de5095000;

    /// @notice Draws the badges of every DAO that uses this implementation.
    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IBadgeRenderer public immutable RENDERER;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IBadgeRenderer renderer) {
        require(address(renderer).code.length != 0, ContributionBadgeInvalidRenderer(address(renderer)));
        RENDERER = renderer;
        _disableInitializers();
    }

    /// @inheritdoc IContributionBadge
    function initialize(BadgeInit calldata init) external initializer {
        __AccessManaged_init(init.authority);
        __MemberPoints_init(init.seasonLength);
        _contributionBadgeStorage().token = IBrandToken(init.token);
        for (uint256 i = 0; i < init.kinds.length; ++i) {
            _addKind(init.kinds[i]);
        }
    }

    /// @inheritdoc IContributionBadge
    function award(uint32 kind, address account, bytes32 evidence) external returns (uint256 id) {
        Batch memory batch = _beginAwards(kind, 1);
        id = batch.firstId;
        _award(batch, id, account);
        bytes32[] memory hashes = new bytes32[](1);
        hashes[0] = evidence;
        emit BadgesAwarded(msg.sender, kind, id, hashes, "");
    }

    /// @inheritdoc IContributionBadge
    function awardBatch(
        uint32 kind,
        address[] calldata accounts,
        bytes32[] calldata evidence,
        string calldata evidenceURI
    ) external returns (uint256 firstId) {
        uint256 count = accounts.length;
        require(count != 0 && count == evidence.length, ContributionBadgeInvalidBatch(count, evidence.length));
        Batch memory batch = _beginAwards(kind, count);
        firstId = batch.firstId;
        for (uint256 i = 0; i < count; ++i) {
            _award(batch, firstId + i, accounts[i]);
        }
        emit BadgesAwarded(msg.sender, kind, firstId, evidence, evidenceURI);
    }

    /// @inheritdoc IContributionBadge
    function renounce(uint256 id) external {
        PackedBadge badge = _badge(id);
        require(badge.account() == msg.sender, ContributionBadgeNotHolder(id, msg.sender));
        _remove(id, badge, _kind(badge.kind()));
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
        return _addKind(config);
    }

    /// @inheritdoc IContributionBadge
    function addVotingKind(KindConfig calldata config) external restricted returns (uint32 kind) {
        _checkVoting(config.votes != 0, true);
        return _addKind(config);
    }

    /// @inheritdoc IContributionBadge
    function closeKind(uint32 kind) external restricted {
        _checkVoting(_kind(kind).votes != 0, false);
        _closeKind(kind);
    }

    /// @inheritdoc IContributionBadge
    function closeVotingKind(uint32 kind) external restricted {
        _checkVoting(_kind(kind).votes != 0, true);
        _closeKind(kind);
    }

    /// @inheritdoc IContributionBadge
    function halt() external onlyRole(Roles.SENTINEL) {
        ContributionBadgeStorage storage $ = _contributionBadgeStorage();
        require(!$.halted, ContributionBadgeHalted());
        $.halted = true;
        emit AwardsHalted(msg.sender);
    }

    /// @inheritdoc IContributionBadge
    function resume() external restricted {
        ContributionBadgeStorage storage $ = _contributionBadgeStorage();
        require($.halted, ContributionBadgeNotHalted());
        $.halted = false;
        emit AwardsResumed(msg.sender);
    }

    /// @inheritdoc IContributionBadge
    function rotateIssuerRole() external onlyRole(Roles.HANDOVER) {
        uint64 oldRole = issuerRole();
        _contributionBadgeStorage().issuerGeneration += 1;
        emit IssuerRoleRotated(oldRole, issuerRole());
    }

    /// @inheritdoc IContributionBadge
    function token() external view returns (address) {
        return address(_contributionBadgeStorage().token);
    }

    /// @notice The brand's name, which is the token's.
    function name() public view returns (string memory) {
        return IERC20Metadata(address(_contributionBadgeStorage().token)).name();
    }

    /// @notice The token's symbol with the suffix `-BADGE`.
    function symbol() public view returns (string memory) {
        return string.concat(IERC20Metadata(address(_contributionBadgeStorage().token)).symbol(), "-BADGE");
    }

    /// @inheritdoc IERC721
    function balanceOf(address owner) external view returns (uint256) {
        require(owner != address(0), ContributionBadgeInvalidAccount());
        return memberOf(owner).badges;
    }

    /// @notice The holder of a badge. Reverts with {ContributionBadgeNonexistent}.
    function ownerOf(uint256 id) public view override(Soulbound, IERC721) returns (address) {
        return _badge(id).account();
    }

    /// @inheritdoc IContributionBadge
    function badgeOf(uint256 id) external view returns (Badge memory) {
        PackedBadge badge = _badge(id);
        KindState storage kind = _kind(badge.kind());
        return
            Badge({
                account: badge.account(),
                kind: badge.kind(),
                awardedAt: badge.awardedAt(),
                season: _seasonAt(badge.awardedAt()),
                points: kind.points,
                votes: badge.withVotes() ? kind.votes : 0
            });
    }

    /// @inheritdoc IContributionBadge
    function totalAwarded() external view returns (uint256) {
        return _contributionBadgeStorage().totalAwarded;
    }

    /// @inheritdoc IContributionBadge
    function halted() external view returns (bool) {
        return _contributionBadgeStorage().halted;
    }

    /// @inheritdoc IContributionBadge
    /// @dev Later roles have the number of the rotation above the 32 bits of ISSUER, where no kind can name them.
    function issuerRole() public view returns (uint64) {
        return Roles.ISSUER | (uint64(_contributionBadgeStorage().issuerGeneration) << 32);
    }

    /// @inheritdoc IERC721Metadata
    function tokenURI(uint256 id) external view returns (string memory) {
        return RENDERER.tokenURI(_card(id));
    }

    /// @inheritdoc IContributionBadge
    function card(uint256 id) external view returns (string memory) {
        return RENDERER.card(_card(id));
    }

    /// @inheritdoc IERC7572
    function contractURI() external view returns (string memory) {
        return RENDERER.contractURI(name(), symbol());
    }

    /// @dev What is checked and written once for a whole batch.
    function _beginAwards(uint32 kind, uint256 count) private returns (Batch memory batch) {
        ContributionBadgeStorage storage $ = _contributionBadgeStorage();
        require(!$.halted, ContributionBadgeHalted());
        KindState memory state = _countAwards(kind, count);
        _checkRole(state.issuerRole == Roles.ISSUER ? issuerRole() : state.issuerRole);

        batch.firstId = $.totalAwarded + 1;
        batch.badge = PackedBadges.pack(kind, block.timestamp);
        batch.season = currentSeason();
        batch.points = state.points;
        batch.votes = state.votes;
        $.totalAwarded = SafeCast.toUint32($.totalAwarded + count);
        _addTotals(batch.season, uint256(state.points) * count);
    }

    /// @dev What is written for each badge.
    function _award(Batch memory batch, uint256 id, address account) private {
        require(account != address(0), ContributionBadgeInvalidAccount());
        ContributionBadgeStorage storage $ = _contributionBadgeStorage();
        PackedBadge badge = batch.badge.withAccount(account);
        if (batch.votes != 0 && $.token.moveContributionVotes(address(0), account, batch.votes) != 0) {
            badge = badge.markVotes();
        }
        $.badges[id] = badge;
        _addBadge(account, batch.season, batch.points);
        emit Transfer(address(0), account, id);
        emit Locked(id);
    }

    function _revoke(uint256 id, string calldata reason, bool voting) private {
        require(bytes(reason).length != 0, ContributionBadgeRevokedWithoutReason());
        PackedBadge badge = _badge(id);
        KindState storage kind = _kind(badge.kind());
        _checkVoting(kind.votes != 0, voting);
        _remove(id, badge, kind);
        emit BadgeRevoked(id, badge.account(), msg.sender, reason);
    }

    function _remove(uint256 id, PackedBadge badge, KindState storage kind) private {
        ContributionBadgeStorage storage $ = _contributionBadgeStorage();
        address account = badge.account();
        $.badges[id] = PackedBadge.wrap(0);
        _removeBadge(account, _seasonAt(badge.awardedAt()), kind.points);
        if (badge.withVotes()) $.token.moveContributionVotes(account, address(0), kind.votes);
        emit Transfer(account, address(0), id);
    }

    function _checkVoting(bool voting, bool expected) private pure {
        if (voting && !expected) revert ContributionBadgeVotingKind();
        if (!voting && expected) revert ContributionBadgeNotVotingKind();
    }

    function _badge(uint256 id) private view returns (PackedBadge badge) {
        badge = _contributionBadgeStorage().badges[id];
        require(badge.account() != address(0), ContributionBadgeNonexistent(id));
    }

    function _card(uint256 id) private view returns (IBadgeRenderer.Card memory) {
        PackedBadge badge = _badge(id);
        KindConfig memory kind = kindOf(badge.kind()).config;
        return
            IBadgeRenderer.Card({
                brand: name(),
                kindName: kind.name,
                description: kind.description,
                image: kind.image,
                id: id,
                account: badge.account(),
                kind: badge.kind(),
                points: kind.points,
                votes: badge.withVotes() ? kind.votes : 0,
                awardedAt: badge.awardedAt(),
                season: _seasonAt(badge.awardedAt())
            });
    }

    /// @dev Only ADMIN, that is, a passed proposal. A new implementation may draw the badges differently.
    function _authorizeUpgrade(address) internal override restricted {
        emit BatchMetadataUpdate(1, _contributionBadgeStorage().totalAwarded);
        emit ContractURIUpdated();
    }

    function _contributionBadgeStorage() private pure returns (ContributionBadgeStorage storage $) {
        assembly {
            $.slot := CONTRIBUTION_BADGE_STORAGE
        }
    }
}

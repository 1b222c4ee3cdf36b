// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {KindTexts, readKindTexts} from "./KindTexts.sol";
import {Roles} from "../access/Roles.sol";

/// @title BadgeKinds
/// @notice The kinds of contribution: added, counted, closed, and never changed.
/// @dev An award reads two slots and writes one, however many badges it is for.
abstract contract BadgeKinds is Initializable, IContributionBadge {
    /// @param day UTC day (since 1970) that `pointsToday` belongs to; wraps in the year 2149, harmlessly.
    struct KindState {
        uint24 points;
        uint32 issuerRole;
        uint32 supplyLimit;
        uint32 awarded;
        uint32 dailyPointsLimit;
        uint32 pointsToday;
        uint16 day;
        bool closed;
        // The second slot, which is only read.
        KindTexts texts;
        uint96 votes;
    }

    /// @custom:storage-location erc7201:kyoso.storage.BadgeKinds
    struct BadgeKindsStorage {
        uint32 count;
        mapping(uint32 kind => KindState) kinds;
    }

    // keccak256(abi.encode(uint256(keccak256("kyoso.storage.BadgeKinds")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant BADGE_KINDS_STORAGE = 0xe6783f0c12e37c3b6a10b338e642d5ab8669ec45d6a5a1c369284e1705672f00;

    uint256 private constant MAX_NAME = 64;
    uint256 private constant MAX_DESCRIPTION = 1_000;
    uint256 private constant MAX_IMAGE = 256;

    /// @inheritdoc IContributionBadge
    function kindOf(uint32 kind) public view returns (Kind memory) {
        KindState storage state = _kind(kind);
        (string memory name, string memory description, string memory image) = readKindTexts(state.texts);
        return
            Kind({
                config: KindConfig({
                    name: name,
                    description: description,
                    image: image,
                    points: state.points,
                    votes: state.votes,
                    issuerRole: state.issuerRole,
                    supplyLimit: state.supplyLimit,
                    dailyPointsLimit: state.dailyPointsLimit
                }),
                awarded: state.awarded,
                closed: state.closed
            });
    }

    /// @inheritdoc IContributionBadge
    function kindCount() external view returns (uint32) {
        return _badgeKindsStorage().count;
    }

    function _addKind(KindConfig calldata config) internal returns (uint32 kind) {
        _checkText(config.name, 1, MAX_NAME);
        _checkText(config.description, 0, MAX_DESCRIPTION);
        _checkText(config.image, 0, MAX_IMAGE);
        require(
            config.issuerRole == Roles.ISSUER ||
                (config.issuerRole >= Roles.FIRST_CUSTOM && config.issuerRole <= type(uint32).max),
            ContributionBadgeInvalidIssuerRole(config.issuerRole)
        );
        // A limit below the points of one badge would allow none, and one without points would limit nothing.
        require(
            config.dailyPointsLimit == 0 || (config.points != 0 && config.points <= config.dailyPointsLimit),
            ContributionBadgeInvalidDailyPointsLimit(config.points, config.dailyPointsLimit)
        );

        BadgeKindsStorage storage $ = _badgeKindsStorage();
        kind = ++$.count;
        $.kinds[kind] = KindState({
            points: config.points,
            issuerRole: uint32(config.issuerRole),
            supplyLimit: config.supplyLimit,
            awarded: 0,
            dailyPointsLimit: config.dailyPointsLimit,
            pointsToday: 0,
            day: 0,
            closed: false,
            texts: new KindTexts(config.name, config.description, config.image),
            votes: config.votes
        });
        emit KindAdded(kind, config);
    }

    function _closeKind(uint32 kind) internal {
        KindState storage state = _kind(kind);
        require(!state.closed, ContributionBadgeKindClosed(kind));
        state.closed = true;
        emit KindClosed(kind);
    }

    /// @dev Counts `count` more badges of `kind` against its limits.
    function _countAwards(uint32 kind, uint256 count) internal returns (KindState memory state) {
        KindState storage stored = _kind(kind);
        state = stored;
        require(!state.closed, ContributionBadgeKindClosed(kind));

        uint256 awarded = state.awarded + count;
        uint256 supplyLimit = state.supplyLimit == 0 ? type(uint32).max : state.supplyLimit;
        require(awarded <= supplyLimit, ContributionBadgeSupplyLimited(kind, count, supplyLimit - state.awarded));
        stored.awarded = uint32(awarded);

        if (state.dailyPointsLimit != 0) {
            uint16 today = uint16(block.timestamp / 1 days);
            uint256 before = state.day == today ? state.pointsToday : 0;
            uint256 points = uint256(state.points) * count;
            require(
                before + points <= state.dailyPointsLimit,
                ContributionBadgeDailyPointsLimited(kind, points, state.dailyPointsLimit - before)
            );
            stored.day = today;
            stored.pointsToday = uint32(before + points);
        }
    }

    /// @dev Reverts with {ContributionBadgeNonexistentKind}.
    function _kind(uint32 kind) internal view returns (KindState storage state) {
        state = _badgeKindsStorage().kinds[kind];
        // The role is the one field of the first slot that is never zero.
        require(state.issuerRole != 0, ContributionBadgeNonexistentKind(kind));
    }

    function _checkText(string calldata text, uint256 lowest, uint256 highest) private pure {
        uint256 length = bytes(text).length;
        require(length >= lowest && length <= highest, ContributionBadgeInvalidText(length, lowest, highest));
    }

    function _badgeKindsStorage() private pure returns (BadgeKindsStorage storage $) {
        assembly {
            $.slot := BADGE_KINDS_STORAGE
        }
    }
}

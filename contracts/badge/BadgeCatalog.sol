// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {awardState} from "./AwardState.sol";
import {BadgeState, badgeState} from "./BadgeState.sol";
import {checkText, MAX_NAME} from "./BadgeText.sol";
import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";
import {CodeData, readCodeData} from "./CodeData.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {ITitles} from "../interfaces/ITitles.sol";
import {existingKind, KindState, kindState} from "./KindState.sol";
import {PackedBadge} from "./PackedBadge.sol";
import {PackedCounts, PackedCountsLib} from "./PackedCounts.sol";
import {Roles} from "../access/Roles.sol";

/// @title BadgeCatalog
/// @notice What is added to a badge's lists of kinds and titles, how they are kept and read, what the kinds of badges give
/// later, and what holds for all members.
/// @dev A library with code of its own, since the badge's has no room for it: its external functions run on the badge's
/// storage, as if they were written there. Who may call is checked by the badge.
library BadgeCatalog {
    uint32 private constant MIN_SEASON_LENGTH = 7 days;
    uint32 private constant MAX_SEASON_LENGTH = 366 days;

    uint256 private constant MAX_DESCRIPTION = 1_000;
    uint256 private constant MAX_IMAGE = 256;

    uint256 private constant MAX_TITLES = 5;
    uint256 internal constant THRESHOLD_BITS = 24;

    /// @dev Sets the terms of a new badge, whose first season starts now.
    function setTerms(IContributionBadge.MemberTerms calldata terms) external {
        (uint32 season, uint32 window) = (terms.seasonLength, terms.disputeWindow);
        require(
            season >= MIN_SEASON_LENGTH && season <= MAX_SEASON_LENGTH && season % 1 hours == 0,
            IContributionBadge.ContributionBadgeInvalidSeasonLength(season)
        );
        require(
            window != 0 && window < season && window % 1 hours == 0,
            IContributionBadge.ContributionBadgeInvalidDisputeWindow(window, season)
        );
        PackedCounts counts = PackedCountsLib.pack(block.timestamp, uint16(season / 1 hours), uint16(window / 1 hours));
        _setLimits(counts, terms.seasonPointsLimit, terms.referralLimit, terms.recoveryLimit);
    }

    /// @dev See {IContributionBadge-setLimits}.
    function setLimits(uint32 seasonPointsLimit, uint16 referralLimit, uint8 recoveryLimit) external {
        _setLimits(badgeState().counts, seasonPointsLimit, referralLimit, recoveryLimit);
        emit IContributionBadge.LimitsSet(seasonPointsLimit, referralLimit, recoveryLimit);
    }

    /// @dev See {IContributionBadge-excludePoints}.
    function excludePoints(uint16 season, uint256 points) external {
        BadgeState.BadgeStateStorage storage $ = badgeState();
        PackedCounts counts = $.counts;
        uint48 opens = counts.claimsOpen(season);
        require(block.timestamp < opens, IContributionBadge.ContributionBadgeSharesFixed(season, opens));
        uint256 taken = $.takenPoints[season];
        require(points <= taken, IContributionBadge.ContributionBadgeNotTaken(season, points, taken));
        $.takenPoints[season] = taken - points;
        if (season == counts.season()) $.counts = counts.exclude(points);
        else $.pastSeasonPoints[season] -= points;
        emit IContributionBadge.PointsExcluded(season, points);
    }

    /// @dev Adds a kind, with votes or without.
    function addKind(IContributionBadge.KindConfig calldata config) external returns (uint32 kind) {
        checkText(config.name, 1, MAX_NAME);
        checkText(config.description, 0, MAX_DESCRIPTION);
        checkText(config.image, 0, MAX_IMAGE);
        require(
            config.issuerRole == Roles.ISSUER ||
                (config.issuerRole >= Roles.FIRST_CUSTOM && config.issuerRole <= type(uint32).max),
            IContributionBadge.ContributionBadgeInvalidIssuerRole(config.issuerRole)
        );
        // A limit below the points of one badge would allow none, and one without points would limit nothing.
        require(
            config.dailyPointsLimit == 0 || (config.points != 0 && config.points <= config.dailyPointsLimit),
            IContributionBadge.ContributionBadgeInvalidDailyPointsLimit(config.points, config.dailyPointsLimit)
        );

        KindState.KindsStorage storage $ = kindState();
        kind = ++$.count;
        $.kinds[kind] = KindState.KindData({
            counts: KindState.KindCounts({
                points: config.points,
                issuerRole: uint32(config.issuerRole),
                supplyLimit: config.supplyLimit,
                awarded: 0,
                dailyPointsLimit: config.dailyPointsLimit,
                pointsToday: 0,
                day: 0,
                closed: false,
                voting: config.votes != 0
            }),
            texts: new CodeData(abi.encode(config.name, config.description, config.image)),
            votes: config.votes
        });
        emit IContributionBadge.KindAdded(kind, config);
    }

    /// @dev Replaces the ladder: the names one after the other, each behind its length in a byte; the points of the second
    /// title in the lowest 24 bits of `thresholds`, those of the others above; 0 for no more, as the first title needs none.
    function setTitles(ITitles.Title[] calldata newTitles) external {
        require(newTitles.length <= MAX_TITLES, ITitles.ContributionBadgeTooManyTitles(newTitles.length));
        bytes memory names;
        uint256 thresholds = 0;
        for (uint256 i = 0; i < newTitles.length; ++i) {
            ITitles.Title calldata title = newTitles[i];
            checkText(title.name, 1, MAX_NAME);
            require(
                i == 0 ? title.points == 0 : title.points > newTitles[i - 1].points,
                ITitles.ContributionBadgeTitlesOutOfOrder(i, title.points)
            );
            names = bytes.concat(names, bytes1(uint8(bytes(title.name).length)), bytes(title.name));
            if (i != 0) thresholds |= uint256(title.points) << ((i - 1) * THRESHOLD_BITS);
        }
        BadgeState.BadgeStateStorage storage $ = badgeState();
        $.names = newTitles.length == 0 ? CodeData(address(0)) : new CodeData(names);
        $.thresholds = uint96(thresholds);
        emit ITitles.TitlesSet(newTitles);
        metadataChanged();
    }

    /// @dev See {IContributionBadge-grantVotes}. What has nothing to be given is left out, and so is what doesn't fit the
    /// token's bounds now: a batch isn't lost because somebody else was quicker with one of its badges.
    function grantVotes(uint256[] calldata ids) external {
        bool granted = false;
        for (uint256 i = 0; i < ids.length; ++i) {
            PackedBadge badge = awardState().badges[ids[i]];
            // A badge that is gone is of kind 0, which has no votes.
            uint96 votes = kindState().kinds[badge.kind()].votes;
            if (votes == 0 || badge.withVotes()) continue;
            address account = badge.account();
            if (badgeState().token.moveContributionVotes(address(0), account, votes) == 0) continue;
            awardState().badges[ids[i]] = badge.markVotes();
            granted = true;
            emit IContributionBadge.VotesGranted(ids[i], account, votes);
            emit IERC4906.MetadataUpdate(ids[i]);
        }
        require(granted, IContributionBadge.ContributionBadgeNoVotesGranted());
    }

    /// @dev What {IContributionBadge-kindOf} returns, in ABI encoding.
    function encodedKind(uint32 number) external view returns (bytes memory) {
        KindState.KindData storage kind = existingKind(number);
        KindState.KindCounts memory counts = kind.counts;
        (string memory name, string memory description, string memory image) = abi.decode(
            readCodeData(kind.texts),
            (string, string, string)
        );
        return
            abi.encode(
                IContributionBadge.Kind({
                    config: IContributionBadge.KindConfig({
                        name: name,
                        description: description,
                        image: image,
                        points: counts.points,
                        votes: kind.votes,
                        issuerRole: counts.issuerRole,
                        supplyLimit: counts.supplyLimit,
                        dailyPointsLimit: counts.dailyPointsLimit
                    }),
                    awarded: counts.awarded,
                    closed: counts.closed
                })
            );
    }

    /// @dev What {ITitles-titles} returns, in ABI encoding.
    function encodedTitles() external view returns (bytes memory) {
        string[] memory names = _titleNames();
        ITitles.Title[] memory ladder = new ITitles.Title[](names.length);
        uint256 thresholds = uint256(badgeState().thresholds) << THRESHOLD_BITS; // with the first one's 0
        for (uint256 i = 0; i < names.length; ++i) {
            ladder[i] = ITitles.Title(names[i], uint24(thresholds >> (i * THRESHOLD_BITS)));
        }
        return abi.encode(ladder);
    }

    /// @dev See {ITitles-titleOf}.
    function titleAt(uint256 points) external view returns (uint256 rank, string memory name) {
        string[] memory names = _titleNames();
        if (names.length == 0) return (0, "");
        uint256 reached = titlesReached(badgeState().thresholds, points);
        return (reached + 1, names[reached]);
    }

    /// @dev How many of the thresholds `points` has reached.
    function titlesReached(uint256 thresholds, uint256 points) internal pure returns (uint256 count) {
        unchecked {
            while (uint24(thresholds) != 0 && points >= uint24(thresholds)) {
                ++count;
                thresholds >>= THRESHOLD_BITS;
            }
        }
    }

    /// @dev Whether {titlesReached} differs, that is, whether a threshold lies above `low` and not above `high`: what every
    /// badge is asked, and so without branches.
    /// Each term says `low < threshold && threshold <= high`, since what is below 0 wraps to a large number; so does a
    /// threshold of 0, which is none.
    function crosses(uint256 thresholds, uint256 low, uint256 high) internal pure returns (bool crossed) {
        assembly ("memory-safe") {
            let next := add(low, 1)
            let span := sub(high, low)
            crossed := or(
                or(
                    lt(sub(and(thresholds, 0xffffff), next), span),
                    lt(sub(and(shr(24, thresholds), 0xffffff), next), span)
                ),
                or(
                    lt(sub(and(shr(48, thresholds), 0xffffff), next), span),
                    lt(sub(and(shr(72, thresholds), 0xffffff), next), span)
                )
            )
        }
    }

    /// @dev Says that badges may look different now. A member's badges aren't listed on chain, so that the range is all
    /// badges (ERC-4906).
    function metadataChanged() internal {
        uint256 last = badgeState().counts.totalAwarded();
        if (last != 0) emit IERC4906.BatchMetadataUpdate(1, last);
    }

    function _setLimits(PackedCounts counts, uint32 seasonPoints, uint16 referralLimit, uint8 recoveryLimit) private {
        BadgeState.BadgeStateStorage storage $ = badgeState();
        $.counts = counts.withSeasonPointsLimit(seasonPoints);
        $.referralLimit = referralLimit;
        $.recoveryLimit = recoveryLimit;
    }

    /// @dev The names of the titles, lowest first.
    function _titleNames() private view returns (string[] memory names) {
        CodeData stored = badgeState().names;
        if (address(stored) == address(0)) return names;
        bytes memory data = readCodeData(stored);
        names = new string[](MAX_TITLES);
        uint256 count = 0;
        for (uint256 at = 0; at < data.length; ++count) {
            uint256 end = at + 1 + uint8(data[at]);
            names[count] = string(Bytes.slice(data, at + 1, end));
            at = end;
        }
        assembly ("memory-safe") {
            mstore(names, count)
        }
    }
}

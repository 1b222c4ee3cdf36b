// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {BadgeModule} from "../access/BadgeModule.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {IPerks} from "../interfaces/IPerks.sol";
import {PackedPerk, PackedPerks} from "./PackedPerk.sol";

/// @title Perks
/// @notice See {IPerks}.
abstract contract Perks is IPerks, BadgeModule {
    uint256 private constant MAX_NAME = 64;
    uint256 private constant MAX_URI = 256;
    uint256 private constant MAX_RANK = 5;
    uint256 private constant TOKEN_UNIT = 1e18;

    uint256 private _perkCount;
    mapping(uint256 perk => PackedPerk) private _perks;

    /// @inheritdoc IPerks
    function addPerk(PerkConfig calldata config) external restricted returns (uint256 perk) {
        _checkText(config.name, 1, MAX_NAME);
        _checkText(config.uri, 0, MAX_URI);
        _checkConditions(config.conditions);
        PackedPerk packed = PackedPerks.pack(config.conditions, config.once);
        if (config.once) {
            (uint256 groups, uint256 withPass) = _groups(config.conditions);
            require(withPass == 0 || withPass == groups, PerksMixedOnce());
        }
        perk = ++_perkCount;
        _perks[perk] = packed;
        emit PerkAdded(perk, config);
    }

    /// @inheritdoc IPerks
    function closePerk(uint256 perk) external restricted {
        PackedPerk packed = _perk(perk);
        require(!packed.closed(), PerksAlreadyClosed(perk));
        _perks[perk] = packed.close();
        emit PerkClosed(perk);
    }

    /// @inheritdoc IPerks
    function isEligible(address account, uint256 perk, uint256[] calldata badgeIds) external view returns (bool) {
        PackedPerk packed = _perk(perk);
        if (packed.closed()) return false;
        Condition[] memory conditions = packed.conditions();
        uint256 groups = 0;
        uint256 failed = 0;
        for (uint256 i = 0; i < conditions.length; ++i) {
            Condition memory condition = conditions[i];
            uint256 group = 1 << condition.group;
            groups |= group;
            if (failed & group == 0 && !_isMet(condition, account, badgeIds)) failed |= group;
        }
        return failed != groups;
    }

    /// @inheritdoc IPerks
    function conditionsMet(
        address account,
        uint256 perk,
        uint256[] calldata badgeIds
    ) external view returns (bool[] memory met) {
        Condition[] memory conditions = _perk(perk).conditions();
        met = new bool[](conditions.length);
        for (uint256 i = 0; i < conditions.length; ++i) {
            met[i] = _isMet(conditions[i], account, badgeIds);
        }
    }

    /// @inheritdoc IPerks
    function perkOf(uint256 perk) external view returns (Perk memory) {
        PackedPerk packed = _perk(perk);
        Condition[] memory conditions = packed.conditions();
        (, uint256 withPass) = _groups(conditions);
        return
            Perk({
                conditions: conditions,
                once: packed.once(),
                byPass: packed.once() && withPass != 0,
                closed: packed.closed()
            });
    }

    /// @inheritdoc IPerks
    function perkCount() external view returns (uint256) {
        return _perkCount;
    }

    /// @dev How many passes `account` holds.
    function _passesOf(address account) internal view virtual returns (uint256);

    function _checkConditions(Condition[] calldata conditions) private view {
        uint256 count = conditions.length;
        require(count != 0 && count <= PackedPerks.MAX_CONDITIONS, PerksInvalidConditions(count));
        for (uint256 i = 0; i < count; ++i) {
            Condition calldata one = conditions[i];
            bool valid = one.group < PackedPerks.GROUPS && one.amount != 0;
            if (one.subject == Subject.BadgesOfKind) {
                valid = valid && one.argument != 0 && one.argument <= _badge().kindCount();
            } else {
                valid = valid && one.argument == 0 && (one.subject != Subject.Rank || one.amount <= MAX_RANK);
            }
            require(valid, PerksInvalidCondition(i));
        }
    }

    function _isMet(
        Condition memory condition,
        address account,
        uint256[] calldata badgeIds
    ) private view returns (bool) {
        return _amountOf(condition, account, badgeIds) >= condition.amount;
    }

    /// @dev How much `account` has of what the condition asks for.
    function _amountOf(
        Condition memory condition,
        address account,
        uint256[] calldata badgeIds
    ) private view returns (uint256) {
        Subject subject = condition.subject;
        if (subject == Subject.Passes) return _passesOf(account);
        if (subject == Subject.Tokens) return _token().balanceOf(account) / TOKEN_UNIT;
        IContributionBadge badge_ = _badge();
        if (subject == Subject.Badges) return badge_.balanceOf(account);
        if (subject == Subject.BadgesOfKind) return _countOfKind(badge_, condition.argument, account, badgeIds);
        if (subject == Subject.Points) return badge_.pointsOf(account);
        if (subject == Subject.Rank) return badge_.rankOf(account);
        if (subject == Subject.MemberDays) return _memberDays(badge_, account);
        uint256 season = badge_.currentSeason();
        return badge_.seasonPointsOf(account, subject == Subject.PointsThisSeason ? season : season - 1);
    }

    /// @dev A badge that is gone reverts with `ERC721NonexistentToken`, and isn't counted.
    function _countOfKind(
        IContributionBadge badge_,
        uint32 kind,
        address account,
        uint256[] calldata badgeIds
    ) private view returns (uint256 count) {
        for (uint256 i = 0; i < badgeIds.length; ++i) {
            require(i == 0 || badgeIds[i] > badgeIds[i - 1], PerksUnorderedBadges(i));
            try badge_.badgeOf(badgeIds[i]) returns (IContributionBadge.Badge memory held) {
                if (held.account == account && held.kind == kind) ++count;
            } catch {}
        }
    }

    function _memberDays(IContributionBadge badge_, address account) private view returns (uint256) {
        uint256 since = badge_.memberSince(account);
        if (since == 0 || badge_.balanceOf(account) == 0) return 0;
        return (block.timestamp - since) / 1 days;
    }

    /// @dev Reverts with {PerksNonexistentPerk}.
    function _perk(uint256 perk) private view returns (PackedPerk packed) {
        packed = _perks[perk];
        require(packed.exists(), PerksNonexistentPerk(perk));
    }

    /// @dev Which groups there are, and which of them ask for a pass, a bit each.
    function _groups(Condition[] memory conditions) private pure returns (uint256 groups, uint256 withPass) {
        for (uint256 i = 0; i < conditions.length; ++i) {
            uint256 group = 1 << conditions[i].group;
            groups |= group;
            if (conditions[i].subject == Subject.Passes) withPass |= group;
        }
    }

    function _checkText(string calldata text, uint256 lowest, uint256 highest) private pure {
        uint256 length = bytes(text).length;
        require(length >= lowest && length <= highest, PerksInvalidText(length, lowest, highest));
    }
}

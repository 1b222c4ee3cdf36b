// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IBrandGovernor} from "../../contracts/interfaces/IBrandGovernor.sol";
import {IBrandTimelock} from "../../contracts/interfaces/IBrandTimelock.sol";
import {IContributionBadge} from "../../contracts/interfaces/IContributionBadge.sol";
import {IContributionRewards} from "../../contracts/interfaces/IContributionRewards.sol";
import {ILoyaltyDrop} from "../../contracts/interfaces/ILoyaltyDrop.sol";
import {ITitles} from "../../contracts/interfaces/ITitles.sol";
import {deployLinked} from "./Deployed.sol";
import {Launch} from "./Launch.sol";
import {GovernorLinks} from "../../contracts/governance/GovernorLinks.sol";
import {SatelliteLinks} from "../../contracts/access/SatelliteLinks.sol";

/// @title Economy
/// @notice What a launch has beside token and badge: the treasury with its governor, the drop, and the rewards.
abstract contract Economy is Launch {
    uint32 internal constant SEASON = 7 days;
    uint32 internal constant DISPUTE_WINDOW = 1 days;
    /// @dev A dozen badges of the most points that a kind can have.
    uint32 internal constant SEASON_POINTS_LIMIT = 12 * uint32(type(uint24).max) + 100;
    uint16 internal constant REFERRAL_LIMIT = 2;
    uint8 internal constant RECOVERY_LIMIT = 2;
    /// @dev Voting delay, voting period, its extension, and the timelock's delay.
    uint48 internal constant DECISION_TIME = 1 hours + 2 hours + 1 hours + 3 hours;

    ILoyaltyDrop internal drop;
    IContributionRewards internal rewards;
    IBrandGovernor private _governor;

    constructor() {
        _governor = IBrandGovernor(
            deployLinked("BrandGovernor.sol:BrandGovernor", GovernorLinks.encode(address(token), treasury))
        );
        bytes memory ofSatellites = SatelliteLinks.encode(address(badge), address(token));
        drop = ILoyaltyDrop(deployLinked("LoyaltyDrop.sol:LoyaltyDrop", ofSatellites));
        rewards = IContributionRewards(deployLinked("ContributionRewards.sol:ContributionRewards", ofSatellites));
    }

    /// @dev All but the token, which has to be set up before.
    function _initializeEconomy(IContributionBadge.KindConfig[] memory kinds) internal {
        IBrandTimelock(treasury).initialize(
            IBrandTimelock.TimelockInit({minDelay: 3 hours, governor: address(_governor), daoURI: ""})
        );
        _governor.initialize(
            IBrandGovernor.GovernorInit({
                votingDelay: 1 hours,
                votingPeriod: 2 hours,
                lateQuorumExtension: 1 hours,
                gracePeriod: 14 days,
                proposalThreshold: 1e18,
                quorumBps: 400,
                quorumFloor: 1e18,
                guardian: address(0),
                guardianExpiry: 0
            })
        );
        badge.initialize(
            IContributionBadge.BadgeInit({
                token: address(token),
                drop: address(drop),
                authority: address(manager),
                terms: IContributionBadge.MemberTerms(
                    SEASON,
                    DISPUTE_WINDOW,
                    SEASON_POINTS_LIMIT,
                    REFERRAL_LIMIT,
                    RECOVERY_LIMIT
                ),
                titles: new ITitles.Title[](0),
                kinds: kinds
            })
        );
        drop.initialize();
        rewards.initialize();
    }
}

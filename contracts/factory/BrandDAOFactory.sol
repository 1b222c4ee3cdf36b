// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {ERC1967Clones} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Clones.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {AccessTable} from "./AccessTable.sol";
import {BrandAccessManager} from "../access/BrandAccessManager.sol";
import {IBrandDAOFactory} from "../interfaces/IBrandDAOFactory.sol";
import {IBrandGovernor} from "../interfaces/IBrandGovernor.sol";
import {IBrandTimelock} from "../interfaces/IBrandTimelock.sol";
import {IBrandToken} from "../interfaces/IBrandToken.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {IBadgeSatellite} from "../interfaces/IBadgeSatellite.sol";
import {IMembershipPass} from "../interfaces/IMembershipPass.sol";
import {IModuleFactory} from "../interfaces/IModuleFactory.sol";
import {GovernorLinks} from "../governance/GovernorLinks.sol";
import {HandoverTerms} from "../governance/HandoverTerms.sol";
import {ProxiesWithArguments} from "./ProxiesWithArguments.sol";
import {Roles} from "../access/Roles.sol";
import {SatelliteLinks} from "../access/SatelliteLinks.sol";
import {TokenLinks} from "../token/TokenLinks.sol";

/// @title BrandDAOFactory
/// @notice See {IBrandDAOFactory}.
/// @dev Addresses are known before anything is initialised, so contracts that refer to one another are given the final
/// addresses at once. Nothing is left half-way: it is one transaction.
contract BrandDAOFactory is IBrandDAOFactory {
    address private immutable MANAGER;
    address private immutable TOKEN;
    address private immutable TIMELOCK;
    address private immutable GOVERNOR;
    address private immutable BADGE;
    address private immutable DROP;
    address private immutable REWARDS;
    address private immutable HANDOVER;
    address private immutable MODULES;

    /// @dev A clone of an address without code would accept every call and do nothing.
    constructor(Implementations memory implementations_, address modules_) {
        MANAGER = _withCode(implementations_.manager);
        TOKEN = _withCode(implementations_.token);
        TIMELOCK = _withCode(implementations_.timelock);
        GOVERNOR = _withCode(implementations_.governor);
        BADGE = _withCode(implementations_.badge);
        DROP = _withCode(implementations_.drop);
        REWARDS = _withCode(implementations_.rewards);
        HANDOVER = _withCode(implementations_.handover);
        MODULES = _withCode(modules_);
    }

    /// @inheritdoc IBrandDAOFactory
    function launch(LaunchConfig calldata config) external returns (Deployment memory dao) {
        HandoverConfig calldata handover = config.handover;
        require(
            handover.guardianExpiry <= handover.communityDate,
            BrandDAOFactoryDatesOutOfOrder(handover.guardianExpiry, handover.communityDate)
        );
        HandoverTerms.checkSafe(handover.safe);
        HandoverTerms.checkDate(handover.communityDate);

        dao = _create(_salt(msg.sender, config.salt), handover);
        BrandAccessManager(dao.manager).initialize(address(this));
        _initializeToken(dao, config.token);
        _initializeTimelock(dao, config.governance);
        _initializeGovernor(dao, config.governance, handover);
        IContributionBadge(dao.badge).initialize(
            IContributionBadge.BadgeInit({
                token: dao.token,
                drop: dao.drop,
                authority: dao.manager,
                terms: config.members,
                titles: config.titles,
                kinds: config.kinds
            })
        );
        IBadgeSatellite(dao.drop).initialize();
        IBadgeSatellite(dao.rewards).initialize();

        AccessTable.write(dao, handover.safe, handover.stewardDelay);
        _addModules(dao, config.modules);
        IAccessManager(dao.manager).renounceRole(Roles.ADMIN, address(this));
        emit DAOLaunched(msg.sender, config.salt, dao.token, dao, handover.safe);
    }

    /// @inheritdoc IBrandDAOFactory
    function predict(
        address launcher,
        bytes32 salt,
        HandoverConfig calldata handover
    ) external view returns (Deployment memory dao) {
        salt = _salt(launcher, salt);
        dao.manager = Clones.predictDeterministicAddress(MANAGER, salt);
        dao.timelock = ERC1967Clones.predictDeterministicAddress(TIMELOCK, salt);
        dao.token = ProxiesWithArguments.predictDeterministicAddress(TOKEN, TokenLinks.encode(dao.timelock), salt);
        dao.governor = ProxiesWithArguments.predictDeterministicAddress(
            GOVERNOR,
            GovernorLinks.encode(dao.token, dao.timelock),
            salt
        );
        dao.badge = ERC1967Clones.predictDeterministicAddress(BADGE, salt);
        bytes memory ofSatellites = SatelliteLinks.encode(dao.badge, dao.token);
        dao.drop = ProxiesWithArguments.predictDeterministicAddress(DROP, ofSatellites, salt);
        dao.rewards = ProxiesWithArguments.predictDeterministicAddress(REWARDS, ofSatellites, salt);
        dao.handover = Clones.predictDeterministicAddressWithImmutableArgs(
            HANDOVER,
            _handoverArgs(dao, handover),
            salt
        );
    }

    /// @inheritdoc IBrandDAOFactory
    function implementations() external view returns (Implementations memory) {
        return Implementations(MANAGER, TOKEN, TIMELOCK, GOVERNOR, BADGE, DROP, REWARDS, HANDOVER);
    }

    /// @inheritdoc IBrandDAOFactory
    function modules() external view returns (address) {
        return MODULES;
    }

    function _create(bytes32 salt, HandoverConfig calldata handover) private returns (Deployment memory dao) {
        dao.manager = Clones.cloneDeterministic(MANAGER, salt);
        dao.timelock = ERC1967Clones.cloneDeterministic(TIMELOCK, salt);
        dao.token = ProxiesWithArguments.cloneDeterministic(TOKEN, TokenLinks.encode(dao.timelock), salt);
        dao.governor = ProxiesWithArguments.cloneDeterministic(
            GOVERNOR,
            GovernorLinks.encode(dao.token, dao.timelock),
            salt
        );
        dao.badge = ERC1967Clones.cloneDeterministic(BADGE, salt);
        bytes memory ofSatellites = SatelliteLinks.encode(dao.badge, dao.token);
        dao.drop = ProxiesWithArguments.cloneDeterministic(DROP, ofSatellites, salt);
        dao.rewards = ProxiesWithArguments.cloneDeterministic(REWARDS, ofSatellites, salt);
        dao.handover = Clones.cloneDeterministicWithImmutableArgs(HANDOVER, _handoverArgs(dao, handover), salt);
    }

    function _initializeToken(Deployment memory dao, TokenConfig calldata config) private {
        IBrandToken(dao.token).initialize(
            IBrandToken.TokenInit({
                name: config.name,
                symbol: config.symbol,
                capTokens: config.capTokens,
                mintLimit: config.mintLimit,
                contributionShareBps: config.contributionShareBps,
                contributionLimit: config.contributionLimit,
                authority: dao.manager,
                allocations: config.allocations
            })
        );
    }

    function _initializeTimelock(Deployment memory dao, GovernanceConfig calldata config) private {
        IBrandTimelock(dao.timelock).initialize(
            IBrandTimelock.TimelockInit({minDelay: config.timelockDelay, governor: dao.governor, daoURI: config.daoURI})
        );
    }

    function _initializeGovernor(
        Deployment memory dao,
        GovernanceConfig calldata config,
        HandoverConfig calldata handover
    ) private {
        IBrandGovernor(dao.governor).initialize(
            IBrandGovernor.GovernorInit({
                votingDelay: config.votingDelay,
                votingPeriod: config.votingPeriod,
                lateQuorumExtension: config.lateQuorumExtension,
                gracePeriod: config.gracePeriod,
                proposalThreshold: config.proposalThreshold,
                quorumBps: config.quorumBps,
                quorumFloor: config.quorumFloor,
                guardian: handover.safe,
                guardianExpiry: handover.guardianExpiry
            })
        );
    }

    /// @dev Terms are ADMIN's to set until the table has them.
    function _addModules(Deployment memory dao, ModulesConfig calldata config) private {
        IAccessManager manager = IAccessManager(dao.manager);
        if (config.board) AccessTable.writeBoard(manager, IModuleFactory(MODULES).deployBoard(dao.badge));
        if (config.pass) {
            address pass = IModuleFactory(MODULES).deployPass(dao.badge);
            IMembershipPass(pass).setTerms(config.passTerms);
            AccessTable.writePass(manager, pass);
        }
    }

    function _handoverArgs(
        Deployment memory dao,
        HandoverConfig calldata handover
    ) private pure returns (bytes memory) {
        return HandoverTerms.encode(dao.governor, dao.badge, handover.safe, handover.communityDate);
    }

    /// @dev Includes the launcher, so that nobody can occupy somebody else's addresses.
    function _salt(address launcher, bytes32 salt) private pure returns (bytes32) {
        return keccak256(abi.encode(launcher, salt));
    }

    function _withCode(address implementation) private view returns (address) {
        require(implementation.code.length != 0, BrandDAOFactoryInvalidImplementation(implementation));
        return implementation;
    }
}

// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

import {IBrandToken} from "./IBrandToken.sol";
import {IContributionBadge} from "./IContributionBadge.sol";
import {IMembershipPass} from "./IMembershipPass.sol";
import {ITitles} from "./ITitles.sol";

/// @title IBrandDAOFactory
/// @notice Launches a whole brand DAO in one transaction: eight contracts, created, initialised and wired, and two modules where
/// they are asked for. When it ends, neither the factory nor the launcher has any power.
interface IBrandDAOFactory {
    /// @notice The contracts of a DAO.
    struct Deployment {
        address manager;
        address token;
        address timelock;
        address governor;
        address badge;
        address drop;
        address rewards;
        address handover;
    }

    /// @notice What proxies and clones point to.
    struct Implementations {
        address manager;
        address token;
        address timelock;
        address governor;
        address badge;
        address drop;
        address rewards;
        address handover;
    }

    /// @notice See {IBrandToken-TokenInit}.
    struct TokenConfig {
        string name;
        string symbol;
        uint64 capTokens;
        IBrandToken.RateLimit mintLimit;
        uint16 contributionShareBps;
        IBrandToken.RateLimit contributionLimit;
        IBrandToken.Allocation[] allocations;
    }

    /// @notice See {IBrandGovernor-GovernorInit}.
    struct GovernanceConfig {
        uint48 votingDelay;
        uint32 votingPeriod;
        uint48 lateQuorumExtension;
        uint32 gracePeriod;
        uint256 proposalThreshold;
        uint16 quorumBps;
        uint128 quorumFloor;
        uint32 timelockDelay;
        string daoURI;
    }

    /// @param safe The brand's Safe. Each of its owners, as they are at any time, may halt awards.
    /// @param stewardDelay Seconds that the Safe has to wait, in public, between scheduling and executing what it does
    /// as STEWARD; 0 for none.
    /// @param guardianExpiry Until when the Safe may veto, a timestamp; 0 for never.
    /// @param communityDate From when on anyone may end STEWARD and ISSUER, a timestamp not before `guardianExpiry`.
    struct HandoverConfig {
        address safe;
        uint32 stewardDelay;
        uint48 guardianExpiry;
        uint48 communityDate;
    }

    /// @param board Whether the DAO has an IdeaBoard from the beginning. Without it, a passed proposal can give it one at any time.
    /// @param pass The same, of a MembershipPass.
    /// @param passTerms What it begins with; nothing where there is none.
    struct ModulesConfig {
        bool board;
        bool pass;
        IMembershipPass.PassTerms passTerms;
    }

    /// @param salt Tells the DAOs of one launcher apart.
    /// @param members See {IContributionBadge-MemberTerms}.
    /// @param titles The ladder of titles; may be empty.
    /// @param kinds The first badge kinds.
    struct LaunchConfig {
        bytes32 salt;
        TokenConfig token;
        GovernanceConfig governance;
        HandoverConfig handover;
        IContributionBadge.MemberTerms members;
        ITitles.Title[] titles;
        IContributionBadge.KindConfig[] kinds;
        ModulesConfig modules;
    }

    /// @notice A DAO is live.
    event DAOLaunched(
        address indexed launcher,
        bytes32 indexed salt,
        address indexed token,
        Deployment deployment,
        address safe
    );

    /// @notice `implementation` has no code.
    error BrandDAOFactoryInvalidImplementation(address implementation);

    /// @notice The veto would outlast the handover to the community.
    error BrandDAOFactoryDatesOutOfOrder(uint48 guardianExpiry, uint48 communityDate);

    /// @notice Launches a DAO. Caller: anyone; the addresses depend on the caller, so nobody can take them beforehand.
    /// @dev Reverts with the errors of the contracts' initializers and of {IHandover}, and where the launcher used the salt before.
    function launch(LaunchConfig calldata config) external returns (Deployment memory deployment);

    /// @notice The addresses that `launcher` gets with `salt` and `handover`; only the Handover's depends on the latter.
    function predict(
        address launcher,
        bytes32 salt,
        HandoverConfig calldata handover
    ) external view returns (Deployment memory deployment);

    /// @notice What proxies and clones of this factory point to.
    function implementations() external view returns (Implementations memory);

    /// @notice The {IModuleFactory} that makes the modules; it knows where those of a DAO are, by its badge.
    function modules() external view returns (address);
}

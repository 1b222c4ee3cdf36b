// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// @title IModuleFactory
/// @notice Gives a DAO the modules that it can have besides those of its launch, at the launch or later. Each DAO has one of
/// each; where it is follows from its ContributionBadge. Whoever calls pays the gas and decides nothing: a module asks the
/// badge's AccessManager for everything, where what isn't listed for it is ADMIN's.
interface IModuleFactory {
    /// @notice The DAO of `badge` has its IdeaBoard at `board`.
    event BoardDeployed(address indexed badge, address board);

    /// @notice The DAO of `badge` has its MembershipPass at `pass`.
    event PassDeployed(address indexed badge, address pass);

    /// @notice `implementation` has no code.
    error ModuleFactoryInvalidImplementation(address implementation);

    /// @notice Deploys the IdeaBoard of a DAO, or finds it there. Caller: anyone.
    /// @param badge Its ContributionBadge, which has to be set up.
    /// @return board Where it is.
    function deployBoard(address badge) external returns (address board);

    /// @notice Deploys the MembershipPass of a DAO, or finds it there. Caller: anyone.
    /// @param badge Its ContributionBadge, which has to be set up.
    /// @return pass Where it is.
    function deployPass(address badge) external returns (address pass);

    /// @notice Where the modules of a DAO are, or will be.
    function predict(address badge) external view returns (address board, address pass);

    /// @notice As {predict}, for a DAO that isn't launched yet.
    /// @param token Its BrandToken.
    /// @param treasury Its timelock.
    function predictWith(
        address badge,
        address token,
        address treasury
    ) external view returns (address board, address pass);

    /// @notice What the modules of all DAOs are clones of.
    function implementations() external view returns (address board, address pass);
}

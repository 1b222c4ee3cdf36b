// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @title Roles
/// @notice The role ids of a brand DAO's AccessManager: what each may do, and who administers it.
/// @dev Ids below {FIRST_CUSTOM} are reserved for this list. A role that is not named here is administered by {ADMIN},
/// as AccessManager defaults to. `docs/overview.md` has the table of holders.
library Roles {
    /// @notice Upgrades the satellites, gives and takes roles. Held by the timelock only, for ever: every upgrade is a
    /// passed proposal. The id is AccessManager's own `ADMIN_ROLE`.
    uint64 internal constant ADMIN = 0;

    /// @notice Mints brand tokens, within the cap and the rate limit. Held by the timelock only. Administered by ADMIN.
    uint64 internal constant MINTER = 1;

    /// @notice Runs the brand's side: badge kinds without votes, revoking their badges, titles, campaigns (and through them
    /// any badge that the DAO's issuers can award), recoveries, resuming after a halt; calls for ideas and what becomes of these,
    /// membership passes and perks.
    /// Held by the timelock, and by the Safe until handed over. Administered by HANDOVER.
    uint64 internal constant STEWARD = 2;

    /// @notice Awards badges of every kind that names no other role. Administered by STEWARD; a role that replaced it when
    /// power was handed over, by ADMIN.
    /// @dev Stands for "the current issuer role": see {ContributionBadge-issuerRole}.
    uint64 internal constant ISSUER = 3;

    /// @notice Halts awards, claims and the steps of recoveries at once. Held by the Handover contract, on behalf of each owner
    /// of the Safe. Administered by ADMIN.
    uint64 internal constant SENTINEL = 4;

    /// @notice Administers STEWARD and ends the issuers' appointments. Held by the Handover contract and the timelock.
    /// Administered by ADMIN.
    uint64 internal constant HANDOVER = 5;

    /// @notice Gives and takes the votes that contributors earn. Held by the ContributionBadge. Administered by ADMIN.
    uint64 internal constant VOTES_GRANTER = 6;

    /// @notice The lowest id that a badge kind may name as an issuer role of its own.
    uint64 internal constant FIRST_CUSTOM = 100;

    /// @notice Awards badges of the kinds that name it: what authors earn when their ideas ship. Held by the IdeaBoard only, which
    /// awards nothing else, of a DAO that has one. Administered by ADMIN.
    /// @dev One of the ids that kinds may name, far from those that people give their own roles.
    uint64 internal constant BOARD = 1_000_000;
}

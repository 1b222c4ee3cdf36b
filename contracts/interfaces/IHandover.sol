// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// @title IHandover
/// @notice The on-chain schedule by which the brand's Safe gives power up, one power at a time:
///
/// 1. brand-led: the Safe has the veto, STEWARD and ISSUER;
/// 2. shared: no veto. The governor ends it by itself at `guardianExpiry`, or the Safe resigns;
/// 3. community: neither STEWARD nor ISSUER, and nobody whom the Safe appointed as an issuer.
///
/// The Safe may go earlier; once the date has come anyone may carry it out; only a passed proposal changes the date or
/// the Safe, or gives power back.
interface IHandover {
    /// @notice How far power has been handed over.
    enum Phase {
        BrandLed,
        Shared,
        Community
    }

    /// @notice `owner`, an owner of the Safe, halted all awards.
    event AwardsHaltedByOwner(address indexed owner);

    /// @notice The Safe is no steward any more, and no issuer that it appointed is one.
    event HandedOver(address indexed safe, address indexed caller);

    /// @notice From `newDate` on, a timestamp, anyone may hand over.
    event CommunityDateSet(uint48 oldDate, uint48 newDate);

    /// @notice The brand's Safe is `newSafe` from now on.
    event SafeSet(address indexed oldSafe, address indexed newSafe);

    /// @notice `caller` can't hand over before `communityDate`.
    error HandoverTooEarly(address caller, uint48 communityDate);

    /// @notice Powers go in order: the Safe still has the veto and must resign from it first.
    error HandoverVetoStillHeld();

    /// @notice It has been handed over already.
    error HandoverAlreadyDone();

    /// @notice `caller` isn't the timelock: this takes a passed proposal.
    error HandoverUnauthorized(address caller);

    /// @notice `caller` isn't an owner of the Safe.
    error HandoverNotSafeOwner(address caller);

    /// @notice `owner` halted awards before, and may again at `from`, a timestamp.
    error HandoverHaltedBefore(address owner, uint48 from);

    /// @notice `date` isn't from now to 4 years ahead.
    error HandoverInvalidDate(uint48 date);

    /// @notice `safe` has no code, doesn't answer as a Safe does, or is the Safe already.
    error HandoverInvalidSafe(address safe);

    /// @notice Takes STEWARD from the Safe and ends all appointments of issuers. Caller: the Safe, once it has no veto;
    /// from `communityDate` on, anyone.
    function handOver() external;

    /// @notice Halts all awards at once, as SENTINEL. Caller: each owner of the Safe, alone, as they are at the time; one who
    /// did before, from {haltableFrom} on. A STEWARD resumes them, not before a Safe that is steward would have waited from now
    /// on; a passed proposal at any time. Handing over doesn't end this: a community that wants it to end revokes SENTINEL from
    /// this contract, in the proposal that resumes.
    function haltAwards() external;

    /// @notice Changes the date, and makes it possible to hand over again. Caller: the timelock. A date that has passed is
    /// taken as now: a proposal is carried out when it is.
    /// @dev A proposal that gives power back does this, grants STEWARD to the Safe, and says who administers the issuer
    /// role and who holds it.
    function setCommunityDate(uint48 newDate) external;

    /// @notice Makes another Safe the brand's Safe; STEWARD goes along if the old one has it. Caller: the timelock.
    /// @dev The veto and ISSUER are for the same proposal to move: `setProposalGuardian`, and `grantRole` with `revokeRole`.
    function setSafe(address newSafe) external;

    /// @notice How far power has been handed over: brand-led as long as anybody has a veto.
    function phase() external view returns (Phase);

    /// @notice The brand's Safe.
    function safe() external view returns (address);

    /// @notice From when on anyone may hand over.
    function communityDate() external view returns (uint48);

    /// @notice From when on `owner` may halt again, a timestamp; 0 for who never did. It is the halt, and what a Safe that is
    /// steward waits to resume, and twice what a decision takes: one account alone can stop awards until others have met about
    /// it, and not for good. Where only a proposal resumes, awards run for half of the time at least.
    function haltableFrom(address owner) external view returns (uint48);

    /// @notice The governor whose guardian the Safe is.
    function governor() external view returns (address);

    /// @notice The badge whose issuers are ended.
    function badge() external view returns (address);
}

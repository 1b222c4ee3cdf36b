// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {GovernorVotesQuorumFractionUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorVotesQuorumFractionUpgradeable.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Bounds} from "./Bounds.sol";
import {EarnedShare} from "../EarnedShare.sol";
import {IBrandToken} from "../../interfaces/IBrandToken.sol";
import {GovernorTerms} from "./GovernorTerms.sol";
import {IBrandGovernor} from "../../interfaces/IBrandGovernor.sol";

/// @title GovernorCirculatingQuorum
/// @notice Quorum over what circulates, with a floor; and a treasury that does not vote.
/// @dev Everybody delegates to themselves by default, so `getPastVotes(treasury)` is the treasury's own share and what
/// was delegated to it, such as tokens that are still to be distributed. The floor is what stops a handful of votes
/// from taking a treasury that holds nearly everything. The treasury is the executor: the timelock.
abstract contract GovernorCirculatingQuorum is GovernorVotesQuorumFractionUpgradeable, GovernorTerms, IBrandGovernor {
    using Checkpoints for Checkpoints.Trace208;

    uint256 private constant BPS = 10_000;
    uint256 private constant MIN_QUORUM_FLOOR = 1e18; // one token

    /// @param cap The token's.
    function __GovernorCirculatingQuorum_init(uint256 cap, uint16 quorumBps, uint128 floor) internal onlyInitializing {
        // Held against the cap, and not against what circulates: a DAO may start with everything still to distribute.
        _checkFloor(floor, cap / 2);
        _terms().quorumFloor = floor;
        __GovernorVotesQuorumFraction_init(quorumBps);
        emit QuorumFloorSet(0, floor);
    }

    /// @inheritdoc IBrandGovernor
    function setQuorumFloor(uint128 newFloor) external onlyGovernance {
        _checkFloor(newFloor, _brandToken().circulatingSupply());
        emit QuorumFloorSet(quorumFloor(), newFloor);
        _terms().floorChanges.push(clock(), newFloor);
    }

    /// @inheritdoc IBrandGovernor
    function quorumFloor() public view returns (uint256) {
        return _quorumFloor(clock());
    }

    /// @notice Votes for and abstaining that a proposal with its snapshot at `timepoint` needs; rounded up.
    function quorum(
        uint256 timepoint
    ) public view virtual override(GovernorVotesQuorumFractionUpgradeable, IGovernor) returns (uint256) {
        uint256 circulating = token().getPastTotalSupply(timepoint) - token().getPastVotes(_executor(), timepoint);
        return
            Math.max(
                _quorumFloor(timepoint),
                Math.mulDiv(circulating, quorumNumerator(timepoint), quorumDenominator(), Math.Rounding.Ceil)
            );
    }

    /// @notice Fractions are in basis points.
    function quorumDenominator() public pure override returns (uint256) {
        return BPS;
    }

    /// @dev The treasury has no votes: a proposal could otherwise use them on another proposal.
    function _getVotes(
        address account,
        uint256 timepoint,
        bytes memory params
    ) internal view virtual override returns (uint256) {
        return account == _executor() ? 0 : super._getVotes(account, timepoint, params);
    }

    /// @dev Not below the share of votes that can be earned, and together with it at most a half: see {EarnedShare}.
    function _updateQuorumNumerator(uint256 newQuorumNumerator) internal override {
        // At the launch, too: the token is initialised before.
        uint256 share = _brandToken().contributionShare();
        Bounds.check(
            this.updateQuorumNumerator.selector,
            newQuorumNumerator,
            Math.max(1, share),
            EarnedShare.HIGHEST_SUM - share
        );
        super._updateQuorumNumerator(newQuorumNumerator);
    }

    function _quorumFloor(uint256 timepoint) private view returns (uint256) {
        GovernorTermsStorage storage $ = _terms();
        uint256 changed = _optimisticUpperLookupRecent($.floorChanges, timepoint);
        return changed == 0 ? $.quorumFloor : changed;
    }

    function _checkFloor(uint256 floor, uint256 highest) private view {
        Bounds.check(this.setQuorumFloor.selector, floor, Math.max(MIN_QUORUM_FLOOR, proposalThreshold()), highest);
    }

    function _brandToken() private view returns (IBrandToken) {
        return IBrandToken(address(token()));
    }
}

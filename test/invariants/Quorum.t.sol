// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {checkAtMost, checkEqual} from "./Checks.sol";
import {IBrandGovernor} from "../../contracts/interfaces/IBrandGovernor.sol";
import {IBrandTimelock} from "../../contracts/interfaces/IBrandTimelock.sol";
import {IBrandToken} from "../../contracts/interfaces/IBrandToken.sol";
import {deployLinked} from "./Deployed.sol";
import {Launch} from "./Launch.sol";
import {VM} from "./Vm.sol";
import {GovernorLinks} from "../../contracts/governance/GovernorLinks.sol";

/// @title QuorumFuzz
/// @notice The quorum of the real governor and timelock, for any split of the supply.
contract QuorumFuzz is Launch {
    /// @param treasury Tokens of the treasury.
    /// @param held Tokens of each of four people.
    /// @param earned Contribution votes that each asks for; granted as far as the bounds let.
    /// @param choices Whom each delegates to: one of the four, or the treasury.
    struct Split {
        uint128 treasury;
        uint88[4] held;
        uint88[4] earned;
        uint8[4] choices;
    }

    /// @dev The highest that there can be.
    uint64 private constant CAP_TOKENS = 63_382_530_011;

    IBrandGovernor private governor;

    function setUp() external {
        governor = IBrandGovernor(
            deployLinked("BrandGovernor.sol:BrandGovernor", GovernorLinks.encode(address(token), treasury))
        );
        IBrandTimelock(treasury).initialize(
            IBrandTimelock.TimelockInit({minDelay: 1 days, governor: address(governor), daoURI: ""})
        );
    }

    /// @notice Q1: the quorum is the floor, or the rounded up fraction of all votes less the treasury's, whichever is
    /// more; Q2: the treasury has no votes, and nobody else loses any.
    function testFuzz_Q1_Q2_quorum(Split memory split, uint16 bps, uint128 floor, uint128 later) external {
        bps = (bps % 5_000) + 1;
        // Floors that don't decide, and floors that do, from a token to half of the cap.
        floor = 1e18 + (floor % (floor % 2 == 0 ? 1e24 : (uint128(CAP_TOKENS) * 1e18) / 2 - 1e18));
        _initialize(split, bps, floor);

        uint256 timepoint = VM.getBlockTimestamp();
        VM.warp(timepoint + 1);
        // What happens after the snapshot doesn't count.
        VM.prank(treasury);
        token.transfer(_person(0), later % (uint256(split.treasury) + 1));

        uint256 circulating = 0;
        for (uint256 i = 0; i < 4; ++i) {
            uint256 units = split.held[i] + token.contributionVotes(_person(i));
            if (_delegatee(split, i) != treasury) circulating += units;
        }
        uint256 product = circulating * bps;
        uint256 fraction = product / 10_000 + (product % 10_000 == 0 ? 0 : 1);
        uint256 quorum = governor.quorum(timepoint);
        checkAtMost("Q1: floor", floor, quorum);
        checkEqual("Q1: quorum", quorum, fraction > floor ? fraction : floor);
        // Rounded up, and not further: with a vote less, it would be less than the fraction.
        if (quorum > floor) checkAtMost("Q1: rounding", (quorum - 1) * 10_000 + 1, product);

        checkEqual("Q2: votes of the treasury", governor.getVotes(treasury, timepoint), 0);
        checkEqual("Q2: with parameters", governor.getVotesWithParams(treasury, timepoint, "x"), 0);
        uint256 votes = 0;
        for (uint256 i = 0; i < 4; ++i) {
            votes += governor.getVotes(_person(i), timepoint);
        }
        checkEqual("Q2: votes of people", votes, circulating);
    }

    function _initialize(Split memory split, uint16 bps, uint128 floor) private {
        IBrandToken.Allocation[] memory allocations = new IBrandToken.Allocation[](5);
        allocations[0] = IBrandToken.Allocation(address(0), split.treasury %= 1 << 95);
        for (uint256 i = 0; i < 4; ++i) {
            allocations[i + 1] = IBrandToken.Allocation(_person(i), split.held[i]);
        }
        IBrandToken.RateLimit memory limit = IBrandToken.RateLimit(type(uint128).max, 1 hours);
        // As much as can be earned beside this quorum.
        uint16 share = bps < 2_500 ? bps : 5_000 - bps;
        _initializeToken(CAP_TOKENS, limit, share, limit, allocations);
        for (uint256 i = 0; i < 4; ++i) {
            token.moveContributionVotes(address(0), _person(i), split.earned[i]);
            VM.prank(_person(i));
            token.delegate(_delegatee(split, i));
        }

        governor.initialize(
            IBrandGovernor.GovernorInit({
                votingDelay: 1 days,
                votingPeriod: 7 days,
                lateQuorumExtension: 1 days,
                gracePeriod: 14 days,
                proposalThreshold: 1e18,
                quorumBps: bps,
                quorumFloor: floor,
                guardian: address(0),
                guardianExpiry: 0
            })
        );
    }

    function _delegatee(Split memory split, uint256 index) private view returns (address) {
        uint256 choice = split.choices[index] % 5;
        return choice == 4 ? treasury : _person(choice);
    }

    function _person(uint256 index) private pure returns (address) {
        return address(uint160(0xACC0 + index));
    }
}

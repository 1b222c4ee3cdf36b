// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {IBrandGovernor} from "../../contracts/interfaces/IBrandGovernor.sol";
import {checkAtMost, checkEqual} from "./Checks.sol";
import {VM} from "./Vm.sol";
import {WholeProposals} from "./WholeProposals.sol";

/// @title WholeGovernance
/// @notice The life of proposals of a whole DAO, and a record of it that asks neither governor, timelock nor the token's checkpoints:
/// what everybody had at the snapshot, as balances, earned votes and delegations add up, who voted, and how each ends.
abstract contract WholeGovernance is WholeProposals {
    /// @param plan What it does, ABI-encoded.
    /// @param settled Whether its quorum was reached.
    struct Proposal {
        uint256 id;
        bytes plan;
        address proposer;
        uint256 snapshot;
        uint256 deadline;
        uint256 eta;
        uint256 quorum;
        uint256[3] tally;
        bool settled;
        bool ended;
        bool executed;
        IGovernor.ProposalState last;
    }

    /// @dev Of the newest proposals, that many are voted on, carried out and ended.
    uint256 private constant NEWEST = 4;
    bytes32 private constant DOMAIN = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );
    bytes32 private constant BALLOT = keccak256("Ballot(uint256 proposalId,uint8 support,address voter,uint256 nonce)");

    Proposal[] internal _proposals;
    /// @dev How many of them have had their snapshot.
    uint256 private _recorded;
    mapping(uint256 proposalId => mapping(address voter => uint256)) private _weights;
    mapping(uint256 proposalId => mapping(address voter => bool)) private _voted;

    // Actions. Seeds choose accounts, proposals and amounts.

    function propose(uint256 by, uint256 kind, uint256 seed) external {
        Plan memory plan = _plan(Kind(kind % KINDS), seed);
        string memory title = Strings.toString(_proposals.length);
        address proposer = _person(by);
        (bool success, bytes memory returned) = _try(
            proposer,
            address(governor),
            abi.encodeCall(IGovernor.propose, (plan.targets, plan.values, plan.calls, title))
        );
        if (!success) return;
        Proposal storage made = _proposals.push();
        made.id = abi.decode(returned, (uint256));
        made.plan = abi.encode(plan);
        made.proposer = proposer;
        made.snapshot = VM.getBlockTimestamp() + 1 hours;
        made.deadline = made.snapshot + 2 hours;
    }

    /// @dev One in eight by the treasury; half of the others by signature, which anybody hands in.
    function vote(uint256 by, uint256 which, uint8 support, bool signed) external {
        if (_proposals.length == 0) return;
        if (by % 8 == 7) _castBy(_chosen(which), timelock, support % 3);
        else if (signed) _castSigned(_chosen(which), by, support % 3);
        else _castBy(_chosen(which), _accounts[by % _accounts.length], support % 3);
    }

    /// @dev Does what comes next for a proposal, up to five times: waits, has people vote, mostly for it, queues and executes it.
    /// Now and then it comes a second too late, or early.
    function advance(uint256 which, uint256 steps, uint256 voters, uint256 late) external {
        if (_proposals.length == 0) return;
        uint256 index = _chosen(which);
        for (uint256 i = 0; i <= steps % 5; ++i) {
            Proposal storage made = _proposals[index];
            uint256 shift = (late >> (8 * i)) % 16;
            if (VM.getBlockTimestamp() <= made.snapshot) {
                _warpTo(made.snapshot + (shift == 0 ? 0 : 1));
                for (uint256 j = 0; j < PEOPLE; ++j) {
                    uint256 how = (voters >> (4 * j)) % 16;
                    if (how < 13)
                        _castBy(
                            index,
                            people[j],
                            how == 0
                                ? 0
                                : how == 1
                                    ? 2
                                    : 1
                        );
                }
            } else if (made.eta == 0) {
                _warpTo(made.deadline + (shift == 1 ? GRACE : 0) + (shift == 0 ? 0 : 1));
                _queue(index);
            } else {
                _warpTo(made.eta + (shift == 1 ? GRACE : 0) + (shift == 2 ? 1 : 0) - (shift == 0 ? 1 : 0));
                _execute(index);
            }
        }
    }

    /// @dev Whenever that is.
    function queueOrExecute(uint256 which, bool queue) external {
        if (_proposals.length == 0) return;
        if (queue) _queue(_chosen(which));
        else _execute(_chosen(which));
    }

    /// @dev Canceled by the proposer or somebody else; vetoed by a Safe or somebody else; or discarded.
    function end(uint256 which, uint256 how, uint256 by) external {
        if (_proposals.length == 0) return;
        Proposal storage made = _proposals[_chosen(which)];
        Plan memory plan = abi.decode(made.plan, (Plan));
        bytes32 title = keccak256(bytes(Strings.toString(_chosen(which))));
        bool success;
        if (how % 3 == 0) {
            address caller = by % 2 == 0 ? made.proposer : _person(by);
            bool pending = VM.getBlockTimestamp() <= made.snapshot;
            bytes memory data = abi.encodeCall(IGovernor.cancel, (plan.targets, plan.values, plan.calls, title));
            (success, ) = _try(caller, address(governor), data);
            if (success) require(caller == made.proposer && pending && !made.ended, "W3: canceled");
        } else if (how % 3 == 1) {
            bytes memory data = abi.encodeCall(
                IBrandGovernor.veto,
                (plan.targets, plan.values, plan.calls, title, "No")
            );
            if (by % 4 == 0) (success, ) = _try(_person(by), address(governor), data);
            else (success, ) = _bySafe(by, address(governor), data);
            if (success)
                require(_vetoer() == _brandOf(by) && by % 4 != 0 && !made.executed && !made.ended, "W3: vetoed");
        } else {
            bytes memory data = abi.encodeCall(IBrandGovernor.discard, (plan.targets, plan.values, plan.calls, title));
            (success, ) = _try(_person(by), address(governor), data);
            if (success)
                require(made.eta != 0 && VM.getBlockTimestamp() > made.eta + GRACE && !made.executed, "W3: discarded");
        }
        if (!success) return;
        made.ended = true;
        _note(made);
    }

    /// @dev Minutes, hours, or days.
    function warp(uint256 time) external {
        _warpTo(
            VM.getBlockTimestamp() +
                1 +
                (time %
                    (
                        time % 3 == 0
                            ? 10 days
                            : time % 3 == 1
                                ? 8 hours
                                : 20 minutes
                    ))
        );
    }

    // Properties.

    /// @notice All of them. Not an action: nothing that it would write is kept.
    function check() external {
        _checkTallies();
        _checkEnds();
        _checkRoles(_turn);
        _checkTimelock(_turn);
        _checkInitialized(_turn);
        _checkSupply();
    }

    /// @dev W2: a proposal's votes are what those who voted had at its snapshot, each once.
    function _checkTallies() private view {
        for (uint256 i = Math.saturatingSub(_proposals.length, NEWEST); i < _proposals.length; ++i) {
            Proposal storage made = _proposals[i];
            (uint256 against, uint256 in_, uint256 abstained) = governor.proposalVotes(made.id);
            checkEqual("W2: against", against, made.tally[0]);
            checkEqual("W2: in favour", in_, made.tally[1]);
            checkEqual("W2: abstained", abstained, made.tally[2]);
        }
    }

    /// @dev W3: what has ended stays so.
    function _checkEnds() private view {
        uint256 newest = Math.saturatingSub(_proposals.length, NEWEST);
        for (uint256 i = newest; i < _proposals.length; ++i) _checkEnd(i);
        // And one of the others, another each time.
        if (newest != 0) _checkEnd(_turn % newest);
    }

    /// @dev What everybody has at this moment is what they have at all snapshots up to then.
    function _warpTo(uint256 to) internal {
        if (to <= VM.getBlockTimestamp()) return;
        for (; _recorded < _proposals.length && _proposals[_recorded].snapshot < to; ++_recorded) _record(_recorded);
        VM.warp(to);
        uint256 newest = Math.saturatingSub(_proposals.length, NEWEST);
        for (uint256 i = newest; i < _proposals.length; ++i) _note(_proposals[i]);
    }

    function _bySafe(
        uint256 seed,
        address to,
        bytes memory data
    ) internal returns (bool success, bytes memory returned) {
        address safe = _brandOf(seed);
        return _try(_owner(seed), safe, _fromSafe(safes[safe == _brand() ? _current : 1 - _current], seed, to, data));
    }

    /// @dev One in eight times the Safe that isn't the brand's.
    function _brandOf(uint256 seed) internal view returns (address) {
        return address(safes[(seed >> 4) % 8 == 7 ? 1 - _current : _current]);
    }

    function _checkEnd(uint256 index) private view {
        Proposal storage made = _proposals[index];
        IGovernor.ProposalState state = governor.state(made.id);
        bool over =
            made.last == IGovernor.ProposalState.Canceled ||
                made.last == IGovernor.ProposalState.Defeated ||
                made.last == IGovernor.ProposalState.Expired ||
                made.last == IGovernor.ProposalState.Executed;
        if (over) checkEqual("W3: what has ended", uint256(state), uint256(made.last));
        checkEqual("W3: executed", state == IGovernor.ProposalState.Executed ? 1 : 0, made.executed ? 1 : 0);
    }

    /// @dev What state it is in.
    function _note(Proposal storage made) private {
        made.last = governor.state(made.id);
    }

    function _castBy(uint256 index, address voter, uint8 support) private {
        bytes memory data = abi.encodeCall(IGovernor.castVote, (_proposals[index].id, support));
        (bool success, bytes memory returned) = _send(voter, address(governor), data);
        if (success) _count(index, voter, support, abi.decode(returned, (uint256)));
    }

    /// @dev One in four with the key of somebody else.
    function _castSigned(uint256 index, uint256 by, uint8 support) private {
        Proposal storage made = _proposals[index];
        address voter = _person(by);
        bytes32 domain = keccak256(
            abi.encode(DOMAIN, keccak256("Kyoso Coffee"), keccak256("1"), block.chainid, address(governor))
        );
        bytes32 digest = MessageHashUtils.toTypedDataHash(
            domain,
            keccak256(abi.encode(BALLOT, made.id, support, voter, 0))
        );
        uint256 key = FIRST_KEY + ((by + ((by >> 8) % 4 == 3 ? 1 : 0)) % PEOPLE);
        bytes memory data = abi.encodeCall(IGovernor.castVoteBySig, (made.id, support, voter, _sign(key, digest)));
        (bool success, bytes memory returned) = _send(address(this), address(governor), data);
        if (!success) return;
        require(VM.addr(key) == voter, "W2: somebody else's ballot");
        _count(index, voter, support, abi.decode(returned, (uint256)));
    }

    function _count(uint256 index, address voter, uint8 support, uint256 weight) private {
        Proposal storage made = _proposals[index];
        uint256 time = VM.getBlockTimestamp();
        require(time > made.snapshot && time <= made.deadline && !made.ended, "W2: outside of the vote");
        require(!_voted[made.id][voter], "W2: voted twice");
        checkEqual("W2: votes at the snapshot", weight, _weights[made.id][voter]);
        _voted[made.id][voter] = true;
        made.tally[support] += weight;
        if (made.settled || made.tally[1] + made.tally[2] < made.quorum) return;
        made.settled = true;
        made.deadline = Math.max(made.deadline, time + EXTENSION);
    }

    function _queue(uint256 index) private {
        Proposal storage made = _proposals[index];
        Plan memory plan = abi.decode(made.plan, (Plan));
        bytes32 title = keccak256(bytes(Strings.toString(index)));
        bytes memory data = abi.encodeCall(IGovernor.queue, (plan.targets, plan.values, plan.calls, title));
        (bool success, ) = _try(_person(index), address(governor), data);
        if (!success) return;
        _checkPassed(made);
        checkEqual("W3: queued before", made.eta, 0);
        uint256 time = VM.getBlockTimestamp();
        require(time > made.deadline && time <= made.deadline + GRACE, "W3: queued");
        made.eta = time + _delay;
        checkEqual("W3: delay", governor.proposalEta(made.id), made.eta);
    }

    function _execute(uint256 index) private {
        Proposal storage made = _proposals[index];
        Plan memory plan = abi.decode(made.plan, (Plan));
        bytes32 title = keccak256(bytes(Strings.toString(index)));
        bytes memory data = abi.encodeCall(IGovernor.execute, (plan.targets, plan.values, plan.calls, title));
        Money memory before = _money();
        (Season memory running, Season memory last) = _seasons();
        (bool success, ) = _send(_person(index), address(governor), data);
        if (success) {
            _checkPassed(made);
            uint256 time = VM.getBlockTimestamp();
            require(made.eta != 0 && time >= made.eta && time <= made.eta + GRACE, "W3: executed");
            made.executed = true;
            _carriedOut(plan);
            _note(made);
        }
        Money memory pays;
        if (success) pays = plan.pays;
        Money memory money = _money();
        checkEqual("W1: ether of a proposal", money.ether_ + pays.ether_, before.ether_);
        checkEqual("W1: tokens of a proposal", money.tokens + pays.tokens, before.tokens);
        checkEqual("W1: other tokens of a proposal", money.plains + pays.plains, before.plains);
        // Only a proposal may share what was taken.
        if (!success || plan.kind != Kind.ExcludePoints) _checkShares(running, last);
    }

    function _checkPassed(Proposal storage made) private view {
        require(!made.ended && !made.executed, "W3: after its end");
        require(made.tally[1] > made.tally[0], "W3: defeated");
        checkAtMost("W3: quorum", made.quorum, made.tally[1] + made.tally[2]);
    }

    function _record(uint256 index) private {
        Proposal storage made = _proposals[index];
        uint256 ofTreasury = 0;
        for (uint256 i = 0; i < _accounts.length; ++i) {
            address holder = _accounts[i];
            uint256 units = token.balanceOf(holder) + token.contributionVotes(holder);
            address voter = token.delegates(holder);
            if (voter == timelock) ofTreasury += units;
            else _weights[made.id][voter] += units;
        }
        uint256 circulating = token.totalSupply() + token.totalContributionVotes() - ofTreasury;
        uint256 share = Math.mulDiv(circulating, QUORUM_BPS, 10_000, Math.Rounding.Ceil);
        made.quorum = Math.max(governor.quorumFloor(), share);
    }

    function _chosen(uint256 which) private view returns (uint256) {
        return _proposals.length - 1 - (which % Math.min(NEWEST, _proposals.length));
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {Broken, checkEqual} from "./Checks.sol";
import {GovernorLinks} from "../../contracts/governance/GovernorLinks.sol";
import {IBallotRelay} from "../../contracts/interfaces/IBallotRelay.sol";
import {IBrandGovernor} from "../../contracts/interfaces/IBrandGovernor.sol";
import {IBrandTimelock} from "../../contracts/interfaces/IBrandTimelock.sol";
import {IBrandToken} from "../../contracts/interfaces/IBrandToken.sol";
import {Launch} from "./Launch.sol";
import {PeerGovernor} from "../peers/PeerGovernor.sol";
import {PeerTimelock} from "../peers/PeerTimelock.sol";
import {PeerToken} from "../peers/PeerToken.sol";
import {deploy, deployLinked} from "./Deployed.sol";
import {VM, Vm} from "./Vm.sol";

/// @title CountingHandler
/// @notice Lives the same life on a DAO of ours and on one of OpenZeppelin's own contracts, each with its token, governor and timelock,
/// by six people with keys, the treasuries, a guardian, and this contract, which mints, and cancels past the governors: each call has
/// to end in the same way on both, with the same answer, error and events. Addresses and ids that each has of its own count as the same.
contract CountingHandler is Launch {
    /// @param kind What it does: see {_callOf}.
    /// @param seed With what values.
    struct Made {
        uint256 kind;
        uint256 seed;
        uint256 id;
        uint256 peerId;
    }

    struct Side {
        address governor;
        address timelock;
        address token;
    }

    struct Call {
        address to;
        bytes data;
    }

    struct End {
        bool success;
        bytes answer;
        Vm.Log[] told;
    }

    /// @param key Of the voter.
    /// @param wrong By how much its number is wrong.
    struct Marked {
        uint256 key;
        uint256 proposalId;
        uint8 support;
        bool reasoned;
        uint256 wrong;
    }

    uint256 private constant PEOPLE = 6;
    /// @dev Of the newest proposals, that many are voted on and compared.
    uint256 private constant NEWEST = 4;
    /// @dev A payment, one that can't be made, and the seven settings that proposals change.
    uint256 private constant KINDS = 9;
    address private constant GUARDIAN = address(0x6A4D);
    bytes32 private constant CANCELLER = keccak256("CANCELLER_ROLE");
    bytes32 private constant DOMAIN = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );
    bytes32 private constant BALLOT = keccak256("Ballot(uint256 proposalId,uint8 support,address voter,uint256 nonce)");
    bytes32 private constant EXTENDED_BALLOT = keccak256(
        "ExtendedBallot(uint256 proposalId,uint8 support,address voter,uint256 nonce,string reason,bytes params)"
    );

    IBrandGovernor private immutable _OURS;
    PeerGovernor private immutable _PEER;
    IBallotRelay private immutable _RELAY;

    Side private _ours;
    Side private _peers;
    Made[] private _proposals;

    constructor() {
        _OURS = IBrandGovernor(
            deployLinked("BrandGovernor.sol:BrandGovernor", GovernorLinks.encode(address(token), treasury))
        );
        _RELAY = IBallotRelay(deploy("BallotRelay.sol:BallotRelay", ""));
        IBrandTimelock(treasury).initialize(
            IBrandTimelock.TimelockInit({minDelay: 1 hours, governor: address(_OURS), daoURI: ""})
        );
        IBrandToken.Allocation[] memory allocations = new IBrandToken.Allocation[](PEOPLE + 1);
        for (uint256 i = 0; i < PEOPLE; ++i) {
            allocations[i] = IBrandToken.Allocation(VM.addr(i + 1), (i + 1) ** 2 * 1_000e18 + i);
        }
        allocations[PEOPLE] = IBrandToken.Allocation(address(0), 500_000e18);
        IBrandToken.RateLimit memory limit = IBrandToken.RateLimit(20_000_000e18, 1 hours);
        _initializeToken(10_000_000, limit, 1_000, limit, allocations);
        _OURS.initialize(
            IBrandGovernor.GovernorInit({
                votingDelay: 1 hours,
                votingPeriod: 1 days,
                lateQuorumExtension: 8 hours,
                gracePeriod: 30 hours,
                proposalThreshold: 100e18,
                quorumBps: 2_000,
                quorumFloor: 15_000e18,
                guardian: GUARDIAN,
                guardianExpiry: uint48(VM.getBlockTimestamp() + 60 days)
            })
        );
        PeerToken peerToken = new PeerToken("Peer", token.cap());
        PeerTimelock peerTimelock = new PeerTimelock(1 hours, new address[](0));
        _PEER = new PeerGovernor(_OURS, peerToken, peerTimelock);
        _grant(address(peerTimelock), peerTimelock.PROPOSER_ROLE(), address(_PEER));
        _grant(address(peerTimelock), peerTimelock.EXECUTOR_ROLE(), address(_PEER));
        _grant(address(peerTimelock), CANCELLER, address(_PEER));
        // This contract is a canceller of both, past the governors.
        _grant(address(peerTimelock), CANCELLER, address(this));
        _grant(treasury, CANCELLER, address(this));
        for (uint256 i = 0; i <= PEOPLE; ++i) {
            peerToken.mint(i == PEOPLE ? address(peerTimelock) : VM.addr(i + 1), allocations[i].amount);
        }
        _ours = Side(address(_OURS), treasury, address(token));
        _peers = Side(address(_PEER), address(peerTimelock), address(peerToken));
        VM.warp(VM.getBlockTimestamp() + 1);
        _propose(2, 0);
        VM.warp(VM.getBlockTimestamp() + 1 hours + 1);
    }

    // Actions. Seeds choose accounts, proposals and amounts.

    /// @dev One in eight was made before.
    function propose(uint256 by, uint256 title) external {
        _propose(by, title % 8 == 0 ? title % (_proposals.length + 1) : _proposals.length);
    }

    function vote(uint256 by, uint256 which, uint8 support) external {
        Made memory made = _proposal(which);
        uint8 marked = _support(support);
        _governors(
            by % (PEOPLE + 1),
            abi.encodeCall(IGovernor.castVote, (made.id, marked)),
            abi.encodeCall(IGovernor.castVote, (made.peerId, marked)),
            made
        );
    }

    function voteWithParams(uint256 by, uint256 which, uint8 support, bytes calldata params) external {
        Made memory made = _proposal(which);
        _governors(
            by % (PEOPLE + 1),
            abi.encodeCall(IGovernor.castVoteWithReasonAndParams, (made.id, _support(support), "A reason", params)),
            abi.encodeCall(IGovernor.castVoteWithReasonAndParams, (made.peerId, _support(support), "A reason", params)),
            made
        );
    }

    /// @dev Each governor's ballot is signed with the number that it asks for; one in eight for a wrong one.
    function ballot(uint256 by, uint256 which, uint8 support, bool reasoned, uint256 fault) external {
        Made memory made = _proposal(which);
        Marked memory marked = Marked((by % PEOPLE) + 1, made.id, _support(support), reasoned, fault % 8 == 0 ? 1 : 0);
        bytes memory data = _signed(_OURS, marked);
        marked.proposalId = made.peerId;
        _compare(address(this), Call(_ours.governor, data), Call(_peers.governor, _signed(_PEER, marked)), made);
    }

    /// @dev Ballots of two. A second one of the same voter would have OpenZeppelin's next number, and ours has none.
    function relay(uint256 by, uint256 which, uint8 support, bool reasoned, uint256 fault) external {
        Made memory made = _proposal(which);
        Marked[] memory marked = new Marked[](2);
        for (uint256 i = 0; i < 2; ++i) {
            uint256 key = (((by % PEOPLE) + i) % PEOPLE) + 1;
            marked[i] = Marked(key, made.id, _support(support), reasoned, (fault >> i) % 8 == 0 ? 1 : 0);
        }
        bytes memory data = _relayed(_OURS, marked);
        for (uint256 i = 0; i < 2; ++i) marked[i].proposalId = made.peerId;
        _compare(address(this), Call(address(_RELAY), data), Call(address(_RELAY), _relayed(_PEER, marked)), made);
    }

    /// @dev By people and by the treasury, which has most and gives at most an eighth at once: what circulates, and so the quorum,
    /// is another then.
    function transfer(uint256 from, uint256 to, uint256 amount) external {
        address holder = _account(_ours, from);
        amount = _amount(amount, token.balanceOf(holder) / (holder == treasury ? 8 : 1));
        Made memory none;
        End memory end = _send(
            holder,
            Call(_ours.token, abi.encodeCall(IERC20.transfer, (_account(_ours, to), amount)))
        );
        End memory peerEnd = _send(
            _account(_peers, from),
            Call(_peers.token, abi.encodeCall(IERC20.transfer, (_account(_peers, to), amount)))
        );
        _checkEnds(end, peerEnd, none);
    }

    function burn(uint256 from, uint256 amount) external {
        bytes memory data = abi.encodeCall(ERC20Burnable.burn, (amount % 100e18));
        _tokens(VM.addr((from % PEOPLE) + 1), data, data);
    }

    function mint(uint256 to, uint256 amount) external {
        amount %= 1_000e18;
        _tokens(
            address(this),
            abi.encodeCall(IBrandToken.mint, (_account(_ours, to), amount)),
            abi.encodeCall(IBrandToken.mint, (_account(_peers, to), amount))
        );
    }

    function delegate(uint256 from, uint256 to) external {
        bool back = to % 9 == 8;
        _tokens(
            VM.addr((from % PEOPLE) + 1),
            abi.encodeCall(IVotes.delegate, (back ? address(0) : _account(_ours, to))),
            abi.encodeCall(IVotes.delegate, (back ? address(0) : _account(_peers, to)))
        );
    }

    /// @dev Granted, taken back, or moved. What ours refuses or withholds, by rules of its own, the other isn't asked for.
    function moveEarned(uint256 from, uint256 to, uint256 amount) external {
        address giver = from % 3 == 0 ? address(0) : VM.addr((from % PEOPLE) + 1);
        address taker = to % 4 == 0 && giver != address(0) ? address(0) : VM.addr((to % PEOPLE) + 1);
        uint256 most = token.contributionVotes(giver);
        if (giver == address(0)) (, , most) = token.contributionLimit();
        bytes memory data = abi.encodeCall(IBrandToken.moveContributionVotes, (giver, taker, amount % (most + 1)));
        End memory end = _send(address(this), Call(_ours.token, data));
        End memory peerEnd = _send(address(this), Call(_peers.token, data));
        // All but the one that says that they were earned, which comes last.
        checkEqual("G3: success", end.success ? 1 : 0, peerEnd.success ? 1 : 0);
        checkEqual("G3: events", end.told.length, peerEnd.told.length + 1);
        Made memory none;
        for (uint256 i = 0; i < peerEnd.told.length; ++i) _checkEvent(end.told[i], peerEnd.told[i], none);
    }

    /// @dev By the proposer or by somebody else; a proposal can be canceled while it is pending.
    function cancel(uint256 by, uint256 which) external {
        address proposer = _OURS.proposalProposer(_proposal(which).id);
        _step(IGovernor.cancel.selector, by % 2 == 0 ? proposer : VM.addr((by % PEOPLE) + 1), which);
    }

    /// @dev By the guardian, or one in four by somebody else; one in eight without a reason.
    function veto(uint256 by, uint256 which) external {
        Made memory made = _proposal(which);
        address sender = by % 4 == 0 ? VM.addr((by % PEOPLE) + 1) : GUARDIAN;
        _compare(
            sender,
            Call(_ours.governor, _vetoing(_ours, made, by % 8 == 1 ? "" : "No")),
            Call(_peers.governor, _vetoing(_peers, made, by % 8 == 1 ? "" : "No")),
            made
        );
    }

    function queue(uint256 by, uint256 which) external {
        _step(IGovernor.queue.selector, VM.addr((by % PEOPLE) + 1), which);
    }

    function execute(uint256 by, uint256 which) external {
        _step(IGovernor.execute.selector, VM.addr((by % PEOPLE) + 1), which);
    }

    function discard(uint256 by, uint256 which) external {
        _step(IBrandGovernor.discard.selector, VM.addr((by % PEOPLE) + 1), which);
    }

    /// @dev Has some vote for one, in half of the cases all, if they can. Then it is queued and executed, or each as late as it can
    /// be, or a second later.
    function decide(uint256 which, uint256 how, uint256 voters) external {
        Made memory made = _proposal(which);
        if (_OURS.state(made.id) == IGovernor.ProposalState.Pending) VM.warp(_OURS.proposalSnapshot(made.id) + 1);
        if (_OURS.state(made.id) != IGovernor.ProposalState.Active) return;
        for (uint256 i = 0; i < PEOPLE; ++i) {
            if (voters % 2 == 1 && (voters >> (i + 1)) % 2 == 1) continue;
            _governors(
                i,
                abi.encodeCall(IGovernor.castVote, (made.id, 1)),
                abi.encodeCall(IGovernor.castVote, (made.peerId, 1)),
                made
            );
        }
        uint256 deadline = _OURS.proposalDeadline(made.id);
        VM.warp(deadline + (how % 4 == 0 ? _OURS.gracePeriod() + ((how >> 2) % 2) : 1));
        _step(IGovernor.queue.selector, VM.addr(1), which);
        uint256 eta = _OURS.proposalEta(made.id);
        if (how % 4 < 2 || eta == 0) return;
        VM.warp(eta + (how % 4 == 2 ? _OURS.gracePeriod() + ((how >> 2) % 2) : 0));
        _step(IGovernor.execute.selector, VM.addr(1), which);
    }

    /// @dev In the timelocks, past the governors.
    function cancelQueued(uint256 which) external {
        Made memory made = _proposal(which);
        bytes32 operation = _operationOf(made);
        _compare(
            address(this),
            Call(_ours.timelock, abi.encodeCall(TimelockController.cancel, (bytes32(made.id)))),
            Call(_peers.timelock, abi.encodeCall(TimelockController.cancel, (operation))),
            made
        );
    }

    /// @dev Seconds, hours, or to where a vote begins or ends, a payment can be made, or something expires, or a second later.
    function warp(uint256 which, uint256 time) external {
        uint256 now_ = VM.getBlockTimestamp();
        uint256 to = now_ + 1 + (time % 3 == 0 ? time % 20 hours : time % 2 hours);
        if (time % 4 == 3) {
            uint256 id = _proposal(which).id;
            uint256 eta = _OURS.proposalEta(id);
            uint256[5] memory edges = [
                _OURS.proposalSnapshot(id),
                _OURS.proposalDeadline(id),
                eta == 0 ? 0 : eta - 1,
                eta + _OURS.gracePeriod(),
                _OURS.proposalDeadline(id) + _OURS.gracePeriod()
            ];
            // The next of them, of what hasn't happened yet.
            uint256 next = type(uint256).max;
            for (uint256 i = 0; i < edges.length; ++i) {
                uint256 edge = edges[i] + ((time >> 2) % 2);
                if (edge > now_ && edge < next) next = edge;
            }
            if (next != type(uint256).max) to = next;
        }
        VM.warp(to);
    }

    // Properties.

    /// @notice G1: whatever was done, both say the same of each of the newest proposals.
    function checkProposals() external view {
        for (uint256 i = 0; i < NEWEST && i < _proposals.length; ++i) {
            Made memory made = _proposals[_proposals.length - 1 - i];
            _sameOf(made, abi.encodeWithSignature("proposalVotes(uint256)", made.id));
            _sameOf(made, abi.encodeCall(IGovernor.proposalDeadline, (made.id)));
            _sameOf(made, abi.encodeCall(IGovernor.proposalEta, (made.id)));
            _sameOf(made, abi.encodeCall(IGovernor.proposalSnapshot, (made.id)));
            _sameOf(made, abi.encodeCall(IGovernor.proposalProposer, (made.id)));
            _sameOf(made, abi.encodeCall(IGovernor.state, (made.id)));
            for (uint256 j = 0; j <= PEOPLE; ++j) {
                checkEqual(
                    "G1: voted",
                    _OURS.hasVoted(made.id, _account(_ours, j)) ? 1 : 0,
                    _PEER.hasVoted(made.peerId, _account(_peers, j)) ? 1 : 0
                );
            }
            _checkPast(_OURS.proposalSnapshot(made.id));
        }
        _same(abi.encodeCall(IGovernor.votingDelay, ()));
        _same(abi.encodeCall(IGovernor.votingPeriod, ()));
        _same(abi.encodeCall(IGovernor.proposalThreshold, ()));
        _same(abi.encodeCall(IBrandGovernor.lateQuorumVoteExtension, ()));
        _same(abi.encodeCall(IBrandGovernor.quorumFloor, ()));
        _same(abi.encodeWithSignature("quorumNumerator()"));
        checkEqual("G1: delay", _timelock(_ours).getMinDelay(), _timelock(_peers).getMinDelay());
    }

    /// @notice G1: were votes over as they stand, both would say the same of each.
    function checkOutcomes() external {
        uint256 now_ = VM.getBlockTimestamp();
        for (uint256 i = 0; i < NEWEST && i < _proposals.length; ++i) {
            Made memory made = _proposals[_proposals.length - 1 - i];
            uint256 deadline = _OURS.proposalDeadline(made.id);
            if (deadline < now_) continue;
            VM.warp(deadline + 1);
            _sameOf(made, abi.encodeCall(IGovernor.state, (made.id)));
        }
        VM.warp(now_);
    }

    /// @notice G2: proposals are numbered from 1 on in the order in which they were made.
    function checkNumbers() external view {
        uint256 count = _proposals.length;
        checkEqual("G2: count", _OURS.proposalCount(), count);
        for (uint256 i = 0; i < count; ++i) {
            checkEqual("G2: number", _OURS.proposalNumber(_proposals[i].id), i + 1);
            checkEqual("G2: id", _OURS.proposalIdAt(i + 1), _proposals[i].id);
        }
        checkEqual("G2: before the first", _OURS.proposalIdAt(0), 0);
        checkEqual("G2: after the last", _OURS.proposalIdAt(count + 1), 0);
        checkEqual("G2: of none", _OURS.proposalNumber(uint256(keccak256("none"))), 0);
    }

    /// @dev Votes, checkpoints and the quorum as they were; of what isn't past, both say that it is in the future.
    function _checkPast(uint256 time) private view {
        for (uint256 i = 0; i <= PEOPLE; ++i) {
            (address one, address other) = (_account(_ours, i), _account(_peers, i));
            _sameAnswers(
                _ours.token,
                abi.encodeCall(IVotes.getPastVotes, (one, time)),
                _peers.token,
                abi.encodeCall(IVotes.getPastVotes, (other, time))
            );
            checkEqual("G1: checkpoints", _count(_ours.token, one), _count(_peers.token, other));
            checkEqual("G1: votes", IVotes(_ours.token).getVotes(one), IVotes(_peers.token).getVotes(other));
        }
        _same(abi.encodeCall(IGovernor.quorum, (time)));
    }

    function _count(address of_, address account) private view returns (uint256) {
        return ERC20Votes(of_).numCheckpoints(account);
    }

    function _same(bytes memory question) private view {
        _sameAnswers(_ours.governor, question, _peers.governor, question);
    }

    /// @dev A question whose only parameter is the id.
    function _sameOf(Made memory made, bytes memory question) private view {
        bytes memory peers = abi.encodePacked(bytes4(question), made.peerId);
        _sameAnswers(_ours.governor, question, _peers.governor, peers);
    }

    function _sameAnswers(address one, bytes memory ask, address other, bytes memory askOther) private view {
        // solhint-disable avoid-low-level-calls
        (bool success, bytes memory answer) = one.staticcall(ask);
        (bool peerSuccess, bytes memory peerAnswer) = other.staticcall(askOther);
        // solhint-enable avoid-low-level-calls
        checkEqual("G1: answered", success ? 1 : 0, peerSuccess ? 1 : 0);
        require(keccak256(answer) == keccak256(peerAnswer), Broken("G1: answer", uint32(bytes4(ask)), 0));
    }

    function _propose(uint256 by, uint256 index) private {
        bool again = index < _proposals.length;
        uint256 seed = uint256(keccak256(abi.encode(by, index)));
        Made memory made = again ? _proposals[index] : Made(seed % KINDS, seed >> 8, 0, 0);
        if (!again) {
            made.id = _idOf(_ours, made, index);
            made.peerId = _idOf(_peers, made, index);
        }
        bool success = _compare(
            VM.addr((by % PEOPLE) + 1),
            Call(_ours.governor, _proposing(_ours, made, index)),
            Call(_peers.governor, _proposing(_peers, made, index)),
            made
        );
        if (success) _proposals.push(made);
    }

    function _proposing(Side memory side, Made memory made, uint256 index) private pure returns (bytes memory) {
        (address[] memory targets, uint256[] memory values, bytes[] memory calldatas) = _calls(side, made);
        return abi.encodeCall(IGovernor.propose, (targets, values, calldatas, _title(index)));
    }

    function _vetoing(Side memory side, Made memory made, string memory reason) private view returns (bytes memory) {
        (address[] memory targets, uint256[] memory values, bytes[] memory calldatas) = _calls(side, made);
        return abi.encodeCall(IBrandGovernor.veto, (targets, values, calldatas, _descriptionOf(made), reason));
    }

    function _idOf(Side memory side, Made memory made, uint256 index) private view returns (uint256) {
        (address[] memory targets, uint256[] memory values, bytes[] memory calldatas) = _calls(side, made);
        return IGovernor(side.governor).getProposalId(targets, values, calldatas, keccak256(bytes(_title(index))));
    }

    /// @dev Of OpenZeppelin's timelock.
    function _operationOf(Made memory made) private view returns (bytes32) {
        (address[] memory targets, uint256[] memory values, bytes[] memory calldatas) = _calls(_peers, made);
        bytes32 salt = _PEER.saltOf(_descriptionOf(made));
        return _timelock(_peers).hashOperationBatch(targets, values, calldatas, 0, salt);
    }

    /// @dev `queue`, `execute`, `cancel` or `discard`, which take the same.
    function _step(bytes4 selector, address sender, uint256 which) private {
        Made memory made = _proposal(which);
        _compare(
            sender,
            Call(_ours.governor, _stepping(selector, _ours, made)),
            Call(_peers.governor, _stepping(selector, _peers, made)),
            made
        );
    }

    function _stepping(bytes4 selector, Side memory side, Made memory made) private view returns (bytes memory) {
        (address[] memory targets, uint256[] memory values, bytes[] memory calldatas) = _calls(side, made);
        return abi.encodeWithSelector(selector, targets, values, calldatas, _descriptionOf(made));
    }

    function _grant(address timelock, bytes32 role, address account) private {
        VM.prank(timelock);
        IAccessControl(timelock).grantRole(role, account);
    }

    function _governors(uint256 by, bytes memory ours, bytes memory peers, Made memory made) private {
        // Each treasury by itself: it has no votes there, and it is nobody elsewhere.
        End memory end = _send(_account(_ours, by), Call(_ours.governor, ours));
        _checkEnds(end, _send(_account(_peers, by), Call(_peers.governor, peers)), made);
    }

    function _tokens(address sender, bytes memory ours, bytes memory peers) private {
        Made memory none;
        _compare(sender, Call(_ours.token, ours), Call(_peers.token, peers), none);
    }

    /// @dev Makes both calls, and compares how they end: success, what is returned or the error, and all events.
    function _compare(
        address sender,
        Call memory ours,
        Call memory peers,
        Made memory made
    ) private returns (bool success) {
        End memory end = _send(sender, ours);
        _checkEnds(end, _send(sender, peers), made);
        return end.success;
    }

    function _checkEnds(End memory end, End memory peerEnd, Made memory made) private view {
        checkEqual("G3: success", end.success ? 1 : 0, peerEnd.success ? 1 : 0);
        _checkData("G3: answer", end.answer, peerEnd.answer, end.success ? 0 : 4, made);
        // What was told before it was refused is undone with all else, and recorded all the same.
        if (!end.success) return;
        checkEqual("G3: events", end.told.length, peerEnd.told.length);
        for (uint256 i = 0; i < end.told.length; ++i) _checkEvent(end.told[i], peerEnd.told[i], made);
    }

    function _checkEvent(Vm.Log memory told, Vm.Log memory peers, Made memory made) private view {
        checkEqual("G3: emitter", told.emitter, address(uint160(_ofOurs(uint160(peers.emitter), made))));
        checkEqual("G3: topics", told.topics.length, peers.topics.length);
        for (uint256 i = 0; i < told.topics.length; ++i) {
            checkEqual("G3: topic", uint256(told.topics[i]), _ofOurs(uint256(peers.topics[i]), made));
        }
        _checkData("G3: data", told.data, peers.data, 0, made);
    }

    /// @dev Word for word from `offset` on; the bytes before it, and after the last whole word, are to be the same.
    function _checkData(
        string memory what,
        bytes memory ours,
        bytes memory peers,
        uint256 offset,
        Made memory made
    ) private view {
        checkEqual(what, ours.length, peers.length);
        if (ours.length >= 4 && offset == 4) {
            require(bytes4(ours) == bytes4(peers), Broken(what, uint32(bytes4(ours)), uint32(bytes4(peers))));
        }
        for (uint256 i = offset; i + 32 <= ours.length; i += 32) {
            uint256 one;
            uint256 other;
            assembly ("memory-safe") {
                one := mload(add(add(ours, 0x20), i))
                other := mload(add(add(peers, 0x20), i))
            }
            checkEqual(what, one, _ofOurs(other, made));
        }
    }

    /// @dev What stands for a word of the peers' on our side: their contracts, and ids and salt of a proposal, are named otherwise.
    function _ofOurs(uint256 word, Made memory made) private view returns (uint256) {
        if (word == uint160(_peers.governor)) return uint160(_ours.governor);
        if (word == uint160(_peers.timelock)) return uint160(_ours.timelock);
        if (word == uint160(_peers.token)) return uint160(_ours.token);
        if (made.id == 0) return word;
        if (word == made.peerId) return made.id;
        if (word >> 64 == 0) return word;
        if (word == uint256(_operationOf(made))) return made.id;
        bytes32 description = _descriptionOf(made);
        return word == uint256(_PEER.saltOf(description)) ? uint256(description) : word;
    }

    function _send(address sender, Call memory made) private returns (End memory end) {
        VM.recordLogs();
        VM.prank(sender);
        // solhint-disable-next-line avoid-low-level-calls
        (end.success, end.answer) = made.to.call(made.data);
        end.told = VM.getRecordedLogs();
    }

    function _relayed(IGovernor governor, Marked[] memory marked) private view returns (bytes memory) {
        IBallotRelay.Ballot[] memory ballots = new IBallotRelay.Ballot[](marked.length);
        for (uint256 i = 0; i < marked.length; ++i) {
            ballots[i] = IBallotRelay.Ballot({
                proposalId: marked[i].proposalId,
                support: marked[i].support,
                voter: VM.addr(marked[i].key),
                reason: marked[i].reasoned ? "A reason" : "",
                signature: _signature(governor, marked[i])
            });
        }
        return abi.encodeCall(IBallotRelay.relay, (governor, ballots, 500_000));
    }

    function _signed(IGovernor governor, Marked memory marked) private view returns (bytes memory) {
        address voter = VM.addr(marked.key);
        bytes memory signature = _signature(governor, marked);
        return
            marked.reasoned
                ? abi.encodeCall(
                    IGovernor.castVoteWithReasonAndParamsBySig,
                    (marked.proposalId, marked.support, voter, "A reason", "", signature)
                )
                : abi.encodeCall(IGovernor.castVoteBySig, (marked.proposalId, marked.support, voter, signature));
    }

    function _signature(IGovernor governor, Marked memory marked) private view returns (bytes memory) {
        address voter = VM.addr(marked.key);
        uint256 nonce = PeerGovernor(payable(address(governor))).nonces(voter) + marked.wrong;
        bytes memory message = abi.encode(
            marked.reasoned ? EXTENDED_BALLOT : BALLOT,
            marked.proposalId,
            marked.support,
            voter,
            nonce
        );
        if (marked.reasoned) message = bytes.concat(message, keccak256("A reason"), keccak256(""));
        bytes32 digest = MessageHashUtils.toTypedDataHash(_domain(governor), keccak256(message));
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(marked.key, digest);
        return abi.encodePacked(r, s, v);
    }

    function _domain(IGovernor governor) private view returns (bytes32) {
        (, string memory name, string memory version, uint256 chainId, address verifyingContract, , ) = IERC5267(
            address(governor)
        ).eip712Domain();
        return
            keccak256(
                abi.encode(DOMAIN, keccak256(bytes(name)), keccak256(bytes(version)), chainId, verifyingContract)
            );
    }

    /// @dev What proposals of a kind do, on one side.
    function _calls(
        Side memory side,
        Made memory made
    ) private pure returns (address[] memory targets, uint256[] memory values, bytes[] memory calldatas) {
        targets = new address[](1);
        values = new uint256[](1);
        calldatas = new bytes[](1);
        targets[0] =
            made.kind < 2
                ? side.token
                : made.kind == 2
                    ? side.timelock
                    : side.governor;
        calldatas[0] = _callOf(made.kind, made.seed);
    }

    /// @dev All that settings become is within their bounds, whatever the others are then.
    function _callOf(uint256 kind, uint256 seed) private pure returns (bytes memory) {
        // One in many more than there is.
        if (kind == 0) return abi.encodeCall(IERC20.transfer, (VM.addr((seed % PEOPLE) + 1), seed % 1_000e18));
        if (kind == 1) return abi.encodeCall(IERC20.transfer, (VM.addr((seed % PEOPLE) + 1), 1 << 95));
        if (kind == 2) return abi.encodeCall(TimelockController.updateDelay, (1 minutes + (seed % 3 hours)));
        if (kind == 3) return abi.encodeCall(IBrandGovernor.setVotingDelay, (uint48(1 minutes + (seed % 2 hours))));
        if (kind == 4) return abi.encodeCall(IBrandGovernor.setVotingPeriod, (uint32(8 hours + (seed % 1 days))));
        if (kind == 5) return abi.encodeCall(IBrandGovernor.setProposalThreshold, (seed % 2_000e18));
        if (kind == 6) return abi.encodeCall(IBrandGovernor.setLateQuorumVoteExtension, (uint48(seed % 8 hours)));
        if (kind == 7) return abi.encodeWithSignature("updateQuorumNumerator(uint256)", 1_000 + (seed % 3_000));
        return abi.encodeCall(IBrandGovernor.setQuorumFloor, (uint128(2_000e18 + (seed % 40_000e18))));
    }

    function _timelock(Side memory side) private pure returns (TimelockController) {
        return TimelockController(payable(side.timelock));
    }

    function _descriptionOf(Made memory made) private view returns (bytes32) {
        // One that isn't kept yet is the next.
        for (uint256 i = 0; i < NEWEST && i < _proposals.length; ++i) {
            uint256 index = _proposals.length - 1 - i;
            if (_proposals[index].id == made.id) return keccak256(bytes(_title(index)));
        }
        return keccak256(bytes(_title(_proposals.length)));
    }

    function _title(uint256 index) private pure returns (string memory) {
        return string(abi.encodePacked("# Proposal ", bytes32(index)));
    }

    function _proposal(uint256 which) private view returns (Made memory) {
        uint256 back = (which >> 1) % NEWEST;
        return _proposals[back < _proposals.length ? _proposals.length - 1 - back : 0];
    }

    /// @dev Mostly for; sometimes what there isn't.
    function _support(uint8 seed) private pure returns (uint8) {
        return seed % 8 < 3 || seed % 8 == 7 ? 1 : (seed % 8) - 3;
    }

    function _amount(uint256 seed, uint256 highest) private pure returns (uint256) {
        return seed % 16 == 0 ? highest + 1 : seed % (highest + 1);
    }

    function _account(Side memory side, uint256 seed) private pure returns (address) {
        uint256 index = seed % (PEOPLE + 1);
        return index == PEOPLE ? side.timelock : VM.addr(index + 1);
    }
}

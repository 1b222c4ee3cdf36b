// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {Broken, checkEqual} from "./Checks.sol";
import {IBrandGovernor} from "../../contracts/interfaces/IBrandGovernor.sol";
import {IBrandTimelock} from "../../contracts/interfaces/IBrandTimelock.sol";
import {IBrandToken} from "../../contracts/interfaces/IBrandToken.sol";
import {Launch} from "./Launch.sol";
import {PeerGovernor} from "./PeerGovernor.sol";
import {PeerTimelock} from "./PeerTimelock.sol";
import {deployLinked} from "./Deployed.sol";
import {VM, Vm} from "./Vm.sol";
import {GovernorLinks} from "../../contracts/governance/GovernorLinks.sol";

/// @title CountingHandler
/// @notice Lives the same life on a BrandGovernor and on OpenZeppelin's own governor, each with its timelock, over one token, by six
/// people with keys and the treasury: each call has to end in the same way on both, with the same answer, error and events.
contract CountingHandler is Launch {
    uint256 private constant PEOPLE = 6;
    /// @dev Of the newest proposals, that many are voted on and compared.
    uint256 private constant NEWEST = 4;
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
    TimelockController private immutable _PEER_TIMELOCK;

    uint256[] private _proposals;

    constructor() {
        _OURS = IBrandGovernor(
            deployLinked("BrandGovernor.sol:BrandGovernor", GovernorLinks.encode(address(token), treasury))
        );
        IBrandTimelock(treasury).initialize(
            IBrandTimelock.TimelockInit({minDelay: 1 hours, governor: address(_OURS), daoURI: ""})
        );
        IBrandToken.Allocation[] memory allocations = new IBrandToken.Allocation[](PEOPLE + 1);
        for (uint256 i = 0; i < PEOPLE; ++i) {
            allocations[i] = IBrandToken.Allocation(VM.addr(i + 1), (i + 1) ** 2 * 1_000e18 + i);
        }
        allocations[PEOPLE] = IBrandToken.Allocation(address(0), 500_000e18);
        IBrandToken.RateLimit memory limit = IBrandToken.RateLimit(20_000e18, 1 days);
        _initializeToken(10_000_000, limit, 1_000, limit, allocations);
        _OURS.initialize(
            IBrandGovernor.GovernorInit({
                votingDelay: 1 hours,
                votingPeriod: 1 days,
                lateQuorumExtension: 8 hours,
                gracePeriod: 1 days,
                proposalThreshold: 100e18,
                quorumBps: 2_000,
                quorumFloor: 15_000e18,
                guardian: address(0),
                guardianExpiry: 0
            })
        );
        _PEER_TIMELOCK = new PeerTimelock(1 hours, new address[](0));
        _PEER = new PeerGovernor(_OURS, address(token), treasury, _PEER_TIMELOCK);
        _grant(address(_PEER_TIMELOCK), _PEER_TIMELOCK.PROPOSER_ROLE(), address(_PEER));
        _grant(address(_PEER_TIMELOCK), _PEER_TIMELOCK.EXECUTOR_ROLE(), address(_PEER));
        _grant(address(_PEER_TIMELOCK), CANCELLER, address(_PEER));
        // This contract is a canceller of both, past the governors.
        _grant(address(_PEER_TIMELOCK), CANCELLER, address(this));
        _grant(treasury, CANCELLER, address(this));
        VM.prank(treasury);
        token.transfer(address(_PEER_TIMELOCK), 1_000);
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
        _onBoth(_account(by), abi.encodeCall(IGovernor.castVote, (_proposal(which), _support(support))), which);
    }

    function voteWithParams(uint256 by, uint256 which, uint8 support, bytes calldata params) external {
        bytes memory data = abi.encodeCall(
            IGovernor.castVoteWithReasonAndParams,
            (_proposal(which), _support(support), "A reason", params)
        );
        _onBoth(_account(by), data, which);
    }

    /// @dev Each governor's ballot is signed with the number that it asks for; one in eight for a wrong one.
    function ballot(uint256 by, uint256 which, uint8 support, bool reasoned, uint256 fault) external {
        Marked memory marked = Marked({
            key: (by % PEOPLE) + 1,
            proposalId: _proposal(which),
            support: _support(support),
            reasoned: reasoned,
            wrong: fault % 8 == 0 ? 1 : 0
        });
        _compare(address(this), _signed(_OURS, marked), _signed(_PEER, marked), _index(which));
    }

    /// @dev To people, and to the treasury.
    function transfer(uint256 from, uint256 to, uint256 amount) external {
        address holder = VM.addr((from % PEOPLE) + 1);
        address receiver = _account(to);
        amount %= token.balanceOf(holder) + 1;
        VM.prank(holder);
        token.transfer(receiver, amount);
    }

    function delegate(uint256 from, uint256 to) external {
        address holder = VM.addr((from % PEOPLE) + 1);
        address delegatee = to % 9 == 8 ? address(0) : _account(to);
        VM.prank(holder);
        token.delegate(delegatee);
    }

    function grant(uint256 to, uint256 amount) external {
        token.moveContributionVotes(address(0), _account(to), amount % 5_000e18);
    }

    /// @dev By the proposer or by somebody else; a proposal can be canceled while it is pending.
    function cancel(uint256 by, uint256 which) external {
        address proposer = _OURS.proposalProposer(_proposal(which));
        _step(IGovernor.cancel.selector, by % 2 == 0 ? proposer : _account(by >> 1), which);
    }

    /// @dev By anybody. What ours has let expire goes on with the other, and isn't compared.
    function queue(uint256 by, uint256 which) external {
        _step(IGovernor.queue.selector, _account(by), which);
    }

    /// @dev As {queue}.
    function execute(uint256 by, uint256 which) external {
        _step(IGovernor.execute.selector, _account(by), which);
    }

    /// @dev Takes one to where it is queued, if it can be.
    function decide(uint256 which) external {
        uint256 id = _proposal(which);
        if (_OURS.state(id) == IGovernor.ProposalState.Pending) VM.warp(_OURS.proposalSnapshot(id) + 1);
        if (_OURS.state(id) != IGovernor.ProposalState.Active) return;
        for (uint256 i = 0; i < PEOPLE; ++i) {
            _onBoth(_account(i), abi.encodeCall(IGovernor.castVote, (id, 1)), which);
        }
        VM.warp(_OURS.proposalDeadline(id) + 1);
        _step(IGovernor.queue.selector, _account(which), which);
    }

    /// @dev In the timelocks, past the governors.
    function cancelQueued(uint256 which) external {
        uint256 index = _index(which);
        if (_isExpired(_proposals[index])) return;
        (address[] memory targets, uint256[] memory values, bytes[] memory calldatas) = _calls();
        bytes32 salt = bytes20(address(_PEER)) ^ keccak256(bytes(_title(index)));
        bytes32 id = _PEER_TIMELOCK.hashOperationBatch(targets, values, calldatas, 0, salt);
        bytes4 cancel_ = TimelockController.cancel.selector;
        (bool mine, , ) = _send(address(this), Call(treasury, abi.encodeWithSelector(cancel_, _proposals[index])));
        (bool its, , ) = _send(address(this), Call(address(_PEER_TIMELOCK), abi.encodeWithSelector(cancel_, id)));
        checkEqual("G3: canceled in the timelock", mine ? 1 : 0, its ? 1 : 0);
    }

    /// @dev Only ours: it changes no state.
    function discard(uint256 which) external {
        uint256 index = _index(which);
        IGovernor.ProposalState before = _OURS.state(_proposals[index]);
        bool queued = _OURS.proposalEta(_proposals[index]) != 0;
        (address[] memory targets, uint256[] memory values, bytes[] memory calldatas) = _calls();
        bytes memory data = abi.encodeCall(
            IBrandGovernor.discard,
            (targets, values, calldatas, keccak256(bytes(_title(index))))
        );
        (bool success, , ) = _send(_account(which), Call(address(_OURS), data));
        if (success) require(queued && before == IGovernor.ProposalState.Expired, Broken("G4: discarded", index, 0));
        checkEqual("G4: state", uint8(_OURS.state(_proposals[index])), uint8(before));
    }

    /// @dev Seconds, hours, or to where a vote begins or ends, or a payment can be made.
    function warp(uint256 which, uint256 time) external {
        uint256 now_ = VM.getBlockTimestamp();
        uint256 to = now_ + 1 + (time % 3 == 0 ? time % 20 hours : time % 2 hours);
        if (time % 8 == 7) {
            uint256 id = _proposal(which);
            uint256 edge = (which % 2 == 0 ? _OURS.proposalSnapshot(id) : _OURS.proposalDeadline(id)) + (time % 2);
            if (_OURS.proposalEta(id) > now_) edge = _OURS.proposalEta(id) - (time % 2);
            if (edge > now_) to = edge;
        }
        VM.warp(to);
    }

    // Properties.

    /// @notice G1: whatever was done, both say the same of each of the newest proposals.
    function checkProposals() external view {
        for (uint256 i = 0; i < NEWEST && i < _proposals.length; ++i) {
            uint256 id = _proposals[_proposals.length - 1 - i];
            (uint256 against, uint256 yes, uint256 abstain) = _OURS.proposalVotes(id);
            (uint256 peerAgainst, uint256 peerYes, uint256 peerAbstain) = _PEER.proposalVotes(id);
            checkEqual("G1: against", against, peerAgainst);
            checkEqual("G1: for", yes, peerYes);
            checkEqual("G1: abstain", abstain, peerAbstain);
            checkEqual("G1: deadline", _OURS.proposalDeadline(id), _PEER.proposalDeadline(id));
            checkEqual("G1: eta", _OURS.proposalEta(id), _PEER.proposalEta(id));
            checkEqual("G1: snapshot", _OURS.proposalSnapshot(id), _PEER.proposalSnapshot(id));
            checkEqual("G1: proposer", _OURS.proposalProposer(id), _PEER.proposalProposer(id));
            if (!_isExpired(id)) checkEqual("G1: state", uint8(_OURS.state(id)), uint8(_PEER.state(id)));
            for (uint256 j = 0; j <= PEOPLE; ++j) {
                address account = _account(j);
                checkEqual("G1: voted", _OURS.hasVoted(id, account) ? 1 : 0, _PEER.hasVoted(id, account) ? 1 : 0);
            }
        }
    }

    /// @notice G2: proposals are numbered from 1 on in the order in which they were made.
    function checkNumbers() external view {
        uint256 count = _proposals.length;
        checkEqual("G2: count", _OURS.proposalCount(), count);
        for (uint256 i = 0; i < count; ++i) {
            checkEqual("G2: number", _OURS.proposalNumber(_proposals[i]), i + 1);
            checkEqual("G2: id", _OURS.proposalIdAt(i + 1), _proposals[i]);
        }
        checkEqual("G2: before the first", _OURS.proposalIdAt(0), 0);
        checkEqual("G2: after the last", _OURS.proposalIdAt(count + 1), 0);
        checkEqual("G2: of none", _OURS.proposalNumber(uint256(keccak256("none"))), 0);
    }

    struct Call {
        address to;
        bytes data;
    }

    function _propose(uint256 by, uint256 index) private {
        (address[] memory targets, uint256[] memory values, bytes[] memory calldatas) = _calls();
        string memory title = _title(index);
        bytes memory data = abi.encodeCall(IGovernor.propose, (targets, values, calldatas, title));
        // One that was made before has a state, and only ours expires.
        uint256 before = index < _proposals.length ? index : type(uint256).max;
        bool made = _compare(_account(by), Call(address(_OURS), data), Call(address(_PEER), data), before);
        if (!made) return;
        _proposals.push(_OURS.getProposalId(targets, values, calldatas, keccak256(bytes(title))));
    }

    /// @dev `queue`, `execute` or `cancel`, which take the same.
    function _step(bytes4 selector, address sender, uint256 which) private {
        uint256 index = _index(which);
        if (_isExpired(_proposals[index])) return;
        (address[] memory targets, uint256[] memory values, bytes[] memory calldatas) = _calls();
        bytes32 description = keccak256(bytes(_title(index)));
        _onBoth(sender, abi.encodeWithSelector(selector, targets, values, calldatas, description), which);
    }

    function _grant(address timelock, bytes32 role, address account) private {
        VM.prank(timelock);
        IAccessControl(timelock).grantRole(role, account);
    }

    function _onBoth(address sender, bytes memory data, uint256 which) private returns (bool) {
        return _compare(sender, Call(address(_OURS), data), Call(address(_PEER), data), _index(which));
    }

    /// @dev Makes both calls, and compares how they end: success, what is returned or the error, and all events.
    /// @param index Of the proposal that they are about; the highest number where there is none yet.
    function _compare(
        address sender,
        Call memory ours,
        Call memory peers,
        uint256 index
    ) private returns (bool success) {
        // Only ours expires.
        bool expired = index != type(uint256).max && _isExpired(_proposals[index]);
        (bool mine, bytes memory answer, Vm.Log[] memory told) = _send(sender, ours);
        (bool its, bytes memory peerAnswer, Vm.Log[] memory peerTold) = _send(sender, peers);
        checkEqual("G3: success", mine ? 1 : 0, its ? 1 : 0);
        if (!expired) require(_nameless(answer) == _nameless(peerAnswer), Broken("G3: answer", 0, 0));
        checkEqual("G3: events", told.length, peerTold.length);
        for (uint256 i = 0; i < told.length; ++i) {
            bytes32 one = keccak256(abi.encode(told[i].topics, told[i].data));
            require(one == keccak256(abi.encode(peerTold[i].topics, peerTold[i].data)), Broken("G3: event", i, 0));
        }
        return mine;
    }

    /// @dev The hash of an answer, without the operation that a timelock's refusal names: each governor names its own otherwise.
    function _nameless(bytes memory answer) private pure returns (bytes32) {
        if (bytes4(answer) == TimelockController.TimelockUnexpectedOperationState.selector) {
            assembly ("memory-safe") {
                mstore(add(answer, 0x24), 0)
            }
        }
        return keccak256(answer);
    }

    function _send(
        address sender,
        Call memory made
    ) private returns (bool success, bytes memory answer, Vm.Log[] memory told) {
        VM.recordLogs();
        VM.prank(sender);
        // solhint-disable-next-line avoid-low-level-calls
        (success, answer) = made.to.call(made.data);
        told = _ofEmitter(VM.getRecordedLogs(), made.to);
    }

    /// @dev What the timelocks and the token tell is compared elsewhere: each governor has a timelock of its own.
    function _ofEmitter(Vm.Log[] memory logs, address emitter) private pure returns (Vm.Log[] memory found) {
        found = new Vm.Log[](logs.length);
        uint256 count = 0;
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].emitter == emitter) found[count++] = logs[i];
        }
        assembly ("memory-safe") {
            mstore(found, count)
        }
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

    function _signed(IGovernor governor, Marked memory marked) private view returns (Call memory) {
        address voter = VM.addr(marked.key);
        bytes memory signature = _sign(
            marked.key,
            MessageHashUtils.toTypedDataHash(_domain(governor), _hash(governor, marked))
        );
        bytes memory data =
            marked.reasoned
                ? abi.encodeCall(
                    IGovernor.castVoteWithReasonAndParamsBySig,
                    (marked.proposalId, marked.support, voter, "A reason", "", signature)
                )
                : abi.encodeCall(IGovernor.castVoteBySig, (marked.proposalId, marked.support, voter, signature));
        return Call(address(governor), data);
    }

    function _hash(IGovernor governor, Marked memory marked) private view returns (bytes32) {
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
        return keccak256(message);
    }

    function _sign(uint256 key, bytes32 digest) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(key, digest);
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

    function _isExpired(uint256 id) private view returns (bool) {
        return _OURS.state(id) == IGovernor.ProposalState.Expired;
    }

    function _calls()
        private
        view
        returns (address[] memory targets, uint256[] memory values, bytes[] memory calldatas)
    {
        targets = new address[](1);
        values = new uint256[](1);
        calldatas = new bytes[](1);
        targets[0] = address(token);
        calldatas[0] = abi.encodeCall(IERC20.transfer, (address(this), 1));
    }

    function _title(uint256 index) private pure returns (string memory) {
        return string(abi.encodePacked("# Proposal ", bytes32(index)));
    }

    function _index(uint256 which) private view returns (uint256) {
        uint256 back = (which >> 1) % NEWEST;
        return back < _proposals.length ? _proposals.length - 1 - back : 0;
    }

    function _proposal(uint256 which) private view returns (uint256) {
        return _proposals[_index(which)];
    }

    /// @dev Mostly for; sometimes what there isn't.
    function _support(uint8 seed) private pure returns (uint8) {
        return
            seed % 8 < 3
                ? 1
                : seed % 8 < 7
                    ? (seed % 8) - 3
                    : 1;
    }

    function _account(uint256 seed) private view returns (address) {
        uint256 index = seed % (PEOPLE + 1);
        return index == PEOPLE ? treasury : VM.addr(index + 1);
    }
}

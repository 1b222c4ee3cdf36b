// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {BadgeModule} from "../access/BadgeModule.sol";
import {BoundedCall} from "../governance/BoundedCall.sol";
import {CallChecks} from "./CallChecks.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {IIdeaBoard} from "../interfaces/IIdeaBoard.sol";
import {Leaderboard} from "./Leaderboard.sol";
import {PackedVoice, PackedVoices} from "./PackedVoice.sol";
import {Roles} from "../access/Roles.sol";

/// @title IdeaBoard
/// @notice See {IIdeaBoard}. Each DAO has a clone.
/// @dev Support is never taken back, so that tallies only rise, which is what {Leaderboard} needs. A tally has 64 bits: all votes
/// at a moment together, in 10^-8 tokens, fit, as the token's cap has them fit 96 bits in its smallest unit. An idea's number
/// leaves 16 bits for its index, of which the highest stays unused.
contract IdeaBoard is IIdeaBoard, BadgeModule, EIP712 {
    using Leaderboard for Leaderboard.Leaders;
    using Leaderboard for uint256[];

    bytes32 private constant SUPPORT_TYPEHASH = keccak256("Support(address supporter,uint256[] ideas)");

    uint256 private constant INDEX_BITS = 16;
    uint256 private constant MAX_IDEAS = type(uint16).max;
    uint256 private constant WEIGHT_UNIT = 1e10;

    uint256 private _callCount;
    mapping(uint256 call => Call) private _calls;
    mapping(uint256 call => Leaderboard.Leaders) private _leaders;
    mapping(uint256 idea => Idea) private _ideas;
    mapping(uint256 call => mapping(address account => PackedVoice)) private _voices;

    constructor() EIP712("IdeaBoard", "1") {}

    /// @inheritdoc IIdeaBoard
    function submit(
        uint256 call,
        string calldata title,
        string calldata uri,
        bytes32 contentHash
    ) external returns (uint256 idea) {
        Call memory state = _call(call);
        require(
            block.timestamp < state.snapshot && state.ideasPerMember != 0,
            IdeaBoardIdeasClosed(call, state.snapshot)
        );
        CallChecks.checkTitle(title);
        CallChecks.checkURI(uri);
        require(_badge().balanceOf(msg.sender) != 0, IdeaBoardNotMember(msg.sender));
        PackedVoice voice = _voices[call][msg.sender];
        require(
            voice.submitted() < state.ideasPerMember,
            IdeaBoardIdeasLimited(call, msg.sender, state.ideasPerMember)
        );
        require(state.ideas < MAX_IDEAS, IdeaBoardIdeasLimited(call, msg.sender, MAX_IDEAS));

        _voices[call][msg.sender] = voice.submit();
        _calls[call].ideas = state.ideas + 1;
        idea = _add(call, state.ideas, msg.sender);
        emit IdeaSubmitted(idea, call, msg.sender, title, uri, contentHash);
    }

    /// @inheritdoc IIdeaBoard
    function withdraw(uint256 idea) external {
        Idea storage state = _idea(idea);
        require(state.author == msg.sender, IdeaBoardNotAuthor(idea, msg.sender));
        uint256 call = _callOf(idea);
        uint40 snapshot = _calls[call].snapshot;
        require(block.timestamp < snapshot, IdeaBoardIdeasClosed(call, snapshot));
        state.status = Status.Withdrawn;
        emit IdeaWithdrawn(idea);
    }

    /// @inheritdoc IIdeaBoard
    function support(uint256[] calldata ideas) external returns (uint64 weight) {
        return _support(msg.sender, ideas);
    }

    /// @inheritdoc IIdeaBoard
    function supportBySig(
        address supporter,
        uint256[] calldata ideas,
        bytes calldata signature
    ) external returns (uint64 weight) {
        bytes32 digest = _hashTypedDataV4(
            keccak256(abi.encode(SUPPORT_TYPEHASH, supporter, keccak256(abi.encodePacked(ideas))))
        );
        require(
            SignatureChecker.isValidSignatureNowCalldata(supporter, digest, signature),
            IdeaBoardInvalidSignature(supporter)
        );
        return _support(supporter, ideas);
    }

    /// @inheritdoc IIdeaBoard
    function relay(SignedSupport[] calldata signed, uint256 gasPerSupport) external returns (bool[] memory taken) {
        taken = new bool[](signed.length);
        for (uint256 i = 0; i < signed.length; ++i) {
            SignedSupport calldata one = signed[i];
            bytes memory data = abi.encodeCall(this.supportBySig, (one.supporter, one.ideas, one.signature));
            uint256 available = BoundedCall.available();
            require(available >= gasPerSupport, IdeaBoardInsufficientGas(i, available));
            bytes4 reason;
            (taken[i], reason) = BoundedCall.tryCall(address(this), gasPerSupport, data);
            if (!taken[i]) emit SupportRefused(one.supporter, one.ideas.length == 0 ? 0 : one.ideas[0], reason);
        }
    }

    /// @inheritdoc IIdeaBoard
    function open(CallTerms calldata terms) external restricted returns (uint256 call) {
        CallChecks.check(terms);
        bool byTreasury = msg.sender == _treasury();
        if (terms.badgeKind != 0) _checkKind(terms.badgeKind, byTreasury);

        call = ++_callCount;
        uint256 count = terms.options.length;
        uint256 snapshot = block.timestamp + terms.ideasFor;
        Call memory state = Call({
            snapshot: uint40(snapshot),
            end: uint40(snapshot + terms.supportFor),
            ideas: uint16(count),
            ideasPerMember: terms.ideasPerMember,
            winners: terms.winners,
            counting: terms.counting,
            choice: terms.choice,
            memberDays: terms.memberDays,
            badgeKind: terms.badgeKind,
            issuerGeneration: _issuerGeneration(),
            byTreasury: byTreasury
        });
        _calls[call] = state;
        _leaders[call].prepare(terms.winners);
        emit CallOpened(call, msg.sender, state.snapshot, state.end, terms);
        for (uint256 i = 0; i < count; ++i) {
            uint256 idea = _add(call, i, address(0));
            emit IdeaSubmitted(idea, call, address(0), terms.options[i], "", bytes32(0));
        }
    }

    /// @inheritdoc IIdeaBoard
    function hide(uint256 idea, string calldata reason) external onlyMember(Roles.STEWARD) {
        _setHidden(idea, true, reason);
        emit IdeaHidden(idea, msg.sender, reason);
    }

    /// @inheritdoc IIdeaBoard
    function show(uint256 idea, string calldata reason) external onlyMember(Roles.STEWARD) {
        _setHidden(idea, false, reason);
        emit IdeaShown(idea, msg.sender, reason);
    }

    /// @inheritdoc IIdeaBoard
    function adopt(uint256 idea) external restricted {
        Idea storage stored = _idea(idea);
        Idea memory state = stored;
        uint256 call = _callOf(idea);
        uint40 end = _calls[call].end;
        require(block.timestamp >= end, IdeaBoardNotFinal(call, end));
        if (msg.sender != _treasury()) {
            require(!state.hidden, IdeaBoardHidden(idea));
            require(state.status == Status.Submitted, IdeaBoardWrongStatus(idea, state.status));
        }
        if (state.status == Status.Submitted) stored.status = Status.Adopted;
        emit IdeaAdopted(idea, msg.sender);
    }

    /// @inheritdoc IIdeaBoard
    /// @dev All that is written is written before the badge is called.
    function ship(uint256 idea, bytes32 evidence, string calldata uri) external restricted returns (uint256 badgeId) {
        Idea storage stored = _idea(idea);
        Idea memory state = stored;
        require(state.status == Status.Adopted, IdeaBoardWrongStatus(idea, state.status));
        CallChecks.checkURI(uri);
        stored.status = Status.Shipped;
        uint32 kind = _earned(idea);
        if (kind != 0) badgeId = _badge().award(kind, state.author, evidence);
        emit IdeaShipped(idea, msg.sender, badgeId, uri);
    }

    /// @inheritdoc IIdeaBoard
    function callCount() external view returns (uint256) {
        return _callCount;
    }

    /// @inheritdoc IIdeaBoard
    function callOf(uint256 call) external view returns (Call memory) {
        return _call(call);
    }

    /// @inheritdoc IIdeaBoard
    function ideaOf(uint256 idea) external view returns (Idea memory) {
        return _ideas[idea];
    }

    /// @inheritdoc IIdeaBoard
    function winnersOf(uint256 call) external view returns (Winner[] memory winners) {
        uint256[] memory entries = _leaders[call].load(_call(call).winners);
        winners = new Winner[](entries.length);
        uint256 count = 0;
        for (; count < entries.length && entries[count] != 0; ++count) {
            uint256 idea = _number(call, Leaderboard.indexOf(entries[count]));
            winners[count] = Winner({idea: idea, tally: Leaderboard.tallyOf(entries[count])});
        }
        assembly ("memory-safe") {
            mstore(winners, count)
        }
    }

    /// @inheritdoc IIdeaBoard
    function voiceOf(uint256 call, address account) external view returns (Voice memory voice) {
        PackedVoice packed = _voices[call][account];
        voice.weight = packed.weight();
        voice.submitted = packed.submitted();
        voice.ideas = new uint256[](packed.supported());
        for (uint256 i = 0; i < voice.ideas.length; ++i) {
            voice.ideas[i] = _number(call, packed.indexAt(i));
        }
    }

    /// @inheritdoc IIdeaBoard
    function weightOf(uint256 call, address account) external view returns (uint64) {
        Call memory state = _call(call);
        return block.timestamp > state.snapshot ? _weigh(state, account) : 0;
    }

    function _support(address account, uint256[] calldata ideas) private returns (uint64 weight) {
        require(ideas.length != 0, IdeaBoardNothingSupported());
        uint256 call = _callOf(ideas[0]);
        Call memory state = _call(call);
        require(
            block.timestamp > state.snapshot && block.timestamp < state.end,
            IdeaBoardSupportClosed(call, state.snapshot, state.end)
        );
        PackedVoice voice = _voices[call][account];
        weight = voice.weight();
        if (weight == 0) {
            weight = _weigh(state, account);
            require(weight != 0, IdeaBoardNoVoice(call, account));
            voice = voice.withWeight(weight);
        }
        uint256 limit = state.choice == Choice.PickOne ? 1 : PackedVoices.MAX_SUPPORTED;
        require(voice.supported() + ideas.length <= limit, IdeaBoardSupportLimited(call, account, limit));

        uint256[] memory leaders = _leaders[call].load(state.winners);
        bool moved = false;
        for (uint256 i = 0; i < ideas.length; ++i) {
            uint256 idea = ideas[i];
            uint16 index = uint16(idea);
            require(_callOf(idea) == call, IdeaBoardOtherCall(call, idea));
            require(!voice.contains(index), IdeaBoardSupportedBefore(idea, account));
            voice = voice.support(index);
            Idea storage supported = _idea(idea);
            uint64 tally = supported.tally + weight;
            supported.tally = tally;
            if (leaders.rise(index, tally)) moved = true;
            emit IdeaSupported(idea, account, weight);
        }
        _voices[call][account] = voice;
        if (moved) _leaders[call].store(leaders);
    }

    /// @dev Writes a new idea down.
    function _add(uint256 call, uint256 index, address author) private returns (uint256 idea) {
        idea = _number(call, index);
        _ideas[idea] = Idea({author: author, tally: 0, status: Status.Submitted, hidden: false});
    }

    function _setHidden(uint256 idea, bool hidden, string calldata reason) private {
        require(bytes(reason).length != 0, IdeaBoardNoReason());
        Idea storage state = _idea(idea);
        require(state.hidden != hidden, IdeaBoardUnchanged(idea));
        state.hidden = hidden;
    }

    /// @dev Where the board can't award it, shipping would fail when it is too late to mend.
    function _checkKind(uint32 number, bool byTreasury) private view {
        IContributionBadge.Kind memory kind = _badge().kindOf(number);
        require(kind.config.votes == 0 || byTreasury, IdeaBoardVotingKind(number));
        uint64 role = kind.config.issuerRole;
        (bool isMember, uint32 delay) = IAccessManager(authority()).hasRole(role, address(this));
        require(!kind.closed && role >= Roles.FIRST_CUSTOM && isMember && delay == 0, IdeaBoardInvalidKind(number));
    }

    /// @dev What its author is awarded for an idea that ships; 0 for nothing. The board's role isn't ended by a handover, so that
    /// what the Safe promised has to end here.
    function _earned(uint256 idea) private view returns (uint32) {
        uint256 call = _callOf(idea);
        Call memory state = _calls[call];
        if (state.badgeKind == 0) return 0;
        if (!state.byTreasury && state.issuerGeneration != _issuerGeneration()) return 0;
        return _leaders[call].load(state.winners).has(uint16(idea)) ? state.badgeKind : 0;
    }

    /// @dev What the support of `account` weighs, after the snapshot; 0 for nothing.
    function _weigh(Call memory state, address account) private view returns (uint64) {
        if (account == _treasury()) return 0;
        if (state.counting == Counting.Weight) {
            return SafeCast.toUint64(_token().getPastVotes(account, state.snapshot) / WEIGHT_UNIT);
        }
        IContributionBadge badge_ = _badge();
        uint256 since = badge_.memberSince(account);
        // From the end of that day on, as nobody knows at what time of it the badge came.
        if (since == 0 || since + (1 + uint256(state.memberDays)) * 1 days > state.snapshot) return 0;
        return badge_.balanceOf(account) == 0 ? 0 : 1;
    }

    function _issuerGeneration() private view returns (uint16) {
        return SafeCast.toUint16(_badge().issuerRole() >> 32);
    }

    /// @dev Reverts with {IdeaBoardNonexistentCall}.
    function _call(uint256 call) private view returns (Call memory state) {
        state = _calls[call];
        require(state.end != 0, IdeaBoardNonexistentCall(call));
    }

    /// @dev Reverts with {IdeaBoardNonexistentIdea}.
    function _idea(uint256 idea) private view returns (Idea storage state) {
        state = _ideas[idea];
        Status status = state.status;
        require(status != Status.None && status != Status.Withdrawn, IdeaBoardNonexistentIdea(idea));
    }

    function _number(uint256 call, uint256 index) private pure returns (uint256) {
        return (call << INDEX_BITS) | index;
    }

    function _callOf(uint256 idea) private pure returns (uint256) {
        return idea >> INDEX_BITS;
    }
}

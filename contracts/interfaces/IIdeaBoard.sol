// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

import {IBadgeModule} from "./IBadgeModule.sol";

/// @title IIdeaBoard
/// @notice Calls for ideas: members put ideas forward, then people say which they want, the DAO adopts some, the brand ships
/// them, and who had the idea is credited. With options of the opener instead of members' ideas, a call is a poll of several
/// choices. Times are timestamps in seconds.
///
/// A call is numbered from 1, an idea by its call and its place in it: `call << 16 | index`, with indexes from 0. All that
/// happens to an idea is an event under its number. Which ideas win is known after every support, and needs nobody to find out.
///
/// Texts are those of strangers. Nothing here, and nothing that reads it, takes them for more than text.
interface IIdeaBoard is IBadgeModule {
    /// @notice What counts.
    /// @param Weight An account's votes at the snapshot, also those delegated to it, in 10^-8 tokens, rounded down. The
    /// treasury has none.
    /// @param Voice One for each member: an account whose first badge is old enough at the snapshot, and that has a badge when
    /// it supports for the first time. The treasury isn't any.
    enum Counting {
        Weight,
        Voice
    }

    /// @notice How many ideas of a call somebody can support.
    /// @param Approve Up to ten, each with all that counts.
    /// @param PickOne One.
    enum Choice {
        Approve,
        PickOne
    }

    /// @notice How far an idea is. `None` is one that there isn't; options of a poll are `Submitted`.
    enum Status {
        None,
        Submitted,
        Withdrawn,
        Adopted,
        Shipped
    }

    /// @param question For people, 1 to 200 bytes.
    /// @param rulesURI Where the rules are, at most 2,000 bytes; may be empty.
    /// @param rulesHash Hash of the rules; zero for none.
    /// @param ideasFor Seconds in which ideas are taken, from opening on; 10 minutes to a year, and 0 in a poll.
    /// @param supportFor Seconds in which support is taken, from then on; 10 minutes to a year.
    /// @param ideasPerMember How many ideas a member can submit, 1 to 10; 0 for a poll.
    /// @param winners How many ideas win, 1 to 6.
    /// @param counting What counts.
    /// @param choice How many can be supported.
    /// @param memberDays Where voices count: how many whole days (UTC) have to lie between that of the first badge and the
    /// snapshot; at most 3,650. 0 is enough to keep out who joins on the day of the snapshot or later. Else 0.
    /// @param badgeKind Kind of badge that the authors of winning ideas are awarded when these ship; 0 for none, as in a poll.
    /// @param options Of a poll: 2 to 32 of them, with 1 to 200 bytes each; else none.
    struct CallTerms {
        string question;
        string rulesURI;
        bytes32 rulesHash;
        uint32 ideasFor;
        uint32 supportFor;
        uint8 ideasPerMember;
        uint8 winners;
        Counting counting;
        Choice choice;
        uint16 memberDays;
        uint32 badgeKind;
        string[] options;
    }

    /// @notice What is kept of a call.
    /// @param snapshot When ideas are taken no more, and what counts is counted: support is taken after it.
    /// @param end From when on support is taken no more, and the result is final.
    /// @param ideas How many ideas it has, withdrawn ones included.
    /// @param issuerGeneration How often the DAO's issuers had been replaced when it was opened.
    /// @param byTreasury Whether a passed proposal opened it.
    struct Call {
        uint40 snapshot;
        uint40 end;
        uint16 ideas;
        uint8 ideasPerMember;
        uint8 winners;
        Counting counting;
        Choice choice;
        uint16 memberDays;
        uint32 badgeKind;
        uint16 issuerGeneration;
        bool byTreasury;
    }

    /// @notice What is kept of an idea.
    /// @param author Who submitted it; zero for an option of a poll.
    /// @param tally What all who support it weigh together.
    /// @param status How far it is.
    /// @param hidden Whether a steward asks pages not to show it.
    struct Idea {
        address author;
        uint64 tally;
        Status status;
        bool hidden;
    }

    /// @notice An idea that wins, and with how much.
    struct Winner {
        uint256 idea;
        uint256 tally;
    }

    /// @notice What somebody did in a call.
    /// @param weight What each of its support weighs; 0 where it has supported nothing yet.
    /// @param submitted How many ideas it submitted.
    /// @param ideas Which ideas it supports, in its order.
    struct Voice {
        uint64 weight;
        uint8 submitted;
        uint256[] ideas;
    }

    /// @notice Support that somebody signed.
    /// @param signature Over `Support(address supporter,uint256[] ideas)` (EIP-712; ERC-1271 for contracts).
    struct SignedSupport {
        address supporter;
        uint256[] ideas;
        bytes signature;
    }

    /// @notice There is a new call. `opener` is who called: the AccessManager for a call that it executes for somebody else.
    event CallOpened(uint256 indexed call, address indexed opener, uint40 snapshot, uint40 end, CallTerms terms);

    /// @notice There is a new idea of `author`; zero for an option of a poll. Text and hash are the author's: a title can be copied
    /// from somebody else's idea, also from one that is on its way.
    event IdeaSubmitted(
        uint256 indexed idea,
        uint256 indexed call,
        address indexed author,
        string title,
        string uri,
        bytes32 contentHash
    );

    /// @notice Its author took the idea back.
    event IdeaWithdrawn(uint256 indexed idea);

    /// @notice `steward` asks pages not to show the idea. It counts as before.
    event IdeaHidden(uint256 indexed idea, address indexed steward, string reason);

    /// @notice `steward` asks pages to show the idea again.
    event IdeaShown(uint256 indexed idea, address indexed steward, string reason);

    /// @notice `supporter` wants the idea, which has `weight` more.
    event IdeaSupported(uint256 indexed idea, address indexed supporter, uint256 weight);

    /// @notice In this transaction, support wasn't taken. Anyone can have one refused, also one that was taken before or that nobody
    /// signed: who supports what, {voiceOf} says.
    /// @param idea The first that it names; 0 where it names none.
    /// @param reason The selector of the error that it was refused with; 0 for none, as when its gas was used up.
    event SupportRefused(address indexed supporter, uint256 indexed idea, bytes4 reason);

    /// @notice The idea is to be carried out. `adopter` is who says so; the treasury, where it is the DAO: it may say so after a
    /// steward did.
    event IdeaAdopted(uint256 indexed idea, address indexed adopter);

    /// @notice The idea has been carried out.
    /// @param badgeId What its author was awarded; 0 for nothing.
    /// @param uri Where to see it.
    event IdeaShipped(uint256 indexed idea, address indexed steward, uint256 badgeId, string uri);

    /// @notice A text has `length` bytes, outside `lowest` to `highest`.
    error IdeaBoardInvalidText(uint256 length, uint256 lowest, uint256 highest);

    /// @notice `duration` is outside 10 minutes to a year; or ideas of members are taken in a poll.
    error IdeaBoardInvalidDuration(uint32 duration);

    /// @notice `number` ideas a member are too many.
    error IdeaBoardInvalidIdeasPerMember(uint8 number);

    /// @notice `winners` isn't 1 to 6, or more than a poll has options.
    error IdeaBoardInvalidWinners(uint8 winners);

    /// @notice `memberDays` is more than 3,650, or given where no voices count.
    error IdeaBoardInvalidMemberDays(uint16 memberDays);

    /// @notice A poll has 2 to 32 options, and not `count`; with ideas of members there are none.
    error IdeaBoardInvalidOptions(uint256 count);

    /// @notice `kind` can't be earned: it is closed, this is a poll, whose options nobody submitted, or its issuer role is none of
    /// this board's own.
    error IdeaBoardInvalidKind(uint32 kind);

    /// @notice Badges of `kind` give votes: only a passed proposal opens a call for them.
    error IdeaBoardVotingKind(uint32 kind);

    /// @notice There is no call of this number.
    error IdeaBoardNonexistentCall(uint256 call);

    /// @notice There is no idea of this number, or its author withdrew it.
    error IdeaBoardNonexistentIdea(uint256 idea);

    /// @notice The call takes no ideas: it is a poll, or they were taken before `snapshot`.
    error IdeaBoardIdeasClosed(uint256 call, uint40 snapshot);

    /// @notice The call takes support after `snapshot` and before `end`.
    error IdeaBoardSupportClosed(uint256 call, uint40 snapshot, uint40 end);

    /// @notice The result of the call isn't final before `end`.
    error IdeaBoardNotFinal(uint256 call, uint40 end);

    /// @notice `account` has no badge.
    error IdeaBoardNotMember(address account);

    /// @notice `account` has submitted the `limit` of ideas in this call; or the call has as many as it can have.
    error IdeaBoardIdeasLimited(uint256 call, address account, uint256 limit);

    /// @notice `account` isn't the author of the idea.
    error IdeaBoardNotAuthor(uint256 idea, address account);

    /// @notice Support has to name ideas.
    error IdeaBoardNothingSupported();

    /// @notice The idea is one of another call than `call`.
    error IdeaBoardOtherCall(uint256 call, uint256 idea);

    /// @notice `account` has nothing that counts in this call.
    error IdeaBoardNoVoice(uint256 call, address account);

    /// @notice `account` would support more than `limit` ideas.
    error IdeaBoardSupportLimited(uint256 call, address account, uint256 limit);

    /// @notice `account` supports the idea already.
    error IdeaBoardSupportedBefore(uint256 idea, address account);

    /// @notice `supporter` didn't sign this.
    error IdeaBoardInvalidSignature(address supporter);

    /// @notice For the support at `index` there were only `available` gas left.
    error IdeaBoardInsufficientGas(uint256 index, uint256 available);

    /// @notice Hiding an idea, and showing it again, needs a reason.
    error IdeaBoardNoReason();

    /// @notice The idea is hidden already, or isn't.
    error IdeaBoardUnchanged(uint256 idea);

    /// @notice The idea is hidden: only a passed proposal adopts it, unless it is shown again.
    error IdeaBoardHidden(uint256 idea);

    /// @notice The idea isn't in the state that this needs, but in `status`.
    error IdeaBoardWrongStatus(uint256 idea, Status status);

    /// @notice Opens a call. Caller: STEWARD; one for badges with votes, only the timelock, that is, a passed proposal.
    ///
    /// What the brand's Safe opens awards nothing any more once the DAO's issuers were replaced, as the handover does; what the
    /// timelock opens always does.
    /// @dev `badgeKind` has to name an issuer role of its own (100 and more), of which this contract is a member without an
    /// execution delay. The role is this board's right to award, and nobody else should have it.
    function open(CallTerms calldata terms) external returns (uint256 call);

    /// @notice Puts an idea forward, before the snapshot. Caller: whoever has a badge.
    /// @param title For people, 1 to 200 bytes.
    /// @param uri Where more is said, at most 2,000 bytes; a `data:` URI has it all. May be empty.
    /// @param contentHash Hash of what is there; zero for none.
    /// @return idea Its number.
    function submit(
        uint256 call,
        string calldata title,
        string calldata uri,
        bytes32 contentHash
    ) external returns (uint256 idea);

    /// @notice Takes an idea back, before the snapshot. Caller: its author. It still counts as one of the author's ideas.
    function withdraw(uint256 idea) external;

    /// @notice Says which ideas of a call the caller wants. Caller: anyone whose account counts. It is never taken back.
    /// @param ideas In any order; all of one call, each once, and none that the caller supports already.
    /// @return weight What each of them has more.
    function support(uint256[] calldata ideas) external returns (uint64 weight);

    /// @notice As {support}, for somebody who signed it. Caller: anyone. There is no nonce: an idea is supported once.
    function supportBySig(
        address supporter,
        uint256[] calldata ideas,
        bytes calldata signature
    ) external returns (uint64 weight);

    /// @notice Hands in what many signed, and emits {SupportRefused} for each that isn't taken. Caller: anyone. Reverts with
    /// {IdeaBoardInsufficientGas} where less is left than one is to have.
    /// @param gasPerSupport How much gas each may use; what isn't used isn't paid.
    /// @return taken Which were taken.
    function relay(SignedSupport[] calldata signed, uint256 gasPerSupport) external returns (bool[] memory taken);

    /// @notice Asks pages not to show an idea. Caller: STEWARD, at once where it has an execution delay too. It goes on to count,
    /// can win, and can be adopted by a passed proposal.
    function hide(uint256 idea, string calldata reason) external;

    /// @notice Asks pages to show an idea again. Caller: as of {hide}.
    function show(uint256 idea, string calldata reason) external;

    /// @notice Says that an idea, winner or not, is to be carried out, once the result of its call is final. Caller: STEWARD, for
    /// one that isn't hidden and wasn't adopted; the timelock, that is, a passed proposal, for any: what a steward did meanwhile
    /// can't stop it.
    function adopt(uint256 idea) external;

    /// @notice Says that an adopted idea has been carried out, and awards its author the badge of the call where it is one of the
    /// winners. Caller: STEWARD. Reverts as `award` does, and can then be tried again. Who has recovered the author's account
    /// since isn't looked for: they can be awarded a badge by an issuer.
    /// @param evidence Salted hash for the badge, as of any award; zero for none.
    /// @param uri Where to see it, at most 2,000 bytes; may be empty.
    /// @return badgeId The badge; 0 for none.
    function ship(uint256 idea, bytes32 evidence, string calldata uri) external returns (uint256 badgeId);

    /// @notice How many calls there are; the last one's number.
    function callCount() external view returns (uint256);

    /// @notice A call. Reverts with {IdeaBoardNonexistentCall}.
    function callOf(uint256 call) external view returns (Call memory);

    /// @notice An idea, also one that was withdrawn or that there isn't: its status says so.
    function ideaOf(uint256 idea) external view returns (Idea memory);

    /// @notice The ideas that win at this moment, highest first, and of those with the same tally the earlier one first; only
    /// such as anybody supports. Once the call has ended, they stay. Reverts with {IdeaBoardNonexistentCall}.
    function winnersOf(uint256 call) external view returns (Winner[] memory);

    /// @notice What `account` did in a call.
    function voiceOf(uint256 call, address account) external view returns (Voice memory);

    /// @notice What the support of `account` would weigh at this moment, in a call past its snapshot; 0 for nothing.
    function weightOf(uint256 call, address account) external view returns (uint64);
}

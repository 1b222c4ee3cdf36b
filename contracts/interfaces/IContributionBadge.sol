// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {IERC5192} from "./IERC5192.sol";
import {IERC7572} from "./IERC7572.sol";
import {IRecoveries} from "./IRecoveries.sol";
import {IReferrals} from "./IReferrals.sol";
import {ITitles} from "./ITitles.sol";
import {IVouchers} from "./IVouchers.sol";

/// @title IContributionBadge
/// @notice One token is one recognised contribution: who did what and when, for how many points, bound to its account
/// (ERC-721 with ERC-5192): only a recovery moves it. Ids are sequential from 1; points are whole numbers; votes are in the token's
/// smallest unit; times are timestamps in seconds; seasons are counted from 1 and have a fixed length.
///
/// What a badge is worth is said by its kind, and a kind never changes once it is there: it can only be closed.
///
/// What ERC-6093 has an error for reverts with that: `ERC721NonexistentToken` for a badge that there isn't, `ERC721InvalidOwner`
/// for the balance of the zero address, `ERC721InvalidReceiver` for awarding to it.
///
/// Titles, vouchers, referrals and recoveries are described by interfaces of their own.
interface IContributionBadge is
    IERC721Metadata,
    IERC4906,
    IERC5192,
    IERC7572,
    ITitles,
    IVouchers,
    IReferrals,
    IRecoveries
{
    /// @notice A kind of contribution. Kinds are numbered from 1.
    /// @param name For people, 1 to 64 bytes of UTF-8.
    /// @param description For people, at most 1,000 bytes of UTF-8.
    /// @param image URI of a picture, at most 256 bytes; empty for the card that is drawn on chain.
    /// @param points What each badge adds to its holder's points, less than 2^24.
    /// @param votes What each badge adds to its holder's votes, within the token's bounds; 0 for none.
    /// @param issuerRole Who awards it: 3 (ISSUER) for the DAO's issuers, or a role of its own from 100 to 2^32 - 1.
    /// @param supplyLimit Highest number of badges ever awarded, revoked ones included; 0 for 2^32 - 1.
    /// @param dailyPointsLimit Highest number of points awarded in a UTC day, by this kind to all accounts together;
    /// not less than the points of one badge; 0 for no limit.
    struct KindConfig {
        string name;
        string description;
        string image;
        uint24 points;
        uint96 votes;
        uint64 issuerRole;
        uint32 supplyLimit;
        uint32 dailyPointsLimit;
    }

    /// @notice A kind and where it stands.
    /// @param awarded Badges ever awarded.
    /// @param closed Whether no more can be awarded.
    struct Kind {
        KindConfig config;
        uint32 awarded;
        bool closed;
    }

    /// @notice A badge.
    /// @param account Who holds it.
    /// @param kind Number of its kind.
    /// @param awardedAt When it was awarded.
    /// @param season In which season.
    /// @param points Points that it counts.
    /// @param votes Votes that it gave: those of its kind, or 0 where the token's bounds withheld them, until {grantVotes}.
    struct Badge {
        address account;
        uint32 kind;
        uint40 awardedAt;
        uint16 season;
        uint24 points;
        uint96 votes;
    }

    /// @notice What an account has to show.
    /// @param badges Badges held.
    /// @param points Points of all badges held.
    /// @param season The last season from which it was awarded a badge, or got one by a recovery; 0 for none.
    /// @param seasonPoints Points of the badges held from that season.
    /// @param previousSeason The last such season before that one; 0 for none.
    /// @param previousSeasonPoints Points of the badges held from that one.
    struct Member {
        uint32 badges;
        uint64 points;
        uint16 season;
        uint56 seasonPoints;
        uint16 previousSeason;
        uint56 previousSeasonPoints;
    }

    /// @notice What holds for all members.
    /// @param seasonLength Seconds, 7 to 366 days in whole hours. The first season starts at launch.
    /// @param disputeWindow Seconds after a season until claims of its reward open, in whole hours, at least one and less
    /// than a season. Until then, what was awarded by mistake can be taken before it is paid for.
    /// @param seasonPointsLimit How many points can be awarded in a season, by everybody together.
    /// @param referralLimit For how many referrals a season a member earns a badge; 0 for none.
    /// @param recoveryLimit How many recoveries can be requested in a season; 0 for none.
    struct MemberTerms {
        uint32 seasonLength;
        uint32 disputeWindow;
        uint32 seasonPointsLimit;
        uint16 referralLimit;
        uint8 recoveryLimit;
    }

    /// @notice What a share of a season's reward is computed from, while it can be claimed.
    /// @param points Points of the badges that the account holds from the season.
    /// @param totalPoints Those that the season is shared by.
    /// @param predecessor The account from which this one last was to get badges, by a recovery; zero for none.
    /// @param predecessorPoints The season's points that were moved from it since the season ended, and that this account still
    /// holds: what it was paid for where the predecessor was paid before they were.
    /// @param leaving Whether a recovery of the account is under way, which is to move its badges to another one.
    /// @param left Whether one has moved badges away since the season ended: what the account is paid for from now on, the
    /// other one doesn't have.
    struct RewardStanding {
        uint256 points;
        uint256 totalPoints;
        address predecessor;
        uint256 predecessorPoints;
        bool leaving;
        bool left;
    }

    /// @param token The BrandToken: it holds the votes of contributors, and lends its name.
    /// @param drop The LoyaltyDrop, which awards what is claimed from its campaigns.
    /// @param authority The AccessManager that is asked who may do what.
    /// @param terms What holds for all members.
    /// @param titles The ladder of titles; may be empty.
    /// @param kinds The first kinds; here, as by a proposal, they may give votes.
    struct BadgeInit {
        address token;
        address drop;
        address authority;
        MemberTerms terms;
        Title[] titles;
        KindConfig[] kinds;
    }

    /// @notice `issuer` awarded badges of `kind`, numbered from `firstId` on; the `Transfer` events name their holders.
    /// For each there is a salted hash of what it was awarded for: text and salt stay with the brand, so that it can be
    /// proven and can be erased. `evidenceURI` is where it can be asked for.
    event BadgesAwarded(
        address indexed issuer,
        uint32 indexed kind,
        uint256 indexed firstId,
        bytes32[] evidence,
        string evidenceURI
    );

    /// @notice `id` was taken from `account`, and with it its points and votes. `revoker` is who called: the AccessManager
    /// for a call that it executes for somebody else.
    event BadgeRevoked(uint256 indexed id, address indexed account, address indexed revoker, string reason);

    /// @notice `account` gave `id` up, and with it its points and votes.
    event BadgeRenounced(uint256 indexed id, address indexed account);

    /// @notice `account` got the `votes` of its badge `id`, which the token's bounds had withheld when it was awarded.
    event VotesGranted(uint256 indexed id, address indexed account, uint256 votes);

    /// @notice There is a new kind.
    event KindAdded(uint32 indexed kind, KindConfig config);

    /// @notice No more badges of this kind will be awarded.
    event KindClosed(uint32 indexed kind);

    /// @notice The limits of {MemberTerms} are these from now on.
    event LimitsSet(uint32 seasonPointsLimit, uint16 referralLimit, uint8 recoveryLimit);

    /// @notice `season` is shared by `points` less than before, which were taken: everybody's share of its reward is larger.
    event PointsExcluded(uint16 indexed season, uint256 points);

    /// @notice Awards are halted; before `until`, only a passed proposal ends it.
    event AwardsHalted(address indexed sentinel, uint48 until);

    /// @notice Awards go on.
    event AwardsResumed(address indexed steward);

    /// @notice Members of `oldRole` are no issuers any more; `newRole` has none yet, and is administered by ADMIN.
    event IssuerRoleRotated(uint64 indexed oldRole, uint64 indexed newRole);

    /// @notice A badge can be neither transferred nor approved.
    error ContributionBadgeSoulbound();

    /// @notice None of the badges got any votes: they are gone, or of kinds without votes, or have theirs already, or the
    /// token's bounds don't let them through at this moment.
    error ContributionBadgeNoVotesGranted();

    /// @notice There is no kind `kind`.
    error ContributionBadgeNonexistentKind(uint32 kind);

    /// @notice Awards are halted; a STEWARD can resume them.
    error ContributionBadgeHalted();

    /// @notice Awards aren't halted.
    error ContributionBadgeNotHalted();

    /// @notice Before `until`, only a passed proposal ends the halt.
    error ContributionBadgeHaltHeld(uint48 until);

    /// @notice `kind` is closed.
    error ContributionBadgeKindClosed(uint32 kind);

    /// @notice `kind` has only `available` badges left, less than the `requested`.
    error ContributionBadgeSupplyLimited(uint32 kind, uint256 requested, uint256 available);

    /// @notice `kind` has only `available` points left today (UTC), less than the `requested`.
    error ContributionBadgeDailyPointsLimited(uint32 kind, uint256 requested, uint256 available);

    /// @notice Only `available` points are left of those that can be awarded in the running season, less than the
    /// `requested`. A passed proposal can allow more.
    error ContributionBadgeSeasonPointsLimited(uint256 requested, uint256 available);

    /// @notice What `season` is shared by can't change any more: claims of its reward opened at `opens`.
    error ContributionBadgeSharesFixed(uint16 season, uint48 opens);

    /// @notice Of the points that `season` is shared by, only `taken` were taken, less than `points`.
    error ContributionBadgeNotTaken(uint16 season, uint256 points, uint256 taken);

    /// @notice `count` badges more would be 2^32 or more altogether.
    error ContributionBadgeTooManyBadges(uint256 count);

    /// @notice A batch needs as many hashes as accounts, and at least one.
    error ContributionBadgeInvalidBatch(uint256 accounts, uint256 evidence);

    /// @notice The text has `length` bytes, outside `lowest` to `highest`.
    error ContributionBadgeInvalidText(uint256 length, uint256 lowest, uint256 highest);

    /// @notice `role` can't be a kind's issuer role: it is neither ISSUER nor in 100 to 2^32 - 1.
    error ContributionBadgeInvalidIssuerRole(uint64 role);

    /// @notice A daily limit of `limit` points makes no sense for badges of `points` points.
    error ContributionBadgeInvalidDailyPointsLimit(uint24 points, uint32 limit);

    /// @notice `renderer` has no code.
    error ContributionBadgeInvalidRenderer(address renderer);

    /// @notice `verifier` has no code.
    error ContributionBadgeInvalidVerifier(address verifier);

    /// @notice This call is for kinds without votes; those with votes have one of their own, for a passed proposal.
    error ContributionBadgeVotingKind();

    /// @notice This call is for kinds with votes.
    error ContributionBadgeNotVotingKind();

    /// @notice A revocation needs a reason.
    error ContributionBadgeRevokedWithoutReason();

    /// @notice Only its holder, and not `caller`, can renounce badge `id`.
    error ContributionBadgeNotHolder(uint256 id, address caller);

    /// @notice `length` is outside 7 to 366 days, or not in whole hours.
    error ContributionBadgeInvalidSeasonLength(uint32 length);

    /// @notice `window` is not in whole hours, at least one and less than a season, which has `seasonLength`.
    error ContributionBadgeInvalidDisputeWindow(uint32 window, uint32 seasonLength);

    /// @notice The reward of `season` can be claimed from `opens` on, and before `closes`.
    error ContributionBadgeClaimsClosed(uint16 season, uint48 opens, uint48 closes);

    /// @notice Seasons are counted from 1.
    error ContributionBadgeNonexistentSeason();

    /// @notice Sets up the proxy; callable once. See {BadgeInit}.
    function initialize(BadgeInit calldata init) external;

    /// @notice Awards a badge. Caller: the issuer role of the kind, without an execution delay.
    /// @param evidence Salted hash of what it is awarded for; zero for none.
    /// @return id The new badge.
    function award(uint32 kind, address account, bytes32 evidence) external returns (uint256 id);

    /// @notice Awards badges of one kind, one for each account; an account may be named more than once. All or nothing.
    /// Caller: as of {award}.
    /// @param evidence A salted hash for each.
    /// @param evidenceURI Where the evidence can be asked for; may be empty.
    /// @return firstId The first new badge; the others follow in order.
    function awardBatch(
        uint32 kind,
        address[] calldata accounts,
        bytes32[] calldata evidence,
        string calldata evidenceURI
    ) external returns (uint256 firstId);

    /// @notice Gives the holders of badges the votes of their kinds, where the token's bounds withheld them: within the same
    /// bounds, one badge after the other, each wholly or not at all. Badges for which there is nothing to do are left out;
    /// reverts with {ContributionBadgeNoVotesGranted} where that is all of them. Caller: anyone; not while awards are halted.
    /// @param ids Badges, also of kinds that were closed since, and in any hands: a recovery takes along what is withheld.
    function grantVotes(uint256[] calldata ids) external;

    /// @notice Gives a badge up. Caller: its holder. For ever; the kind's limits don't take it back.
    function renounce(uint256 id) external;

    /// @notice Takes a badge of a kind without votes. Caller: STEWARD.
    function revoke(uint256 id, string calldata reason) external;

    /// @notice Takes a badge of a kind with votes. Caller: ADMIN, that is, a passed proposal: a steward could otherwise
    /// take its opponents' votes before a snapshot.
    function revokeVoting(uint256 id, string calldata reason) external;

    /// @notice Adds a kind without votes. Caller: STEWARD.
    function addKind(KindConfig calldata config) external returns (uint32 kind);

    /// @notice Adds a kind with votes. Caller: ADMIN, that is, a passed proposal.
    function addVotingKind(KindConfig calldata config) external returns (uint32 kind);

    /// @notice Ends the awards of a kind without votes, for ever. Badges already awarded stay. Caller: STEWARD.
    function closeKind(uint32 kind) external;

    /// @notice Ends the awards of a kind with votes, for ever. Caller: ADMIN, that is, a passed proposal.
    function closeVotingKind(uint32 kind) external;

    /// @notice Changes how many points can be awarded in a season, for how many referrals in one a member earns a badge, and
    /// how many recoveries can be requested in one. Caller: ADMIN, that is, a passed proposal: they bound what two wallets of
    /// one person, and what issuers and stewards, can give and gain. They hold at once, for the running season too: where it
    /// has more points than `seasonPointsLimit` already, no more are awarded in it.
    function setLimits(uint32 seasonPointsLimit, uint16 referralLimit, uint8 recoveryLimit) external;

    /// @notice Has `season` shared by `points` less than before, of those that were taken: so a passed proposal shares among
    /// its members what the treasury would get for them, and makes room in the season for as many. Possible until claims of
    /// its reward open. Caller: ADMIN, that is, a passed proposal: how many they are is part of what was decided, so that
    /// badges that are taken later change nothing about it.
    function excludePoints(uint16 season, uint256 points) external;

    /// @notice Halts all awards, claims and steps of recoveries at once. Caller: SENTINEL. Revoking, renouncing and asking for
    /// recoveries go on.
    /// @param until Until when stewards can't end it: one with an execution delay could have scheduled that beforehand, and not
    /// wait at all. A passed proposal always can.
    function halt(uint48 until) external;

    /// @notice Ends the halt. Caller: STEWARD, once the time is over that was named with the halt; the timelock at any time.
    function resume() external;

    /// @notice Ends all appointments of issuers, by making another role the issuer role. Caller: HANDOVER.
    function rotateIssuerRole() external;

    /// @notice The BrandToken that holds the votes of contributors.
    function token() external view returns (address);

    /// @notice The LoyaltyDrop, which awards what is claimed from its campaigns.
    function drop() external view returns (address);

    /// @notice A badge. Reverts with `ERC721NonexistentToken`.
    function badgeOf(uint256 id) external view returns (Badge memory);

    /// @notice A kind. Reverts with {ContributionBadgeNonexistentKind}.
    function kindOf(uint32 kind) external view returns (Kind memory);

    /// @notice Number of kinds; the last one's number.
    function kindCount() external view returns (uint32);

    /// @notice What an account has to show.
    function memberOf(address account) external view returns (Member memory);

    /// @notice Points of all badges that `account` holds.
    function pointsOf(address account) external view returns (uint256);

    /// @notice When the UTC day began on which `account` got its first badge, by an award or by a recovery; 0 for never. It stays
    /// when badges are taken. It isn't moved with them by a recovery, and of the account that they are moved from it is forgotten,
    /// until that gets a badge in a later season: so the same badges never make two members of one, and what asks for a day before
    /// some moment can't be met later.
    function memberSince(address account) external view returns (uint48);

    /// @notice Points of the badges that `account` holds from `season`. Known for the last two seasons from which it was
    /// awarded any or got some by a recovery, 0 for others.
    function seasonPointsOf(address account, uint256 season) external view returns (uint256);

    /// @notice Points of all badges that are held.
    function totalPoints() external view returns (uint256);

    /// @notice Points that `season` is shared by: those of all badges that were awarded in it, whether they are held or were
    /// taken, but what {excludePoints} left out. Without {takenSeasonPoints}, they are those of all badges that are held from
    /// it.
    function totalSeasonPoints(uint256 season) external view returns (uint256);

    /// @notice Of the points that `season` is shared by, those of badges that were revoked or given up. Their part of its
    /// reward goes to the treasury.
    function takenSeasonPoints(uint256 season) external view returns (uint256);

    /// @notice How many points can be awarded in a season, by everybody together.
    function seasonPointsLimit() external view returns (uint32);

    /// @notice The season at this moment.
    function currentSeason() external view returns (uint16);

    /// @notice When `season` starts and when the next one does.
    function seasonBounds(uint16 season) external view returns (uint48 start, uint48 end);

    /// @notice Seconds after a season until claims of its reward open.
    function disputeWindow() external view returns (uint32);

    /// @notice What `account`'s share of the reward of `season` is computed from. Reverts with
    /// {ContributionBadgeClaimsClosed} while it can't be claimed, and with {ContributionBadgeHalted}.
    /// @dev Named so that it has one of the first selectors of all, which is found soonest: each claim asks it.
    function rewardStanding(uint16 season, address account) external view returns (RewardStanding memory);

    /// @notice Badges ever awarded; the last one's id.
    function totalAwarded() external view returns (uint256);

    /// @notice Whether awards are halted.
    function halted() external view returns (bool);

    /// @notice The AccessManager role that kinds with `issuerRole` 3 mean at present.
    function issuerRole() external view returns (uint64);

    /// @notice The card of a badge as an SVG document.
    function card(uint256 id) external view returns (string memory);
}

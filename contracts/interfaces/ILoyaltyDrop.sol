// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

import {IBadgeSatellite} from "./IBadgeSatellite.sol";

/// @title ILoyaltyDrop
/// @notice Campaigns that give tokens and badges to customers, from ten to a million. A campaign is one Merkle root; each
/// leaf gives tokens, a badge, or both, to an account that is known or to whoever holds a claim key: a one-time key, sent
/// by e-mail, that signs the receiving account. Amounts are in the brand token's smallest unit, times are timestamps.
interface ILoyaltyDrop is IBadgeSatellite {
    /// @notice What a campaign is opened with.
    /// @param root Root of the tree of {leafHash}, with pairs hashed in sorted order.
    /// @param deadline From then on nothing can be claimed, and what is left belongs to the treasury. From now to 4
    /// years ahead.
    /// @param referralKind What the member earns who brought a newcomer, a kind without votes; 0 where nobody may be named.
    struct CampaignTerms {
        bytes32 root;
        uint48 deadline;
        uint32 referralKind;
    }

    /// @notice A campaign and where it stands.
    /// @param terms What it was opened with.
    /// @param tokens What it can still give.
    /// @param issuerRole The badges' issuer role when it was opened: once that is another, it gives no badges any more.
    /// @param stopped Whether a steward ended it.
    /// @param claims How many leaves were claimed, up to 2^24 - 1: whoever reads events knows from it that none is missing.
    struct Campaign {
        CampaignTerms terms;
        uint128 tokens;
        uint64 issuerRole;
        bool stopped;
        uint24 claims;
    }

    /// @notice What one customer can claim.
    /// @param index Number of the leaf in its campaign; each can be claimed once.
    /// @param claimant For whom: an account, or the address of a claim key.
    /// @param byKey Whether `claimant` is a claim key.
    /// @param amount Tokens; 0 for none.
    /// @param kind Kind of the badge; 0 for none.
    /// @param evidence Salted hash of what the badge is awarded for; zero for none.
    struct Leaf {
        uint256 index;
        address claimant;
        bool byKey;
        uint128 amount;
        uint32 kind;
        bytes32 evidence;
    }

    /// @notice Claims can be made.
    event CampaignOpened(bytes32 indexed campaign, CampaignTerms terms);

    /// @notice `funder` gave `campaign` tokens to give.
    event CampaignFunded(bytes32 indexed campaign, address indexed funder, uint256 amount);

    /// @notice No more claims can be made.
    event CampaignStopped(bytes32 indexed campaign, string reason);

    /// @notice What `campaign` hadn't given went to the treasury.
    event CampaignClosed(bytes32 indexed campaign, uint256 amount);

    /// @notice Leaf `index` was claimed by `account`.
    event Claimed(bytes32 indexed campaign, uint256 indexed index, address indexed account, uint256 amount);

    /// @notice A campaign needs a name that isn't zero and wasn't used before.
    error LoyaltyDropInvalidCampaign(bytes32 campaign);

    /// @notice A campaign needs a root.
    error LoyaltyDropInvalidRoot();

    /// @notice `deadline` isn't from now to 4 years ahead.
    error LoyaltyDropInvalidDeadline(uint48 deadline);

    /// @notice Kind `kind` carries votes, and can't be earned by bringing newcomers.
    error LoyaltyDropVotingReferral(uint32 kind);

    /// @notice Kind `kind` is awarded by the members of a role of its own, and can't be earned by bringing newcomers.
    error LoyaltyDropUnclaimableReferral(uint32 kind);

    /// @notice There is no campaign of that name.
    error LoyaltyDropNonexistentCampaign(bytes32 campaign);

    /// @notice The campaign is over: a steward stopped it, or its deadline has come.
    error LoyaltyDropCampaignOver(bytes32 campaign);

    /// @notice The campaign isn't over yet.
    error LoyaltyDropCampaignRunning(bytes32 campaign);

    /// @notice `amount` is zero, or more than a campaign can keep.
    error LoyaltyDropInvalidAmount(uint256 amount);

    /// @notice The campaign has only `available` tokens, less than the `requested`.
    error LoyaltyDropUnderfunded(bytes32 campaign, uint256 requested, uint256 available);

    /// @notice Leaf `index` was claimed already.
    error LoyaltyDropAlreadyClaimed(bytes32 campaign, uint256 index);

    /// @notice The campaign has no such leaf.
    error LoyaltyDropInvalidProof(bytes32 campaign, uint256 index);

    /// @notice The issuer role was rotated since the campaign was opened: there is only a badge on this leaf, and it gives
    /// none any more.
    error LoyaltyDropIssuerRotated(bytes32 campaign);

    /// @notice This campaign doesn't reward referrals, so nobody can be named.
    error LoyaltyDropNoReferrals(bytes32 campaign);

    /// @notice Opens a campaign. Caller: STEWARD.
    /// @param campaign Its name, by which leaves and claims refer to it: short text, or any other 32 bytes but zero.
    function open(bytes32 campaign, CampaignTerms calldata terms) external;

    /// @notice Gives a campaign tokens, which the caller has to have approved. Caller: anyone.
    function fund(bytes32 campaign, uint256 amount) external;

    /// @notice Ends a campaign at once. Caller: STEWARD, also one with an execution delay.
    function stop(bytes32 campaign, string calldata reason) external;

    /// @notice Sends what a campaign that is over hasn't given to the treasury. Caller: anyone.
    /// @return amount What was left.
    function close(bytes32 campaign) external returns (uint256 amount);

    /// @notice Claims a leaf for `account`. Caller: anyone, who gains nothing by it.
    /// @dev Tokens and badge come together: while the badge's kind is closed or at a limit, neither does. Only once the
    /// issuer role was rotated since the campaign was opened do the tokens come without the badge.
    /// @param account Who gets it: the claimant, or whom the claim key signed for.
    /// @param referrer Who brought `account`; zero for nobody.
    /// @param signature Signature of the claimant over `Claim(bytes32 campaign,uint256 index,address account,address
    /// referrer)` (EIP-712; ERC-1271 for accounts). A claim key has to sign; an account has to where it isn't the caller
    /// and the campaign rewards referrals.
    function claim(
        bytes32 campaign,
        Leaf calldata leaf,
        bytes32[] calldata proof,
        address account,
        address referrer,
        bytes calldata signature
    ) external;

    /// @notice A campaign. Reverts with {LoyaltyDropNonexistentCampaign}.
    function campaignOf(bytes32 campaign) external view returns (Campaign memory);

    /// @notice How many campaigns were ever opened.
    function campaignCount() external view returns (uint256);

    /// @notice Whether a leaf was claimed.
    function isClaimed(bytes32 campaign, uint256 index) external view returns (bool);

    /// @notice The leaf's node in the tree: the hash of the hash of the chain's id, this contract, the campaign and the
    /// leaf, each as ABI-encoded. Hashed twice, so that no inner node can be taken for a leaf.
    function leafHash(bytes32 campaign, Leaf calldata leaf) external view returns (bytes32);
}

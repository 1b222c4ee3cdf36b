// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ERC20BurnableUpgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/extensions/ERC20BurnableUpgradeable.sol";
import {ERC20PermitUpgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/extensions/ERC20PermitUpgradeable.sol";
import {ERC20Upgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/ERC20Upgradeable.sol";
import {GovernorVotesQuorumFractionUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/extensions/GovernorVotesQuorumFractionUpgradeable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC6372} from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import {NoncesUpgradeable} from "@openzeppelin/contracts-upgradeable/utils/NoncesUpgradeable.sol";
import {RateLimiter} from "@openzeppelin/contracts/utils/RateLimiter.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {VotesUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/utils/VotesUpgradeable.sol";
import {ContributionVotes} from "./ContributionVotes.sol";
import {EarnedShare} from "../governance/EarnedShare.sol";
import {IBrandTimelock} from "../interfaces/IBrandTimelock.sol";
import {IBrandToken} from "../interfaces/IBrandToken.sol";
import {PackedVotes} from "./PackedVotes.sol";
import {RoleRestricted} from "../access/RoleRestricted.sol";
import {Roles} from "../access/Roles.sol";

/// @title BrandToken
/// @notice See {IBrandToken}.
contract BrandToken is
    ERC20BurnableUpgradeable,
    ERC20PermitUpgradeable,
    ContributionVotes,
    RoleRestricted,
    UUPSUpgradeable
{
    using RateLimiter for RateLimiter.SlidingWindow;

    /// @custom:storage-location erc7201:kyoso.storage.BrandToken
    struct BrandTokenStorage {
        RateLimiter.SlidingWindow minted;
    }

    // keccak256(abi.encode(uint256(keccak256("kyoso.storage.BrandToken")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant BRAND_TOKEN_STORAGE = 0x3238ac6a072ca4911c995dca74cb9a149b6fd07da81f493f5d9f5105a575ae00;

    uint256 private constant MAX_NAME = 64;
    uint256 private constant MAX_SYMBOL = 11;

    /// @dev The sliding window's only key: the limit is one for all receivers together.
    bytes32 private constant EVERYBODY = bytes32(0);

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor() {
        _disableInitializers();
    }

    /// @inheritdoc IBrandToken
    /// @dev ERC20Permit's own initializer, the only one that isn't called, would do nothing but store name and version of the
    /// EIP-712 domain a second time: see {_EIP712Name}. The validator, which still waits for it, takes all that follow for out
    /// of order; they are called in the order of inheritance.
    /// @custom:oz-upgrades-unsafe-allow missing-initializer-call incorrect-initializer-order
    function initialize(TokenInit calldata init) external initializer {
        _checkText(init.name, MAX_NAME);
        _checkText(init.symbol, MAX_SYMBOL);
        __ERC20_init(init.name, init.symbol);
        __ContributionVotes_init(init.capTokens, init.contributionShareBps, init.contributionLimit);
        __AccessManaged_init(init.authority);
        _setMintLimit(init.mintLimit);

        for (uint256 i = 0; i < init.allocations.length; ++i) {
            Allocation calldata allocation = init.allocations[i];
            _mint(allocation.account == address(0) ? treasury() : allocation.account, allocation.amount);
        }
    }

    /// @inheritdoc IBrandToken
    function mint(address to, uint256 amount) external onlyRole(Roles.MINTER) {
        RateLimiter.SlidingWindow storage minted = _brandTokenStorage().minted;
        require(minted.tryConsume(EVERYBODY, amount), BrandTokenMintLimited(amount, minted.available(EVERYBODY)));
        _mint(to, amount);
    }

    /// @inheritdoc IBrandToken
    function moveContributionVotes(
        address from,
        address to,
        uint256 amount
    ) external onlyRole(Roles.VOTES_GRANTER) returns (uint256 moved) {
        return _moveContributionVotes(from, to, amount);
    }

    /// @inheritdoc IBrandToken
    function setMintLimit(RateLimit calldata limit) external restricted {
        _setMintLimit(limit);
    }

    /// @inheritdoc IBrandToken
    function setContributionLimit(uint16 shareBps, RateLimit calldata limit) external restricted {
        // Its own contracts: the treasury is the timelock, which knows its governor.
        address governor = IBrandTimelock(treasury()).governor();
        uint256 quorumBps = GovernorVotesQuorumFractionUpgradeable(payable(governor)).quorumNumerator();
        _setContributionLimit(shareBps, EarnedShare.highest(quorumBps), limit);
    }

    /// @inheritdoc IBrandToken
    function cap() external view returns (uint256) {
        return _maxSupply();
    }

    /// @inheritdoc IBrandToken
    function mintLimit() external view returns (RateLimit memory limit, uint256 available) {
        RateLimiter.SlidingWindow storage minted = _brandTokenStorage().minted;
        return (RateLimit(SafeCast.toUint128(minted._limit), minted._window), minted.available(EVERYBODY));
    }

    /// @inheritdoc IERC6372
    function clock() public view override(VotesUpgradeable, IERC6372) returns (uint48) {
        return Time.timestamp();
    }

    /// @inheritdoc IERC6372
    function CLOCK_MODE() public pure override(VotesUpgradeable, IERC6372) returns (string memory) {
        return "mode=timestamp";
    }

    /// @inheritdoc IERC20
    function balanceOf(address account) public view override(ERC20Upgradeable, PackedVotes) returns (uint256) {
        return super.balanceOf(account);
    }

    /// @inheritdoc IERC20
    function totalSupply() public view override(ERC20Upgradeable, PackedVotes) returns (uint256) {
        return super.totalSupply();
    }

    /// @inheritdoc IERC20Permit
    function nonces(address owner) public view override(ERC20PermitUpgradeable, NoncesUpgradeable) returns (uint256) {
        return super.nonces(owner);
    }

    function _delegate(address account, address delegatee) internal override {
        require(account != treasury(), BrandTokenTreasuryCannotDelegate());
        super._delegate(account, delegatee);
    }

    function _update(address from, address to, uint256 value) internal override(ERC20Upgradeable, PackedVotes) {
        super._update(from, to, value);
    }

    /// @dev A sliding window, the strict one of OpenZeppelin's two limiters: with unchanged settings, never more than the
    /// limit within any window.
    function _setMintLimit(RateLimit calldata limit) private {
        require(limit.window >= MIN_WINDOW && limit.window <= MAX_WINDOW, BrandTokenInvalidWindow(limit.window));
        _brandTokenStorage().minted.updateSettings(limit.window, limit.amount);
        emit MintLimitSet(limit.amount, limit.window);
    }

    function _EIP712Name() internal view override returns (string memory) {
        return name();
    }

    function _EIP712Version() internal pure override returns (string memory) {
        return "1";
    }

    function _checkText(string calldata text, uint256 highest) private pure {
        uint256 length = bytes(text).length;
        require(length != 0 && length <= highest, BrandTokenInvalidText(length, highest));
    }

    /// @dev Only ADMIN, that is, a passed proposal.
    function _authorizeUpgrade(address newImplementation) internal override restricted {}

    function _brandTokenStorage() private pure returns (BrandTokenStorage storage $) {
        assembly {
            $.slot := BRAND_TOKEN_STORAGE
        }
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ERC20BurnableUpgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/extensions/ERC20BurnableUpgradeable.sol";
import {ERC20VotesUpgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/extensions/ERC20VotesUpgradeable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {NoncesUpgradeable} from "@openzeppelin/contracts-upgradeable/utils/NoncesUpgradeable.sol";
import {checkAtMost, checkEnd, checkEqual} from "./Checks.sol";
import {IBrandGovernor} from "../../contracts/interfaces/IBrandGovernor.sol";
import {IBrandTimelock} from "../../contracts/interfaces/IBrandTimelock.sol";
import {IBrandToken} from "../../contracts/interfaces/IBrandToken.sol";
import {deployLinked} from "./Deployed.sol";
import {TokenLimits} from "./TokenLimits.sol";
import {VM} from "./Vm.sol";
import {GovernorLinks} from "../../contracts/governance/GovernorLinks.sol";

/// @title TokenHandler
/// @notice Everything that can be done with a BrandToken, by six people with keys, the treasury and one more account,
/// each time with a prediction of how it ends (T3), and a record of who chose which delegate and earned how much.
contract TokenHandler is TokenLimits {
    struct Sample {
        uint256 from;
        uint256 until;
        uint256[] votes;
        uint256 total;
    }

    uint256 private constant PEOPLE = 6;
    uint256 private constant SAMPLES = 24;
    /// @dev The share of contribution votes can't be above it.
    uint16 private constant QUORUM_BPS = 2_000;
    bytes32 private constant DELEGATION = keccak256("Delegation(address delegatee,uint256 nonce,uint256 expiry)");

    address[] private _accounts;
    mapping(address account => address) private _delegates;
    mapping(address account => uint256) private _earned;
    mapping(address account => uint256) private _nonces;
    uint256 private _totalEarned;
    Sample[] private _samples;
    uint256 private _sampled;

    constructor() {
        for (uint256 i = 0; i < PEOPLE; ++i) {
            _accounts.push(VM.addr(i + 1));
        }
        address governor = deployLinked(
            "BrandGovernor.sol:BrandGovernor",
            GovernorLinks.encode(address(token), treasury)
        );
        IBrandTimelock(treasury).initialize(
            IBrandTimelock.TimelockInit({minDelay: 1 days, governor: governor, daoURI: ""})
        );
        _accounts.push(treasury);
        _accounts.push(address(0x0DD));

        IBrandToken.Allocation[] memory allocations = new IBrandToken.Allocation[](4);
        allocations[0] = IBrandToken.Allocation(address(0), 500_000e18);
        allocations[1] = IBrandToken.Allocation(_accounts[0], 200_000e18);
        allocations[2] = IBrandToken.Allocation(_accounts[1], 50_000e18);
        allocations[3] = IBrandToken.Allocation(_accounts[2], 1);
        IBrandToken.RateLimit memory mintLimit = IBrandToken.RateLimit(100_000e18, 30 days);
        IBrandToken.RateLimit memory grantLimit = IBrandToken.RateLimit(2_000e18, 7 days);
        _initializeToken(CAP_TOKENS, mintLimit, 200, grantLimit, allocations);
        IBrandGovernor(governor).initialize(
            IBrandGovernor.GovernorInit({
                votingDelay: 1 days,
                votingPeriod: 7 days,
                lateQuorumExtension: 1 days,
                gracePeriod: 14 days,
                proposalThreshold: 1e18,
                quorumBps: QUORUM_BPS,
                quorumFloor: 1e18,
                guardian: address(0),
                guardianExpiry: 0
            })
        );
        _recordMintLimit(mintLimit);
        _recordGrantLimit(200, grantLimit);
    }

    // Actions. Seeds choose accounts and amounts.

    function transfer(uint256 from, uint256 to, uint256 amount) external {
        _transfer(_account(from), _accountOrZero(to), _amount(amount, token.balanceOf(_account(from))));
    }

    function transferFrom(uint256 spender, uint256 from, uint256 to, uint256 amount, uint256 allowance) external {
        address holder = _account(from);
        address caller = _account(spender);
        address receiver = _accountOrZero(to);
        uint256 balance = token.balanceOf(holder);
        amount = _amount(amount, balance);
        if (allowance % 4 != 0) {
            VM.prank(holder);
            token.approve(caller, allowance % 4 == 1 ? type(uint256).max : _amount(allowance >> 2, balance));
        }

        bytes4 expected = _transferError(holder, receiver, amount);
        if (token.allowance(holder, caller) < amount) expected = IERC20Errors.ERC20InsufficientAllowance.selector;
        VM.prank(caller);
        _call("T3: transferFrom", expected, abi.encodeCall(IERC20.transferFrom, (holder, receiver, amount)));
    }

    function burn(uint256 from, uint256 amount) external {
        address holder = _account(from);
        amount = _amount(amount, token.balanceOf(holder));
        bytes4 expected = amount > token.balanceOf(holder) ? IERC20Errors.ERC20InsufficientBalance.selector : bytes4(0);
        VM.prank(holder);
        _call("T3: burn", expected, abi.encodeCall(ERC20BurnableUpgradeable.burn, (amount)));
    }

    function mint(uint256 to, uint256 amount) external {
        address receiver = _accountOrZero(to);
        uint256 room = CAP - token.totalSupply();
        amount = _amount(amount, amount >> 255 == 0 ? _leftToMint() : room);

        bytes4 expected;
        if (amount > _leftToMint()) expected = IBrandToken.BrandTokenMintLimited.selector;
        else if (receiver == address(0)) expected = IERC20Errors.ERC20InvalidReceiver.selector;
        else if (amount > room) expected = ERC20VotesUpgradeable.ERC20ExceededSafeSupply.selector;
        _call("T3: mint", expected, abi.encodeCall(IBrandToken.mint, (receiver, amount)));
        if (expected == 0) _recordMint(amount);
    }

    function delegate(uint256 from, uint256 to) external {
        address account = _account(from);
        address delegatee = _accountOrZero(to);
        bytes4 expected;
        if (account == treasury) expected = IBrandToken.BrandTokenTreasuryCannotDelegate.selector;
        VM.prank(account);
        _call("T3: delegate", expected, abi.encodeCall(IVotes.delegate, (delegatee)));
        if (expected == 0) _recordDelegate(account, delegatee);
    }

    /// @dev One signature in four has expired, one in four has a wrong nonce.
    function delegateBySig(uint256 from, uint256 to, uint256 fault) external {
        uint256 key = (from % PEOPLE) + 1;
        address account = VM.addr(key);
        address delegatee = _accountOrZero(to);
        uint256 nonce = _nonces[account] + (fault % 4 == 1 ? 1 : 0);
        uint256 expiry = VM.getBlockTimestamp() - (fault % 4 == 0 ? 1 : 0);

        bytes32 digest = MessageHashUtils.toTypedDataHash(
            token.DOMAIN_SEPARATOR(),
            keccak256(abi.encode(DELEGATION, delegatee, nonce, expiry))
        );
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(key, digest);
        bytes4 expected;
        if (fault % 4 == 0) expected = IVotes.VotesExpiredSignature.selector;
        if (fault % 4 == 1) expected = NoncesUpgradeable.InvalidAccountNonce.selector;
        _call("T3: delegateBySig", expected, abi.encodeCall(IVotes.delegateBySig, (delegatee, nonce, expiry, v, r, s)));
        if (expected != 0) return;
        ++_nonces[account];
        _recordDelegate(account, delegatee);
    }

    function grant(uint256 to, uint256 amount) external {
        address receiver = _accountOrZero(to);
        (, , uint256 available) = token.contributionLimit();
        amount = _amount(amount, available);
        uint256 highest = _highestGranted();
        bool withheld = _totalEarned + amount > highest || amount > _bucket();

        bytes memory call = abi.encodeCall(IBrandToken.moveContributionVotes, (address(0), receiver, amount));
        uint256 moved = abi.decode(_call("T3: grant", 0, call), (uint256));
        checkEqual("T5: granted or withheld", moved, withheld ? 0 : amount);
        if (withheld) return;
        _recordGrant(amount);
        if (receiver != address(0)) {
            _earned[receiver] += amount;
            _totalEarned += amount;
        }
        checkAtMost("T5: share at a grant", token.totalContributionVotes(), highest);
    }

    function takeBack(uint256 from, uint256 amount) external {
        address holder = _account(from);
        amount = _amount(amount, _earned[holder]);
        if (_move(holder, address(0), amount)) _totalEarned -= amount;
    }

    function moveEarned(uint256 from, uint256 to, uint256 amount) external {
        address holder = _account(from);
        address receiver = _account(to);
        amount = _amount(amount, _earned[holder]);
        if (_move(holder, receiver, amount)) _earned[receiver] += amount;
    }

    function setLimits(bool forMint, uint256 amount, uint256 window, uint16 shareBps) external {
        IBrandToken.RateLimit memory limit = IBrandToken.RateLimit(
            uint128(_amount(amount, forMint ? 300_000e18 : 5_000e18)),
            uint48(window % 8 == 0 ? window % 6 hours : 1 hours + (window % 60 days))
        );
        bytes4 expected;
        if (limit.window < 1 hours) expected = IBrandToken.BrandTokenInvalidWindow.selector;
        if (forMint) {
            _call("T3: setMintLimit", expected, abi.encodeCall(IBrandToken.setMintLimit, (limit)));
            if (expected == 0) _recordMintLimit(limit);
        } else {
            shareBps %= 2_100;
            if (shareBps > QUORUM_BPS) expected = IBrandToken.BrandTokenInvalidShare.selector;
            bytes memory call = abi.encodeCall(IBrandToken.setContributionLimit, (shareBps, limit));
            _call("T3: setContributionLimit", expected, call);
            if (expected == 0) _recordGrantLimit(shareBps, limit);
        }
    }

    /// @dev Minutes, or weeks. What was true until now is written down first, to be compared with later (T6).
    function warp(uint256 time) external {
        uint256 from = VM.getBlockTimestamp();
        uint256 to = from + 1 + (time % 3 == 0 ? time % 40 days : time % 2 hours);
        Sample memory sample = Sample(
            from,
            to - 1,
            new uint256[](_accounts.length),
            token.totalSupply() + _totalEarned
        );
        for (uint256 i = 0; i < _accounts.length; ++i) {
            sample.votes[i] = token.getVotes(_accounts[i]);
        }
        if (_samples.length < SAMPLES) _samples.push(sample);
        else _samples[_sampled % SAMPLES] = sample;
        ++_sampled;
        VM.warp(to);
    }

    // Properties.

    /// @notice T1. To be called a second after the last action.
    function checkTotals() external view {
        uint256 votes = 0;
        uint256 earned = 0;
        for (uint256 i = 0; i < _accounts.length; ++i) {
            votes += token.getVotes(_accounts[i]);
            earned += token.contributionVotes(_accounts[i]);
        }
        checkEqual("T1: earned in total", token.totalContributionVotes(), earned);
        checkEqual("T1: votes in total", votes, token.totalSupply() + earned);
        checkEqual("T1: votes in total, past", token.getPastTotalSupply(VM.getBlockTimestamp() - 1), votes);
    }

    /// @notice T2.
    function checkDelegates() external view {
        for (uint256 i = 0; i < _accounts.length; ++i) {
            address delegatee = _accounts[i];
            checkEqual("T2: earned", token.contributionVotes(delegatee), _earned[delegatee]);
            checkEqual("T2: delegate", token.delegates(delegatee), _delegateOf(delegatee));
            uint256 units = 0;
            for (uint256 j = 0; j < _accounts.length; ++j) {
                address account = _accounts[j];
                if (_delegateOf(account) == delegatee) units += token.balanceOf(account) + _earned[account];
            }
            checkEqual("T2: votes", token.getVotes(delegatee), units);
        }
    }

    /// @notice T3. At any moment everybody can part with all that they have, bought and earned. Not an action: its
    /// effects are to be discarded.
    function checkExits() external {
        for (uint256 i = 0; i < _accounts.length; ++i) {
            address account = _accounts[i];
            _transfer(account, _accounts[(i + 1) % _accounts.length], token.balanceOf(account));
            uint256 earned = _earned[account];
            if (_move(account, address(0), earned)) _totalEarned -= earned;
        }
    }

    /// @notice T6.
    function checkPast() external view {
        for (uint256 i = 0; i < _samples.length; ++i) {
            Sample memory sample = _samples[i];
            checkEqual("T6: total, from", token.getPastTotalSupply(sample.from), sample.total);
            checkEqual("T6: total, until", token.getPastTotalSupply(sample.until), sample.total);
            for (uint256 j = 0; j < _accounts.length; ++j) {
                checkEqual("T6: votes, from", token.getPastVotes(_accounts[j], sample.from), sample.votes[j]);
                checkEqual("T6: votes, until", token.getPastVotes(_accounts[j], sample.until), sample.votes[j]);
            }
        }
    }

    /// @notice T7.
    function checkTreasury() external view {
        checkEqual("T7: delegate of the treasury", token.delegates(treasury), treasury);
    }

    function _transfer(address from, address to, uint256 amount) private {
        bytes4 expected = _transferError(from, to, amount);
        VM.prank(from);
        _call("T3: transfer", expected, abi.encodeCall(IERC20.transfer, (to, amount)));
    }

    function _move(address from, address to, uint256 amount) private returns (bool) {
        bytes4 expected;
        if (amount > _earned[from]) expected = IBrandToken.BrandTokenInsufficientContributionVotes.selector;
        bytes memory call = abi.encodeCall(IBrandToken.moveContributionVotes, (from, to, amount));
        bytes memory returned = _call("T3: moveContributionVotes", expected, call);
        if (expected != 0) return false;
        checkEqual("T3: moved", abi.decode(returned, (uint256)), amount);
        _earned[from] -= amount;
        return true;
    }

    function _call(string memory action, bytes4 expected, bytes memory data) private returns (bytes memory returned) {
        bool success;
        // solhint-disable-next-line avoid-low-level-calls
        (success, returned) = address(token).call(data);
        checkEnd(action, expected, success, returned);
    }

    function _recordDelegate(address account, address delegatee) private {
        _delegates[account] = delegatee;
    }

    function _delegateOf(address account) private view returns (address) {
        return _delegates[account] == address(0) ? account : _delegates[account];
    }

    function _transferError(address from, address to, uint256 amount) private view returns (bytes4) {
        if (to == address(0)) return IERC20Errors.ERC20InvalidReceiver.selector;
        if (amount > token.balanceOf(from)) return IERC20Errors.ERC20InsufficientBalance.selector;
        return 0;
    }

    function _account(uint256 seed) private view returns (address) {
        return _accounts[seed % _accounts.length];
    }

    function _accountOrZero(uint256 seed) private view returns (address) {
        uint256 index = seed % (_accounts.length + 1);
        return index == _accounts.length ? address(0) : _accounts[index];
    }

    /// @dev Often nothing, one, all, or one too many.
    function _amount(uint256 seed, uint256 highest) private pure returns (uint256) {
        uint256 choice = seed % 10;
        if (choice == 0) return 0;
        if (choice == 1) return 1;
        if (choice < 4) return highest;
        if (choice == 4) return highest + 1;
        return uint256(keccak256(abi.encode(seed))) % (highest + 1);
    }
}

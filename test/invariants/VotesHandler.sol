// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {Beside} from "./Beside.sol";
import {Broken, checkEqual} from "./Checks.sol";
import {IBrandToken} from "../../contracts/interfaces/IBrandToken.sol";
import {Launch} from "./Launch.sol";
import {PeerToken} from "../peers/PeerToken.sol";
import {VM} from "./Vm.sol";

/// @title VotesHandler
/// @notice Lives the same life on a BrandToken and on OpenZeppelin's own ERC20Votes, by five people with keys, the treasury and
/// nobody: each call has to end in the same way on both, with the same answer, error and events.
contract VotesHandler is Launch, Beside {
    uint256 private constant PEOPLE = 5;
    uint64 private constant CAP_TOKENS = 1_000_000;
    /// @dev Of the moments in which something was done, that many are looked back at.
    uint256 private constant LATEST = 6;
    bytes32 private constant DELEGATION = keccak256("Delegation(address delegatee,uint256 nonce,uint256 expiry)");
    bytes32 private constant PERMIT = keccak256(
        "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
    );

    PeerToken private immutable _PEER;

    uint256[] private _moments;

    constructor() {
        IBrandToken.Allocation[] memory allocations = new IBrandToken.Allocation[](4);
        allocations[0] = IBrandToken.Allocation(address(0), 300_000e18);
        allocations[1] = IBrandToken.Allocation(VM.addr(1), 200_000e18);
        allocations[2] = IBrandToken.Allocation(VM.addr(2), 50_000e18 + 1);
        allocations[3] = IBrandToken.Allocation(VM.addr(3), 1);
        IBrandToken.RateLimit memory limit = IBrandToken.RateLimit(type(uint128).max, 1 hours);
        _initializeToken(CAP_TOKENS, limit, 2_500, limit, allocations);
        _PEER = new PeerToken("Peer", token.cap());
        for (uint256 i = 0; i < allocations.length; ++i) {
            _PEER.mint(i == 0 ? treasury : allocations[i].account, allocations[i].amount);
        }
        _moments.push(VM.getBlockTimestamp());
    }

    // Actions. Seeds choose accounts and amounts.

    function transfer(uint256 from, uint256 to, uint256 amount) external {
        address sender = _account(from);
        _onBoth(
            sender,
            abi.encodeCall(IERC20.transfer, (_accountOrZero(to), _amount(amount, token.balanceOf(sender))))
        );
    }

    function transferFrom(uint256 spender, uint256 from, uint256 to, uint256 amount) external {
        address holder = _account(from);
        amount = _amount(amount, token.balanceOf(holder));
        if (spender % 2 == 0) _onBoth(holder, abi.encodeCall(IERC20.approve, (_account(spender), amount + 1)));
        _onBoth(_account(spender), abi.encodeCall(IERC20.transferFrom, (holder, _accountOrZero(to), amount)));
    }

    function burn(uint256 from, uint256 amount) external {
        address holder = _account(from);
        _onBoth(holder, abi.encodeCall(ERC20Burnable.burn, (_amount(amount, token.balanceOf(holder)))));
    }

    /// @dev Up to the cap, and one more; sometimes more than 96 bits, which the limit on minting lets through.
    function mint(uint256 to, uint256 amount) external {
        uint256 room = token.cap() - token.totalSupply();
        amount = amount % 16 == 0 ? 1 << 127 : _amount(amount, amount % 2 == 0 ? room : room / 8);
        _onBoth(address(this), abi.encodeCall(IBrandToken.mint, (_accountOrZero(to), amount)));
    }

    function delegate(uint256 from, uint256 to) external {
        _onBoth(_person(from), abi.encodeCall(IVotes.delegate, (_accountOrZero(to))));
    }

    /// @dev One in eight has expired, one has a wrong number, one is somebody else's.
    function delegateBySig(uint256 from, uint256 to, uint256 fault) external {
        address delegatee = _accountOrZero(to);
        uint256 nonce = _PEER.nonces(_person(from)) + (fault % 8 == 1 ? 1 : 0);
        uint256 expiry = VM.getBlockTimestamp() - (fault % 8 == 0 ? 1 : 0);
        bytes32 message = keccak256(abi.encode(DELEGATION, delegatee, nonce, expiry));
        uint256 key = _key(fault % 8 == 2 ? (from % PEOPLE) + 1 : from);
        _alike(
            address(this),
            Call(address(token), _delegation(token.DOMAIN_SEPARATOR(), message, key, delegatee, nonce, expiry)),
            Call(address(_PEER), _delegation(_PEER.DOMAIN_SEPARATOR(), message, key, delegatee, nonce, expiry))
        );
    }

    function permit(uint256 from, uint256 spender, uint256 amount) external {
        address owner = _person(from);
        address taker = _account(spender);
        uint256 deadline = VM.getBlockTimestamp();
        bytes32 message = keccak256(abi.encode(PERMIT, owner, taker, amount, _PEER.nonces(owner), deadline));
        (uint8 v, bytes32 r, bytes32 s) = _sign(token.DOMAIN_SEPARATOR(), message, _key(from));
        bytes memory ours = abi.encodeCall(IERC20Permit.permit, (owner, taker, amount, deadline, v, r, s));
        (v, r, s) = _sign(_PEER.DOMAIN_SEPARATOR(), message, _key(from));
        bytes memory its = abi.encodeCall(IERC20Permit.permit, (owner, taker, amount, deadline, v, r, s));
        _alike(address(this), Call(address(token), ours), Call(address(_PEER), its));
    }

    /// @dev Granted, taken back, or moved. What ours refuses or withholds, by rules of its own, the other isn't asked for.
    function moveEarned(uint256 from, uint256 to, uint256 amount) external {
        address giver = from % 3 == 0 ? address(0) : _account(from);
        address taker = _accountOrZero(to);
        uint256 most;
        if (giver == address(0)) (, , most) = token.contributionLimit();
        else most = token.contributionVotes(giver);
        amount = _amount(amount, most);
        bytes memory data = abi.encodeCall(IBrandToken.moveContributionVotes, (giver, taker, amount));
        End memory end = _send(address(this), Call(address(token), data));
        bool withheld = !end.success || abi.decode(end.answer, (uint256)) != amount || end.told.length == 0;
        if (withheld || end.told[end.told.length - 1].topics[0] != IBrandToken.ContributionVotesMoved.selector) return;
        End memory peerEnd = _send(address(this), Call(address(_PEER), data));
        require(peerEnd.success, Broken("V2: success", 1, 0));
        // All but the one that says that they were earned, which comes last.
        checkEqual("V2: events", end.told.length - 1, peerEnd.told.length);
        _checkEvents(end.told, address(token), peerEnd.told, address(_PEER));
        _remember();
    }

    function warp(uint256 time) external {
        uint256 now_ = VM.getBlockTimestamp();
        VM.warp(now_ + 1 + (time % 4 == 0 ? time % 40 days : time % 3));
    }

    // Properties.

    /// @notice V1: balances, votes, delegates and checkpoints are the same, and so is what is said of the past.
    function checkAccounts() external view {
        checkEqual("V1: supply", token.totalSupply(), _PEER.totalSupply());
        for (uint256 i = 0; i <= PEOPLE + 1; ++i) {
            address account = i == PEOPLE + 1 ? address(0) : _account(i);
            checkEqual("V1: balance", token.balanceOf(account), _PEER.balanceOf(account));
            checkEqual("V1: votes", token.getVotes(account), _PEER.getVotes(account));
            checkEqual("V1: delegate", token.delegates(account), _PEER.delegates(account));
            checkEqual("V1: number", _PEER.nonces(account), PeerToken(address(token)).nonces(account));
            _checkCheckpoints(account);
        }
        for (uint256 i = 0; i < LATEST && i < _moments.length; ++i) {
            uint256 moment = _moments[_moments.length - 1 - i];
            // Also a second before.
            for (uint256 time = moment - 1; time <= moment; ++time) _checkPast(time);
        }
        _checkPast(_moments[0]);
        _checkPast(_moments[0] - 1);
        _checkPast(VM.getBlockTimestamp() - 1);
        _checkPast(type(uint256).max);
    }

    function _checkCheckpoints(address account) private view {
        uint32 count = _PEER.numCheckpoints(account);
        // The oldest, the two newest, and two that aren't there.
        _same(abi.encodeCall(ERC20Votes.checkpoints, (account, 0)));
        if (count > 1) _same(abi.encodeCall(ERC20Votes.checkpoints, (account, count - 2)));
        if (count > 0) _same(abi.encodeCall(ERC20Votes.checkpoints, (account, count - 1)));
        _same(abi.encodeCall(ERC20Votes.checkpoints, (account, count)));
        _same(abi.encodeCall(ERC20Votes.checkpoints, (account, type(uint32).max)));
        _same(abi.encodeCall(ERC20Votes.numCheckpoints, (account)));
    }

    /// @dev Of a moment that isn't past, both say that it is in the future.
    function _checkPast(uint256 time) private view {
        _same(abi.encodeCall(IVotes.getPastTotalSupply, (time)));
        for (uint256 i = 0; i <= PEOPLE; ++i) {
            _same(abi.encodeCall(IVotes.getPastVotes, (_account(i), time)));
        }
    }

    function _same(bytes memory question) private view {
        _sameAnswer(address(token), address(_PEER), question);
    }

    function _onBoth(address sender, bytes memory data) private {
        _alike(sender, Call(address(token), data), Call(address(_PEER), data));
    }

    function _alike(address sender, Call memory ours, Call memory peers) private {
        _compare(sender, ours, peers);
        _remember();
    }

    function _remember() private {
        uint256 now_ = VM.getBlockTimestamp();
        if (_moments[_moments.length - 1] != now_) _moments.push(now_);
    }

    function _delegation(
        bytes32 domain,
        bytes32 message,
        uint256 key,
        address delegatee,
        uint256 nonce,
        uint256 expiry
    ) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = _sign(domain, message, key);
        return abi.encodeCall(IVotes.delegateBySig, (delegatee, nonce, expiry, v, r, s));
    }

    function _sign(bytes32 domain, bytes32 message, uint256 key) private pure returns (uint8 v, bytes32 r, bytes32 s) {
        return VM.sign(key, MessageHashUtils.toTypedDataHash(domain, message));
    }

    /// @dev Up to `highest`, all of it, and one more.
    function _amount(uint256 seed, uint256 highest) private pure returns (uint256) {
        if (seed % 8 == 0) return highest;
        return seed % 8 == 1 ? highest + 1 : seed % (highest + 1);
    }

    function _key(uint256 seed) private pure returns (uint256) {
        return (seed % PEOPLE) + 1;
    }

    function _person(uint256 seed) private pure returns (address) {
        return VM.addr(_key(seed));
    }

    function _account(uint256 seed) private view returns (address) {
        uint256 index = seed % (PEOPLE + 1);
        return index == PEOPLE ? treasury : VM.addr(index + 1);
    }

    function _accountOrZero(uint256 seed) private view returns (address) {
        uint256 index = seed % (PEOPLE + 2);
        return index == PEOPLE + 1 ? address(0) : _account(index);
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {ERC20Upgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/ERC20Upgradeable.sol";
import {ERC20VotesUpgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/extensions/ERC20VotesUpgradeable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Panic} from "@openzeppelin/contracts/utils/Panic.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {VotesUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/utils/VotesUpgradeable.sol";
import {IBrandToken} from "../interfaces/IBrandToken.sol";
import {PackedCheckpoint} from "./PackedCheckpoint.sol";
import {PackedHolding} from "./PackedHolding.sol";
import {SelfDelegation} from "./SelfDelegation.sol";
import {TokenLinks} from "./TokenLinks.sol";

/// @title PackedVotes
/// @notice OpenZeppelin's ERC20Votes, with its functions, events and errors, in fewer slots: balance, votes and their date are one,
/// see {PackedHolding}, and older checkpoints are behind it. The supply and all votes are kept in the same way.
/// @dev All of OpenZeppelin's functions that read or write balances, the supply, checkpoints or delegates end in those that are
/// overridden here. Its own places for balances, the supply and checkpoints stay empty; that for delegates has whom an account
/// chose. Only `_getTotalSupply`, which nothing calls, would still look into an empty place.
///
/// Votes of an account, and of all, have to fit into 96 bits: the token's cap sees to it, and more would revert.
abstract contract PackedVotes is ERC20VotesUpgradeable, SelfDelegation, IBrandToken {
    /// @param holding Balance and newest checkpoint.
    /// @param history The older checkpoints, by their running numbers from 0 on.
    struct Account {
        PackedHolding holding;
        mapping(uint256 index => PackedCheckpoint) history;
    }

    /// @param total The supply as balance, and all votes.
    /// @custom:storage-location erc7201:kyoso.storage.PackedVotes
    struct PackedVotesStorage {
        Account total;
        mapping(address account => Account) accounts;
    }

    // keccak256(abi.encode(uint256(keccak256("kyoso.storage.PackedVotes")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant PACKED_VOTES_STORAGE = 0x41d49b1d1d582d8d775cb3a081006fcf438eb92392693eda039c9457624bcc00;

    /// @inheritdoc IERC20
    function balanceOf(address account) public view virtual override(ERC20Upgradeable, IERC20) returns (uint256) {
        return _holdingOf(account).balance();
    }

    /// @inheritdoc IERC20
    function totalSupply() public view virtual override(ERC20Upgradeable, IERC20) returns (uint256) {
        return _packedVotesStorage().total.holding.balance();
    }

    /// @inheritdoc IVotes
    function getVotes(address account) public view override(VotesUpgradeable, IVotes) returns (uint256) {
        return _holdingOf(account).votes();
    }

    /// @inheritdoc IVotes
    function getPastVotes(
        address account,
        uint256 timepoint
    ) public view override(VotesUpgradeable, IVotes) returns (uint256) {
        return _votesAt(_packedVotesStorage().accounts[account], _validateTimepoint(timepoint));
    }

    /// @inheritdoc IVotes
    function getPastTotalSupply(uint256 timepoint) public view override(VotesUpgradeable, IVotes) returns (uint256) {
        return _votesAt(_packedVotesStorage().total, _validateTimepoint(timepoint));
    }

    /// @inheritdoc SelfDelegation
    function delegates(
        address account
    ) public view override(VotesUpgradeable, SelfDelegation, IVotes) returns (address) {
        return _delegateOf(account, _holdingOf(account));
    }

    function _delegate(address account, address delegatee) internal virtual override(VotesUpgradeable, SelfDelegation) {
        // This asks for the delegate until now.
        super._delegate(account, delegatee);
        Account storage $ = _packedVotesStorage().accounts[account];
        $.holding = $.holding.withDelegated(
            delegatee != account && delegatee != address(0),
            delegatee == TokenLinks.treasury()
        );
    }

    /// @dev As OpenZeppelin's: balances and the supply change, and with them the votes of those who vote for them.
    function _update(address from, address to, uint256 value) internal virtual override {
        PackedVotesStorage storage $ = _packedVotesStorage();
        Account storage fromAccount = $.accounts[from];
        Account storage toAccount = $.accounts[to];
        PackedHolding total;
        PackedHolding giver;
        PackedHolding taker;
        if (from == address(0)) {
            total = $.total.holding;
            uint256 supply = total.balance() + value;
            uint256 highest = _maxSupply();
            require(supply <= highest, ERC20ExceededSafeSupply(supply, highest));
        } else {
            giver = fromAccount.holding;
            uint256 balance = giver.balance();
            require(balance >= value, ERC20InsufficientBalance(from, balance, value));
        }
        if (to != address(0)) taker = toAccount.holding;
        emit Transfer(from, to, value);
        if (from == to || value == 0) return;

        // It is part of the supply, which fits.
        uint96 moved = uint96(value);
        if (from == address(0)) {
            total = total.withBalance(total.balance() + moved);
            $.total.holding = _withVotes($.total, total, total.votes() + moved);
        } else {
            // No more than it has.
            unchecked {
                giver = giver.withBalance(giver.balance() - moved);
            }
        }
        if (to == address(0)) {
            total = $.total.holding;
            total = total.withBalance(total.balance() - moved);
            $.total.holding = _withVotes($.total, total, total.votes() - moved);
        } else {
            // All balances together are the supply.
            unchecked {
                taker = taker.withBalance(taker.balance() + moved);
            }
        }

        address giving = _delegateOf(from, giver);
        address taking = _delegateOf(to, taker);
        // Where both have the same delegate, no votes move; of who votes for themselves, balance and votes are written at once.
        bool votesMove = giving != taking;
        if (from != address(0) && !(votesMove && giving == from)) fromAccount.holding = giver;
        if (to != address(0) && !(votesMove && taking == to)) toAccount.holding = taker;
        if (!votesMove) return;
        if (giving != address(0)) {
            if (giving != from) {
                fromAccount = $.accounts[giving];
                giver = fromAccount.holding;
            }
            _setVotes(fromAccount, giving, giver, giver.votes() - moved);
        }
        if (taking != address(0)) {
            if (taking != to) {
                toAccount = $.accounts[taking];
                taker = toAccount.holding;
            }
            _setVotes(toAccount, taking, taker, taker.votes() + moved);
        }
    }

    /// @dev For units beside the balance.
    function _transferVotingUnits(address from, address to, uint256 amount) internal virtual override {
        Account storage total = _packedVotesStorage().total;
        uint96 moved = SafeCast.toUint96(amount);
        if (from == address(0)) total.holding = _withVotes(total, total.holding, total.holding.votes() + moved);
        if (to == address(0)) total.holding = _withVotes(total, total.holding, total.holding.votes() - moved);
        _moveDelegateVotes(delegates(from), delegates(to), amount);
    }

    function _moveDelegateVotes(address from, address to, uint256 amount) internal virtual override {
        // Where both have the same delegate, nothing moves.
        if (from == to || amount == 0) return;
        uint96 moved = SafeCast.toUint96(amount);
        if (from != address(0)) {
            Account storage $ = _packedVotesStorage().accounts[from];
            PackedHolding holding = $.holding;
            _setVotes($, from, holding, holding.votes() - moved);
        }
        if (to != address(0)) {
            Account storage $ = _packedVotesStorage().accounts[to];
            PackedHolding holding = $.holding;
            _setVotes($, to, holding, holding.votes() + moved);
        }
    }

    function _numCheckpoints(address account) internal view override returns (uint32) {
        PackedHolding holding = _holdingOf(account);
        return uint32(holding.olderCheckpoints() + (holding.since() == 0 ? 0 : 1));
    }

    function _checkpoints(
        address account,
        uint32 index
    ) internal view override returns (Checkpoints.Checkpoint208 memory) {
        if (index >= _numCheckpoints(account)) Panic.panic(Panic.ARRAY_OUT_OF_BOUNDS);
        Account storage $ = _packedVotesStorage().accounts[account];
        PackedCheckpoint checkpoint = index == $.holding.olderCheckpoints() ? $.holding.checkpoint() : $.history[index];
        return Checkpoints.Checkpoint208(checkpoint.since(), checkpoint.votes());
    }

    /// @dev Writes `holding` of `account`, with other votes.
    function _setVotes(Account storage $, address account, PackedHolding holding, uint96 newVotes) private {
        $.holding = _withVotes($, holding, newVotes);
        emit DelegateVotesChanged(account, holding.votes(), newVotes);
    }

    /// @dev `holding`, which is that of the account or is to be it, with other votes from now on. Those that it had before this
    /// second go to its history.
    function _withVotes(Account storage $, PackedHolding holding, uint96 newVotes) private returns (PackedHolding) {
        uint256 since = holding.since();
        // It is the clock's second; one that doesn't fit any more is refused.
        if (since != 0 && since != block.timestamp) {
            $.history[holding.olderCheckpoints()] = holding.checkpoint();
            holding = holding.withOlderCheckpoint();
        }
        return holding.withVotes(newVotes, block.timestamp);
    }

    /// @dev The votes at `timepoint`. What is asked for is mostly the newest, or not long ago: it looks from there back, in steps
    /// that double, and then between the last two of them.
    function _votesAt(Account storage $, uint48 timepoint) private view returns (uint256) {
        PackedHolding holding = $.holding;
        if (holding.since() <= timepoint) return holding.votes();
        // The oldest checkpoint that is known to be later: the one that isn't in the history, in the beginning.
        uint256 later = holding.olderCheckpoints();
        uint256 index = later;
        for (uint256 step = 1; index == later; step *= 2) {
            if (later == 0) return 0;
            index = Math.saturatingSub(later, step);
            if ($.history[index].since() > timepoint) later = index;
        }
        while (later - index > 1) {
            uint256 middle = Math.average(index, later);
            if ($.history[middle].since() > timepoint) later = middle;
            else index = middle;
        }
        return $.history[index].votes();
    }

    /// @dev Who votes for an account with that holding.
    function _delegateOf(address account, PackedHolding holding) private view returns (address) {
        if (!holding.isDelegated()) return account;
        return holding.isWithTreasury() ? TokenLinks.treasury() : super.delegates(account);
    }

    function _holdingOf(address account) private view returns (PackedHolding) {
        return _packedVotesStorage().accounts[account].holding;
    }

    function _packedVotesStorage() private pure returns (PackedVotesStorage storage $) {
        assembly {
            $.slot := PACKED_VOTES_STORAGE
        }
    }
}

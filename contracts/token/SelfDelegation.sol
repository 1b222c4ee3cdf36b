// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {VotesUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/utils/VotesUpgradeable.sol";

/// @title SelfDelegation
/// @notice Votes without delegating first: an account is its own delegate until it chooses another.
/// @dev Units are moved between delegates as {delegates} names them. So an account that has not chosen has its votes
/// from the first token on, and choosing for the first time moves them away from itself.
abstract contract SelfDelegation is VotesUpgradeable {
    /// @notice The account that votes for `account`: the chosen delegate, or `account` itself. Zero for the zero address.
    function delegates(address account) public view virtual override returns (address) {
        address chosen = super.delegates(account);
        return chosen == address(0) ? account : chosen;
    }

    /// @dev Delegating to the zero address means "back to myself". Left as it is, it would move the votes to nobody
    /// while {delegates} names the account: the next transfer would then subtract votes that are not there.
    function _delegate(address account, address delegatee) internal virtual override {
        super._delegate(account, delegatee == address(0) ? account : delegatee);
    }
}

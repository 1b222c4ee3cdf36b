// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";

/// @title PeerToken
/// @notice OpenZeppelin's own ERC20Votes, not upgradeable, with the ideas of a BrandToken and nothing else of it: everybody votes
/// for themselves, and some votes are earned. What that is compared with.
contract PeerToken is ERC20Burnable, ERC20Permit, ERC20Votes {
    uint256 private immutable CAP;
    mapping(address account => uint256) private _earned;

    constructor(string memory name_, uint256 cap) ERC20(name_, "PEER") ERC20Permit(name_) {
        CAP = cap;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @dev As a BrandToken does once it has decided that it may.
    function moveContributionVotes(address from, address to, uint256 amount) external {
        if (from != address(0)) _earned[from] -= amount;
        if (to != address(0)) _earned[to] += amount;
        _transferVotingUnits(from, to, amount);
    }

    function clock() public view override returns (uint48) {
        return Time.timestamp();
    }

    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    function delegates(address account) public view override returns (address) {
        address chosen = super.delegates(account);
        return chosen == address(0) ? account : chosen;
    }

    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    function _delegate(address account, address delegatee) internal override {
        super._delegate(account, delegatee == address(0) ? account : delegatee);
    }

    function _maxSupply() internal view override returns (uint256) {
        return CAP;
    }

    function _getVotingUnits(address account) internal view override returns (uint256) {
        return super._getVotingUnits(account) + _earned[account];
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }
}

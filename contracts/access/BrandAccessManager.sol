// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {AccessManagerUpgradeable} from "@openzeppelin/contracts-upgradeable/access/manager/AccessManagerUpgradeable.sol";

/// @title BrandAccessManager
/// @notice The one page that says who may do what on a brand DAO's satellites: token, badge, drop and rewards.
/// @dev OpenZeppelin's AccessManager as it is; this subclass only locks the implementation, which OpenZeppelin's own
/// does not. Each DAO has an ERC-1167 clone of it, so that its code never changes.
contract BrandAccessManager is AccessManagerUpgradeable {
    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor() {
        _disableInitializers();
    }
}

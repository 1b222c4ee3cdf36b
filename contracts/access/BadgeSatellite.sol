// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {IBadgeSatellite} from "../interfaces/IBadgeSatellite.sol";
import {IBrandToken} from "../interfaces/IBrandToken.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {RoleRestricted} from "./RoleRestricted.sol";
import {SatelliteLinks} from "./SatelliteLinks.sol";

/// @title BadgeSatellite
/// @notice See {IBadgeSatellite}. Its proxy's code says what badge and token it belongs to: see {SatelliteLinks}. It asks the badge
/// for all else that the DAO is known by.
abstract contract BadgeSatellite is IBadgeSatellite, Initializable, RoleRestricted, UUPSUpgradeable {
    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor() {
        _disableInitializers();
    }

    /// @inheritdoc IBadgeSatellite
    /// @dev Public, and not external, for OpenZeppelin's validator to find it in what inherits it.
    function initialize() public initializer {
        IContributionBadge badge_ = _badge();
        IBrandToken token = _token();
        require(
            address(badge_).code.length != 0 && badge_.token() == address(token),
            BadgeSatelliteInvalidBadge(address(badge_))
        );
        token.delegate(token.treasury());
        __AccessManaged_init(authority());
    }

    /// @notice Always reverts with {BadgeSatelliteFollowsBadge}.
    function setAuthority(address) public pure override {
        revert BadgeSatelliteFollowsBadge();
    }

    /// @inheritdoc IBadgeSatellite
    function badge() external view returns (address) {
        return address(_badge());
    }

    /// @notice The AccessManager of the badge.
    function authority() public view override returns (address) {
        return IAccessManaged(address(_badge())).authority();
    }

    function _badge() internal view returns (IContributionBadge) {
        return IContributionBadge(SatelliteLinks.badge());
    }

    function _token() internal view returns (IBrandToken) {
        return IBrandToken(SatelliteLinks.token());
    }

    /// @dev Says whose rules hold, and keeps nothing: see {authority}.
    function _setAuthority(address newAuthority) internal override {
        emit AuthorityUpdated(newAuthority);
    }

    /// @dev Only ADMIN, that is, a passed proposal.
    function _authorizeUpgrade(address newImplementation) internal override restricted {}
}

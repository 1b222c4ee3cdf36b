// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {IBadgeSatellite} from "../interfaces/IBadgeSatellite.sol";
import {IBrandToken} from "../interfaces/IBrandToken.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {RoleRestricted} from "./RoleRestricted.sol";

/// @title BadgeSatellite
/// @notice See {IBadgeSatellite}. It asks the badge for all that the DAO is known by. Only of the token, which a badge never
/// changes, it keeps the address: asking would cost more with each payment.
abstract contract BadgeSatellite is IBadgeSatellite, Initializable, RoleRestricted, UUPSUpgradeable {
    /// @custom:storage-location erc7201:kyoso.storage.BadgeSatellite
    struct BadgeSatelliteStorage {
        IContributionBadge badge;
        IBrandToken token;
    }

    // keccak256(abi.encode(uint256(keccak256("kyoso.storage.BadgeSatellite")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant BADGE_SATELLITE_STORAGE =
        0x55c255116fc4f503d60489ad70d15a6f8774bdd3f93c8eac8421828c4ced3e00;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor() {
        _disableInitializers();
    }

    /// @inheritdoc IBadgeSatellite
    /// @dev Public, and not external, for OpenZeppelin's validator to find it in what inherits it.
    function initialize(address badge_) public initializer {
        require(badge_.code.length != 0, BadgeSatelliteInvalidBadge(badge_));
        BadgeSatelliteStorage storage $ = _badgeSatelliteStorage();
        $.badge = IContributionBadge(badge_);
        IBrandToken token = IBrandToken($.badge.token());
        $.token = token;
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
        return _badgeSatelliteStorage().badge;
    }

    function _token() internal view returns (IBrandToken) {
        return _badgeSatelliteStorage().token;
    }

    /// @dev Says whose rules hold, and keeps nothing: see {authority}.
    function _setAuthority(address newAuthority) internal override {
        emit AuthorityUpdated(newAuthority);
    }

    /// @dev Only ADMIN, that is, a passed proposal.
    function _authorizeUpgrade(address newImplementation) internal override restricted {}

    function _badgeSatelliteStorage() private pure returns (BadgeSatelliteStorage storage $) {
        assembly {
            $.slot := BADGE_SATELLITE_STORAGE
        }
    }
}

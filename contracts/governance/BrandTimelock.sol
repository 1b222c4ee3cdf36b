// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {TimelockControllerUpgradeable} from "@openzeppelin/contracts-upgradeable/governance/TimelockControllerUpgradeable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {IBrandGovernor} from "../interfaces/IBrandGovernor.sol";
import {IBrandTimelock} from "../interfaces/IBrandTimelock.sol";
import {IERC4824} from "../interfaces/IERC4824.sol";

/// @title BrandTimelock
/// @notice See {IBrandTimelock}.
contract BrandTimelock is TimelockControllerUpgradeable, UUPSUpgradeable, IBrandTimelock {
    /// @custom:storage-location erc7201:kyoso.storage.BrandTimelock
    struct BrandTimelockStorage {
        address governor;
        string daoURI;
    }

    // keccak256(abi.encode(uint256(keccak256("kyoso.storage.BrandTimelock")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant BRAND_TIMELOCK_STORAGE =
        0xd3dfb7440df8d239fc7d3cf84b59bf6629f2d927b0d8543364cf6b28717b9a00;

    uint256 private constant MIN_DELAY = 1 minutes;
    uint256 private constant MAX_DELAY = 30 days;

    modifier onlySelf() {
        _checkSelf();
        _;
    }

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor() {
        _disableInitializers();
    }

    /// @inheritdoc IBrandTimelock
    function initialize(TimelockInit calldata init) external initializer {
        require(init.governor != address(0), BrandTimelockInvalidGovernor());
        _checkDelay(init.minDelay);
        address[] memory governors = new address[](1);
        governors[0] = init.governor;
        __TimelockController_init(init.minDelay, governors, governors, address(0));

        BrandTimelockStorage storage $ = _brandTimelockStorage();
        $.governor = init.governor;
        if (bytes(init.daoURI).length != 0) _setDaoURI(init.daoURI);
    }

    /// @dev OpenZeppelin's initializer would let its caller choose proposers and an admin. Closed: it initializes nothing, so
    /// nothing can be missing in it.
    /// @custom:oz-upgrades-unsafe-allow missing-initializer-call
    function initialize(uint256, address[] memory, address[] memory, address) public pure override {
        revert InvalidInitialization();
    }

    /// @inheritdoc IBrandTimelock
    function setDaoURI(string calldata newDaoURI) external onlySelf {
        _setDaoURI(newDaoURI);
    }

    /// @notice Changes the delay of operations queued from now on. Caller: the timelock itself, that is, a passed
    /// proposal. Reverts with {BrandTimelockInvalidDelay} outside 1 minute to 30 days.
    function updateDelay(uint256 newDelay) public override {
        super.updateDelay(newDelay);
        _checkDelay(newDelay);
    }

    /// @inheritdoc IBrandTimelock
    function governor() external view returns (address) {
        return _brandTimelockStorage().governor;
    }

    /// @inheritdoc IBrandTimelock
    function decisionTime() external view returns (uint48) {
        IBrandGovernor governor_ = IBrandGovernor(_brandTimelockStorage().governor);
        return
            SafeCast.toUint48(
                governor_.votingDelay() + governor_.votingPeriod() + governor_.lateQuorumVoteExtension() + getMinDelay()
            );
    }

    /// @inheritdoc IERC4824
    function daoURI() external view returns (string memory) {
        BrandTimelockStorage storage $ = _brandTimelockStorage();
        if (bytes($.daoURI).length != 0) return $.daoURI;

        // A launch without a document of its own is still found: name and governor are on chain anyway.
        string memory name = Strings.escapeJSON(IGovernor($.governor).name());
        bytes memory json = abi.encodePacked(
            '{"@context":"https://www.daostar.org/schemas","type":"DAO","name":"',
            name,
            '","description":"',
            name,
            '","governor":"',
            Strings.toChecksumHexString($.governor),
            '"}'
        );
        return string.concat("data:application/json;base64,", Base64.encode(json));
    }

    /// @inheritdoc TimelockControllerUpgradeable
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return
            interfaceId == type(IERC4824).interfaceId ||
            // OpenZeppelin's order of inheritance leaves this one out.
            interfaceId == type(IAccessControl).interfaceId ||
            super.supportsInterface(interfaceId);
    }

    /// @dev Only the timelock itself, that is, a passed proposal.
    function _authorizeUpgrade(address newImplementation) internal override onlySelf {}

    function _setDaoURI(string calldata newDaoURI) private {
        _brandTimelockStorage().daoURI = newDaoURI;
        emit DAOURIUpdate(address(this), newDaoURI);
    }

    function _checkSelf() private view {
        require(msg.sender == address(this), BrandTimelockUnauthorized(msg.sender));
    }

    function _checkDelay(uint256 delay) private pure {
        require(delay >= MIN_DELAY && delay <= MAX_DELAY, BrandTimelockInvalidDelay(delay));
    }

    function _brandTimelockStorage() private pure returns (BrandTimelockStorage storage $) {
        assembly {
            $.slot := BRAND_TIMELOCK_STORAGE
        }
    }
}

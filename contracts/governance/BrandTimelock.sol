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
/// @dev OpenZeppelin's TimelockController, which runs the operations; what differs is who may, and what it keeps:
///
/// - What the launch gives is in the code, and not in the storage of roles: the governor proposes, cancels and executes, and the
///   timelock is its own admin. {hasRole} and the events of the launch answer as if it had been granted.
/// - An operation without a predecessor, as a proposal is, has the proposal's own id: see {hashOperationBatch}. So the governor
///   needn't write down which operation is whose.
/// - Governor and delay are one slot.
contract BrandTimelock is TimelockControllerUpgradeable, UUPSUpgradeable, IBrandTimelock {
    /// @param minDelay Seconds, at most {MAX_DELAY}. OpenZeppelin's place for it stays empty.
    /// @custom:storage-location erc7201:kyoso.storage.BrandTimelock
    struct BrandTimelockStorage {
        address governor;
        uint32 minDelay;
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
    /// @dev OpenZeppelin's own initializer, which isn't called, would do nothing but write down roles and delay; this one tells of
    /// them with the same events, in the same order.
    /// @custom:oz-upgrades-unsafe-allow missing-initializer-call
    function initialize(TimelockInit calldata init) external initializer {
        address governor_ = init.governor;
        require(governor_ != address(0), BrandTimelockInvalidGovernor());
        _checkDelay(init.minDelay);
        BrandTimelockStorage storage $ = _brandTimelockStorage();
        $.governor = governor_;
        $.minDelay = uint32(init.minDelay);

        emit RoleGranted(DEFAULT_ADMIN_ROLE, address(this), msg.sender);
        emit RoleGranted(PROPOSER_ROLE, governor_, msg.sender);
        emit RoleGranted(CANCELLER_ROLE, governor_, msg.sender);
        emit RoleGranted(EXECUTOR_ROLE, governor_, msg.sender);
        emit MinDelayChange(0, init.minDelay);
        if (bytes(init.daoURI).length != 0) _setDaoURI(init.daoURI);
    }

    /// @dev OpenZeppelin's initializer would let its caller choose proposers and an admin. Closed: it initializes nothing, so
    /// nothing can be missing in it.
    /// @custom:oz-upgrades-unsafe-allow missing-initializer-call
    function initialize(uint256, address[] memory, address[] memory, address) public pure override {
        revert InvalidInitialization();
    }

    /// @inheritdoc IBrandTimelock
    function queueBatch(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata payloads,
        bytes32 salt
    ) external returns (uint48 eta) {
        uint256 delay = getMinDelay();
        // Which turns away all but the governor.
        scheduleBatch(targets, values, payloads, 0, salt, delay);
        return SafeCast.toUint48(block.timestamp + delay);
    }

    /// @inheritdoc IBrandTimelock
    function setDaoURI(string calldata newDaoURI) external onlySelf {
        _setDaoURI(newDaoURI);
    }

    /// @notice Changes the delay of operations queued from now on. Caller: the timelock itself, that is, a passed
    /// proposal. Reverts with {BrandTimelockInvalidDelay} outside 1 minute to 30 days.
    function updateDelay(uint256 newDelay) public override {
        require(msg.sender == address(this), TimelockUnauthorizedCaller(msg.sender));
        _checkDelay(newDelay);
        BrandTimelockStorage storage $ = _brandTimelockStorage();
        emit MinDelayChange($.minDelay, newDelay);
        $.minDelay = uint32(newDelay);
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

    /// @notice Seconds that an operation waits at least.
    function getMinDelay() public view override returns (uint256) {
        return _brandTimelockStorage().minDelay;
    }

    /// @notice Whether `account` has `role`. PROPOSER and EXECUTOR are the governor's alone, for ever.
    function hasRole(bytes32 role, address account) public view override returns (bool) {
        if (_isGiven(role, account)) return true;
        return !_isGovernorsAlone(role) && super.hasRole(role, account);
    }

    /// @notice The id of a batch. Without a predecessor it is that which the governor's `hashProposal` gives a proposal of these
    /// calls whose description has the hash `salt`; with one, it is OpenZeppelin's.
    /// @dev They can't be mistaken for one another: the first word of what is hashed is how long its head is, 4 words or 5. Nor
    /// for a single call's ({hashOperation}): there, that word is the target, and the third is always 5 words, which here is where
    /// the calls' data begin, 6 words or more.
    function hashOperationBatch(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata payloads,
        bytes32 predecessor,
        bytes32 salt
    ) public pure override returns (bytes32) {
        return
            predecessor == 0
                ? keccak256(abi.encode(targets, values, payloads, salt))
                : super.hashOperationBatch(targets, values, payloads, predecessor, salt);
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

    /// @dev Reverts with {BrandTimelockRoleIsFixed} for what is the governor's alone. What an account has already isn't granted
    /// again, as with OpenZeppelin.
    function _grantRole(bytes32 role, address account) internal override returns (bool) {
        require(!_isGovernorsAlone(role) || _isGiven(role, account), BrandTimelockRoleIsFixed(role));
        return super._grantRole(role, account);
    }

    /// @dev Reverts with {BrandTimelockRoleIsFixed} for what the launch gave.
    function _revokeRole(bytes32 role, address account) internal override returns (bool) {
        require(!_isGiven(role, account), BrandTimelockRoleIsFixed(role));
        return super._revokeRole(role, account);
    }

    function _setDaoURI(string calldata newDaoURI) private {
        _brandTimelockStorage().daoURI = newDaoURI;
        emit DAOURIUpdate(address(this), newDaoURI);
    }

    /// @dev Whether the launch gave `role` to `account`. Nobody has any in the implementation, which has no governor.
    function _isGiven(bytes32 role, address account) private view returns (bool) {
        if (role == DEFAULT_ADMIN_ROLE) return account == address(this);
        return
            account != address(0) &&
            (_isGovernorsAlone(role) || role == CANCELLER_ROLE) &&
            account == _brandTimelockStorage().governor;
    }

    function _isGovernorsAlone(bytes32 role) private pure returns (bool) {
        return role == PROPOSER_ROLE || role == EXECUTOR_ROLE;
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

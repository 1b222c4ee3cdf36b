// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {Beside} from "./Beside.sol";
import {Broken, checkEqual} from "./Checks.sol";
import {deployProxy} from "./Deployed.sol";
import {IBrandTimelock} from "../../contracts/interfaces/IBrandTimelock.sol";
import {PeerTimelock} from "../peers/PeerTimelock.sol";
import {VM} from "./Vm.sol";

/// @title Touched
/// @notice What operations call: it counts, and refuses what nobody should send it.
contract Touched {
    error Hurt(uint256 number);

    event Touch(address sender, uint256 number);

    mapping(address sender => uint256) public touches;

    receive() external payable {}

    function touch(uint256 number) external payable {
        require(number % 5 != 4, Hurt(number));
        ++touches[msg.sender];
        emit Touch(address(0), number);
    }
}

/// @title TimelockHandler
/// @notice Lives the same life on a BrandTimelock and on OpenZeppelin's own TimelockController, by their governor, themselves, and
/// others who may be named cancellers or admins: each call has to end in the same way on both, with the same answer, error and
/// events.
contract TimelockHandler is Beside {
    uint256 private constant OPERATIONS = 6;
    uint256 private constant OTHERS = 3;
    address private constant GOVERNOR = address(0x60);
    bytes32 private constant ADMIN = 0;
    bytes32 private constant PROPOSER = keccak256("PROPOSER_ROLE");
    bytes32 private constant EXECUTOR = keccak256("EXECUTOR_ROLE");
    bytes32 private constant CANCELLER = keccak256("CANCELLER_ROLE");

    /// @dev A batch, or a call alone.
    struct Operation {
        address[] targets;
        uint256[] values;
        bytes[] payloads;
        bytes32 predecessor;
        bytes32 salt;
    }

    TimelockController private immutable _OURS;
    PeerTimelock private immutable _PEER;
    Touched private immutable _TOUCHED;

    constructor() {
        VM.warp(1_780_000_000);
        address ours = deployProxy("BrandTimelock.sol:BrandTimelock");
        _OURS = TimelockController(payable(ours));
        IBrandTimelock(ours).initialize(
            IBrandTimelock.TimelockInit({minDelay: 1 hours, governor: GOVERNOR, daoURI: ""})
        );
        address[] memory governors = new address[](1);
        governors[0] = GOVERNOR;
        _PEER = new PeerTimelock(1 hours, governors);
        _TOUCHED = new Touched();
    }

    // Actions. Seeds choose who, which operation, and when.

    /// @dev Mostly by the governor; one in eight waits too little.
    function schedule(uint256 by, uint256 which, uint256 delay) external {
        delay = _OURS.getMinDelay() + (delay % 8 == 0 ? 0 : delay % 1 hours) - (delay % 8 == 1 ? 1 : 0);
        Operation memory made = _operation(which);
        bytes memory data =
            _isBatch(which)
                ? abi.encodeCall(
                    TimelockController.scheduleBatch,
                    (made.targets, made.values, made.payloads, made.predecessor, made.salt, delay)
                )
                : abi.encodeCall(
                    TimelockController.schedule,
                    (made.targets[0], made.values[0], made.payloads[0], made.predecessor, made.salt, delay)
                );
        _onBoth(_mostlyGovernor(by), data);
    }

    /// @dev Scheduled with the delay that holds, for which the other has to be told.
    function queue(uint256 by, uint256 which) external {
        Operation memory made = _operation(which % OPERATIONS);
        address sender = _mostlyGovernor(by);
        uint256 delay = _OURS.getMinDelay();
        End memory end = _send(
            sender,
            Call(
                address(_OURS),
                abi.encodeCall(IBrandTimelock.queueBatch, (made.targets, made.values, made.payloads, made.salt))
            )
        );
        End memory peerEnd = _send(
            sender,
            Call(
                address(_PEER),
                abi.encodeCall(
                    TimelockController.scheduleBatch,
                    (made.targets, made.values, made.payloads, 0, made.salt, delay)
                )
            )
        );
        checkEqual("L2: success", end.success ? 1 : 0, peerEnd.success ? 1 : 0);
        if (!end.success) {
            require(keccak256(end.answer) == keccak256(peerEnd.answer), Broken("L2: answer", 0, 0));
            return;
        }
        checkEqual("L2: eta", abi.decode(end.answer, (uint48)), VM.getBlockTimestamp() + delay);
        checkEqual("L2: events", end.told.length, peerEnd.told.length);
        _checkEvents(end.told, address(_OURS), peerEnd.told, address(_PEER));
    }

    function execute(uint256 by, uint256 which) external {
        Operation memory made = _operation(which);
        bytes memory data =
            _isBatch(which)
                ? abi.encodeCall(
                    TimelockController.executeBatch,
                    (made.targets, made.values, made.payloads, made.predecessor, made.salt)
                )
                : abi.encodeCall(
                    TimelockController.execute,
                    (made.targets[0], made.values[0], made.payloads[0], made.predecessor, made.salt)
                );
        _onBoth(_mostlyGovernor(by), data);
    }

    /// @dev Lists of different lengths.
    function mismatch(uint256 which, bool executing) external {
        Operation memory made = _operation(which);
        bytes[] memory none = new bytes[](0);
        _onBoth(
            GOVERNOR,
            executing
                ? abi.encodeCall(TimelockController.executeBatch, (made.targets, made.values, none, 0, made.salt))
                : abi.encodeCall(
                    TimelockController.scheduleBatch,
                    (made.targets, made.values, none, 0, made.salt, 1 days)
                )
        );
    }

    function cancel(uint256 by, uint256 which) external {
        _onBoth(_mostlyGovernor(by), abi.encodeCall(TimelockController.cancel, (_id(which))));
    }

    /// @dev By themselves, or by somebody who mostly isn't an admin. Of the roles that aren't fixed, and not of who has them by
    /// the launch, which nobody takes from them with ours.
    function changeRole(uint256 by, uint256 role, uint256 whose, uint256 how) external {
        address account = _other(whose);
        bytes memory data =
            how % 3 == 0
                ? abi.encodeCall(IAccessControl.revokeRole, (_role(role), account))
                : how % 3 == 1
                    ? abi.encodeCall(IAccessControl.renounceRole, (_role(role), account))
                    : abi.encodeCall(IAccessControl.grantRole, (_role(role), account));
        if (by % 2 == 0) _byThemselves(data);
        else _onBoth(_other(by >> 1), data);
    }

    function updateDelay(bool byThemselves, uint256 delay) external {
        bytes memory data = abi.encodeCall(TimelockController.updateDelay, (1 minutes + (delay % 3 hours)));
        if (byThemselves) _byThemselves(data);
        else _onBoth(GOVERNOR, data);
    }

    function pay(uint8 amount) external payable {
        VM.deal(address(_OURS), amount);
        VM.deal(address(_PEER), amount);
    }

    function warp(uint256 time) external {
        VM.warp(VM.getBlockTimestamp() + 1 + (time % 3 == 0 ? time % 3 hours : time % 10 minutes));
    }

    // Properties.

    /// @notice L1: both say the same of each operation, of the delay, and of who has which role.
    function checkOperations() external view {
        _same(abi.encodeCall(TimelockController.getMinDelay, ()));
        for (uint256 i = 0; i < 2 * OPERATIONS; ++i) {
            bytes32 id = _id(i);
            _same(abi.encodeCall(TimelockController.getTimestamp, (id)));
            _same(abi.encodeCall(TimelockController.getOperationState, (id)));
            _same(abi.encodeCall(TimelockController.isOperation, (id)));
            _same(abi.encodeCall(TimelockController.isOperationPending, (id)));
            _same(abi.encodeCall(TimelockController.isOperationReady, (id)));
            _same(abi.encodeCall(TimelockController.isOperationDone, (id)));
        }
        for (uint256 i = 0; i <= OTHERS + 1; ++i) {
            address account =
                i == OTHERS
                    ? GOVERNOR
                    : i == OTHERS + 1
                        ? address(0)
                        : _other(i);
            _same(abi.encodeCall(IAccessControl.hasRole, (PROPOSER, account)));
            _same(abi.encodeCall(IAccessControl.hasRole, (EXECUTOR, account)));
            for (uint256 j = 0; j < 3; ++j) {
                _same(abi.encodeCall(IAccessControl.hasRole, (_role(j), account)));
                _same(abi.encodeCall(IAccessControl.getRoleAdmin, (_role(j))));
            }
        }
        checkEqual("L1: admin", _OURS.hasRole(ADMIN, address(_OURS)) ? 1 : 0, 1);
        checkEqual("L1: touches", _TOUCHED.touches(address(_OURS)), _TOUCHED.touches(address(_PEER)));
        checkEqual("L1: balance", address(_OURS).balance, address(_PEER).balance);
    }

    function _same(bytes memory question) private view {
        _sameAnswer(address(_OURS), address(_PEER), question);
    }

    function _onBoth(address sender, bytes memory data) private {
        _compare(sender, Call(address(_OURS), data), Call(address(_PEER), data));
    }

    /// @dev Each called by itself, as an operation would.
    function _byThemselves(bytes memory data) private {
        End memory end = _send(address(_OURS), Call(address(_OURS), data));
        End memory peerEnd = _send(address(_PEER), Call(address(_PEER), data));
        checkEqual("L2: success", end.success ? 1 : 0, peerEnd.success ? 1 : 0);
        if (!end.success) return;
        checkEqual("L2: events", end.told.length, peerEnd.told.length);
        _checkEvents(end.told, address(_OURS), peerEnd.told, address(_PEER));
    }

    /// @dev The second half are single calls; one in three of all comes after another.
    function _operation(uint256 seed) private view returns (Operation memory made) {
        uint256 index = seed % (2 * OPERATIONS);
        uint256 calls = index < OPERATIONS ? index % 3 : 1;
        made.targets = new address[](calls);
        made.values = new uint256[](calls);
        made.payloads = new bytes[](calls);
        for (uint256 i = 0; i < calls; ++i) {
            made.targets[i] = address(_TOUCHED);
            made.values[i] = index % 4 == 1 ? 1 : 0;
            made.payloads[i] = i == 1 && index % 2 == 0 ? bytes("") : abi.encodeCall(Touched.touch, (index + i));
        }
        if (index % 3 == 2) made.predecessor = _id(index - 1);
        made.salt = bytes32(index / 2);
    }

    function _id(uint256 seed) private view returns (bytes32) {
        Operation memory made = _operation(seed);
        return
            _isBatch(seed)
                ? _PEER.hashOperationBatch(made.targets, made.values, made.payloads, made.predecessor, made.salt)
                : _PEER.hashOperation(made.targets[0], made.values[0], made.payloads[0], made.predecessor, made.salt);
    }

    function _isBatch(uint256 seed) private pure returns (bool) {
        return seed % (2 * OPERATIONS) < OPERATIONS;
    }

    function _mostlyGovernor(uint256 seed) private pure returns (address) {
        return seed % 4 == 0 ? _other(seed >> 2) : GOVERNOR;
    }

    function _role(uint256 seed) private pure returns (bytes32) {
        return
            seed % 3 == 0
                ? CANCELLER
                : seed % 3 == 1
                    ? ADMIN
                    : keccak256("OTHER");
    }

    function _other(uint256 seed) private pure returns (address) {
        return address(uint160(0xA0 + (seed % OTHERS)));
    }
}

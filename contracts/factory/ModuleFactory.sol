// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IBrandToken} from "../interfaces/IBrandToken.sol";
import {IContributionBadge} from "../interfaces/IContributionBadge.sol";
import {IModuleFactory} from "../interfaces/IModuleFactory.sol";
import {ModuleArguments} from "../access/ModuleArguments.sol";

/// @title ModuleFactory
/// @notice See {IModuleFactory}.
/// @dev A badge's token never changes, nor a token's treasury: so an address follows from the badge alone. Nothing is left to
/// initialize, and a second call finds what the first one made, so that nobody can be first to any harm.
contract ModuleFactory is IModuleFactory {
    address private immutable BOARD;
    address private immutable PASS;

    /// @dev The badge is among the arguments, on which an address depends too.
    bytes32 private constant SALT = 0;

    /// @dev A clone of an address without code would accept every call and do nothing.
    constructor(address board, address pass) {
        BOARD = _withCode(board);
        PASS = _withCode(pass);
    }

    /// @inheritdoc IModuleFactory
    function deployBoard(address badge) external returns (address board) {
        bool isNew;
        (board, isNew) = _deploy(BOARD, badge);
        if (isNew) emit BoardDeployed(badge, board);
    }

    /// @inheritdoc IModuleFactory
    function deployPass(address badge) external returns (address pass) {
        bool isNew;
        (pass, isNew) = _deploy(PASS, badge);
        if (isNew) emit PassDeployed(badge, pass);
    }

    /// @inheritdoc IModuleFactory
    function predict(address badge) external view returns (address board, address pass) {
        return _predict(_argsOf(badge));
    }

    /// @inheritdoc IModuleFactory
    function predictWith(
        address badge,
        address token,
        address treasury
    ) external view returns (address board, address pass) {
        return _predict(ModuleArguments.encode(badge, token, treasury));
    }

    /// @inheritdoc IModuleFactory
    function implementations() external view returns (address board, address pass) {
        return (BOARD, PASS);
    }

    function _deploy(address implementation, address badge) private returns (address module, bool isNew) {
        bytes memory args = _argsOf(badge);
        module = Clones.predictDeterministicAddressWithImmutableArgs(implementation, args, SALT);
        isNew = module.code.length == 0;
        if (isNew) Clones.cloneDeterministicWithImmutableArgs(implementation, args, SALT);
    }

    function _predict(bytes memory args) private view returns (address board, address pass) {
        board = Clones.predictDeterministicAddressWithImmutableArgs(BOARD, args, SALT);
        pass = Clones.predictDeterministicAddressWithImmutableArgs(PASS, args, SALT);
    }

    function _argsOf(address badge) private view returns (bytes memory) {
        address token = IContributionBadge(badge).token();
        return ModuleArguments.encode(badge, token, IBrandToken(token).treasury());
    }

    function _withCode(address implementation) private view returns (address) {
        require(implementation.code.length != 0, ModuleFactoryInvalidImplementation(implementation));
        return implementation;
    }
}

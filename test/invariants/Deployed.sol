// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ERC1967Clones} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Clones.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IBrandToken} from "../../contracts/interfaces/IBrandToken.sol";
import {ProxiesWithArguments} from "../../contracts/factory/ProxiesWithArguments.sol";
import {VM} from "./Vm.sol";

// What the harness calls of a contract beside its interface. The harness imports no contract of the DAO: a file that says
// `new BrandToken()` has the compiler optimise that contract once more.

/// @notice BrandAccessManager.
interface IManager is IAccessManager {
    function initialize(address initialAdmin) external;
}

/// @notice BrandToken.
interface IToken is IBrandToken {
    function DOMAIN_SEPARATOR() external view returns (bytes32);
}

/// @dev The artifact, or its constructor, is not as expected.
error NotDeployed(string artifact);

/// @dev Deploys a contract as it was built, linked with its libraries.
/// @param artifact Its file and its name, as in "BrandToken.sol:BrandToken".
/// @param arguments Of its constructor, ABI-encoded.
function deploy(string memory artifact, bytes memory arguments) returns (address deployed) {
    bytes memory code = bytes.concat(VM.getCode(artifact), arguments);
    assembly ("memory-safe") {
        deployed := create(0, add(code, 0x20), mload(code))
    }
    if (deployed == address(0)) revert NotDeployed(artifact);
}

/// @dev Deploys a contract without arguments, and a proxy of the kind that the factory uses in front of it.
function deployProxy(string memory artifact) returns (address) {
    return ERC1967Clones.clone(deploy(artifact, ""));
}

/// @dev As {deployProxy}, with the contracts that it belongs to in the proxy's code.
/// @param links As GovernorLinks, TokenLinks or SatelliteLinks encode them.
function deployLinked(string memory artifact, bytes memory links) returns (address) {
    return ProxiesWithArguments.cloneDeterministic(deploy(artifact, ""), links, 0);
}

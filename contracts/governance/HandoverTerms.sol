// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {FARTHEST_DATE} from "./FarthestDate.sol";
import {IHandover} from "../interfaces/IHandover.sol";
import {ISafeOwners} from "../interfaces/ISafeOwners.sol";

/// @title HandoverTerms
/// @notice What a Handover is launched with: immutable arguments of its clone, so that the factory writes no storage.
library HandoverTerms {
    /// @dev Bytes of an ABI-encoded empty list: its offset and its length.
    uint256 private constant EMPTY_LIST = 64;

    /// @dev Reverts with {IHandover-HandoverInvalidSafe} unless `safe` answers as a Safe that was set up: it can list its
    /// owners (a bare singleton has none, and can't), and doesn't take everybody for one. The calls are low-level ones,
    /// so that what answers nothing is refused with the same error.
    function checkSafe(address safe) internal view {
        (bool listed, bytes memory owners) = safe.staticcall(abi.encodeCall(ISafeOwners.getOwners, ()));
        require(listed && owners.length > EMPTY_LIST, IHandover.HandoverInvalidSafe(safe));
        (bool told, bytes memory isOwner) = safe.staticcall(abi.encodeCall(ISafeOwners.isOwner, (address(this))));
        require(told && bytes32(isOwner) == bytes32(0), IHandover.HandoverInvalidSafe(safe));
    }

    /// @dev Reverts with {IHandover-HandoverInvalidDate} unless `communityDate` is from now to 4 years ahead.
    function checkDate(uint48 communityDate) internal view {
        require(
            communityDate >= block.timestamp && communityDate <= block.timestamp + FARTHEST_DATE,
            IHandover.HandoverInvalidDate(communityDate)
        );
    }

    function encode(
        address governor,
        address badge,
        address safe,
        uint48 communityDate
    ) internal pure returns (bytes memory) {
        return abi.encodePacked(governor, badge, safe, communityDate);
    }

    /// @dev The arguments of `clone`, in the order of {encode}.
    function read(
        address clone
    ) internal view returns (address governor, address badge, address safe, uint48 communityDate) {
        bytes memory terms = Clones.fetchCloneArgs(clone);
        governor = address(bytes20(Bytes.slice(terms, 0, 20)));
        badge = address(bytes20(Bytes.slice(terms, 20, 40)));
        safe = address(bytes20(Bytes.slice(terms, 40, 60)));
        communityDate = uint48(bytes6(Bytes.slice(terms, 60, 66)));
    }
}

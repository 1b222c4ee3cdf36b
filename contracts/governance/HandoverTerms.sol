// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IHandover} from "../interfaces/IHandover.sol";
import {ISafeOwners} from "../interfaces/ISafeOwners.sol";

/// @title HandoverTerms
/// @notice What a Handover is launched with: immutable arguments of its clone, so that the factory writes no storage.
library HandoverTerms {
    uint48 private constant MAX_AHEAD = 4 * 365 days + 1 days;

    /// @dev Reverts with {IHandover-HandoverInvalidSafe} unless `safe` is a contract that knows its owners, and doesn't
    /// take everybody for one.
    function checkSafe(address safe) internal view {
        require(safe.code.length != 0, IHandover.HandoverInvalidSafe(safe));
        try ISafeOwners(safe).isOwner(address(this)) returns (bool isOwner) {
            require(!isOwner, IHandover.HandoverInvalidSafe(safe));
        } catch {
            revert IHandover.HandoverInvalidSafe(safe);
        }
    }

    /// @dev Reverts with {IHandover-HandoverInvalidDate} unless `communityDate` is from now to 4 years ahead.
    function checkDate(uint48 communityDate) internal view {
        require(
            communityDate >= block.timestamp && communityDate <= block.timestamp + MAX_AHEAD,
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

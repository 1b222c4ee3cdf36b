// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// @title IERC4824
/// @notice ERC-4824: a DAO's self-description, for directories and front-ends.
interface IERC4824 {
    /// @notice The DAO at `daoAddress` is described by `daoURI` from now on.
    event DAOURIUpdate(address daoAddress, string daoURI);

    /// @notice A URI of a JSON-LD document of the type `DAO`, as ERC-4824 lays it out.
    function daoURI() external view returns (string memory);
}

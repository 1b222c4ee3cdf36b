// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

/// @title IERC7572
/// @notice ERC-7572: metadata of a whole contract.
interface IERC7572 {
    /// @notice What {contractURI} returns has changed.
    event ContractURIUpdated();

    /// @notice A URI of a JSON document with the collection's name, symbol and description.
    function contractURI() external view returns (string memory);
}

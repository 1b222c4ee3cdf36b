// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @dev A property doesn't hold; `property` starts with its number.
error Broken(string property, uint256 actual, uint256 expected);

/// @dev An action didn't end as predicted. Zero stands for success.
error Unexpected(string action, bytes4 expected, bytes returned);

function checkEqual(string memory property, uint256 actual, uint256 expected) pure {
    require(actual == expected, Broken(property, actual, expected));
}

function checkEqual(string memory property, address actual, address expected) pure {
    checkEqual(property, uint160(actual), uint160(expected));
}

function checkAtMost(string memory property, uint256 actual, uint256 highest) pure {
    require(actual <= highest, Broken(property, actual, highest));
}

/// @dev Compares the end of a low-level call with the error that was predicted, zero for none.
function checkEnd(string memory action, bytes4 expected, bool success, bytes memory returned) pure {
    bytes4 actual = success ? bytes4(0) : bytes4(returned);
    require(success == (expected == 0) && actual == expected, Unexpected(action, expected, returned));
}

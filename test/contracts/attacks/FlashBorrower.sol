// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

/// @title FlashBorrower
/// @notice Takes tokens from somebody who approved it, makes calls as their holder, and gives them back, in one transaction.
contract FlashBorrower {
    struct Step {
        address target;
        bytes data;
    }

    function borrow(IERC20 token, address lender, uint256 amount, Step[] calldata steps) external {
        require(token.transferFrom(lender, address(this), amount));
        for (uint256 i = 0; i < steps.length; ++i) {
            Address.functionCall(steps[i].target, steps[i].data);
        }
        require(token.transfer(lender, amount));
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IIdeaBoard} from "../../../contracts/interfaces/IIdeaBoard.sol";

/// @title Supporter
/// @notice Somebody who supports what they are told to.
contract Supporter {
    function support(IIdeaBoard board, uint256[] calldata ideas) external {
        board.support(ideas);
    }
}

/// @title Crowd
/// @notice Many who support in one transaction.
contract Crowd {
    /// @dev Somebody, and the ideas of one support of theirs.
    struct Step {
        uint256 who;
        uint256[] ideas;
    }

    Supporter[] private _people;

    constructor(uint256 count) {
        for (uint256 i = 0; i < count; ++i) {
            _people.push(new Supporter());
        }
    }

    function play(IIdeaBoard board, Step[] calldata steps) external {
        for (uint256 i = 0; i < steps.length; ++i) {
            _people[steps[i].who].support(board, steps[i].ideas);
        }
    }

    function people() external view returns (Supporter[] memory) {
        return _people;
    }
}

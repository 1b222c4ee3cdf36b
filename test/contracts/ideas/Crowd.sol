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
/// @notice Many who support in one transaction, and one after the other.
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

    /// @dev Opens many calls at once: it has to be a steward.
    function open(IIdeaBoard board, IIdeaBoard.CallTerms[] calldata terms) external {
        for (uint256 i = 0; i < terms.length; ++i) {
            board.open(terms[i]);
        }
    }

    /// @return winners Those of `call` after each step.
    function play(
        IIdeaBoard board,
        uint256 call,
        Step[] calldata steps
    ) external returns (IIdeaBoard.Winner[][] memory winners) {
        winners = new IIdeaBoard.Winner[][](steps.length);
        for (uint256 i = 0; i < steps.length; ++i) {
            _people[steps[i].who].support(board, steps[i].ideas);
            winners[i] = board.winnersOf(call);
        }
    }

    function people() external view returns (Supporter[] memory) {
        return _people;
    }
}

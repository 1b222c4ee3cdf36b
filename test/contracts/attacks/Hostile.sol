// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @title Hostile
/// @notice Whatever it is asked, whether a signature is its own or to take a ballot, it answers as its mood is.
contract Hostile {
    enum Mood {
        Agrees,
        TakesItsTime,
        BurnsGas,
        ReturnsMuch,
        RevertsWithMuch,
        TakesNearlyAll
    }

    /// @dev In gas, before it agrees.
    uint256 private constant ITS_TIME = 600_000;

    /// @dev In gas: what it leaves of all that it gets, before it agrees.
    uint256 private constant NEARLY_NOTHING = 1_000;

    /// @dev In bytes. The memory for it costs 143,000 gas, whoever has it.
    uint256 private constant MUCH = 250_000;

    bytes4 private constant IS_VALID_SIGNATURE = 0x1626ba7e;

    Mood private _mood;

    fallback() external {
        _answer();
    }

    function become(Mood mood) external {
        _mood = mood;
    }

    function _answer() private view {
        Mood mood = _mood;
        if (mood == Mood.BurnsGas) {
            assembly {
                invalid()
            }
        } else if (mood == Mood.ReturnsMuch) {
            assembly {
                return(0, MUCH)
            }
        } else if (mood == Mood.RevertsWithMuch) {
            assembly {
                revert(0, MUCH)
            }
        } else {
            if (mood == Mood.TakesItsTime) {
                uint256 end = gasleft() - ITS_TIME;
                while (gasleft() > end) {}
            } else if (mood == Mood.TakesNearlyAll) {
                while (gasleft() > NEARLY_NOTHING) {}
            }
            bytes32 answer = IS_VALID_SIGNATURE;
            assembly {
                mstore(0, answer)
                return(0, 0x20)
            }
        }
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

/// @title Leaderboard
/// @notice The ideas with the most support, highest first; of two with the same, the one that came first. It is exact after every
/// step, as long as tallies only rise: whoever isn't among the leaders has less than the last of them, so an idea that rises
/// is all that can move.
/// @dev An entry has 80 bits, the tally above the complement of the idea's index: so they are sorted as numbers. Three are in a
/// word, below a mark that keeps the word from ever being zero: whoever opens a call pays for the slot, and not its first
/// supporters. An empty place is 0, below any idea that anybody supports. In memory, it is a list of entries.
library Leaderboard {
    struct Leaders {
        uint256[2] words;
    }

    uint256 internal constant MAX_PLACES = 6;

    uint256 private constant PER_WORD = 3;
    uint256 private constant ENTRY_BITS = 80;
    uint256 private constant ENTRY_MASK = (1 << ENTRY_BITS) - 1;
    uint256 private constant INDEX_BITS = 16;
    uint256 private constant MAX_INDEX = type(uint16).max;
    uint256 private constant MARK = 1 << 255;

    /// @dev Makes room for `places` leaders, 1 to {MAX_PLACES}.
    function prepare(Leaders storage self, uint256 places) internal {
        for (uint256 i = 0; i * PER_WORD < places; ++i) {
            self.words[i] = MARK;
        }
    }

    function load(Leaders storage self, uint256 places) internal view returns (uint256[] memory entries) {
        entries = new uint256[](places);
        uint256 word = 0;
        unchecked {
            for (uint256 i = 0; i < places; ++i) {
                word = i % PER_WORD == 0 ? self.words[i / PER_WORD] : word >> ENTRY_BITS;
                entries[i] = word & ENTRY_MASK;
            }
        }
    }

    /// @dev Writes those words that are others now.
    function store(Leaders storage self, uint256[] memory entries) internal {
        unchecked {
            for (uint256 first = 0; first < entries.length; first += PER_WORD) {
                uint256 word = MARK;
                for (uint256 i = first; i < first + PER_WORD && i < entries.length; ++i) {
                    word |= entries[i] << (ENTRY_BITS * (i - first));
                }
                if (word != self.words[first / PER_WORD]) self.words[first / PER_WORD] = word;
            }
        }
    }

    /// @dev Puts the idea at `index` where it belongs now that it has `tally`, more than before and less than 2^64.
    /// @return Whether that is among the leaders.
    function rise(uint256[] memory entries, uint256 index, uint256 tally) internal pure returns (bool) {
        unchecked {
            uint256 entry = (tally << INDEX_BITS) | (MAX_INDEX - index);
            uint256 place = entries.length - 1;
            if (entry < entries[place]) return false;
            // It leaves its old place, or the last leader drops out.
            for (uint256 i = 0; i < place; ++i) {
                if (uint16(entries[i]) == uint16(entry) && entries[i] != 0) place = i;
            }
            for (; place != 0 && entries[place - 1] < entry; --place) {
                entries[place] = entries[place - 1];
            }
            entries[place] = entry;
            return true;
        }
    }

    /// @dev Whether the idea at `index` is among the leaders.
    function has(uint256[] memory entries, uint256 index) internal pure returns (bool) {
        for (uint256 i = 0; i < entries.length && entries[i] != 0; ++i) {
            if (indexOf(entries[i]) == index) return true;
        }
        return false;
    }

    function indexOf(uint256 entry) internal pure returns (uint256) {
        unchecked {
            return MAX_INDEX - uint16(entry);
        }
    }

    function tallyOf(uint256 entry) internal pure returns (uint256) {
        return entry >> INDEX_BITS;
    }
}

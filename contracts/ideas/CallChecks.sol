// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IIdeaBoard} from "../interfaces/IIdeaBoard.sol";
import {Leaderboard} from "./Leaderboard.sol";

/// @title CallChecks
/// @notice The bounds of what is put on an {IIdeaBoard}.
library CallChecks {
    uint256 private constant MIN_DURATION = 10 minutes;
    uint256 private constant MAX_DURATION = 365 days;
    uint256 private constant MAX_IDEAS_PER_MEMBER = 10;
    uint256 private constant MAX_MEMBER_DAYS = 3_650;
    uint256 private constant MIN_OPTIONS = 2;
    uint256 private constant MAX_OPTIONS = 32;
    uint256 private constant MAX_TITLE = 200;
    uint256 private constant MAX_URI = 2_000;

    /// @dev But for the kind of badge, which the board has to ask for.
    function check(IIdeaBoard.CallTerms calldata terms) internal pure {
        checkTitle(terms.question);
        checkURI(terms.rulesURI);
        uint256 count = terms.options.length;
        bool isPoll = terms.ideasPerMember == 0;
        require(
            isPoll ? count >= MIN_OPTIONS && count <= MAX_OPTIONS : count == 0,
            IIdeaBoard.IdeaBoardInvalidOptions(count)
        );
        require(
            isPoll ? terms.ideasFor == 0 : _isDuration(terms.ideasFor),
            IIdeaBoard.IdeaBoardInvalidDuration(terms.ideasFor)
        );
        require(_isDuration(terms.supportFor), IIdeaBoard.IdeaBoardInvalidDuration(terms.supportFor));
        require(
            terms.ideasPerMember <= MAX_IDEAS_PER_MEMBER,
            IIdeaBoard.IdeaBoardInvalidIdeasPerMember(terms.ideasPerMember)
        );
        require(
            terms.winners != 0 && terms.winners <= Leaderboard.MAX_PLACES && (!isPoll || terms.winners <= count),
            IIdeaBoard.IdeaBoardInvalidWinners(terms.winners)
        );
        require(
            terms.memberDays == 0 ||
                (terms.counting == IIdeaBoard.Counting.Voice && terms.memberDays <= MAX_MEMBER_DAYS),
            IIdeaBoard.IdeaBoardInvalidMemberDays(terms.memberDays)
        );
        require(!isPoll || terms.badgeKind == 0, IIdeaBoard.IdeaBoardInvalidKind(terms.badgeKind));
        for (uint256 i = 0; i < count; ++i) {
            checkTitle(terms.options[i]);
        }
    }

    function checkTitle(string calldata title) internal pure {
        _checkText(title, 1, MAX_TITLE);
    }

    function checkURI(string calldata uri) internal pure {
        _checkText(uri, 0, MAX_URI);
    }

    function _checkText(string calldata text, uint256 lowest, uint256 highest) private pure {
        uint256 length = bytes(text).length;
        require(length >= lowest && length <= highest, IIdeaBoard.IdeaBoardInvalidText(length, lowest, highest));
    }

    function _isDuration(uint256 duration) private pure returns (bool) {
        return duration >= MIN_DURATION && duration <= MAX_DURATION;
    }
}

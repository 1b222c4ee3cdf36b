// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {checkEqual} from "./Checks.sol";
import {deploy} from "./Deployed.sol";
import {IBrandToken} from "../../contracts/interfaces/IBrandToken.sol";
import {IContributionBadge} from "../../contracts/interfaces/IContributionBadge.sol";
import {IIdeaBoard} from "../../contracts/interfaces/IIdeaBoard.sol";
import {IMembershipPass} from "../../contracts/interfaces/IMembershipPass.sol";
import {IModuleFactory} from "../../contracts/interfaces/IModuleFactory.sol";
import {ITitles} from "../../contracts/interfaces/ITitles.sol";
import {Launch} from "./Launch.sol";
import {Roles} from "../../contracts/access/Roles.sol";
import {VM} from "./Vm.sol";

/// @title IdeaHandler
/// @notice A life of calls, ideas, support and passes, of five people who hold 1 to 5 tokens. It keeps a record of what
/// succeeded, and of what should never have.
contract IdeaHandler is Launch {
    uint256 private constant PEOPLE = 5;
    uint256 private constant MAX_CALLS = 4;
    uint32 private constant CUSTOMER = 1;
    uint32 private constant CO_CREATOR = 2;
    uint32 private constant PHASE = 1 hours;

    IIdeaBoard private _board;
    IMembershipPass private _pass;

    mapping(uint256 idea => uint256) private _given;
    mapping(uint256 idea => mapping(address account => bool)) private _supported;
    mapping(uint256 idea => bool) private _shipped;
    mapping(uint256 badgeId => uint256) private _passes;
    uint256 private _winnersShipped;
    uint256 private _customers;
    uint256 private _twice;
    uint256 private _outside;

    constructor() {
        IBrandToken.Allocation[] memory allocations = new IBrandToken.Allocation[](PEOPLE + 1);
        for (uint256 i = 0; i < PEOPLE; ++i) {
            allocations[i] = IBrandToken.Allocation(_person(i), (i + 1) * 1e18);
        }
        allocations[PEOPLE] = IBrandToken.Allocation(treasury, 100e18);
        IBrandToken.RateLimit memory limit = IBrandToken.RateLimit(1e18, 1 days);
        _initializeToken(1_000, limit, 50, limit, allocations);

        IContributionBadge.KindConfig[] memory kinds = new IContributionBadge.KindConfig[](2);
        kinds[0] = IContributionBadge.KindConfig("Customer", "", "", 1, 0, Roles.ISSUER, 0, 0);
        kinds[1] = IContributionBadge.KindConfig("Co-creator", "", "", 1, 0, Roles.FIRST_CUSTOM, 0, 0);
        badge.initialize(
            IContributionBadge.BadgeInit({
                token: address(token),
                drop: address(0xD0),
                authority: address(manager),
                terms: IContributionBadge.MemberTerms(7 days, 1 days, type(uint32).max, 0, 0),
                titles: new ITitles.Title[](0),
                kinds: kinds
            })
        );
        address renderer = deploy("PassRenderer.sol:PassRenderer", "");
        IModuleFactory factory = IModuleFactory(
            deploy(
                "ModuleFactory.sol:ModuleFactory",
                abi.encode(
                    deploy("IdeaBoard.sol:IdeaBoard", ""),
                    deploy("MembershipPass.sol:MembershipPass", abi.encode(renderer))
                )
            )
        );
        _board = IIdeaBoard(factory.deployBoard(address(badge)));
        _pass = IMembershipPass(factory.deployPass(address(badge)));
        manager.grantRole(Roles.FIRST_CUSTOM, address(_board), 0);
        _pass.setTerms(IMembershipPass.PassTerms(CUSTOMER, 0, 0, IMembershipPass.Language.English));
        for (uint256 i = 0; i + 1 < PEOPLE; ++i) {
            badge.award(CUSTOMER, _person(i), 0);
            ++_customers;
        }
        VM.warp(VM.getBlockTimestamp() + 3 days);
        // A first call of six winners, in which each member has two ideas.
        open((5 << 16) | 1);
        for (uint256 i = 0; i + 1 < PEOPLE; ++i) {
            submit(i << 8);
            submit(i << 8);
        }
    }

    /// @dev Half of them polls.
    function open(uint256 seed) public {
        if (_board.callCount() == MAX_CALLS) return;
        bool isPoll = seed % 2 == 0;
        uint256 options = isPoll ? 2 + ((seed >> 8) % 7) : 0;
        IIdeaBoard.CallTerms memory terms = IIdeaBoard.CallTerms({
            question: "?",
            rulesURI: "",
            rulesHash: 0,
            ideasFor: isPoll ? 0 : PHASE,
            supportFor: PHASE,
            ideasPerMember: isPoll ? 0 : 3,
            winners: uint8(1 + ((seed >> 16) % (isPoll && options < 6 ? options : 6))),
            counting: (seed >> 24) % 2 == 0 ? IIdeaBoard.Counting.Weight : IIdeaBoard.Counting.Voice,
            choice: (seed >> 32) % 4 == 0 ? IIdeaBoard.Choice.PickOne : IIdeaBoard.Choice.Approve,
            memberDays: 0,
            badgeKind: isPoll ? 0 : CO_CREATOR,
            options: new string[](options)
        });
        for (uint256 i = 0; i < options; ++i) {
            terms.options[i] = "o";
        }
        _board.open(terms);
    }

    function submit(uint256 seed) public {
        uint256 call = _callFrom(seed);
        IIdeaBoard.Call memory state = _board.callOf(call);
        VM.prank(_person(seed >> 8));
        try _board.submit(call, "idea", "", 0) {
            if (VM.getBlockTimestamp() >= state.snapshot) ++_outside;
        } catch {}
    }

    /// @dev One in four, as few would be left otherwise.
    function withdraw(uint256 seed) external {
        if (seed % 4 != 0) return;
        uint256 idea = _ideaFrom(seed >> 8);
        address author = _board.ideaOf(idea).author;
        VM.prank(author);
        try _board.withdraw(idea) {
            if (VM.getBlockTimestamp() >= _board.callOf(idea >> 16).snapshot) ++_outside;
        } catch {}
    }

    /// @dev One to three ideas, now and then the same one twice; now and then by the treasury.
    function support(uint256 seed) external {
        uint256 call = _callFrom(seed);
        uint256[] memory ideas = new uint256[](1 + ((seed >> 8) % 3));
        for (uint256 i = 0; i < ideas.length; ++i) {
            ideas[i] = (call << 16) | ((seed >> (16 + 8 * i)) % (uint256(_board.callOf(call).ideas) + 1));
        }
        address who = (seed >> 64) % 8 == 7 ? treasury : _person(seed >> 64);
        VM.prank(who);
        try _board.support(ideas) returns (uint64 weight) {
            _record(call, who, ideas, weight);
        } catch {}
    }

    function hide(uint256 seed) external {
        try _board.hide(_ideaFrom(seed), "why") {} catch {}
    }

    function adopt(uint256 seed) external {
        uint256 idea = _ideaFrom(seed);
        try _board.adopt(idea) {
            if (VM.getBlockTimestamp() < _board.callOf(idea >> 16).end) ++_outside;
        } catch {}
    }

    function ship(uint256 seed) external {
        _ship(_ideaFrom(seed));
    }

    /// @dev A call ends, and what won is carried out: otherwise few calls would come so far.
    function carryOut(uint256 seed) external {
        uint256 call = _callFrom(seed);
        uint256 end = _board.callOf(call).end;
        if (VM.getBlockTimestamp() < end) {
            if (seed % 3 != 0) return;
            VM.warp(end);
        }
        IIdeaBoard.Winner[] memory winners = _board.winnersOf(call);
        for (uint256 i = 0; i < winners.length; ++i) {
            try _board.adopt(winners[i].idea) {} catch {}
            _ship(winners[i].idea);
        }
    }

    function award(uint256 seed) external {
        badge.award(CUSTOMER, _person(seed), 0);
        ++_customers;
    }

    function renounce(uint256 seed) external {
        if (seed % 4 != 0) return;
        uint256 id = 1 + ((seed >> 8) % badge.totalAwarded());
        try badge.ownerOf(id) returns (address holder) {
            VM.prank(holder);
            badge.renounce(id);
        } catch {}
    }

    function mint(uint256 seed) external {
        uint256 id = 1 + (seed % badge.totalAwarded());
        try _pass.mint(id) {
            ++_passes[id];
        } catch {}
    }

    function sell(uint256 seed) external {
        uint256 id = 1 + (seed % badge.totalAwarded());
        if (_passes[id] == 0) return;
        address holder = _pass.ownerOf(id);
        VM.prank(holder);
        _pass.transferFrom(holder, _person(seed >> 8), id);
    }

    /// @dev Minutes, or to a second beside a snapshot or an end.
    function warp(uint256 seed) external {
        uint256 to = VM.getBlockTimestamp() + 1 + (seed % 20 minutes);
        if (seed % 3 != 0 && _board.callCount() != 0) {
            IIdeaBoard.Call memory state = _board.callOf(_callFrom(seed >> 16));
            to = (seed % 3 == 1 ? state.snapshot : state.end) + ((seed >> 8) % 3) - 1;
        }
        if (to > VM.getBlockTimestamp()) VM.warp(to);
    }

    /// @notice I1: the winners of each call are those of a plain sort of what was given.
    function checkLeaders() external view {
        for (uint256 call = 1; call <= _board.callCount(); ++call) {
            IIdeaBoard.Call memory state = _board.callOf(call);
            uint256[] memory sorted = _sorted(call, state.ideas);
            IIdeaBoard.Winner[] memory winners = _board.winnersOf(call);
            uint256 count = sorted.length < state.winners ? sorted.length : state.winners;
            checkEqual("I1: winners", winners.length, count);
            for (uint256 i = 0; i < count; ++i) {
                checkEqual("I1: winner", winners[i].idea, sorted[i]);
                checkEqual("I1: tally", winners[i].tally, _given[sorted[i]]);
            }
        }
    }

    /// @notice I2: what an idea has is what was given to it, and nobody gave twice.
    function checkTallies() external view {
        checkEqual("I2: twice", _twice, 0);
        for (uint256 call = 1; call <= _board.callCount(); ++call) {
            uint256 count = _board.callOf(call).ideas;
            for (uint256 i = 0; i < count; ++i) {
                uint256 idea = (call << 16) | i;
                checkEqual("I2: tally", _board.ideaOf(idea).tally, _given[idea]);
            }
        }
    }

    /// @notice I3: nothing happened outside of its time.
    function checkTimes() external view {
        checkEqual("I3: outside", _outside, 0);
    }

    /// @notice I4: each winner that shipped earned its badge once, and nothing else earned any.
    function checkBadges() external view {
        checkEqual("I4: badges", badge.kindOf(CO_CREATOR).awarded, _winnersShipped);
        checkEqual("I4: customers", badge.kindOf(CUSTOMER).awarded, _customers);
    }

    /// @notice I5: a badge had one pass at most, and each pass is somebody's.
    function checkPasses() external view {
        uint256 held = 0;
        uint256 minted = 0;
        for (uint256 id = 1; id <= badge.totalAwarded(); ++id) {
            if (_passes[id] > 1) checkEqual("I5: passes of a badge", _passes[id], 1);
            minted += _passes[id];
        }
        for (uint256 i = 0; i < PEOPLE; ++i) {
            held += _pass.balanceOf(_person(i));
        }
        checkEqual("I5: passes", held, minted);
    }

    function _ship(uint256 idea) private {
        try _board.ship(idea, 0, "") returns (uint256 id) {
            if (_shipped[idea]) ++_twice;
            _shipped[idea] = true;
            if (id != 0) {
                ++_winnersShipped;
                checkEqual("I4: holder", badge.ownerOf(id), _board.ideaOf(idea).author);
            }
        } catch {}
    }

    function _record(uint256 call, address who, uint256[] memory ideas, uint64 weight) private {
        IIdeaBoard.Call memory state = _board.callOf(call);
        uint256 time = VM.getBlockTimestamp();
        if (time <= state.snapshot || time >= state.end || who == treasury) ++_outside;
        uint256 expected = state.counting == IIdeaBoard.Counting.Voice ? 1 : token.balanceOf(who) / 1e10;
        checkEqual("I2: weight", weight, expected);
        for (uint256 i = 0; i < ideas.length; ++i) {
            if (_supported[ideas[i]][who]) ++_twice;
            _supported[ideas[i]][who] = true;
            _given[ideas[i]] += weight;
        }
        if (state.choice == IIdeaBoard.Choice.PickOne) {
            checkEqual("I2: picks", _board.voiceOf(call, who).ideas.length, 1);
        }
    }

    function _callFrom(uint256 seed) private view returns (uint256) {
        uint256 count = _board.callCount();
        require(count != 0);
        return 1 + (seed % count);
    }

    function _ideaFrom(uint256 seed) private view returns (uint256) {
        uint256 call = _callFrom(seed);
        return (call << 16) | ((seed >> 8) % (uint256(_board.callOf(call).ideas) + 1));
    }

    /// @dev Those with support, highest first; of the same, the earlier one.
    function _sorted(uint256 call, uint256 count) private view returns (uint256[] memory sorted) {
        sorted = new uint256[](count);
        uint256 length = 0;
        for (uint256 i = 0; i < count; ++i) {
            uint256 idea = (call << 16) | i;
            if (_given[idea] == 0) continue;
            uint256 place = length++;
            for (; place != 0 && _given[sorted[place - 1]] < _given[idea]; --place) {
                sorted[place] = sorted[place - 1];
            }
            sorted[place] = idea;
        }
        assembly ("memory-safe") {
            mstore(sorted, length)
        }
    }

    function _person(uint256 seed) private pure returns (address) {
        return address(uint160(0xA11CE + (seed % PEOPLE)));
    }
}

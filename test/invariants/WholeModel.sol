// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {IBadgeSatellite} from "../../contracts/interfaces/IBadgeSatellite.sol";
import {IBrandDAOFactory} from "../../contracts/interfaces/IBrandDAOFactory.sol";
import {IBrandGovernor} from "../../contracts/interfaces/IBrandGovernor.sol";
import {IBrandTimelock} from "../../contracts/interfaces/IBrandTimelock.sol";
import {IBrandToken} from "../../contracts/interfaces/IBrandToken.sol";
import {IContributionBadge} from "../../contracts/interfaces/IContributionBadge.sol";
import {IGuardedGovernor} from "../../contracts/interfaces/IGuardedGovernor.sol";
import {checkAtMost, checkEnd, checkEqual} from "./Checks.sol";
import {IManager} from "./Deployed.sol";
import {Roles} from "../../contracts/access/Roles.sol";
import {VM} from "./Vm.sol";
import {WholeLaunch} from "./WholeLaunch.sol";

/// @title WholeModel
/// @notice What is watched at every call to a whole DAO, and a plain record of who has which role.
abstract contract WholeModel is WholeLaunch {
    /// @dev What the treasury has, or pays.
    struct Money {
        uint256 ether_;
        uint256 tokens;
        uint256 plains;
    }

    /// @dev Points of a season: those that it is shared by, and each person's.
    struct Season {
        uint256 total;
        uint256[PEOPLE] points;
    }

    /// @dev Whatever has a role, or would like to: people, owners, both Safes, the contracts, the factory, and the launcher.
    address[] internal _accounts;
    uint64[] internal _roles;
    mapping(uint64 role => mapping(address account => bool)) internal _has;
    bool internal _handedOver;
    bool internal _halted;
    uint256 internal _communityDate;
    address internal _guardian;
    uint256 internal _guardianUntil;
    /// @dev Of the timelock.
    uint256 internal _delay = 3 hours;
    /// @dev Which of the two is the brand's.
    uint256 internal _current;

    /// @dev Another one after each call: of what doesn't go away by itself, a part is looked at each time.
    uint256 internal _turn;

    /// @dev What can be initialized: proxies and clones, and what they point to.
    address[2][7] private _initializable;

    constructor(Terms memory terms) WholeLaunch(terms) {
        address[10] memory contracts_ = [
            address(manager),
            address(token),
            timelock,
            address(governor),
            address(badge),
            address(drop),
            address(rewards),
            address(handover),
            address(board),
            address(pass)
        ];
        for (uint256 i = 0; i < contracts_.length; ++i) _accounts.push(contracts_[i]);
        for (uint256 i = 0; i < PEOPLE; ++i) _accounts.push(people[i]);
        for (uint256 i = 0; i < OWNERS; ++i) _accounts.push(_owner(i));
        for (uint256 i = 0; i < 2; ++i) _accounts.push(address(safes[i]));
        _accounts.push(address(factory));
        _accounts.push(address(this));

        for (uint64 role = 0; role <= Roles.VOTES_GRANTER; ++role) _roles.push(role);
        _roles.push(Roles.BOARD);
        _has[Roles.ADMIN][timelock] = true;
        _has[Roles.MINTER][timelock] = true;
        _has[Roles.STEWARD][timelock] = true;
        _has[Roles.STEWARD][address(safes[0])] = true;
        _has[Roles.ISSUER][address(safes[0])] = true;
        _has[Roles.SENTINEL][address(handover)] = true;
        _has[Roles.HANDOVER][address(handover)] = true;
        _has[Roles.HANDOVER][timelock] = true;
        _has[Roles.VOTES_GRANTER][address(badge)] = true;
        _has[Roles.BOARD][address(board)] = true;
        _communityDate = VM.getBlockTimestamp() + terms.communityIn;
        _guardian = address(safes[0]);
        _guardianUntil = VM.getBlockTimestamp() + terms.guardianFor;

        IBrandDAOFactory.Implementations memory of_ = factory.implementations();
        _initializable = [
            [address(manager), of_.manager],
            [address(token), of_.token],
            [timelock, of_.timelock],
            [address(governor), of_.governor],
            [address(badge), of_.badge],
            [address(drop), of_.drop],
            [address(rewards), of_.rewards]
        ];
    }

    /// @dev W4: everybody has exactly the roles that the launch gave, less what was taken, and with what somebody gave who could. One
    /// role each time: what somebody has wrongly is seen a few calls later.
    function _checkRoles(uint256 turn) internal view {
        uint64 role = _roles[turn % _roles.length];
        for (uint256 i = 0; i < _accounts.length; ++i) {
            (bool member, ) = manager.hasRole(role, _accounts[i]);
            if (member != _has[role][_accounts[i]])
                checkEqual("W4: who has a role", _accounts[i], address(uint160(role)));
        }
        uint64 admin = Roles.ADMIN;
        if (role == Roles.STEWARD) admin = Roles.HANDOVER;
        if (role == Roles.ISSUER) admin = Roles.STEWARD;
        checkEqual("W4: who gives a role", manager.getRoleAdmin(role), admin);
        checkEqual("W4: issuers", badge.issuerRole(), _issuerRole());
        checkEqual("W4: veto", IGuardedGovernor(address(governor)).proposalGuardian(), _vetoer());
        checkEqual("W4: date of the handover", handover.communityDate(), _communityDate);
    }

    /// @dev W4: what the timelock takes operations from is the governor, for ever.
    function _checkTimelock(uint256 turn) internal view {
        address account = _accounts[turn % _accounts.length];
        address owner = account == address(governor) ? account : address(0);
        IAccessControl roles = IAccessControl(timelock);
        require(roles.hasRole(keccak256("PROPOSER_ROLE"), account) == (account == owner), "W4: proposer");
        require(roles.hasRole(keccak256("EXECUTOR_ROLE"), account) == (account == owner), "W4: executor");
        require(roles.hasRole(keccak256("CANCELLER_ROLE"), account) == (account == owner), "W4: canceller");
        require(roles.hasRole(0, account) == (account == timelock), "W4: admin of the timelock");
    }

    /// @dev W6: nothing can be initialized again, and nothing that others point to at all.
    function _checkInitialized(uint256 turn) internal {
        uint256 index = turn % _initializable.length;
        bytes memory call = abi.encodeCall(IBadgeSatellite.initialize, ());
        if (index == 0) {
            call = abi.encodeCall(IManager.initialize, (address(this)));
        } else if (index == 1) {
            IBrandToken.TokenInit memory init;
            init.authority = address(this);
            call = abi.encodeCall(IBrandToken.initialize, (init));
        } else if (index == 2) {
            call = abi.encodeCall(
                IBrandTimelock.initialize,
                (IBrandTimelock.TimelockInit({minDelay: 1 hours, governor: address(this), daoURI: ""}))
            );
        } else if (index == 3) {
            IBrandGovernor.GovernorInit memory init;
            init.guardian = address(this);
            call = abi.encodeCall(IBrandGovernor.initialize, (init));
        } else if (index == 4) {
            IContributionBadge.BadgeInit memory init;
            init.authority = address(this);
            call = abi.encodeCall(IContributionBadge.initialize, (init));
        }
        for (uint256 i = 0; i < 2; ++i) {
            // solhint-disable-next-line avoid-low-level-calls
            (bool success, bytes memory returned) = _initializable[index][i].call(call);
            checkEnd("W6: initialize", Initializable.InvalidInitialization.selector, success, returned);
        }
    }

    /// @dev W7: tokens are in somebody's hands, and within the cap.
    function _checkSupply() internal view {
        uint256 held = 0;
        for (uint256 i = 0; i < _accounts.length; ++i) held += token.balanceOf(_accounts[i]);
        checkEqual("W7: supply", token.totalSupply(), held);
        checkAtMost("W7: cap", held, token.cap());
    }

    /// @dev A call by anybody, about which holds: no money leaves the treasury (W1), badges don't come while awards are halted (W4),
    /// and nobody's share of a season grows without points (W5).
    function _try(
        address caller,
        address to,
        bytes memory data
    ) internal returns (bool success, bytes memory returned) {
        Money memory before = _money();
        (Season memory running, Season memory last) = _seasons();
        uint256 awarded = badge.totalAwarded();
        (success, returned) = _send(caller, to, data);
        Money memory money = _money();
        checkAtMost("W1: ether", before.ether_, money.ether_);
        checkAtMost("W1: tokens", before.tokens, money.tokens);
        checkAtMost("W1: other tokens", before.plains, money.plains);
        if (_halted) checkEqual("W4: awarded while halted", badge.totalAwarded(), awarded);
        _checkShares(running, last);
    }

    /// @dev W5: of both seasons whose points are known of everybody.
    function _checkShares(Season memory running, Season memory last) internal view {
        (Season memory runningNow, Season memory lastNow) = _seasons();
        _checkShares(running, runningNow, 0);
        _checkShares(last, lastNow, 1);
    }

    function _send(
        address caller,
        address to,
        bytes memory data
    ) internal returns (bool success, bytes memory returned) {
        ++_turn;
        VM.prank(caller);
        // solhint-disable-next-line avoid-low-level-calls
        return to.call(data);
    }

    function _money() internal view returns (Money memory) {
        return Money(timelock.balance, token.balanceOf(timelock), plain.balanceOf(timelock));
    }

    function _seasons() internal view returns (Season memory running, Season memory last) {
        uint256 current = badge.currentSeason();
        running.total = badge.totalSeasonPoints(current);
        last.total = badge.totalSeasonPoints(current - 1);
        for (uint256 i = 0; i < PEOPLE; ++i) {
            IContributionBadge.Member memory member = badge.memberOf(people[i]);
            if (member.season == current) running.points[i] = member.seasonPoints;
            if (member.season == current - 1) last.points[i] = member.seasonPoints;
            else if (member.previousSeason == current - 1) last.points[i] = member.previousSeasonPoints;
        }
    }

    /// @dev Who may veto at this moment.
    function _vetoer() internal view returns (address) {
        return VM.getBlockTimestamp() < _guardianUntil ? _guardian : address(0);
    }

    function _brand() internal view returns (address) {
        return address(safes[_current]);
    }

    function _person(uint256 seed) internal view returns (address) {
        return people[seed % PEOPLE];
    }

    /// @dev The last of those that were.
    function _issuerRole() internal view returns (uint64) {
        uint64 last = _roles[_roles.length - 1];
        return last == Roles.BOARD ? Roles.ISSUER : last;
    }

    function _checkShares(Season memory before, Season memory season, uint256 ago) private pure {
        for (uint256 i = 0; i < PEOPLE; ++i) {
            if (season.points[i] > before.points[i]) continue;
            uint256 highest = before.points[i] * season.total;
            if (season.points[i] * before.total > highest) checkEqual("W5: share of a season", ago, i + 2);
        }
    }
}

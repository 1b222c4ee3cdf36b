// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Enum} from "@safe-global/safe-smart-account/contracts/libraries/Enum.sol";
import {Safe} from "@safe-global/safe-smart-account/contracts/Safe.sol";
import {SafeProxy} from "@safe-global/safe-smart-account/contracts/proxies/SafeProxy.sol";
import {IBrandDAOFactory} from "../../contracts/interfaces/IBrandDAOFactory.sol";
import {IBrandGovernor} from "../../contracts/interfaces/IBrandGovernor.sol";
import {IBrandToken} from "../../contracts/interfaces/IBrandToken.sol";
import {IContributionBadge} from "../../contracts/interfaces/IContributionBadge.sol";
import {IContributionRewards} from "../../contracts/interfaces/IContributionRewards.sol";
import {IHandover} from "../../contracts/interfaces/IHandover.sol";
import {IIdeaBoard} from "../../contracts/interfaces/IIdeaBoard.sol";
import {ILoyaltyDrop} from "../../contracts/interfaces/ILoyaltyDrop.sol";
import {IMembershipPass} from "../../contracts/interfaces/IMembershipPass.sol";
import {IModuleFactory} from "../../contracts/interfaces/IModuleFactory.sol";
import {ITitles} from "../../contracts/interfaces/ITitles.sol";
import {IManager, IToken, deploy} from "./Deployed.sol";
import {PlainToken} from "../contracts/rewards/Tokens.sol";
import {Roles} from "../../contracts/access/Roles.sol";
import {VM} from "./Vm.sol";

/// @title WholeLaunch
/// @notice A DAO as the factory launches it, with both modules, and with real Safes: two owners of three sign. Launcher and factory
/// have no power afterwards.
abstract contract WholeLaunch {
    /// @param stewardDelay Of what the Safe does as steward.
    /// @param guardianFor How long the Safe may veto, from the launch on.
    /// @param communityIn How long until anyone may hand over.
    struct Terms {
        uint32 stewardDelay;
        uint48 guardianFor;
        uint48 communityIn;
    }

    uint256 internal constant PEOPLE = 6;
    uint256 internal constant OWNERS = 3;
    uint256 internal constant FIRST_KEY = 0xA11CE;
    uint256 internal constant FIRST_OWNERS_KEY = 0x05AFE;

    uint32 internal constant PLAIN_KIND = 1;
    uint32 internal constant VOTING_KIND = 2;
    uint32 internal constant BOARD_KIND = 3;

    uint32 internal constant SEASON = 7 days;
    uint32 internal constant EXTENSION = 1 hours;
    uint32 internal constant GRACE = 1 days;
    uint16 internal constant QUORUM_BPS = 1_500;

    uint32 internal immutable _STEWARD_DELAY;

    IManager internal manager;
    IToken internal token;
    IBrandGovernor internal governor;
    address internal timelock;
    IContributionBadge internal badge;
    ILoyaltyDrop internal drop;
    IContributionRewards internal rewards;
    IHandover internal handover;
    IIdeaBoard internal board;
    IMembershipPass internal pass;
    IBrandDAOFactory internal factory;
    PlainToken internal plain;

    /// @dev The brand's Safe at the launch, and another one with the same owners.
    Safe[2] internal safes;
    address[PEOPLE] internal people;
    /// @dev In the order in which a Safe wants signatures.
    uint256[OWNERS] private _ownerKeys;

    constructor(Terms memory terms) {
        VM.warp(1_780_000_000); // in the year 2026, as time 1 is before all windows
        _STEWARD_DELAY = terms.stewardDelay;
        for (uint256 i = 0; i < PEOPLE; ++i) people[i] = VM.addr(FIRST_KEY + i);
        _createSafes();
        IModuleFactory modules = _createFactory();
        IBrandDAOFactory.Deployment memory dao = factory.launch(_config(terms));
        manager = IManager(dao.manager);
        token = IToken(dao.token);
        timelock = dao.timelock;
        governor = IBrandGovernor(dao.governor);
        badge = IContributionBadge(dao.badge);
        drop = ILoyaltyDrop(dao.drop);
        rewards = IContributionRewards(dao.rewards);
        handover = IHandover(dao.handover);
        (address board_, address pass_) = modules.predict(dao.badge);
        board = IIdeaBoard(board_);
        pass = IMembershipPass(pass_);

        address[] memory rich = new address[](PEOPLE + 1);
        for (uint256 i = 0; i < PEOPLE; ++i) rich[i] = people[i];
        rich[PEOPLE] = timelock;
        plain = new PlainToken(rich, 100_000e18);
        VM.deal(timelock, 100 ether);
        for (uint256 i = 0; i < PEOPLE; ++i) _allow(people[i]);
    }

    function _owner(uint256 index) internal view returns (address) {
        return VM.addr(_ownerKeys[index % OWNERS]);
    }

    /// @dev A Safe's transaction that makes a call, signed by two owners. What the call reverts with comes through.
    function _fromSafe(Safe safe, uint256 first, address to, bytes memory data) internal view returns (bytes memory) {
        bytes memory signatures = _signatures(_hashOf(safe, to, data), first % 2);
        return
            abi.encodeCall(
                Safe.execTransaction,
                (to, 0, data, Enum.Operation.Call, 0, 0, 0, address(0), payable(address(0)), signatures)
            );
    }

    function _sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = VM.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function _signatures(bytes32 digest, uint256 first) private view returns (bytes memory) {
        return bytes.concat(_sign(_ownerKeys[first], digest), _sign(_ownerKeys[first + 1], digest));
    }

    function _hashOf(Safe safe, address to, bytes memory data) private view returns (bytes32) {
        uint256 nonce = safe.nonce();
        return safe.getTransactionHash(to, 0, data, Enum.Operation.Call, 0, 0, 0, address(0), address(0), nonce);
    }

    function _allow(address holder) private {
        VM.prank(holder);
        token.approve(address(rewards), type(uint256).max);
        VM.prank(holder);
        token.approve(address(drop), type(uint256).max);
        VM.prank(holder);
        plain.approve(address(rewards), type(uint256).max);
    }

    function _createSafes() private {
        address[] memory owners = new address[](OWNERS);
        for (uint256 i = 0; i < OWNERS; ++i) {
            uint256 key = FIRST_OWNERS_KEY + i;
            uint256 place = i;
            for (; place != 0 && VM.addr(_ownerKeys[place - 1]) > VM.addr(key); --place) {
                _ownerKeys[place] = _ownerKeys[place - 1];
            }
            _ownerKeys[place] = key;
            owners[i] = VM.addr(key);
        }
        address singleton = address(new Safe());
        for (uint256 i = 0; i < 2; ++i) {
            safes[i] = Safe(payable(address(new SafeProxy(singleton))));
            safes[i].setup(owners, 2, address(0), "", address(0), address(0), 0, payable(address(0)));
        }
    }

    function _createFactory() private returns (IModuleFactory modules) {
        address board_ = deploy("IdeaBoard.sol:IdeaBoard", "");
        address renderer = deploy("PassRenderer.sol:PassRenderer", "");
        address pass_ = deploy("MembershipPass.sol:MembershipPass", abi.encode(renderer));
        modules = IModuleFactory(deploy("ModuleFactory.sol:ModuleFactory", abi.encode(board_, pass_)));
        renderer = deploy("BadgeRenderer.sol:BadgeRenderer", abi.encode(modules));
        address verifier = deploy("VoucherVerifier.sol:VoucherVerifier", "");
        IBrandDAOFactory.Implementations memory implementations = IBrandDAOFactory.Implementations({
            manager: deploy("BrandAccessManager.sol:BrandAccessManager", ""),
            token: deploy("BrandToken.sol:BrandToken", ""),
            timelock: deploy("BrandTimelock.sol:BrandTimelock", ""),
            governor: deploy("BrandGovernor.sol:BrandGovernor", ""),
            badge: deploy("ContributionBadge.sol:ContributionBadge", abi.encode(renderer, verifier)),
            drop: deploy("LoyaltyDrop.sol:LoyaltyDrop", ""),
            rewards: deploy("ContributionRewards.sol:ContributionRewards", ""),
            handover: deploy("Handover.sol:Handover", "")
        });
        factory = IBrandDAOFactory(deploy("BrandDAOFactory.sol:BrandDAOFactory", abi.encode(implementations, modules)));
    }

    function _config(Terms memory terms) private view returns (IBrandDAOFactory.LaunchConfig memory config) {
        uint48 now_ = uint48(VM.getBlockTimestamp());
        config.token = IBrandDAOFactory.TokenConfig({
            name: "Kyoso Coffee",
            symbol: "KYO",
            capTokens: 1_000_000,
            mintLimit: IBrandToken.RateLimit(10_000e18, 30 days),
            contributionShareBps: 1_000,
            contributionLimit: IBrandToken.RateLimit(1_000e18, 7 days),
            allocations: new IBrandToken.Allocation[](PEOPLE + 1)
        });
        for (uint256 i = 0; i < PEOPLE; ++i) {
            config.token.allocations[i] = IBrandToken.Allocation(people[i], (i + 1) * 1_000e18);
        }
        config.token.allocations[PEOPLE] = IBrandToken.Allocation(address(0), 100_000e18);
        config.governance = IBrandDAOFactory.GovernanceConfig({
            votingDelay: 1 hours,
            votingPeriod: 2 hours,
            lateQuorumExtension: EXTENSION,
            gracePeriod: GRACE,
            proposalThreshold: 1e18,
            quorumBps: QUORUM_BPS,
            quorumFloor: 1_000e18,
            timelockDelay: 3 hours,
            daoURI: ""
        });
        config.handover = IBrandDAOFactory.HandoverConfig({
            safe: address(safes[0]),
            stewardDelay: terms.stewardDelay,
            guardianExpiry: terms.guardianFor == 0 ? 0 : now_ + terms.guardianFor,
            communityDate: now_ + terms.communityIn
        });
        config.members = IContributionBadge.MemberTerms(SEASON, 1 days, type(uint32).max, 2, 2);
        config.titles = new ITitles.Title[](2);
        config.titles[0] = ITitles.Title("Guest", 0);
        config.titles[1] = ITitles.Title("Regular", 30);
        config.kinds = new IContributionBadge.KindConfig[](3);
        config.kinds[0] = IContributionBadge.KindConfig("Customer", "", "", 10, 0, Roles.ISSUER, 0, 0);
        config.kinds[1] = IContributionBadge.KindConfig("Ambassador", "", "", 50, 100e18, Roles.ISSUER, 0, 0);
        config.kinds[2] = IContributionBadge.KindConfig("Co-creator", "", "", 20, 0, Roles.BOARD, 0, 0);
        config.modules = IBrandDAOFactory.ModulesConfig({
            board: true,
            pass: true,
            passTerms: IMembershipPass.PassTerms(PLAIN_KIND, 500, 0, IMembershipPass.Language.English)
        });
    }
}

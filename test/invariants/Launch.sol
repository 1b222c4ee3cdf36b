// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {ERC1967Clones} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Clones.sol";
import {IBrandToken} from "../../contracts/interfaces/IBrandToken.sol";
import {IContributionBadge} from "../../contracts/interfaces/IContributionBadge.sol";
import {IManager, IToken, deploy, deployLinked, deployProxy} from "./Deployed.sol";
import {Roles} from "../../contracts/access/Roles.sol";
import {VM} from "./Vm.sol";
import {TokenLinks} from "../../contracts/token/TokenLinks.sol";

/// @title Launch
/// @notice Token and badge behind the proxies that the factory uses, without a Safe: this contract holds every role.
/// @dev The runner knows a handler by its artifact, and writes only those of the files it is given: after a change to a
/// handler, run all files, or name the handler's too.
abstract contract Launch {
    /// @notice A timelock that isn't set up yet.
    address public treasury;

    IManager internal manager;
    IToken internal token;
    IContributionBadge internal badge;

    constructor() {
        VM.warp(1_780_000_000); // in the year 2026, as time 1 is before all windows
        manager = IManager(Clones.clone(deploy("BrandAccessManager.sol:BrandAccessManager", "")));
        treasury = deployProxy("BrandTimelock.sol:BrandTimelock");
        token = IToken(deployLinked("BrandToken.sol:BrandToken", TokenLinks.encode(treasury)));
        address renderer = deploy("BadgeRenderer.sol:BadgeRenderer", abi.encode(address(0)));
        address verifier = deploy("VoucherVerifier.sol:VoucherVerifier", "");
        badge = IContributionBadge(
            ERC1967Clones.clone(deploy("ContributionBadge.sol:ContributionBadge", abi.encode(renderer, verifier)))
        );
        manager.initialize(address(this));
        manager.grantRole(Roles.MINTER, address(this), 0);
        manager.grantRole(Roles.STEWARD, address(this), 0);
        manager.grantRole(Roles.ISSUER, address(this), 0);
        manager.grantRole(Roles.VOTES_GRANTER, address(this), 0);
        manager.grantRole(Roles.VOTES_GRANTER, address(badge), 0);
        bytes4[] memory steward = new bytes4[](1);
        steward[0] = IContributionBadge.revoke.selector;
        manager.setTargetFunctionRole(address(badge), steward, Roles.STEWARD);
    }

    function _initializeToken(
        uint64 capTokens,
        IBrandToken.RateLimit memory mintLimit,
        uint16 contributionShareBps,
        IBrandToken.RateLimit memory contributionLimit,
        IBrandToken.Allocation[] memory allocations
    ) internal {
        token.initialize(
            IBrandToken.TokenInit({
                name: "Kyoso Coffee",
                symbol: "KYO",
                capTokens: capTokens,
                mintLimit: mintLimit,
                contributionShareBps: contributionShareBps,
                contributionLimit: contributionLimit,
                authority: address(manager),
                allocations: allocations
            })
        );
    }
}

// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {EconomyHandler} from "./EconomyHandler.sol";
import {VM} from "./Vm.sol";

/// @title RecoveredSharesFuzz
/// @notice Rewards while recoveries are carried out, where few histories of {ContributionEconomyInvariants} get. The
/// predictions are the same.
contract RecoveredSharesFuzz {
    EconomyHandler private handler;

    function setUp() external {
        handler = new EconomyHandler();
    }

    /// @notice E8: in whichever order badges are moved, taken and claimed for, and recoveries ended, each is paid for once,
    /// and an account is paid for all that it holds but what it makes up for itself.
    /// @param badges Of the season: kinds and holders.
    /// @param actions What happens in the season after it.
    function testFuzz_E8_recoveredShares(uint256 badges, uint256[28] calldata actions) external {
        for (uint256 i = 0; i < 10; ++i) {
            uint256 seed = badges >> (8 * i);
            handler.award(seed % 3, (seed >> 4) % 4);
        }
        handler.fundSeason(0, false, 40e18);
        handler.fundSeason(0, true, 30e18);
        VM.warp(VM.getBlockTimestamp() + 4 days);
        handler.requestRecovery(0, 1);
        handler.requestRecovery(2, 3);
        // Now and then still in the dispute window.
        VM.warp(VM.getBlockTimestamp() + (badges % 4 == 0 ? 3.5 days : 4 days));
        for (uint256 i = 0; i < actions.length; ++i) {
            _act(actions[i] % 10, actions[i] / 10);
        }
        handler.checkShares();
        handler.checkBudgets();
        handler.checkRecoveries();
        handler.checkPoints();
        handler.checkMembers();
    }

    function _act(uint256 action, uint256 seed) private {
        if (action < 3) handler.claimReward((seed % 4) << 5, seed % 8 > 4, seed >> 3, false);
        else if (action < 6) handler.recover(seed, seed >> 8, false);
        else if (action == 6 && seed % 8 > 3) handler.refuseRecovery((seed % 4) * 6, seed % 16 != 0);
        else if (action == 6) handler.cancelRecovery((seed % 4) * 6);
        else if (action == 7) handler.revoke(seed);
        else if (action == 8) handler.renounce(seed, seed >> 8);
        else if (seed % 2 == 0) VM.warp(VM.getBlockTimestamp() + (seed % 12) * 1 hours);
        else handler.revokeVoting(seed >> 1);
    }
}

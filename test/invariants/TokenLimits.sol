// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {checkAtMost, checkEqual} from "./Checks.sol";
import {IBrandToken} from "../../contracts/interfaces/IBrandToken.sol";
import {Launch} from "./Launch.sol";
import {VM} from "./Vm.sol";

/// @title TokenLimits
/// @notice A record of what was minted and granted, and what the two limits say about it.
/// @dev Plain lists that are summed anew each time, unlike the checkpoints and the bucket of the contract.
abstract contract TokenLimits is Launch {
    struct Entry {
        uint256 at;
        uint256 amount;
    }

    uint64 internal constant CAP_TOKENS = 1_000_000;
    uint256 internal constant CAP = uint256(CAP_TOKENS) * 1e18;

    IBrandToken.RateLimit private _mintLimit;
    Entry[] private _mints;
    /// @dev Minted since the limit was last set: from this index on.
    uint256 private _mintsSinceSet;
    /// @dev The contract forgets what was minted before, when it mints while nothing is in the window.
    uint256 private _mintsKept;

    IBrandToken.RateLimit private _grantLimit;
    uint256 private _shareBps;
    Entry[] private _grants;
    uint256 private _grantsSinceSet;
    uint256 private _usedThen;
    uint256 private _usedAt;

    /// @notice T4.
    function checkMints() external view {
        checkEqual("T4: cap", token.cap(), CAP);
        checkAtMost("T4: supply", token.totalSupply(), CAP);
        checkAtMost("T4: minted within the window", _mintedWithin(_mintsSinceSet), _mintLimit.amount);
        (, uint256 available) = token.mintLimit();
        checkEqual("T4: available to mint", available, _leftToMint());
    }

    /// @notice T5. What was granted from any moment on is at most a full bucket and what refilled since; within one
    /// window that is twice the bucket.
    function checkGrants() external view {
        uint256 time = VM.getBlockTimestamp();
        uint256 granted = 0;
        for (uint256 i = _grants.length; i > _grantsSinceSet; --i) {
            Entry storage entry = _grants[i - 1];
            granted += entry.amount;
            uint256 elapsed = time - entry.at;
            uint256 refilled = (elapsed * _grantLimit.amount) / _grantLimit.window;
            checkAtMost("T5: granted since", granted, _grantLimit.amount + refilled);
            if (elapsed <= _grantLimit.window) {
                checkAtMost("T5: granted within the window", granted, 2 * uint256(_grantLimit.amount));
            }
        }
        (uint16 shareBps, , uint256 available) = token.contributionLimit();
        checkEqual("T5: share", shareBps, _shareBps);
        checkEqual(
            "T5: available to grant",
            available,
            Math.min(Math.saturatingSub(_highestGranted(), token.totalContributionVotes()), _bucket())
        );
    }

    function _recordMintLimit(IBrandToken.RateLimit memory limit) internal {
        _mintLimit = limit;
        _mintsSinceSet = _mints.length;
    }

    function _recordMint(uint256 amount) internal {
        if (amount == 0) return;
        if (_mintedWithin(_mintsKept) == 0) _mintsKept = _mints.length;
        _mints.push(Entry(VM.getBlockTimestamp(), amount));
    }

    function _recordGrantLimit(uint16 shareBps, IBrandToken.RateLimit memory limit) internal {
        _usedThen = _used();
        _usedAt = VM.getBlockTimestamp();
        _grantsSinceSet = _grants.length;
        _shareBps = shareBps;
        _grantLimit = limit;
    }

    function _recordGrant(uint256 amount) internal {
        if (amount == 0) return;
        _usedThen = _used() + amount;
        _usedAt = VM.getBlockTimestamp();
        _grants.push(Entry(_usedAt, amount));
    }

    function _leftToMint() internal view returns (uint256) {
        return Math.saturatingSub(_mintLimit.amount, _mintedWithin(_mintsKept));
    }

    /// @dev What the bucket holds.
    function _bucket() internal view returns (uint256) {
        return Math.saturatingSub(_grantLimit.amount, _used());
    }

    /// @dev The share of what circulates.
    function _highestGranted() internal view returns (uint256) {
        return (Math.saturatingSub(token.totalSupply(), token.getVotes(token.treasury())) * _shareBps) / 10_000;
    }

    function _mintedWithin(uint256 first) private view returns (uint256 minted) {
        for (uint256 i = first; i < _mints.length; ++i) {
            if (_mints[i].at + _mintLimit.window > VM.getBlockTimestamp()) minted += _mints[i].amount;
        }
    }

    /// @dev What of the bucket is still missing.
    function _used() private view returns (uint256) {
        if (_grantLimit.window == 0) return 0;
        uint256 elapsed = VM.getBlockTimestamp() - _usedAt;
        return Math.saturatingSub(_usedThen, (elapsed * _grantLimit.amount) / _grantLimit.window);
    }
}

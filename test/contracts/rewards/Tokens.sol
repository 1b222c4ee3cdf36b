// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IContributionRewards} from "../../../contracts/interfaces/IContributionRewards.sol";

/// @title PlainToken
/// @notice An ERC-20 that has nothing to do with a DAO.
contract PlainToken is ERC20 {
    constructor(address[] memory holders, uint256 amount) ERC20("Plain", "PLAIN") {
        for (uint256 i = 0; i < holders.length; ++i) {
            _mint(holders[i], amount);
        }
    }
}

/// @title SilentToken
/// @notice Returns nothing from what should return true, as some of the oldest tokens do.
contract SilentToken is PlainToken {
    constructor(address[] memory holders, uint256 amount) PlainToken(holders, amount) {}

    function transfer(address to, uint256 value) public override returns (bool) {
        super.transfer(to, value);
        assembly {
            return(0, 0)
        }
    }

    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        super.transferFrom(from, to, value);
        assembly {
            return(0, 0)
        }
    }
}

/// @title FeeToken
/// @notice Burns a hundredth of what is transferred, once it is told to.
contract FeeToken is PlainToken {
    bool private _charging;

    constructor(address[] memory holders, uint256 amount) PlainToken(holders, amount) {}

    function charge() external {
        _charging = true;
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (_charging && from != address(0)) super._update(to, address(0), value / 100);
    }
}

/// @title FalseToken
/// @notice Moves nothing and returns false, instead of reverting, once it is told to.
contract FalseToken is PlainToken {
    bool private _refusing;

    constructor(address[] memory holders, uint256 amount) PlainToken(holders, amount) {}

    function refuse() external {
        _refusing = true;
    }

    function transfer(address to, uint256 value) public override returns (bool) {
        return !_refusing && super.transfer(to, value);
    }

    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        return !_refusing && super.transferFrom(from, to, value);
    }
}

/// @title RebasingToken
/// @notice All balances shrink and grow together. Amounts should be such that nothing has to be rounded.
contract RebasingToken is PlainToken {
    uint256 private _percent = 100;

    constructor(address[] memory holders, uint256 amount) PlainToken(holders, amount) {}

    /// @notice Balances are `percent` of what they would be without any change.
    function rebase(uint256 percent) external {
        _percent = percent;
    }

    function balanceOf(address account) public view override returns (uint256) {
        return (super.balanceOf(account) * _percent) / 100;
    }

    function _update(address from, address to, uint256 value) internal override {
        // What the constructor mints comes before the percentage is set.
        super._update(from, to, from == address(0) ? value : (value * 100) / _percent);
    }
}

/// @title ReentrantToken
/// @notice Makes the call that it was armed with, once, before it moves what is transferred.
contract ReentrantToken is PlainToken {
    address private _target;
    bytes private _data;

    /// @notice How often it made its call.
    uint256 public calls;

    /// @notice Whether the call went through, and what it returned or reverted with.
    bool public succeeded;
    bytes public answer;

    constructor(address[] memory holders, uint256 amount) PlainToken(holders, amount) {}

    /// @notice As the caller of `target`, it also has `amount` of itself, for `target` to take.
    function arm(address target, bytes calldata data, uint256 amount) external {
        _target = target;
        _data = data;
        _mint(address(this), amount);
        _approve(address(this), target, amount);
    }

    function transfer(address to, uint256 value) public override returns (bool) {
        _strike();
        return super.transfer(to, value);
    }

    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        _strike();
        return super.transferFrom(from, to, value);
    }

    function _strike() private {
        address target = _target;
        if (target == address(0)) return;
        _target = address(0);
        ++calls;
        // solhint-disable-next-line avoid-low-level-calls
        (succeeded, answer) = target.call(_data);
    }
}

/// @title SenderHookToken
/// @notice An honest token that tells a contract before it moves what it sends, as ERC-777 does.
contract SenderHookToken is PlainToken {
    mapping(address sender => bool) private _registered;

    constructor(address[] memory holders, uint256 amount) PlainToken(holders, amount) {}

    function register() external {
        _registered[msg.sender] = true;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (_registered[from]) HookedFunder(from).tokensToSend();
        super._update(from, to, value);
    }
}

/// @title HookedFunder
/// @notice Funds a season and, while its tokens are about to leave, makes the call that it was armed with, once. Its
/// failure doesn't stop the funding.
contract HookedFunder {
    IContributionRewards private immutable REWARDS;
    SenderHookToken private immutable TOKEN;

    bytes private _data;

    /// @notice Whether the call went through.
    bool public succeeded;

    constructor(IContributionRewards rewards, SenderHookToken token) {
        REWARDS = rewards;
        TOKEN = token;
        token.register();
        token.approve(address(rewards), type(uint256).max);
    }

    function fund(uint16 season, uint256 amount, bytes calldata data) external {
        _data = data;
        REWARDS.fund(season, address(TOKEN), amount);
    }

    function tokensToSend() external {
        bytes memory data = _data;
        if (data.length == 0) return;
        delete _data;
        // solhint-disable-next-line avoid-low-level-calls
        (succeeded, ) = address(REWARDS).call(data);
    }
}

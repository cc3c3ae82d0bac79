// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

import {Atomine} from "../src/Atomine.sol";

/// @dev Mines and claims, and does whatever it has planned when it is called back, once.
contract HostileOwner {
    struct Move {
        address target;
        uint256 value;
        bytes data;
    }

    Atomine private immutable ATOMINE;
    Move[] private _moves;
    bytes[] private _refusals;
    uint256 public callbacks;
    bool public takesEther = true;

    constructor(Atomine atomine) {
        ATOMINE = atomine;
    }

    function mine(uint256 nonce) external payable {
        ATOMINE.mine{value: msg.value}(nonce);
    }

    function claim(uint256[] calldata ids) external {
        ATOMINE.claim(ids);
    }

    function refuseEther() external {
        takesEther = false;
    }

    /// @dev As it was at first: no plan, and it takes ether.
    function forget() external {
        delete _moves;
        delete _refusals;
        (callbacks, takesEther) = (0, true);
    }

    function plan(address target, uint256 value, bytes calldata data) external {
        _moves.push(Move(target, value, data));
    }

    /// @dev What each move of the plan was answered; empty for those that went through.
    function refusals() external view returns (bytes[] memory) {
        return _refusals;
    }

    function onERC721Received(address, address, uint256, bytes calldata) external returns (bytes4) {
        _callBack();
        return this.onERC721Received.selector;
    }

    receive() external payable {
        _callBack();
        require(takesEther, "no, thanks");
    }

    function _callBack() private {
        if (++callbacks > 1) return;
        for (uint256 i; i < _moves.length; ++i) {
            (bool done, bytes memory answer) = _moves[i].target.call{value: _moves[i].value}(_moves[i].data);
            _refusals.push(done ? bytes("") : answer);
        }
    }
}

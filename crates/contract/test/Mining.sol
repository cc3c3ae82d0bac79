// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

import {Atomine} from "../src/Atomine.sol";
import {Vm} from "./Vm.sol";

/// @dev Someone who mines a collection.
abstract contract Mining {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    uint256 internal constant BASE_COST = 0.000045 ether;
    address internal constant ALICE = address(0xa11ce);
    address internal constant BOB = address(0xb0b);

    Atomine internal atomine;

    /// @dev The easiest work there can be, and the original's costs.
    function easy() internal pure returns (Atomine.Parameters memory) {
        return Atomine.Parameters("Atomine", "ATOM", "https://example.org/", type(uint256).max, 13, BASE_COST);
    }

    /// @dev A nonce that is enough work for `miner`, and the cost.
    function findNonce(address miner) internal view returns (uint256 nonce, uint256 cost) {
        bytes32 prevHash;
        uint256 target;
        (, prevHash, target, cost) = atomine.work();
        while (uint256(workHash(miner, prevHash, nonce)) >= target) ++nonce;
    }

    function workHash(address miner, bytes32 prevHash, uint256 nonce) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(miner, prevHash, nonce));
    }

    /// @dev Mints the next Atom to `miner`, with money from nowhere.
    function mineAs(address miner) internal returns (uint256 id) {
        id = atomine.totalSupply() + 1;
        (uint256 nonce, uint256 cost) = findNonce(miner);
        vm.deal(miner, miner.balance + cost);
        vm.prank(miner);
        atomine.mine{value: cost}(nonce);
    }

    /// @dev Mints until Atom `id` is the newest.
    function mineUpTo(uint256 id, address miner) internal {
        while (atomine.totalSupply() < id) mineAs(miner);
    }

    function claimAs(address owner, uint256 id) internal {
        vm.prank(owner);
        atomine.claim(one(id));
    }

    function one(uint256 id) internal pure returns (uint256[] memory ids) {
        ids = new uint256[](1);
        ids[0] = id;
    }

    /// @dev All dividends that are still owed, to whomever.
    function owedInAll() internal view returns (uint256 owed) {
        uint256 newest = atomine.totalSupply();
        for (uint256 id = 1; id <= newest; ++id) {
            owed += atomine.claimable(id);
        }
    }
}

/// @dev What most tests begin with: an easy collection, whose Genesis is the test's.
abstract contract EasyCollection is Mining {
    function setUp() public virtual {
        atomine = new Atomine(easy());
    }
}

// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

import {Atomine} from "../src/Atomine.sol";
import {EasyCollection} from "./Mining.sol";

/// @dev For Halmos, which tries all arguments at once (`halmos --contract SymbolicTest`); forge calls only `test`s.
/// Atoms 2 to 4 are Alice's, and 2 and 3 are owed something.
contract SymbolicTest is EasyCollection {
    function setUp() public override {
        super.setUp();
        mineUpTo(4, ALICE);
    }

    function check_nobodyElseIsPaid(address thief, uint256 id) public {
        vm.assume(thief != ALICE && thief != address(this));
        uint256 held = address(atomine).balance;
        vm.prank(thief);
        (bool done,) = address(atomine).call(abi.encodeCall(Atomine.claim, one(id)));
        assert(!done);
        assert(address(atomine).balance == held);
    }

    /// @dev OpenZeppelin takes the address 0 for "no need to ask", and no key leads to it.
    function check_nobodyElseHandsAnAtomOver(address thief, address to, uint256 id) public {
        vm.assume(thief != ALICE && thief != address(this) && thief != address(0));
        vm.prank(thief);
        (bool done,) = address(atomine).call(abi.encodeCall(atomine.transferFrom, (ALICE, to, id)));
        assert(!done);
    }

    function check_aMintIsWorkAndItsPriceOrNothing(address miner, uint256 nonce, uint96 value) public {
        vm.assume(miner != address(0) && miner != address(atomine));
        (uint256 id, bytes32 prevHash, uint256 target, uint256 cost) = atomine.work();
        uint256 held = address(atomine).balance;
        vm.deal(miner, value);
        vm.prank(miner);
        (bool done,) = address(atomine).call{value: value}(abi.encodeCall(Atomine.mine, nonce));
        bool enough = uint256(workHash(miner, prevHash, nonce)) < target;
        assert(done == (enough && value == cost));
        assert(atomine.totalSupply() == (done ? id : id - 1));
        assert(address(atomine).balance == held + (done ? cost : 0));
        if (done) assert(atomine.ownerOf(id) == miner);
    }
}

// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

import {Atomine} from "../src/Atomine.sol";
import {EasyCollection, Mining} from "./Mining.sol";

/// @dev Four accounts that mine, transfer and claim, and what went in and out by it.
contract Players is Mining {
    uint256 public paidIn;
    uint256 public paidOut;
    uint256 public claims;

    constructor(Atomine collection) {
        atomine = collection;
    }

    function mine(uint256 seed) external {
        uint256 id = mineAs(_player(seed));
        paidIn += atomine.costOf(id);
    }

    function transfer(uint256 atomSeed, uint256 toSeed) external {
        (uint256 id, address owner) = _atom(atomSeed);
        vm.prank(owner);
        atomine.transferFrom(owner, _player(toSeed), id);
    }

    function claim(uint256 atomSeed) external {
        (uint256 id, address owner) = _atom(atomSeed);
        uint256 owed = atomine.claimable(id);
        if (owed == 0) return;
        uint256 before = owner.balance;
        claimAs(owner, id);
        require(owner.balance - before == owed, "paid what it said");
        paidOut += owed;
        ++claims;
    }

    function claimTwiceAndForeign(uint256 atomSeed, uint256 thiefSeed) external {
        (uint256 id, address owner) = _atom(atomSeed);
        address thief = _player(thiefSeed);
        uint256[] memory ids = new uint256[](2);
        (ids[0], ids[1]) = (id, id);
        uint256 owed = atomine.claimable(id);
        vm.prank(thief);
        try atomine.claim(ids) {
            require(thief == owner, "only the owner");
            paidOut += owed;
        } catch {
            require(thief != owner || owed == 0, "the owner may");
        }
    }

    function _player(uint256 seed) private pure returns (address) {
        return address(uint160(0xf00 + seed % 4));
    }

    function _atom(uint256 seed) private view returns (uint256 id, address owner) {
        id = 1 + seed % atomine.totalSupply();
        owner = atomine.ownerOf(id);
    }
}

contract SolvencyTest is EasyCollection {
    Players private _players;

    function setUp() public override {
        super.setUp();
        _players = new Players(atomine);
        // This contract does not take ether; a player does.
        atomine.transferFrom(address(this), ALICE, 1);
    }

    /// @dev Where forge's fuzzer looks for what it may call.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_players);
    }

    function invariant_etherInIsEtherPaidAndEtherOwed() public view {
        assert(_players.paidIn() == _players.paidOut() + owedInAll());
        assert(address(atomine).balance == owedInAll());
    }

    function invariant_everyAtomHasAnOwnerAndItsNumber() public view {
        Atomine.Atom[] memory all = atomine.atoms(1, type(uint256).max);
        assert(all.length == atomine.totalSupply());
        for (uint256 i; i < all.length; ++i) {
            assert(all[i].owner != address(0));
        }
    }
}

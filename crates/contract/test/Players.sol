// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

import {Atomine} from "../src/Atomine.sol";
import {MiningRules} from "../src/MiningRules.sol";
import {Future} from "./Future.sol";
import {HostileOwner} from "./HostileOwner.sol";

/// @dev Four accounts and two hostile contracts that mine, hand over and claim in any order, while the collection now
/// and then leaps to the end of a later generation. What each does must do exactly that.
contract Players is Future {
    /// @dev Beyond this generation no test finds a nonce: its mints are written into storage.
    uint256 private constant MINEABLE = 3;
    /// @dev The last generation that is leapt to; POWNFT is in its thirteenth.
    uint256 private constant LAST_GENERATION = 40;

    /// @dev Wei forced upon the collection, which is nobody's.
    uint256 public forced;
    address[] public players;
    uint256[] public atoms;
    uint256 private _newest;

    constructor(Atomine collection) {
        atomine = collection;
        for (uint160 i; i < 4; ++i) {
            players.push(address(0xf00 + i));
        }
        players.push(address(new HostileOwner(collection)));
        players.push(address(new HostileOwner(collection)));
        _newest = 1;
        atoms.push(1);
    }

    function mine(uint256 playerSeed) external {
        address player = _player(playerSeed);
        uint256 id = atomine.totalSupply() + 1;
        if (_isMineable()) mineAs(player);
        else place(id, player);
        require(atomine.ownerOf(id) == player, "the miner's");
        _takeDown();
    }

    function leap(uint256 seed, uint256 playerSeed) external {
        // Seldom, so that much is mined, claimed and handed over between two leaps.
        if (seed % 8 != 0) return;
        uint256 newest = atomine.totalSupply();
        uint256 generation = MiningRules.generation(newest) + 1 + (seed >> 3) % 3;
        if (generation > LAST_GENERATION) return;
        // The last but one of a generation, the last, or the first of the next.
        place(MiningRules.lastOfGeneration(2 ** generation) - 1 + (seed >> 8) % 3, _player(playerSeed));
        _takeDown();
    }

    function forceEther(uint64 value) external {
        vm.deal(address(atomine), address(atomine).balance + value);
        forced += value;
    }

    function transfer(uint256 atomSeed, uint256 toSeed) external {
        (uint256 id, address owner) = _atom(atomSeed);
        uint256 owed = atomine.claimable(id);
        vm.prank(owner);
        atomine.transferFrom(owner, _player(toSeed), id);
        require(atomine.ownerOf(id) == _player(toSeed), "the receiver's");
        require(atomine.claimable(id) == owed, "dividends go with the Atom");
    }

    function transferSafely(uint256 atomSeed, uint256 toSeed, uint256 moveSeed) external {
        (uint256 id, address owner) = _atom(atomSeed);
        address to = _player(toSeed);
        _prepare(to, id, moveSeed);
        vm.prank(owner);
        atomine.safeTransferFrom(owner, to, id);
        _takeDown();
    }

    function claim(uint256 atomSeed, uint256 moveSeed) external {
        (uint256 id, address owner) = _atom(atomSeed);
        uint256 owed = atomine.claimable(id);
        if (owed == 0) return;
        bool spends = _prepare(owner, id, moveSeed);
        uint256 before = owner.balance;
        vm.prank(owner);
        try atomine.claim(one(id)) {
            // A hostile owner may have paid for a mint, or been paid for another Atom, in between.
            require(spends || owner.balance - before == owed, "paid what it said");
        } catch {
            require(atomine.claimable(id) == owed, "what is not paid stays owed");
            require(_isHostile(owner) && !HostileOwner(payable(owner)).takesEther(), "owners are paid");
        }
        _takeDown();
    }

    function claimTwiceAndForeign(uint256 atomSeed, uint256 thiefSeed) external {
        (uint256 id, address owner) = _atom(atomSeed);
        address thief = _player(thiefSeed);
        if (_isHostile(thief)) HostileOwner(payable(thief)).forget();
        uint256[] memory ids = new uint256[](2);
        (ids[0], ids[1]) = (id, id);
        uint256 owed = atomine.claimable(id);
        uint256 before = thief.balance;
        vm.prank(thief);
        try atomine.claim(ids) {
            require(thief == owner, "only the owner");
            require(thief.balance - before == owed, "once");
        } catch {
            require(thief != owner || owed == 0, "the owner may");
        }
    }

    function atomCount() external view returns (uint256) {
        return atoms.length;
    }

    function playerCount() external view returns (uint256) {
        return players.length;
    }

    /// @dev Gives a hostile player something to do when it is called back; whether that may move its balance.
    function _prepare(address player, uint256 id, uint256 moveSeed) private returns (bool spends) {
        if (!_isHostile(player)) return false;
        HostileOwner hostile = HostileOwner(payable(player));
        hostile.forget();
        uint256 move = moveSeed % 5;
        address to = _player(moveSeed >> 8);
        bytes memory claimAgain = abi.encodeCall(Atomine.claim, one(id));
        if (move == 1) hostile.plan(address(atomine), 0, claimAgain);
        if (move == 2) {
            hostile.plan(address(atomine), 0, abi.encodeCall(atomine.transferFrom, (player, to, id)));
        }
        if (move == 2 && _isHostile(to)) hostile.plan(to, 0, abi.encodeCall(HostileOwner.claim, one(id)));
        if (move == 3 && _isMineable()) {
            (uint256 nonce, uint256 cost) = findNonce(player);
            vm.deal(player, player.balance + cost);
            hostile.plan(address(atomine), cost, abi.encodeCall(Atomine.mine, nonce));
            hostile.plan(address(atomine), 0, claimAgain);
            return true;
        }
        if (move == 4) hostile.refuseEther();
    }

    /// @dev Takes down the Atom that was minted by now.
    function _takeDown() private {
        uint256 newest = atomine.totalSupply();
        if (newest == _newest) return;
        _newest = newest;
        atoms.push(newest);
    }

    function _isMineable() private view returns (bool) {
        return MiningRules.generation(atomine.totalSupply() + 1) <= MINEABLE;
    }

    function _isHostile(address player) private view returns (bool) {
        return player.code.length != 0;
    }

    function _player(uint256 seed) private view returns (address) {
        return players[seed % players.length];
    }

    function _atom(uint256 seed) private view returns (uint256 id, address owner) {
        id = atoms[seed % atoms.length];
        owner = atomine.ownerOf(id);
    }
}

// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

import {EasyCollection} from "./Mining.sol";
import {Players} from "./Players.sol";

contract SolvencyTest is EasyCollection {
    Players private _players;

    function setUp() public override {
        super.setUp();
        _players = new Players(atomine);
        // This contract does not take ether; a player does.
        atomine.transferFrom(address(this), _players.players(0), 1);
    }

    /// @dev Where forge's fuzzer looks for what it may call.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_players);
    }

    /// @dev One campaign for all: what is held to after each call is the same sequence of calls.
    function invariant_whatPlayersDoLeavesTheCollectionSound() public view {
        _theBalanceIsWhatIsOwed();
        _everyAtomIsAPlayersAndCountedOnce();
        _theNextWorkFollowsFromTheNewestAtom();
    }

    /// @dev To the wei: what came in by mints and was not paid yet is owed, and what was forced in is nobody's.
    function _theBalanceIsWhatIsOwed() private view {
        uint256 owed = _players.owedToNobody() + _players.forced();
        for (uint256 i; i < _players.atomCount(); ++i) {
            owed += atomine.claimable(_players.atoms(i));
        }
        assert(address(atomine).balance == owed);
    }

    function _everyAtomIsAPlayersAndCountedOnce() private view {
        uint256 held;
        for (uint256 i; i < _players.playerCount(); ++i) {
            held += atomine.balanceOf(_players.players(i));
        }
        assert(held == _players.atomCount());
    }

    function _theNextWorkFollowsFromTheNewestAtom() private view {
        (uint256 id, bytes32 prevHash, uint256 target, uint256 cost) = atomine.work();
        uint256 newest = _players.atoms(_players.atomCount() - 1);
        assert(id == newest + 1);
        assert(prevHash == atomine.hashOf(newest));
        assert(target == atomine.targetOf(id) && target <= atomine.targetOf(newest));
        assert(cost == atomine.costOf(id) && cost >= atomine.costOf(newest));
    }
}

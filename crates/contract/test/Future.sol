// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

import {MiningRules} from "../src/MiningRules.sol";
import {Mining} from "./Mining.sol";

/// @dev Puts a collection's storage forward, as if many Atoms had been minted since, without their owners; and keeps
/// book of what these are owed.
abstract contract Future is Mining {
    /// @dev Where Atomine keeps `_owners` and `_balances` (ERC-721) and `_hashes`.
    uint256 private constant OWNERS_SLOT = 2;
    uint256 private constant BALANCES_SLOT = 3;
    uint256 private constant HASHES_SLOT = 7;

    /// @dev Atoms from `first` to `last` were passed over and have no owner.
    struct Gap {
        uint256 first;
        uint256 last;
    }

    Gap[] private _gaps;

    /// @dev Makes `id` the newest Atom, `owner`'s, with the money that all mints until it would have brought.
    function place(uint256 id, address owner) internal {
        uint256 newest = atomine.totalSupply();
        require(id > newest, "only forward");
        uint256 brought = costOfAll(newest + 1, id);
        vm.deal(address(atomine), address(atomine).balance + brought);
        if (id > newest + 1) _gaps.push(Gap(newest + 1, id - 1));
        vm.store(address(atomine), bytes32(HASHES_SLOT), bytes32(id));
        uint256 hashes = uint256(keccak256(abi.encode(HASHES_SLOT)));
        vm.store(address(atomine), bytes32(hashes + id - 1), keccak256(abi.encode(id, owner)));
        bytes32 ownerSlot = keccak256(abi.encode(id, OWNERS_SLOT));
        vm.store(address(atomine), ownerSlot, bytes32(uint256(uint160(owner))));
        bytes32 balanceSlot = keccak256(abi.encode(owner, BALANCES_SLOT));
        uint256 count = uint256(vm.load(address(atomine), balanceSlot));
        vm.store(address(atomine), balanceSlot, bytes32(count + 1));
    }

    /// @dev What the Atoms that were passed over are owed: nobody has claimed anything for them.
    function owedToNobody() public view returns (uint256 owed) {
        uint256 newest = atomine.totalSupply();
        for (uint256 i; i < _gaps.length; ++i) {
            Gap memory gap = _gaps[i];
            while (gap.first <= gap.last) {
                uint256 end = MiningRules.lastOfGeneration(gap.first);
                uint256 here = end < gap.last ? end : gap.last;
                if (newest > end) owed += (here - gap.first + 1) * (newest - end) * BASE_COST;
                gap.first = here + 1;
            }
        }
    }

    /// @dev What the mints of Atoms `first` to `last` cost together.
    function costOfAll(uint256 first, uint256 last) internal pure returns (uint256 cost) {
        while (first <= last) {
            uint256 end = MiningRules.lastOfGeneration(first);
            uint256 here = end < last ? end : last;
            cost += (here - first + 1) * MiningRules.earlierAtoms(first) * BASE_COST;
            first = here + 1;
        }
    }
}

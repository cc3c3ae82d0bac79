// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title The work an Atom takes and what it costs: the arithmetic of POWNFTv3 with free parameters.
/// @dev All divisions round down. Ids are 1..2^64 - 1: no work in this world reaches beyond.
library MiningRules {
    /// @param base The target of generation 0.
    /// @param rampGeneration The last generation in which all Atoms are equally hard.
    struct Difficulty {
        uint256 base;
        uint256 rampGeneration;
    }

    /// @notice No Atom can have this number.
    error InvalidId(uint256 id);

    /// @notice The generation of an Atom: how many bits its number has beyond the first.
    function generation(uint256 id) internal pure returns (uint256) {
        if (id == 0 || id > type(uint64).max) revert InvalidId(id);
        return Math.log2(id);
    }

    /// @notice The bound a work hash must stay below: a third for each generation, and after the
    /// ramp also divided by the count of Atoms since, this one included.
    function target(Difficulty memory difficulty, uint256 id) internal pure returns (uint256 bound) {
        uint256 g = generation(id);
        bound = difficulty.base / 3 ** g;
        if (g > difficulty.rampGeneration) {
            bound /= id - 2 ** (difficulty.rampGeneration + 1) + 1;
        }
    }

    /// @notice How many Atoms belong to generations before that of `id`; each is paid by its mint.
    function earlierAtoms(uint256 id) internal pure returns (uint256) {
        return 2 ** generation(id) - 1;
    }

    /// @notice The last number of the generation of `id`; the Atoms after it pay dividends to `id`.
    function lastOfGeneration(uint256 id) internal pure returns (uint256) {
        return 2 ** (generation(id) + 1) - 1;
    }

    /// @notice The proof of work: the hash of who mines, what it builds on, and the nonce.
    function workHash(address miner, bytes32 prevHash, uint256 nonce) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(miner, prevHash, nonce));
    }

    /// @notice The hash of the Atom that this work finds: nothing else goes into it, so that the
    /// finder knows the Atom before paying, and can re-roll it only by working again.
    function atomHash(bytes32 work) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(work));
    }
}

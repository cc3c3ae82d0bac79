// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Elements} from "./Elements.sol";
import {MiningRules} from "./MiningRules.sol";

/// @notice What an Atom is.
/// @param generation 0 for Genesis alone.
/// @param z Its atomic number; 0 is Creation.
/// @param charge Its ionic charge in elementary charges; 0 for a neutral Atom.
/// @param colours Its two colours, as 24-bit RGB.
struct AtomTraits {
    uint256 generation;
    uint256 z;
    int256 charge;
    uint256[2] colours;
}

/// @title What an Atom is, as a function of its number and hash alone.
library Traits {
    /// @dev What the darkest channel of a colour gets.
    uint256 private constant FLOOR = 70;
    /// @dev The place of a channel that is not there.
    uint256 private constant NONE = 3;

    /// @notice Everything the number and hash say.
    function read(uint256 id, bytes32 hash) internal pure returns (AtomTraits memory traits) {
        traits.generation = MiningRules.generation(id);
        traits.z = atomicNumber(traits.generation, uint40(bytes5(hash)));
        // One Atom in three is an ion, where its element forms any.
        if (uint8(hash[5]) % 3 == 0) traits.charge = Elements.ionCharge(traits.z, uint8(hash[6]));
        // Genesis is white.
        traits.colours =
            id == 1 ? [uint256(0xffffff), 0xffffff] : palette(uint8(hash[7]), uint8(hash[8]), uint8(hash[9]));
    }

    /// @notice The element: `ceil(max * r^e)` with `r = h / (2^40 - 1)`, linear in the first eight
    /// generations, quadratic (heavy elements are rare) from then on.
    function atomicNumber(uint256 generation, uint256 h) internal pure returns (uint256) {
        uint256 one = type(uint40).max;
        uint256 heaviest = _heaviest(generation);
        return generation < 8 ? Math.ceilDiv(heaviest * h, one) : Math.ceilDiv(heaviest * h * h, one * one);
    }

    /// @notice The two colours. The first two bytes choose which channel is high and which low; the
    /// third is in the middle, as the last byte says.
    /// @dev A byte of 255 chooses one past the end, nothing, and what follows it stays dark: such
    /// palettes are kept because Atoms of POW NFT have them.
    function palette(uint256 hiByte, uint256 loByte, uint256 midByte)
        internal
        pure
        returns (uint256[2] memory)
    {
        uint256 shade = 185 * midByte / 255;
        uint256 hi = 3 * hiByte / 255;
        uint256 lo = 2 * loByte / 255;
        uint256 mid = NONE;
        if (hi != NONE) {
            if (lo == 2) {
                lo = NONE;
            } else {
                // `lo` counts in the two channels that are left; of all three, `mid` is the last.
                if (lo >= hi) ++lo;
                mid = 3 - hi - lo;
            }
        }
        uint256 high = _channel(hi, 255);
        return [
            high | _channel(lo, FLOOR) | _channel(mid, FLOOR + shade),
            high | _channel(lo, 255 - shade) | _channel(mid, FLOOR)
        ];
    }

    /// @dev A value in channel 0 (red), 1 (green) or 2 (blue) of a colour; nothing for NONE.
    function _channel(uint256 place, uint256 value) private pure returns (uint256) {
        return place == NONE ? 0 : value << (16 - 8 * place);
    }

    /// @dev The heaviest element of a generation: the table grows by a noble gas every two.
    function _heaviest(uint256 generation) private pure returns (uint256) {
        if (generation >= 13) return 118;
        return uint8(bytes13(hex"00_02_02_0a_0a_12_12_24_24_36_36_56_56")[generation]);
    }
}

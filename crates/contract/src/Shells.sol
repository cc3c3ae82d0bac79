// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

import {Elements} from "./Elements.sol";

/// @title How an Atom's electrons sit on its shells.
library Shells {
    /// @dev The subshells in the order in which they fill (Madelung's rule): shell, capacity.
    bytes private constant FILLING = hex"01_02_02_02_02_06_03_02_03_06_04_02_03_0a_04_06_05_02_04_0a_05_06"
        hex"06_02_04_0e_05_0a_06_06_07_02_05_0e_06_0a_07_06";

    /// @dev Where nature departs from that order: element, then the digits of the shell that lacks
    /// an electron and of the shell that has it.
    bytes private constant EXCEPTIONS = hex"18_43_1d_43_29_54_2a_54_2c_54_2d_54_2e_54_2e_54_2f_54_39_45_3a_45_40_45"
        hex"4e_65_4f_65_59_56_5a_56_5a_56_5b_56_5c_56_5d_56_60_56_67_67";

    /// @notice The electrons on each shell of an Atom, innermost first; as many shells as its
    /// element's period. An ion gains or loses them on the outermost.
    function fill(uint256 z, int256 charge) internal pure returns (uint256[] memory shells) {
        if (z == 0) return shells;
        (uint256 count,,) = Elements.period(z);
        shells = _neutral(z, count);
        for (; charge < 0; ++charge) {
            ++shells[count - 1];
        }
        uint256 outer = count - 1;
        for (; charge > 0; --charge) {
            while (shells[outer] == 0) --outer;
            --shells[outer];
        }
    }

    function _neutral(uint256 z, uint256 count) private pure returns (uint256[] memory shells) {
        shells = new uint256[](count);
        bytes memory filling = FILLING;
        uint256 left = z;
        for (uint256 i; left > 0; i += 2) {
            uint256 taken = uint8(filling[i + 1]);
            if (taken > left) taken = left;
            shells[uint8(filling[i]) - 1] += taken;
            left -= taken;
        }
        bytes memory exceptions = EXCEPTIONS;
        for (uint256 i; i < exceptions.length; i += 2) {
            if (uint8(exceptions[i]) != z) continue;
            uint8 move = uint8(exceptions[i + 1]);
            --shells[(move >> 4) - 1];
            ++shells[(move & 15) - 1];
        }
    }
}

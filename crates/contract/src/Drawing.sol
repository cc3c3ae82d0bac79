// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {Elements} from "./Elements.sol";
import {Shells} from "./Shells.sol";
import {AtomTraits} from "./Traits.sol";

/// @title An Atom's picture: a glowing nucleus, its electrons circling on their shells.
/// @dev The drawing is 400 units wide and high, around a centre at 0, 0.
library Drawing {
    using Strings for uint256;

    /// @dev Genesis has no electrons: all the shells that Atoms will ever have stand empty.
    uint256 private constant MOST_SHELLS = 7;

    /// @notice The picture as SVG, moving unless the viewer asked for less motion.
    function svg(uint256 id, bytes32 hash, AtomTraits memory traits) internal pure returns (string memory) {
        return string.concat(
            _head(_hex(traits.colours[0]), _hex(traits.colours[1])),
            _stars(hash),
            _shells(hash, Shells.fill(traits.z, traits.charge)),
            _nucleus(traits),
            _captions(id, traits),
            "</svg>"
        );
    }

    /// @dev The gradients, named n(ucleus), g(low) and b(ackground), the styles, and the dark ground.
    function _head(string memory colour0, string memory colour1) private pure returns (string memory) {
        return string.concat(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-200 -200 400 400" fill="none">'
            "<style>text{font-family:ui-sans-serif,system-ui,sans-serif;text-anchor:middle}"
            "@media(prefers-reduced-motion:no-preference){.e{animation:r linear infinite}}"
            "@keyframes r{to{transform:rotate(360deg)}}</style>",
            string.concat(
                '<radialGradient id="n" cx=".4" cy=".35"><stop stop-color="#fff"/><stop offset=".45" stop-color="',
                colour0,
                '"/><stop offset="1" stop-color="',
                colour1,
                '"/></radialGradient><radialGradient id="g"><stop stop-color="',
                colour0,
                '" stop-opacity=".75"/><stop offset=".4" stop-color="',
                colour1
            ),
            '" stop-opacity=".22"/><stop offset="1" stop-color="',
            colour1,
            '" stop-opacity="0"/></radialGradient><path fill="#08080f" d="M-200-200h400v400h-400z"/>'
            '<circle r="200" fill="url(#g)"/><g stroke="',
            colour1,
            '" stroke-linecap="round">'
        );
    }

    /// @dev A sky of sixteen stars at the places that the hash names.
    function _stars(bytes32 hash) private pure returns (string memory) {
        string memory path;
        for (uint256 i; i < 32; i += 2) {
            path = string.concat(path, "M", _coordinate(hash[i]), " ", _coordinate(hash[i + 1]), "h0");
        }
        return string.concat('<path stroke="#fff" stroke-width="1.6" opacity=".4" d="', path, '"/>');
    }

    /// @dev The shells, dots of a dashed line being the electrons.
    function _shells(bytes32 hash, uint256[] memory electrons) private pure returns (string memory drawn) {
        uint256 count = electrons.length == 0 ? MOST_SHELLS : electrons.length;
        for (uint256 i; i < count; ++i) {
            uint256 radius = 60 + 108 * (i + 1) / (count + 1);
            drawn = string.concat(drawn, '<circle r="', radius.toString(), '" stroke-opacity=".4"/>');
            if (i < electrons.length && electrons[i] != 0) {
                drawn = string.concat(drawn, _electrons(radius, electrons[i], hash, i));
            }
        }
    }

    /// @dev The electrons of one shell: each shell starts at an angle and circles at a speed of its
    /// own, neighbours in opposite directions.
    function _electrons(uint256 radius, uint256 count, bytes32 hash, uint256 shell)
        private
        pure
        returns (string memory)
    {
        string memory circle = string.concat('<circle r="', radius.toString(), '" stroke-dasharray="0 ');
        circle = string.concat(circle, _thousandths(6283185 * radius / (1000 * count)), '" stroke-width="');
        return string.concat(
            '<g transform="rotate(',
            (uint256(uint8(hash[20 + shell])) * 360 / 256).toString(),
            ')"><g class="e" style="animation-duration:',
            (14 + 6 * shell + uint8(hash[27 - shell % 2]) % 10).toString(),
            shell % 2 == 0 ? 's">' : 's;animation-direction:reverse">',
            string.concat(circle, '13" stroke-opacity=".25"/>', circle, '6"/></g></g>')
        );
    }

    function _nucleus(AtomTraits memory traits) private pure returns (string memory) {
        string memory charge;
        if (traits.charge != 0) {
            charge = string.concat(
                '<tspan dy="-11" font-size="15">',
                uint256(traits.charge < 0 ? -traits.charge : traits.charge).toString(),
                traits.charge < 0 ? unicode"−" : "+",
                "</tspan>"
            );
        }
        return string.concat(
            '</g><circle r="40" fill="url(#n)"/><text y="11" font-size="32" font-weight="700" fill="#fff"'
            ' stroke="#08080f" stroke-width="5" paint-order="stroke" stroke-linejoin="round">',
            traits.z == 0 ? "" : Elements.symbol(traits.z),
            charge,
            "</text>"
        );
    }

    function _captions(uint256 id, AtomTraits memory traits) private pure returns (string memory) {
        return string.concat(
            '<g fill="#fff" font-size="15"><text y="186" letter-spacing="3">',
            id == 1 ? "Genesis" : Elements.name(traits.z),
            '</text><g opacity=".6"><text y="-176">#',
            id.toString(),
            "</text></g></g>"
        );
    }

    /// @dev A byte as a coordinate from one edge to the other.
    function _coordinate(bytes1 value) private pure returns (string memory) {
        return Strings.toStringSigned(int256(uint256(uint8(value))) * 400 / 255 - 200);
    }

    /// @dev A count of thousandths as a decimal number.
    function _thousandths(uint256 value) private pure returns (string memory) {
        // 1000 above, the leading digit of the fraction keeps its zeros and then becomes the point.
        bytes memory fraction = bytes((1000 + value % 1000).toString());
        fraction[0] = ".";
        return string.concat((value / 1000).toString(), string(fraction));
    }

    /// @dev A 24-bit colour as `#rrggbb`.
    function _hex(uint256 colour) private pure returns (string memory) {
        bytes memory text = bytes(Strings.toHexString(colour, 3));
        bytes memory digits = new bytes(7);
        digits[0] = "#";
        for (uint256 i = 1; i < 7; ++i) {
            digits[i] = text[i + 1];
        }
        return string(digits);
    }
}

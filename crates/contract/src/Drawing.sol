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
    /// @dev The circumference of a circle of radius 1, in millionths.
    uint256 private constant FULL_TURN = 6283185;

    /// @notice The picture as SVG, moving unless the viewer asked for less motion.
    function svg(uint256 id, bytes32 hash, AtomTraits memory traits) internal pure returns (string memory) {
        return string.concat(
            _head(_hex(traits.colours[0]), _hex(traits.colours[1])),
            _stars(hash),
            _shells(hash, traits),
            _nucleus(traits),
            _captions(id, traits),
            "</svg>"
        );
    }

    /// @dev The gradients, named n(ucleus) and g(low), the styles, and the dark ground.
    function _head(string memory colour0, string memory colour1) private pure returns (string memory) {
        return string.concat(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-200 -200 400 400" fill="none">'
            "<style>text{font-family:ui-sans-serif,system-ui,sans-serif;text-anchor:middle}"
            "@media(prefers-reduced-motion:no-preference){.e{animation:r linear infinite}}"
            "@keyframes r{to{transform:rotate(360deg)}}</style>",
            string.concat(
                '<radialGradient id="n" cx=".36" cy=".32" r=".74"><stop stop-color="#fff"/>'
                '<stop offset=".38" stop-color="',
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
            '" stop-opacity="0"/></radialGradient><path fill="#07080e" d="M-200-200h400v400h-400z"/>'
            '<circle r="200" fill="url(#g)"/><g stroke-linecap="round">'
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

    /// @dev The shells, from the first colour within to the second without.
    function _shells(bytes32 hash, AtomTraits memory traits) private pure returns (string memory drawn) {
        uint256[] memory electrons = Shells.fill(traits.z, traits.charge);
        uint256 count = electrons.length == 0 ? MOST_SHELLS : electrons.length;
        for (uint256 i; i < count; ++i) {
            uint256 radius = 60 + 108 * (i + 1) / (count + 1);
            string memory ring = string.concat('<circle r="', radius.toString(), '"');
            string memory colour = _hex(_mix(traits.colours, i, count > 1 ? count - 1 : 1));
            drawn = string.concat(drawn, '<g stroke="', colour, '">', ring, ' stroke-opacity=".4"/>');
            if (i < electrons.length && electrons[i] != 0) {
                uint256 gap = FULL_TURN * radius / (1000 * electrons[i]);
                drawn = string.concat(drawn, _electrons(ring, gap, hash, i));
            }
            drawn = string.concat(drawn, "</g>");
        }
    }

    /// @dev The electrons of one shell, which are the dots of a dashed line: a glow, a body, a
    /// bright core. Each shell starts at an angle and circles at a speed of its own, neighbours in
    /// opposite directions.
    /// @param gap The way from dot to dot, in thousandths.
    function _electrons(string memory ring, uint256 gap, bytes32 hash, uint256 shell)
        private
        pure
        returns (string memory)
    {
        return string.concat(
            '<g transform="rotate(',
            (uint256(uint8(hash[20 + shell])) * 360 / 256).toString(),
            ')" stroke-dasharray="0 ',
            _thousandths(gap),
            '"><g class="e" style="animation-duration:',
            (14 + 6 * shell + uint8(hash[27 + shell % 4]) % 10).toString(),
            shell % 2 == 0 ? 's">' : 's;animation-direction:reverse">',
            string.concat(
                ring,
                ' stroke-width="14" stroke-opacity=".25"/>',
                ring,
                ' stroke-width="7"/>',
                ring,
                ' stroke-width="3" stroke="#fff" stroke-opacity=".7"/></g></g>'
            )
        );
    }

    /// @dev The nucleus with the symbol, and the charge beside it.
    function _nucleus(AtomTraits memory traits) private pure returns (string memory drawn) {
        drawn = '</g><circle r="40" fill="url(#n)"/>';
        if (traits.z == 0) return drawn;
        drawn = string.concat(
            drawn,
            '<g fill="#fff" stroke="#07080e" stroke-opacity=".6" stroke-width="4" paint-order="stroke"'
            ' stroke-linejoin="round" font-weight="600"><text y="11" font-size="32">',
            Elements.symbol(traits.z),
            "</text>"
        );
        if (traits.charge != 0) {
            drawn = string.concat(
                drawn,
                '<text x="40" y="-28" font-size="17">',
                uint256(traits.charge < 0 ? -traits.charge : traits.charge).toString(),
                traits.charge < 0 ? unicode"−" : "+",
                "</text>"
            );
        }
        return string.concat(drawn, "</g>");
    }

    function _captions(uint256 id, AtomTraits memory traits) private pure returns (string memory) {
        return string.concat(
            '<g fill="#fff" font-size="15"><text y="186" letter-spacing="3">',
            id == 1 ? "Genesis" : Elements.name(traits.z),
            '</text><text y="-176" opacity=".6">#',
            id.toString(),
            "</text></g>"
        );
    }

    /// @dev The colour `part` of `whole` of the way from the first to the second.
    function _mix(uint256[2] memory colours, uint256 part, uint256 whole)
        private
        pure
        returns (uint256 mixed)
    {
        for (uint256 shift; shift < 24; shift += 8) {
            uint256 first = (colours[0] >> shift) & 0xff;
            uint256 second = (colours[1] >> shift) & 0xff;
            mixed |= ((first * (whole - part) + second * part) / whole) << shift;
        }
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

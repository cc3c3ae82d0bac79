// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {Drawing} from "./Drawing.sol";
import {Elements} from "./Elements.sol";
import {AtomTraits, Traits} from "./Traits.sol";

/// @title An Atom's metadata, complete in itself: JSON and picture as data URIs.
library Metadata {
    using Strings for uint256;

    /// @notice The token URI of an Atom.
    /// @param collection The collection's name.
    /// @param playerBaseUrl The page that plays an Atom, up to its `#`; empty if there is none.
    function tokenUri(uint256 id, bytes32 hash, string memory collection, string memory playerBaseUrl)
        internal
        view
        returns (string memory)
    {
        return string.concat(
            "data:application/json;base64,", Base64.encode(bytes(json(id, hash, collection, playerBaseUrl)))
        );
    }

    /// @notice The metadata themselves.
    function json(uint256 id, bytes32 hash, string memory collection, string memory playerBaseUrl)
        internal
        view
        returns (string memory)
    {
        AtomTraits memory traits = Traits.read(id, hash);
        string memory element = id == 1 ? "Genesis" : Elements.name(traits.z);
        return string.concat(
            '{"name":"#',
            id.toString(),
            " ",
            element,
            '","description":"An Atom of ',
            Strings.escapeJSON(collection),
            ", made by proof of work. Its hash alone decides what it is, how it looks and how it sounds."
            '","image":"data:image/svg+xml;base64,',
            Base64.encode(bytes(Drawing.svg(id, hash, traits))),
            '"',
            _player(id, playerBaseUrl),
            ',"attributes":[',
            _attributes(traits),
            "]}"
        );
    }

    /// @dev The link to the page that plays this Atom, in the two places where it is looked for.
    function _player(uint256 id, string memory baseUrl) private view returns (string memory) {
        if (bytes(baseUrl).length == 0) return "";
        string memory url = string.concat(
            Strings.escapeJSON(baseUrl),
            "#/atom/",
            block.chainid.toString(),
            "/",
            Strings.toHexString(address(this)),
            "/",
            id.toString()
        );
        return string.concat(',"animation_url":"', url, '","external_url":"', url, '"');
    }

    function _attributes(AtomTraits memory traits) private pure returns (string memory list) {
        list = string.concat(_attribute("Generation", traits.generation.toString()), "}");
        if (traits.charge != 0) {
            string memory sign = traits.charge > 0 ? "+" : "";
            string memory charge = string.concat(sign, Strings.toStringSigned(traits.charge));
            list = string.concat(list, ",", _attribute("Ion Charge", charge), "}");
        }
        if (traits.z != 0) list = string.concat(list, _place(traits.z));
    }

    /// @dev The attributes of an element's place in the periodic table, each after a comma.
    function _place(uint256 z) private pure returns (string memory list) {
        (uint256 period, uint256 n, uint256 m) = Elements.period(z);
        list = _counted("Period", period.toString(), n, m);
        uint256 group = Elements.group(z);
        if (group != 0) {
            (n, m) = Elements.groupCounter(z);
            list = string.concat(list, _counted("Group", group.toString(), n, m));
        }
        (n, m) = Elements.categoryCounter(z);
        list = string.concat(list, _counted("Category", Elements.category(z), n, m));
    }

    /// @dev An attribute that `m` elements share, of which this is the `n`th.
    function _counted(string memory name, string memory value, uint256 n, uint256 m)
        private
        pure
        returns (string memory)
    {
        return string.concat(
            ",", _attribute(name, value), ',"counter":"', n.toString(), "/", m.toString(), '"}'
        );
    }

    /// @dev An attribute, left open for what else is to be said of it.
    function _attribute(string memory name, string memory value) private pure returns (string memory) {
        return string.concat('{"trait_type":"', name, '","value":"', value, '"');
    }
}

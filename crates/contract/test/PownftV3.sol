// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721Enumerable} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721Enumerable.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/// @title The mining interface of POWNFTv3 with its behaviour, to test against; not the original.
/// @dev Different from it: the base target is free, so that tests can mine at once, with 0 for a
/// contract that takes any nonce; and the Atoms that count as migrated are minted to the deployer at
/// construction, as there is no predecessor.
contract PownftV3 is ERC721Enumerable {
    event Mined(uint256 indexed tokenId, bytes32 hash);
    event Withdraw(uint256 indexed tokenId, uint256 value);

    uint256 private constant BASE_COST = 0.000045 ether;
    /// @dev The last generation in which all Atoms are equally hard.
    uint256 private constant RAMP_GENERATION = 13;

    uint256 private immutable BASE_TARGET;
    uint256 public immutable UNMIGRATED;
    uint256 public immutable V2_TOTAL;
    bytes32 public immutable PREV_CHAIN_LAST_HASH;

    mapping(uint256 id => bytes32 hash) public hashOf;
    /// @dev Moves `_withdrawnUntil` to storage slot 16, where clients of the original read it.
    uint256[5] private _gap;
    mapping(uint256 id => uint256 until) private _withdrawnUntil;

    constructor(uint256 baseTarget, uint256 unmigrated, uint256 v2Total, bytes32 lastHash)
        ERC721("POW NFT", "POW")
    {
        require(unmigrated <= v2Total, "unmigrated");
        BASE_TARGET = baseTarget;
        UNMIGRATED = unmigrated;
        V2_TOTAL = v2Total;
        PREV_CHAIN_LAST_HASH = lastHash;
        for (uint256 id = 1; id <= v2Total - unmigrated; ++id) {
            if (id > 1) hashOf[id] = keccak256(abi.encode(id));
            _mint(msg.sender, id);
        }
    }

    function mine(uint256 nonce) external payable {
        uint256 id = UNMIGRATED + totalSupply() + 1;
        bytes32 prevHash = totalSupply() == V2_TOTAL - UNMIGRATED ? PREV_CHAIN_LAST_HASH : hashOf[id - 1];
        bytes32 found = keccak256(abi.encodePacked(msg.sender, prevHash, nonce));
        uint256 generation = Math.log2(id);
        uint256 target = BASE_TARGET / 3 ** generation;
        if (generation > RAMP_GENERATION) target /= id - 2 ** (RAMP_GENERATION + 1) + 1;
        require(BASE_TARGET == 0 || uint256(found) < target, "difficulty");
        require(msg.value == (2 ** generation - 1) * BASE_COST, "cost");
        bytes32 hash = keccak256(abi.encodePacked(found, block.timestamp));
        hashOf[id] = hash;
        _mint(msg.sender, id);
        emit Mined(id, hash);
    }

    function withdraw(uint256 id, uint256 until) external {
        _withdraw(id, until);
    }

    function withdrawMultiple(uint256[] calldata ids, uint256[] calldata untils) external {
        for (uint256 i; i < ids.length; ++i) {
            if (untils[i] != 0) _withdraw(ids[i], untils[i]);
        }
    }

    function tokenURI(uint256 id) public view override returns (string memory) {
        _requireOwned(id);
        return string.concat("https://www.pownftmetadata.com/t/", Strings.toString(id));
    }

    function _withdraw(uint256 id, uint256 until) private {
        require(ownerOf(id) == msg.sender, "owner");
        require(until > V2_TOTAL && until <= UNMIGRATED + totalSupply(), "withdrawUntil_exist");
        uint256 from = _withdrawnUntil[id];
        if (from < id) {
            from = Math.max(Math.max(id, V2_TOTAL), 2 ** (Math.log2(id) + 1) - 1);
        }
        require(until > from, "withdrawn");
        _withdrawnUntil[id] = until;
        uint256 value = (until - from) * BASE_COST;
        emit Withdraw(id, value);
        (bool paid,) = msg.sender.call{value: value}("");
        require(paid, "receiver");
    }
}

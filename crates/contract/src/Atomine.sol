// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Metadata} from "./Metadata.sol";
import {MiningRules} from "./MiningRules.sol";

/// @title A collection of Atoms, each made by proof of work.
/// @notice Whoever finds a nonce whose work hash is below the target may mint the next Atom at its
/// cost, which is shared evenly among all Atoms of earlier generations. Nobody owns the contract,
/// nothing in it can be changed, and nothing it says depends on a server.
/// @dev The balance is at least what is owed, by construction: the mint of `id` brings the base
/// cost once for each Atom of an earlier generation, and each of these is owed it once. Ether forced
/// in by other means (there is no `receive`) belongs to nobody and stays.
contract Atomine is ERC721 {
    /// @param name The collection's name (ERC-721).
    /// @param symbol The collection's symbol (ERC-721).
    /// @param playerBaseUrl The page that plays an Atom, up to its `#`; empty if there is none.
    /// @param baseTarget The target of generation 0; each generation has a third of the one before.
    /// @param rampGeneration The last generation in which all Atoms are equally hard.
    /// @param baseCost What each mint pays to every Atom of an earlier generation, in wei.
    struct Parameters {
        string name;
        string symbol;
        string playerBaseUrl;
        uint256 baseTarget;
        uint256 rampGeneration;
        uint256 baseCost;
    }

    /// @notice An Atom as a page lists it.
    struct Atom {
        bytes32 hash;
        address owner;
    }

    /// @notice A base target of 0 would let nobody mine.
    error ZeroBaseTarget();
    /// @notice A base cost this large would overflow the cost of Atoms within reach.
    error BaseCostTooLarge(uint256 baseCost, uint256 largest);
    /// @notice The work is not below the target of Atom `id`: too weak, or made for an earlier Atom.
    error WorkTooWeak(uint256 id, bytes32 workHash, uint256 target);
    /// @notice The value sent is not exactly the cost.
    error WrongCost(uint256 sent, uint256 cost);
    /// @notice Only the owner of an Atom may claim its dividends.
    error NotAtomOwner(uint256 id, address owner);
    /// @notice None of these Atoms has dividends to pay.
    error NothingToClaim();

    /// @notice Atom `tokenId` was mined; the miner is in the Transfer event just before.
    /// @param hash The Atom's own hash, from which all its traits follow.
    event Mined(uint256 indexed tokenId, bytes32 hash);
    /// @notice The dividends of Atom `tokenId`, `value` wei, were paid to its owner.
    event Claimed(uint256 indexed tokenId, address indexed owner, uint256 value);

    /// @notice The target of generation 0.
    uint256 public immutable baseTarget;
    /// @notice The last generation in which all Atoms are equally hard.
    uint256 public immutable rampGeneration;
    /// @notice What each mint pays to every Atom of an earlier generation, in wei.
    uint256 public immutable baseCost;
    /// @notice The page that plays an Atom, up to its `#`; empty if there is none.
    string public playerBaseUrl;

    /// @dev The hash of Atom `id` is at `id - 1`; the length is the newest id.
    bytes32[] private _hashes;
    /// @dev The newest Atom whose payment to this Atom is claimed; 0 before the first claim.
    mapping(uint256 id => uint256 newest) private _claimedUntil;

    /// @notice Makes the collection and mints Genesis, number 1 with hash 0, to the deployer.
    constructor(Parameters memory parameters) ERC721(parameters.name, parameters.symbol) {
        if (parameters.baseTarget == 0) revert ZeroBaseTarget();
        if (parameters.baseCost > type(uint128).max) {
            revert BaseCostTooLarge(parameters.baseCost, type(uint128).max);
        }
        playerBaseUrl = parameters.playerBaseUrl;
        baseTarget = parameters.baseTarget;
        rampGeneration = parameters.rampGeneration;
        baseCost = parameters.baseCost;
        _add(0);
    }

    /// @notice Mints the next Atom to the caller, for work bound to the caller and the newest Atom.
    /// The value must be exactly its cost. The Atom's hash is the hash of the work hash.
    /// @dev No receiver callback, unlike `_safeMint`: the receiver is the caller, who did the work
    /// for itself, and so there is no foreign code to call.
    function mine(uint256 nonce) external payable {
        (uint256 id, bytes32 prevHash, uint256 target, uint256 cost) = work();
        bytes32 found = MiningRules.workHash(msg.sender, prevHash, nonce);
        if (uint256(found) >= target) revert WorkTooWeak(id, found, target);
        if (msg.value != cost) revert WrongCost(msg.value, cost);
        bytes32 hash = MiningRules.atomHash(found);
        _add(hash);
        emit Mined(id, hash);
    }

    /// @notice Pays the dividends of these Atoms, which must all be the caller's, to the caller.
    /// Atoms with nothing to pay, and repeated ones, are passed over.
    function claim(uint256[] calldata ids) external {
        uint256 total;
        for (uint256 i; i < ids.length; ++i) {
            total += _settle(ids[i]);
        }
        if (total == 0) revert NothingToClaim();
        Address.sendValue(payable(msg.sender), total);
    }

    /// @notice All a miner needs: the next Atom's number, the hash to build on, the bound the work
    /// hash must stay below, and the exact value to send.
    function work() public view returns (uint256 id, bytes32 prevHash, uint256 target, uint256 cost) {
        uint256 newest = _hashes.length;
        id = newest + 1;
        prevHash = _hashes[newest - 1];
        target = targetOf(id);
        cost = costOf(id);
    }

    /// @notice The bound for the work hash of Atom `id`, minted or not.
    function targetOf(uint256 id) public view returns (uint256) {
        return MiningRules.target(MiningRules.Difficulty(baseTarget, rampGeneration), id);
    }

    /// @notice What minting Atom `id` costs or did cost, in wei.
    function costOf(uint256 id) public view returns (uint256) {
        return MiningRules.earlierAtoms(id) * baseCost;
    }

    /// @notice How many Atoms there are, which is also the newest one's number.
    function totalSupply() external view returns (uint256) {
        return _hashes.length;
    }

    /// @notice The hash of Atom `id`, from which all its traits follow.
    function hashOf(uint256 id) public view returns (bytes32) {
        _requireOwned(id);
        return _hashes[id - 1];
    }

    /// @notice Up to `count` Atoms in order of their numbers, from number `first`; fewer at the end.
    function atoms(uint256 first, uint256 count) external view returns (Atom[] memory page) {
        if (first == 0) revert MiningRules.InvalidId(first);
        uint256 newest = _hashes.length;
        if (first > newest) return page;
        page = new Atom[](Math.min(count, newest - first + 1));
        for (uint256 i; i < page.length; ++i) {
            page[i] = Atom(_hashes[first - 1 + i], _ownerOf(first + i));
        }
    }

    /// @notice The dividends of Atom `id` that its owner can claim now, in wei.
    function claimable(uint256 id) public view returns (uint256) {
        _requireOwned(id);
        uint256 newest = _hashes.length;
        uint256 from = Math.max(_claimedUntil[id], MiningRules.lastOfGeneration(id));
        return Math.saturatingSub(newest, from) * baseCost;
    }

    /// @notice The Atom's description as a JSON data URI: name, attributes, picture, player.
    function tokenURI(uint256 id) public view override returns (string memory) {
        return Metadata.tokenUri(id, hashOf(id), name(), playerBaseUrl);
    }

    /// @dev Mints the next Atom, with this hash, to the caller.
    function _add(bytes32 hash) private {
        _hashes.push(hash);
        _mint(msg.sender, _hashes.length);
    }

    /// @dev Books the dividends of `id` as paid to the caller and says how much they are.
    function _settle(uint256 id) private returns (uint256 value) {
        address owner = _requireOwned(id);
        if (owner != msg.sender) revert NotAtomOwner(id, owner);
        value = claimable(id);
        if (value == 0) return 0;
        _claimedUntil[id] = _hashes.length;
        emit Claimed(id, owner, value);
    }
}

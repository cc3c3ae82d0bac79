// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721Enumerable} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721Enumerable.sol";
import {EasyCollection} from "./Mining.sol";

contract PlainToken is ERC721("", "") {
    function mint(uint256 id) external {
        _mint(msg.sender, id);
    }
}

contract EnumerableToken is ERC721Enumerable {
    constructor() ERC721("", "") {}

    function mint(uint256 id) external {
        _mint(msg.sender, id);
    }
}

/// @dev Whole transactions as a wallet pays them. The figures are committed in snapshots/Gas.json
/// and compared in every run.
/// forge-config: default.isolate = true
contract GasTest is EasyCollection {
    /// @dev What the original takes for a mint to someone who has Atoms already.
    uint256 private constant POWNFT_MINE = 192_000;

    function test_mine() public {
        mineUpTo(20, BOB);
        mineAs(ALICE);
        _record("mine: first Atom of a holder");
        mineAs(ALICE);
        assert(_record("mine: repeat holder") < POWNFT_MINE);
    }

    function test_losingMine() public {
        mineUpTo(20, BOB);
        (uint256 nonce, uint256 cost) = findNonce(ALICE);
        mineAs(BOB);
        vm.deal(ALICE, cost);
        vm.prank(ALICE);
        try atomine.mine{value: cost}(nonce) {
            assert(false);
        } catch {
            _record("mine: too late");
        }
    }

    function test_claim() public {
        mineUpTo(40, ALICE);
        claimAs(ALICE, 2);
        _record("claim: one Atom, first time");
        mineAs(ALICE);
        claimAs(ALICE, 2);
        _record("claim: one Atom, again");
        uint256[] memory ids = new uint256[](10);
        for (uint256 i; i < ids.length; ++i) {
            ids[i] = 3 + i;
        }
        vm.prank(ALICE);
        atomine.claim(ids);
        _record("claim: ten Atoms, first time");
    }

    function test_transfer() public {
        mineUpTo(3, ALICE);
        mineUpTo(4, BOB);
        vm.prank(ALICE);
        atomine.transferFrom(ALICE, BOB, 2);
        _record("transferFrom: between holders");
    }

    function test_views() public {
        mineUpTo(20, ALICE);
        atomine.work();
        _record("call work");
        atomine.tokenURI(20);
        _record("call tokenURI");
        atomine.atoms(1, 20);
        _record("call atoms: twenty");
    }

    /// @dev What ERC-721 Enumerable would add to each mint.
    function test_enumerable() public {
        PlainToken plain = new PlainToken();
        EnumerableToken enumerable = new EnumerableToken();
        for (uint256 id = 1; id <= 2; ++id) {
            plain.mint(id);
            enumerable.mint(id);
        }
        plain.mint(3);
        uint256 without = _record("bare ERC-721 mint, repeat holder");
        enumerable.mint(3);
        assert(_record("bare ERC-721 Enumerable mint, repeat holder") > without + 80_000);
    }

    function _record(string memory name) private returns (uint256) {
        return vm.snapshotGasLastCall("Gas", name);
    }
}

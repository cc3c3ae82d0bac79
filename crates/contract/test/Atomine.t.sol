// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Atomine} from "../src/Atomine.sol";
import {MiningRules} from "../src/MiningRules.sol";
import {EasyCollection} from "./Mining.sol";

/// @dev Minting, ownership and reading. Targets, costs, traits and metadata are compared with the
/// protocol crate by the Rust tests.
contract AtomineTest is EasyCollection {
    event Transfer(address indexed from, address indexed to, uint256 indexed tokenId);

    function test_genesisIsTheDeployers() public view {
        assert(atomine.totalSupply() == 1);
        assert(atomine.ownerOf(1) == address(this));
        assert(atomine.hashOf(1) == 0);
        assert(atomine.claimable(1) == 0);
    }

    function test_parametersCanBeRead() public view {
        assert(keccak256(bytes(atomine.name())) == keccak256("Atomine"));
        assert(keccak256(bytes(atomine.symbol())) == keccak256("ATOM"));
        assert(keccak256(bytes(atomine.playerBaseUrl())) == keccak256("https://example.org/"));
        assert(atomine.baseTarget() == type(uint256).max);
        assert(atomine.rampGeneration() == 13);
        assert(atomine.baseCost() == BASE_COST);
    }

    function test_aBaseTargetOfZeroIsRefused() public {
        Atomine.Parameters memory parameters = easy();
        parameters.baseTarget = 0;
        vm.expectRevert(abi.encodeWithSelector(Atomine.ZeroBaseTarget.selector));
        new Atomine(parameters);
    }

    function testFuzz_aBaseCostThatOverflowsIsRefused(uint256 baseCost) public {
        uint256 largest = type(uint128).max;
        vm.assume(baseCost > largest);
        Atomine.Parameters memory parameters = easy();
        parameters.baseCost = baseCost;
        vm.expectRevert(abi.encodeWithSelector(Atomine.BaseCostTooLarge.selector, baseCost, largest));
        new Atomine(parameters);
    }

    function test_theLargestCostDoesNotOverflow() public {
        Atomine.Parameters memory parameters = easy();
        parameters.baseCost = type(uint128).max;
        assert(new Atomine(parameters).costOf(type(uint64).max) == (2 ** 63 - 1) * parameters.baseCost);
    }

    function test_interfacesAreHonest() public view {
        assert(atomine.supportsInterface(0x01ffc9a7)); // ERC-165
        assert(atomine.supportsInterface(0x80ac58cd)); // ERC-721
        assert(atomine.supportsInterface(0x5b5e139f)); // ERC-721 Metadata
        assert(!atomine.supportsInterface(0x780e9d63)); // ERC-721 Enumerable
        assert(!atomine.supportsInterface(0xffffffff));
    }

    function test_aMintEmitsTransferThenMined() public {
        (uint256 nonce, uint256 cost) = findNonce(ALICE);
        (, bytes32 prevHash,,) = atomine.work();
        bytes32 hash = keccak256(abi.encodePacked(workHash(ALICE, prevHash, nonce)));
        vm.deal(ALICE, cost);
        vm.expectEmit(address(atomine));
        emit Transfer(address(0), ALICE, 2);
        vm.expectEmit(address(atomine));
        emit Atomine.Mined(2, hash);
        vm.prank(ALICE);
        atomine.mine{value: cost}(nonce);
        assert(atomine.hashOf(2) == hash);
        assert(atomine.ownerOf(2) == ALICE);
    }

    function testFuzz_anyNonceEitherMintsOrSaysWhatItLacks(address miner, uint256 nonce) public {
        vm.assume(miner != address(0) && miner.code.length == 0);
        mineUpTo(5, BOB);
        (uint256 id, bytes32 prevHash, uint256 target, uint256 cost) = atomine.work();
        bytes32 found = workHash(miner, prevHash, nonce);
        vm.deal(miner, cost);
        if (uint256(found) >= target) {
            vm.expectRevert(abi.encodeWithSelector(Atomine.WorkTooWeak.selector, id, found, target));
        }
        vm.prank(miner);
        atomine.mine{value: cost}(nonce);
        if (uint256(found) < target) assert(atomine.ownerOf(id) == miner);
    }

    function testFuzz_onlyTheExactCostMints(uint96 sent) public {
        mineUpTo(7, BOB);
        (uint256 nonce, uint256 cost) = findNonce(ALICE);
        vm.assume(sent != cost);
        vm.deal(ALICE, sent);
        vm.expectRevert(abi.encodeWithSelector(Atomine.WrongCost.selector, sent, cost));
        vm.prank(ALICE);
        atomine.mine{value: sent}(nonce);
    }

    function test_weakWorkIsSaidBeforeAWrongCost() public {
        (uint256 id, bytes32 prevHash, uint256 target,) = atomine.work();
        uint256 nonce;
        while (uint256(workHash(ALICE, prevHash, nonce)) < target) ++nonce;
        bytes32 found = workHash(ALICE, prevHash, nonce);
        vm.expectRevert(abi.encodeWithSelector(Atomine.WorkTooWeak.selector, id, found, target));
        vm.prank(ALICE);
        atomine.mine(nonce);
    }

    function test_workForAnEarlierAtomIsStale() public {
        mineUpTo(20, BOB);
        (uint256 nonce,) = findNonce(ALICE);
        mineAs(BOB);
        (uint256 id, bytes32 prevHash, uint256 target, uint256 cost) = atomine.work();
        bytes32 found = workHash(ALICE, prevHash, nonce);
        assert(uint256(found) >= target);
        vm.deal(ALICE, cost);
        vm.expectRevert(abi.encodeWithSelector(Atomine.WorkTooWeak.selector, id, found, target));
        vm.prank(ALICE);
        atomine.mine{value: cost}(nonce);
    }

    function test_foundWorkCannotBeStolen() public {
        mineUpTo(20, ALICE);
        (uint256 nonce, uint256 cost) = findNonce(ALICE);
        (uint256 id, bytes32 prevHash, uint256 target,) = atomine.work();
        bytes32 found = workHash(BOB, prevHash, nonce);
        vm.deal(BOB, cost);
        vm.expectRevert(abi.encodeWithSelector(Atomine.WorkTooWeak.selector, id, found, target));
        vm.prank(BOB);
        atomine.mine{value: cost}(nonce);
    }

    function test_etherThatMintsNothingIsRefused() public {
        vm.deal(address(this), 1 ether);
        (bool taken,) = address(atomine).call{value: 1}("");
        assert(!taken);
    }

    function test_anAtomThatIsNotThereHasNothing() public {
        bytes memory missing = abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 2);
        vm.expectRevert(missing);
        atomine.hashOf(2);
        vm.expectRevert(missing);
        atomine.claimable(2);
        vm.expectRevert(missing);
        atomine.tokenURI(2);
        vm.expectRevert(missing);
        atomine.claim(one(2));
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 0));
        atomine.hashOf(0);
    }

    function testFuzz_aPageHoldsTheAtomsItNames(uint256 first, uint256 count) public {
        mineUpTo(9, ALICE);
        mineUpTo(12, BOB);
        vm.assume(first != 0);
        if (first > type(uint8).max) first = 1 + first % 14;
        Atomine.Atom[] memory page = atomine.atoms(first, count);
        uint256 there = first > 12 ? 0 : 13 - first;
        assert(page.length == (count < there ? count : there));
        for (uint256 i; i < page.length; ++i) {
            assert(page[i].hash == atomine.hashOf(first + i));
            assert(page[i].owner == atomine.ownerOf(first + i));
        }
    }

    function test_noPageBeginsAtZero() public {
        vm.expectRevert(abi.encodeWithSelector(MiningRules.InvalidId.selector, 0));
        atomine.atoms(0, 1);
    }
}

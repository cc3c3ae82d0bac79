// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

import {Atomine} from "../src/Atomine.sol";
import {EasyCollection} from "./Mining.sol";

contract DividendsTest is EasyCollection {
    function test_everyMintPaysAllEarlierGenerations() public {
        mineUpTo(17, ALICE);
        assert(atomine.claimable(1) == 16 * BASE_COST);
        assert(atomine.claimable(2) == 14 * BASE_COST);
        assert(atomine.claimable(3) == 14 * BASE_COST);
        assert(atomine.claimable(4) == 10 * BASE_COST);
        assert(atomine.claimable(15) == 2 * BASE_COST);
        assert(atomine.claimable(16) == 0);
        assert(address(atomine).balance == owedInAll());
    }

    function test_aClaimPaysTheOwnerAndSaysSo() public {
        mineUpTo(8, ALICE);
        uint256 owed = atomine.claimable(2);
        uint256 before = ALICE.balance;
        vm.expectEmit(address(atomine));
        emit Atomine.Claimed(2, ALICE, owed);
        claimAs(ALICE, 2);
        assert(ALICE.balance == before + owed);
        assert(atomine.claimable(2) == 0);
    }

    function test_nothingIsClaimedTwice() public {
        mineUpTo(8, ALICE);
        claimAs(ALICE, 2);
        vm.expectRevert(abi.encodeWithSelector(Atomine.NothingToClaim.selector));
        claimAs(ALICE, 2);
        mineAs(BOB);
        assert(atomine.claimable(2) == BASE_COST);
    }

    function testFuzz_repeatedNumbersPayOnce(uint8[] calldata picks) public {
        mineUpTo(16, ALICE);
        uint256[] memory ids = new uint256[](picks.length);
        uint256 owed;
        for (uint256 i; i < picks.length; ++i) {
            ids[i] = 2 + uint256(picks[i]) % 15;
            bool seen;
            for (uint256 j; j < i; ++j) {
                seen = seen || ids[j] == ids[i];
            }
            if (!seen) owed += atomine.claimable(ids[i]);
        }
        uint256 before = ALICE.balance;
        if (owed == 0) vm.expectRevert(abi.encodeWithSelector(Atomine.NothingToClaim.selector));
        vm.prank(ALICE);
        atomine.claim(ids);
        assert(ALICE.balance == before + owed);
        assert(address(atomine).balance == owedInAll());
    }

    function testFuzz_onlyTheOwnerClaims(address thief) public {
        vm.assume(thief != ALICE);
        mineUpTo(8, ALICE);
        vm.expectRevert(abi.encodeWithSelector(Atomine.NotAtomOwner.selector, 2, ALICE));
        claimAs(thief, 2);
    }

    function test_anApprovedOperatorCannotClaim() public {
        mineUpTo(8, ALICE);
        vm.prank(ALICE);
        atomine.setApprovalForAll(BOB, true);
        vm.expectRevert(abi.encodeWithSelector(Atomine.NotAtomOwner.selector, 2, ALICE));
        claimAs(BOB, 2);
    }

    function test_oneForeignAtomRefusesTheWholeClaim() public {
        mineUpTo(8, ALICE);
        uint256[] memory ids = new uint256[](2);
        (ids[0], ids[1]) = (2, 1);
        vm.expectRevert(abi.encodeWithSelector(Atomine.NotAtomOwner.selector, 1, address(this)));
        vm.prank(ALICE);
        atomine.claim(ids);
        assert(atomine.claimable(2) > 0);
    }

    function test_aTransferCarriesTheUnclaimedAmount() public {
        mineUpTo(8, ALICE);
        uint256 owed = atomine.claimable(2);
        vm.prank(ALICE);
        atomine.transferFrom(ALICE, BOB, 2);
        assert(atomine.claimable(2) == owed);
        vm.expectRevert(abi.encodeWithSelector(Atomine.NotAtomOwner.selector, 2, BOB));
        claimAs(ALICE, 2);
        claimAs(BOB, 2);
        assert(BOB.balance == owed);
    }

    function test_anEmptyClaimIsRefused() public {
        vm.expectRevert(abi.encodeWithSelector(Atomine.NothingToClaim.selector));
        atomine.claim(new uint256[](0));
    }
}

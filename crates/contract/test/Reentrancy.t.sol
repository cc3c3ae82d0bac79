// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

import {Atomine} from "../src/Atomine.sol";
import {HostileOwner} from "./HostileOwner.sol";
import {EasyCollection} from "./Mining.sol";

/// @dev Atom 2 is the hostile owner's; the newest is number 8, Alice's.
contract ReentrancyTest is EasyCollection {
    HostileOwner private _hostile;
    HostileOwner private _accomplice;

    function setUp() public override {
        super.setUp();
        _hostile = new HostileOwner(atomine);
        _accomplice = new HostileOwner(atomine);
        (uint256 nonce, uint256 cost) = findNonce(address(_hostile));
        vm.deal(address(this), cost);
        _hostile.mine{value: cost}(nonce);
        mineUpTo(8, ALICE);
    }

    function test_aMintCallsNobodyBack() public view {
        assert(atomine.ownerOf(2) == address(_hostile));
        assert(_hostile.callbacks() == 0);
    }

    // While the dividends are being paid.

    function test_aClaimWithinAPaymentGetsNothing() public {
        _plan(abi.encodeCall(Atomine.claim, one(2)));
        _payOnce();
        assert(_selector(0) == Atomine.NothingToClaim.selector);
    }

    function test_aMintWithinAPaymentIsAMintLikeAnyOther() public {
        uint256 cost = _planMint();
        uint256 before = address(_hostile).balance;
        uint256 owed = atomine.claimable(2);
        _hostile.claim(one(2));
        assert(_refusal(0).length == 0);
        assert(atomine.ownerOf(9) == address(_hostile));
        assert(address(_hostile).balance == before + owed - cost);
        assert(atomine.claimable(2) == BASE_COST);
        _assertSolvent();
    }

    function test_aMintAndAClaimWithinAPaymentPayTheNewDividendOnce() public {
        uint256 cost = _planMint();
        _plan(abi.encodeCall(Atomine.claim, one(2)));
        _plan(abi.encodeCall(Atomine.claim, one(2)));
        uint256 before = address(_hostile).balance;
        uint256 owed = atomine.claimable(2);
        _hostile.claim(one(2));
        assert(_refusal(1).length == 0);
        assert(_selector(2) == Atomine.NothingToClaim.selector);
        assert(address(_hostile).balance == before + owed + BASE_COST - cost);
        _assertSolvent();
    }

    function test_anAtomSoldWithinItsPaymentIsPaidOnce() public {
        address seller = address(_hostile);
        _plan(abi.encodeCall(atomine.transferFrom, (seller, address(_accomplice), 2)));
        _hostile.plan(address(_accomplice), 0, abi.encodeCall(HostileOwner.claim, one(2)));
        _payOnce();
        assert(_refusal(0).length == 0);
        assert(_selector(1) == Atomine.NothingToClaim.selector);
        assert(atomine.ownerOf(2) == address(_accomplice));
        assert(address(_accomplice).balance == 0);
    }

    function test_aClaimThatCannotBePaidChangesNothing() public {
        _planMint();
        _hostile.refuseEther();
        uint256 owed = atomine.claimable(2);
        vm.expectRevert();
        _hostile.claim(one(2));
        assert(atomine.claimable(2) == owed);
        assert(atomine.totalSupply() == 8);
        _assertSolvent();
    }

    // While an Atom is being received.

    function test_aReceiverMayClaimWhatItReceivedAndNoMore() public {
        uint256 owed = atomine.claimable(3);
        uint256 before = address(_hostile).balance;
        _plan(abi.encodeCall(Atomine.claim, one(3)));
        _plan(abi.encodeCall(Atomine.claim, one(3)));
        _plan(abi.encodeCall(Atomine.claim, one(4)));
        _receiveAtom3();
        assert(_refusal(0).length == 0);
        assert(_selector(1) == Atomine.NothingToClaim.selector);
        assert(_selector(2) == Atomine.NotAtomOwner.selector);
        assert(address(_hostile).balance == before + owed);
    }

    function test_aReceiverMayMine() public {
        uint256 cost = _planMint();
        uint256 before = address(_hostile).balance;
        _receiveAtom3();
        assert(_refusal(0).length == 0);
        assert(atomine.ownerOf(9) == address(_hostile));
        assert(address(_hostile).balance == before - cost);
    }

    function test_aReceiverMayPassTheAtomOnButTakeNoOther() public {
        address receiver = address(_hostile);
        _plan(abi.encodeCall(atomine.transferFrom, (receiver, BOB, 3)));
        _plan(abi.encodeCall(atomine.transferFrom, (BOB, receiver, 3)));
        _plan(abi.encodeCall(atomine.transferFrom, (ALICE, receiver, 4)));
        _receiveAtom3();
        assert(_refusal(0).length == 0);
        assert(_refusal(1).length != 0);
        assert(_refusal(2).length != 0);
        assert(atomine.ownerOf(3) == BOB);
        assert(atomine.ownerOf(4) == ALICE);
    }

    /// @dev A move against the collection itself.
    function _plan(bytes memory data) private {
        _hostile.plan(address(atomine), 0, data);
    }

    /// @dev A mint with good work and the right price.
    function _planMint() private returns (uint256 cost) {
        uint256 nonce;
        (nonce, cost) = findNonce(address(_hostile));
        vm.deal(address(_hostile), cost);
        _hostile.plan(address(atomine), cost, abi.encodeCall(Atomine.mine, nonce));
    }

    /// @dev Claims Atom 2, which must bring what it was owed and no more.
    function _payOnce() private {
        uint256 owed = atomine.claimable(2);
        uint256 before = address(_hostile).balance;
        _hostile.claim(one(2));
        assert(address(_hostile).balance == before + owed);
        assert(_hostile.callbacks() == 1);
        _assertSolvent();
    }

    /// @dev Alice hands Atom 3 over.
    function _receiveAtom3() private {
        vm.prank(ALICE);
        atomine.safeTransferFrom(ALICE, address(_hostile), 3);
        assert(_hostile.callbacks() != 0);
        _assertSolvent();
    }

    function _refusal(uint256 move) private view returns (bytes memory) {
        return _hostile.refusals()[move];
    }

    function _selector(uint256 move) private view returns (bytes4) {
        return bytes4(_refusal(move));
    }

    function _assertSolvent() private view {
        assert(address(atomine).balance == owedInAll());
    }
}

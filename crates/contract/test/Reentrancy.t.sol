// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

import {Atomine} from "../src/Atomine.sol";
import {EasyCollection} from "./Mining.sol";

/// @dev Mines and claims, and calls back whenever it is called.
contract HostileOwner {
    Atomine private immutable ATOMINE;
    uint256[] private _ids;
    uint256 public callbacks;
    bytes public refusal;
    bool public swallows;

    constructor(Atomine atomine) {
        ATOMINE = atomine;
    }

    function mine(uint256 nonce) external payable {
        ATOMINE.mine{value: msg.value}(nonce);
    }

    /// @param swallow Whether it keeps the payment although its second claim fails.
    function claim(uint256 id, bool swallow) external {
        _ids = [id];
        swallows = swallow;
        ATOMINE.claim(_ids);
    }

    function onERC721Received(address, address, uint256, bytes calldata) external returns (bytes4) {
        ++callbacks;
        return this.onERC721Received.selector;
    }

    receive() external payable {
        ++callbacks;
        try ATOMINE.claim(_ids) {}
        catch (bytes memory reason) {
            refusal = reason;
        }
        require(swallows, "no, thanks");
    }
}

contract ReentrancyTest is EasyCollection {
    HostileOwner private _hostile;

    function setUp() public override {
        super.setUp();
        _hostile = new HostileOwner(atomine);
        (uint256 nonce, uint256 cost) = findNonce(address(_hostile));
        vm.deal(address(this), cost);
        _hostile.mine{value: cost}(nonce);
    }

    function test_aMintCallsNobodyBack() public view {
        assert(atomine.ownerOf(2) == address(_hostile));
        assert(_hostile.callbacks() == 0);
    }

    function test_aClaimWithinAClaimGetsNothing() public {
        mineUpTo(8, ALICE);
        uint256 owed = atomine.claimable(2);
        _hostile.claim(2, true);
        assert(_hostile.callbacks() == 1);
        assert(bytes4(_hostile.refusal()) == Atomine.NothingToClaim.selector);
        assert(address(_hostile).balance == owed);
        assert(address(atomine).balance == owedInAll());
    }

    function test_aClaimThatCannotBePaidChangesNothing() public {
        mineUpTo(8, ALICE);
        uint256 owed = atomine.claimable(2);
        vm.expectRevert();
        _hostile.claim(2, false);
        assert(atomine.claimable(2) == owed);
        assert(address(atomine).balance == owedInAll());
    }
}

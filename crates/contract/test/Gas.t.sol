// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721Enumerable} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721Enumerable.sol";
import {Future} from "./Future.sol";
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
contract GasTest is EasyCollection, Future {
    /// @dev What the original takes for a mint to someone who has Atoms already.
    uint256 private constant POWNFT_MINE = 192_000;
    address private constant CAROL = address(0xca401);

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
        mineUpTo(4, ALICE);
        mineUpTo(5, BOB);
        vm.prank(ALICE);
        atomine.transferFrom(ALICE, BOB, 2);
        _record("transferFrom: between holders");
        vm.prank(ALICE);
        atomine.safeTransferFrom(ALICE, BOB, 3);
        _record("safeTransferFrom: between holders");
        vm.prank(ALICE);
        atomine.safeTransferFrom(ALICE, BOB, 4, "data");
        _record("safeTransferFrom with data: between holders");
    }

    function test_approvals() public {
        mineUpTo(2, ALICE);
        vm.prank(ALICE);
        atomine.approve(BOB, 2);
        _record("approve");
        vm.prank(ALICE);
        atomine.setApprovalForAll(BOB, true);
        _record("setApprovalForAll");
        atomine.getApproved(2);
        _record("call getApproved");
        atomine.isApprovedForAll(ALICE, BOB);
        _record("call isApprovedForAll");
    }

    function test_views() public {
        mineUpTo(20, ALICE);
        atomine.work();
        _record("call work");
        atomine.tokenURI(20);
        _record("call tokenURI");
        atomine.atoms(1, 20);
        _record("call atoms: twenty");
        atomine.targetOf(20);
        _record("call targetOf");
        atomine.costOf(20);
        _record("call costOf");
        atomine.hashOf(20);
        _record("call hashOf");
        atomine.claimable(2);
        _record("call claimable");
        atomine.totalSupply();
        _record("call totalSupply");
        atomine.balanceOf(ALICE);
        _record("call balanceOf");
        atomine.ownerOf(20);
        _record("call ownerOf");
        atomine.supportsInterface(0x80ac58cd);
        _record("call supportsInterface");
    }

    function test_parameters() public {
        atomine.name();
        _record("call name");
        atomine.symbol();
        _record("call symbol");
        atomine.playerBaseUrl();
        _record("call playerBaseUrl");
        atomine.baseTarget();
        _record("call baseTarget");
        atomine.rampGeneration();
        _record("call rampGeneration");
        atomine.baseCost();
        _record("call baseCost");
    }

    /// @dev There is no loop over what somebody owns, nor over all there is: whoever has a thousand Atoms pays what
    /// whoever has three pays.
    function test_nothingCostsMoreForAnOwnerOfMany() public {
        mineUpTo(4, ALICE);
        _use(ALICE, 2, 3);
        uint256[5] memory few = _use(ALICE, 3, 4);
        for (uint256 id = 6; id < 1006; ++id) {
            place(atomine.totalSupply() + 1, BOB);
        }
        assert(atomine.balanceOf(BOB) == 1000);
        uint256 newest = atomine.totalSupply();
        _use(BOB, newest - 2, newest - 1);
        uint256[5] memory many = _use(BOB, newest - 1, newest);
        for (uint256 i; i < few.length; ++i) {
            // Numbers of more digits are in longer calldata, and a larger balance is another count of zero bytes.
            assert(many[i] < few[i] + few[i] / 50 + 200);
        }
    }

    /// @dev What is paid for many at once is paid for each: a caller who names fewer pays less, and none can be made to
    /// name many.
    function test_aListCostsWhatItsMembersCost() public {
        mineUpTo(70, ALICE);
        uint256 ten = _claim(2, 10);
        uint256 twenty = _claim(12, 20);
        uint256 base = 21_000;
        assert(twenty - base < 2 * (ten - base));
        atomine.atoms(1, 10);
        ten = vm.lastCallGas().gasTotalUsed;
        atomine.atoms(1, 20);
        twenty = vm.lastCallGas().gasTotalUsed;
        assert(twenty < 2 * ten + 500);
    }

    /// @dev Mines, hands `id` to the account without Atoms and back, approves, and reads; the gas of each.
    function _use(address owner, uint256 id, uint256 other) private returns (uint256[5] memory gas) {
        vm.prank(owner);
        atomine.transferFrom(owner, CAROL, id);
        gas[0] = vm.lastCallGas().gasTotalUsed;
        vm.prank(CAROL);
        atomine.transferFrom(CAROL, owner, id);
        gas[1] = vm.lastCallGas().gasTotalUsed;
        vm.prank(owner);
        atomine.approve(CAROL, other);
        gas[2] = vm.lastCallGas().gasTotalUsed;
        atomine.claimable(id);
        gas[3] = vm.lastCallGas().gasTotalUsed;
        atomine.balanceOf(owner);
        gas[4] = vm.lastCallGas().gasTotalUsed;
    }

    function _claim(uint256 first, uint256 count) private returns (uint256) {
        uint256[] memory ids = new uint256[](count);
        for (uint256 i; i < count; ++i) {
            ids[i] = first + i;
        }
        vm.prank(ALICE);
        atomine.claim(ids);
        return vm.lastCallGas().gasTotalUsed;
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

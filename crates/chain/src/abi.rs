//! The contracts' interfaces, as far as the page calls them.
#![allow(missing_docs, reason = "the Solidity sources document these")]

use alloy_sol_types::sol;

sol! {
    /// Our own collection contract.
    interface IAtomine {
        struct Atom {
            bytes32 hash;
            address owner;
        }

        error WorkTooWeak(uint256 id, bytes32 workHash, uint256 target);
        error WrongCost(uint256 sent, uint256 cost);

        function work() external view returns (uint256 id, bytes32 prevHash, uint256 target, uint256 cost);
        function atoms(uint256 first, uint256 count) external view returns (Atom[] memory page);
        function totalSupply() external view returns (uint256);
    }

    /// What only `POWNFTv3` has.
    interface IPownftV3 {
        function UNMIGRATED() external view returns (uint256);
        function V2_TOTAL() external view returns (uint256);
        function PREV_CHAIN_LAST_HASH() external view returns (bytes32);
        function totalSupply() external view returns (uint256);
        function tokenOfOwnerByIndex(address owner, uint256 index) external view returns (uint256);
    }

    /// What both kinds of collection have.
    interface ICollection {
        event Transfer(address indexed from, address indexed to, uint256 indexed tokenId);
        event Mined(uint256 indexed tokenId, bytes32 hash);

        function mine(uint256 nonce) external payable;
        function hashOf(uint256 id) external view returns (bytes32);
        function ownerOf(uint256 id) external view returns (address);
        function balanceOf(address owner) external view returns (uint256);
        function name() external view returns (string memory);
    }
}

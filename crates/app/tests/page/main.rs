//! The page's behaviour, told as visits: messages in, effects and what is shown out.

mod aside;
mod atoms;
mod attention;
mod bench;
mod collections;
mod finds;
mod gallery;
mod gpu;
mod hanging;
mod keeping;
mod kernels;
mod mining;
mod minting;
mod news;
mod nodes;
mod outcomes;
mod player;
mod practice;
mod properties;
mod reference;
mod rest;
mod sheet;
mod turn;
mod visit;
mod wallets;
mod world;

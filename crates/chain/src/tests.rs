//! Every function against nodes and wallets that tell the truth, fail, and lie.

mod abi;
mod atoms;
mod catalogue;
mod fallback;
mod hostile;
mod identify;
mod jsonrpc;
mod mint;
mod news;
mod outcome;
mod owned;
mod state;
mod wallet;

//! What the compiler says of the contracts, as Rust types.
#![allow(missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]

use alloy_sol_types::sol;

sol!(
    #[derive(Debug, PartialEq, Eq)]
    Atomine,
    "artifacts/Atomine.json"
);

sol!(
    #[derive(Debug, PartialEq, Eq)]
    PownftV3,
    "artifacts/test/PownftV3.json"
);

//! `atomine work` and `atomine target`: hashes and bounds.

use crate::{
    args::{TargetArgs, WorkArgs},
    error::CliError,
};
use atomine_protocol::{Rules, work_hash};
use serde::Serialize;
use std::io::{self, Write};

/// Prints the work hash alone.
pub(crate) fn hash(args: &WorkArgs, out: &mut impl Write) -> Result<(), CliError> {
    writeln!(out, "{}", work_hash(args.sender, args.prev, args.nonce))?;
    Ok(())
}

/// What mining an Atom of POW NFT takes; names as in the difficulty vectors, big numbers as strings.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Difficulty {
    generation: u32,
    token_id: u64,
    target: String,
    expected_hashes: String,
    cost_wei: String,
}

/// Prints target, expected hashes and price of an Atom.
pub(crate) fn target(args: &TargetArgs, out: &mut impl Write) -> Result<(), CliError> {
    let rules = Rules::POWNFT;
    let target = rules.target(args.id);
    let difficulty = Difficulty {
        generation: args.id.generation(),
        token_id: args.id.get(),
        target: target.to_string(),
        expected_hashes: target.expected_hashes().to_string(),
        cost_wei: rules.cost_wei(args.id).to_string(),
    };
    if args.json {
        serde_json::to_writer_pretty(&mut *out, &difficulty).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        writeln!(out, "Target          {}", difficulty.target)?;
        writeln!(out, "Expected hashes {}", difficulty.expected_hashes)?;
        writeln!(out, "Cost in wei     {}", difficulty.cost_wei)?;
    }
    Ok(())
}

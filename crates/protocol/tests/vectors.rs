//! Every row of the vector files, exactly.
#![allow(missing_docs)]

use atomine_protocol::{
    Address, Atom, AtomHash, Nonce, PrevHash, Rules, Target, TokenId, U256, WorkHash, atom_hash_at,
    preimage, work_hash,
};
use serde_json::Value;

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} is text in {row}"))
}

fn id(row: &Value, key: &str) -> TokenId {
    TokenId::new(row[key].as_u64().expect("an id")).expect("not 0")
}

fn decimal(row: &Value, key: &str) -> U256 {
    U256::from_str_radix(text(row, key), 10).expect("decimal")
}

fn csv_row(atom: Atom) -> String {
    let traits = atom.traits();
    let [colour0, colour1] = traits.palette.0;
    format!(
        "{},{},{},{},{},{},{},{colour0},{colour1},{},{},{}",
        atom.id,
        atom.hash,
        traits.generation,
        traits.element.z,
        traits.element.symbol,
        traits.element.name,
        traits.charge,
        traits.nucleus_rate,
        traits.zoom1,
        traits.zoom2,
    )
}

#[test]
fn traits_of_every_real_atom() {
    let mut lines = include_str!("../../../tests/vectors/pownft-atoms.csv").lines();
    assert_eq!(
        lines.next(),
        Some(
            "token_id,hash,generation,atomic_number,symbol,name,ion_charge,colour0,colour1,\
             nucleus_rate,zoom1,zoom2"
        ),
    );
    let mut rows = 0;
    for line in lines {
        let mut cells = line.split(',');
        let id = cells
            .next()
            .and_then(|id| TokenId::new(id.parse().ok()?))
            .expect("an id");
        let hash: AtomHash = cells
            .next()
            .and_then(|hash| hash.parse().ok())
            .expect("a hash");
        assert_eq!(csv_row(Atom { id, hash }), line);
        rows += 1;
    }
    assert_eq!(rows, 1060);
}

#[test]
fn target_cost_and_expected_hashes_of_every_row() {
    let rows: Vec<Value> =
        serde_json::from_str(include_str!("../../../tests/vectors/difficulty.json")).expect("JSON");
    assert_eq!(rows.len(), 22);
    for row in rows {
        let id = id(&row, "tokenId");
        let target = Rules::POWNFT.target(id);
        assert_eq!(
            u64::from(id.generation()),
            row["generation"].as_u64().expect("a number"),
            "{row}"
        );
        assert_eq!(target.to_string(), text(&row, "target"), "{row}");
        assert_eq!(
            target.expected_hashes(),
            decimal(&row, "expectedHashes"),
            "{row}"
        );
        assert_eq!(
            Rules::POWNFT.cost_wei(id),
            decimal(&row, "costWei"),
            "{row}"
        );
    }
}

#[test]
fn work_of_every_row() {
    let file: Value =
        serde_json::from_str(include_str!("../../../tests/vectors/preimages.json")).expect("JSON");
    let rows = file["vectors"].as_array().expect("an array");
    assert_eq!(rows.len(), 5);
    for row in rows {
        let sender: Address = text(row, "miner").parse().expect("an address");
        let prev: PrevHash = text(row, "prevHash").parse().expect("a hash");
        let target: Target = text(row, "target").parse().expect("a target");
        let first: u64 = text(row, "firstValidNonceFrom0").parse().expect("a nonce");
        let nonce = Nonce::from(U256::from(first));
        let next = id(row, "nextTokenId");

        let message = preimage(sender, prev, nonce);
        assert_eq!(
            alloy_primitives::hex::encode_prefixed(message),
            text(row, "preimage")
        );
        let work = work_hash(sender, prev, nonce);
        assert_eq!(work.to_string(), text(row, "workHash"));
        assert_eq!(Rules::POWNFT.target(next), target);
        assert_eq!(Rules::POWNFT.cost_wei(next), decimal(row, "valueWei"));
        assert!(work.meets(target));
        let timestamp = row["exampleTimestamp"].as_u64().expect("a timestamp");
        assert_eq!(
            atom_hash_at(work, timestamp).to_string(),
            text(row, "tokenHash")
        );

        let earlier_are_too_weak = (0..first.min(20_000))
            .all(|nonce| !work_hash(sender, prev, U256::from(nonce).into()).meets(target));
        assert!(earlier_are_too_weak);
    }
}

#[test]
fn work_must_be_strictly_below_the_target() {
    let target = U256::from(1000);
    for (work, enough) in [(999, true), (1000, false), (1001, false)] {
        assert_eq!(
            WorkHash::from(U256::from(work)).meets(target.into()),
            enough
        );
    }
    assert!(!WorkHash::from(U256::ZERO).meets(U256::ZERO.into()));
}

//! The interfaces in `abi.rs` are those of the compiled contracts.

use crate::abi::{IAtomine, ICollection, IPownftV3};
use alloy_sol_types::{SolCall, SolError, SolEvent, SolStruct, SolType};
use serde_json::Value;

const ATOMINE: &str = include_str!("../../../contract/artifacts/Atomine.json");
const POWNFT_V3: &str = include_str!("../../../contract/artifacts/test/PownftV3.json");

/// The entries of an artifact's ABI as `function work() (uint256,bytes32,uint256,uint256)` and the like.
fn entries(artifact: &str) -> Vec<String> {
    let artifact: Value = serde_json::from_str(artifact).unwrap();
    let abi = artifact["abi"].as_array().unwrap();
    abi.iter().map(entry).collect()
}

fn entry(entry: &Value) -> String {
    let of = |field: &str| entry[field].as_str().unwrap_or_default();
    let outputs = tuple(&entry["outputs"]);
    match of("type") {
        "function" => format!(
            "function {}{} {outputs}",
            of("name"),
            tuple(&entry["inputs"])
        ),
        kind => format!("{kind} {}{}", of("name"), tuple(&entry["inputs"])),
    }
}

fn tuple(parameters: &Value) -> String {
    let types = parameters.as_array().map_or(&[][..], Vec::as_slice);
    let types: Vec<_> = types.iter().map(canonical).collect();
    format!("({})", types.join(","))
}

fn canonical(parameter: &Value) -> String {
    let indexed = if parameter["indexed"] == true {
        " indexed"
    } else {
        ""
    };
    match parameter["type"].as_str().unwrap() {
        "tuple[]" => format!("{}[]", structure(parameter)),
        plain => format!("{plain}{indexed}"),
    }
}

/// A struct as `Atom(bytes32 hash,address owner)`.
fn structure(parameter: &Value) -> String {
    let name = parameter["internalType"].as_str().unwrap();
    let name = name
        .rsplit(['.', ' '])
        .next()
        .unwrap()
        .trim_end_matches("[]");
    let fields = parameter["components"].as_array().unwrap();
    let field = |field: &Value| {
        let of = |key: &str| field[key].as_str().unwrap().to_owned();
        format!("{} {}", of("type"), of("name"))
    };
    let fields: Vec<_> = fields.iter().map(field).collect();
    format!("{name}({})", fields.join(","))
}

fn function<C: SolCall>() -> String {
    format!(
        "function {} {}",
        C::SIGNATURE,
        <C::ReturnTuple<'_> as SolType>::SOL_NAME
    )
}

#[test]
fn atomine_has_every_function_that_is_called() {
    let abi = entries(ATOMINE);
    for expected in [
        function::<IAtomine::workCall>(),
        // The macro writes a struct by its name alone.
        function::<IAtomine::atomsCall>().replace(
            "Atom[]",
            &format!("{}[]", IAtomine::Atom::eip712_encode_type()),
        ),
        function::<IAtomine::totalSupplyCall>(),
    ] {
        assert!(abi.contains(&expected), "{expected} is not in {abi:#?}");
    }
}

#[test]
fn pownft_v3_has_every_function_that_is_called() {
    let abi = entries(POWNFT_V3);
    for expected in [
        function::<IPownftV3::UNMIGRATEDCall>(),
        function::<IPownftV3::V2_TOTALCall>(),
        function::<IPownftV3::PREV_CHAIN_LAST_HASHCall>(),
        function::<IPownftV3::totalSupplyCall>(),
        function::<IPownftV3::tokenOfOwnerByIndexCall>(),
    ] {
        assert!(abi.contains(&expected), "{expected} is not in {abi:#?}");
    }
}

#[test]
fn both_kinds_share_the_rest() {
    for abi in [entries(ATOMINE), entries(POWNFT_V3)] {
        for expected in [
            function::<ICollection::mineCall>(),
            function::<ICollection::hashOfCall>(),
            function::<ICollection::ownerOfCall>(),
            function::<ICollection::balanceOfCall>(),
            function::<ICollection::nameCall>(),
            "event Mined(uint256 indexed,bytes32)".into(),
            "event Transfer(address indexed,address indexed,uint256 indexed)".into(),
        ] {
            assert!(abi.contains(&expected), "{expected} is not in {abi:#?}");
        }
    }
    assert_eq!(ICollection::Mined::SIGNATURE, "Mined(uint256,bytes32)");
    assert_eq!(
        ICollection::Transfer::SIGNATURE,
        "Transfer(address,address,uint256)"
    );
}

#[test]
fn refusals_are_those_of_the_contract() {
    let abi = entries(ATOMINE);
    for signature in [
        IAtomine::WorkTooWeak::SIGNATURE,
        IAtomine::WrongCost::SIGNATURE,
    ] {
        assert!(abi.contains(&format!("error {signature}")), "{signature}");
    }
}

#[test]
fn selectors_are_those_of_the_original() {
    assert_eq!(ICollection::mineCall::SELECTOR, [0x4d, 0x47, 0x48, 0x98]);
    assert_eq!(ICollection::hashOfCall::SELECTOR, [0x7e, 0x55, 0x1b, 0x75]);
    assert_eq!(
        IPownftV3::UNMIGRATEDCall::SELECTOR,
        [0xaf, 0x88, 0xd5, 0x99]
    );
    assert_eq!(IPownftV3::V2_TOTALCall::SELECTOR, [0x73, 0xdf, 0xd2, 0x21]);
    assert_eq!(
        IPownftV3::PREV_CHAIN_LAST_HASHCall::SELECTOR,
        [0xb1, 0xac, 0x13, 0x47]
    );
    assert_eq!(
        ICollection::Mined::SIGNATURE_HASH.to_string(),
        "0x5570ed3da2dab8635dcc918badc12e05d60cbc9185347ef0065ab7335568cdae"
    );
}

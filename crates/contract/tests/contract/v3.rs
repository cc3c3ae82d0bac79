//! The stand-in for `POWNFTv3` behaves as the protocol crate says the original does.

use crate::evm::{DEPLOYER, EASY, Evm, easy_work, mapping_slot};
use alloy_primitives::{Address, B256, U256, keccak256};
use alloy_sol_types::{Revert, SolError, SolEvent};
use atomine_contract::{PownftV3, V3Start, v3_deploy_code};
use atomine_protocol::{
    AtomHash, PrevHash, PrevHashSource, Rules, TokenId, V3Supply, Withdrawal, atom_hash_at,
};

const TIMESTAMP: u64 = 1_700_000_000;
const LAST_HASH: B256 = B256::repeat_byte(0x77);

struct V3 {
    evm: Evm,
    rules: Rules,
}

impl V3 {
    fn new(unmigrated: u64, v2_total: u64) -> Self {
        let rules = Rules {
            base_target: U256::MAX,
            ..Rules::POWNFT
        };
        let code = v3_deploy_code(&V3Start {
            base_target: rules.base_target,
            unmigrated: U256::from(unmigrated),
            v2_total: U256::from(v2_total),
            last_hash: LAST_HASH,
        });
        Self {
            evm: Evm::deploy(code),
            rules,
        }
    }

    fn supply(&mut self) -> V3Supply {
        V3Supply {
            v2_total: self.evm.call(&PownftV3::V2_TOTALCall {}).expect("a getter"),
            unmigrated: self
                .evm
                .call(&PownftV3::UNMIGRATEDCall {})
                .expect("a getter"),
            total_supply: self
                .evm
                .call(&PownftV3::totalSupplyCall {})
                .expect("a getter"),
        }
    }

    fn prev_hash(&mut self) -> PrevHash {
        let hash = match self.supply().prev_hash_source().expect("sound numbers") {
            PrevHashSource::HashOf(id) => {
                let id = U256::from(id.get());
                self.evm
                    .call(&PownftV3::hashOfCall { id })
                    .expect("a getter")
            }
            PrevHashSource::PrevChainLastHash => self
                .evm
                .call(&PownftV3::PREV_CHAIN_LAST_HASHCall {})
                .expect("a getter"),
        };
        PrevHash(hash)
    }

    fn mine(&mut self) -> TokenId {
        let id = self.supply().next_id().expect("sound numbers");
        let prev = self.prev_hash();
        let (nonce, work) = easy_work(DEPLOYER, prev, self.rules.target(id));
        let call = PownftV3::mineCall {
            nonce: nonce.to_u256(),
        };
        let logs = self
            .evm
            .send(DEPLOYER, self.rules.cost_wei(id), &call)
            .expect("mined");
        let [transfer, mined] = logs.as_slice() else {
            panic!("Transfer and Mined");
        };
        let transfer = PownftV3::Transfer::decode_log(transfer).expect("Transfer first");
        assert_eq!((transfer.from, transfer.to), (Address::ZERO, DEPLOYER));
        let mined = PownftV3::Mined::decode_log(mined).expect("then Mined");
        assert_eq!(mined.tokenId, U256::from(id.get()));
        assert_eq!(AtomHash(mined.hash), atom_hash_at(work, TIMESTAMP));
        id
    }

    fn refusal(&mut self, value: U256, nonce: U256) -> String {
        let refused = self
            .evm
            .send(DEPLOYER, value, &PownftV3::mineCall { nonce });
        Revert::abi_decode(&refused.expect_err("refused"))
            .expect("a string")
            .reason
    }
}

#[test]
fn selectors_and_topics_are_the_originals() {
    use alloy_sol_types::SolCall;
    assert_eq!(PownftV3::mineCall::SELECTOR, [0x4d, 0x47, 0x48, 0x98]);
    assert_eq!(PownftV3::hashOfCall::SELECTOR, [0x7e, 0x55, 0x1b, 0x75]);
    assert_eq!(PownftV3::UNMIGRATEDCall::SELECTOR, [0xaf, 0x88, 0xd5, 0x99]);
    assert_eq!(PownftV3::V2_TOTALCall::SELECTOR, [0x73, 0xdf, 0xd2, 0x21]);
    assert_eq!(
        PownftV3::PREV_CHAIN_LAST_HASHCall::SELECTOR,
        [0xb1, 0xac, 0x13, 0x47]
    );
    assert_eq!(PownftV3::withdrawCall::SELECTOR, [0x44, 0x1a, 0x3e, 0x70]);
    assert_eq!(
        PownftV3::withdrawMultipleCall::SELECTOR,
        [0x9d, 0x11, 0x05, 0x30]
    );
    assert_eq!(
        PownftV3::Mined::SIGNATURE_HASH,
        keccak256("Mined(uint256,bytes32)")
    );
    assert_eq!(
        PownftV3::Withdraw::SIGNATURE_HASH,
        keccak256("Withdraw(uint256,uint256)")
    );
}

#[test]
fn the_first_atom_builds_on_the_predecessor_and_the_next_ones_on_each_other() {
    for (unmigrated, v2_total) in [(0, 1), (1, 1), (5, 9), (9, 9), (0, 20)] {
        let mut v3 = V3::new(unmigrated, v2_total);
        assert_eq!(v3.prev_hash(), PrevHash(LAST_HASH));
        for id in v2_total + 1..v2_total + 6 {
            assert_eq!(v3.mine().get(), id);
        }
    }
}

#[test]
fn refusals_are_the_originals() {
    let mut v3 = V3::new(1, 1);
    let id = v3.supply().next_id().expect("sound numbers");
    let (prev, target) = (v3.prev_hash(), v3.rules.target(id));
    let (enough, _) = easy_work(DEPLOYER, prev, target);
    let weak = EASY
        .map(U256::from)
        .find(|&nonce| !atomine_protocol::work_hash(DEPLOYER, prev, nonce.into()).meets(target))
        .expect("weak work is easy");
    assert_eq!(v3.refusal(U256::ZERO, weak), "difficulty");
    assert_eq!(v3.refusal(U256::ZERO, enough.to_u256()), "cost");
}

#[test]
fn withdrawals_pay_what_the_protocol_crate_says() {
    let v2_total = 5;
    let mut v3 = V3::new(0, v2_total);
    let last = (0..20).map(|_| v3.mine()).last().expect("mined");
    let until = last;
    for id in (1..=last.get()).filter_map(TokenId::new) {
        let mut withdrawal = Withdrawal {
            id,
            until,
            withdrawn_until: 0,
            v2_total,
            last,
        };
        for _ in 0..2 {
            let call = PownftV3::withdrawCall {
                id: U256::from(id.get()),
                until: U256::from(until.get()),
            };
            let before = v3.evm.balance(DEPLOYER);
            let paid = v3.evm.send(DEPLOYER, U256::ZERO, &call).is_ok();
            let expected = withdrawal.payout_wei();
            assert_eq!(paid, expected.is_ok(), "Atom {id}");
            let Ok(expected) = expected else { continue };
            assert_eq!(v3.evm.balance(DEPLOYER) - before, expected, "Atom {id}");
            let slot = mapping_slot(U256::from(16), U256::from(id.get()));
            assert_eq!(v3.evm.load(slot), U256::from(until.get()), "W of Atom {id}");
            withdrawal.withdrawn_until = until.get();
        }
    }
}

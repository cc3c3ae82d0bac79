//! A collection's life, played at random beside a model of it: who owns what, and every wei.

use crate::evm::{Evm, mine_next};
use alloy_primitives::{Address, U256};
use atomine_contract::Atomine;
use atomine_protocol::{Rules, TokenId};
use proptest::{prelude::*, test_runner::TestRunner};

const ACCOUNTS: u8 = 4;

/// A move in the game; numbers are taken modulo what there is.
#[derive(Clone, Debug)]
enum Move {
    Mine { account: u8 },
    Transfer { atom: usize, to: u8 },
    Claim { account: u8 },
    ClaimForeign { atom: usize },
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let account = 0..ACCOUNTS;
    let one = prop_oneof![
        4 => account.clone().prop_map(|account| Move::Mine { account }),
        1 => (any::<usize>(), account.clone()).prop_map(|(atom, to)| Move::Transfer { atom, to }),
        1 => account.prop_map(|account| Move::Claim { account }),
        1 => any::<usize>().prop_map(|atom| Move::ClaimForeign { atom }),
    ];
    prop::collection::vec(one, 1..60)
}

fn account(number: u8) -> Address {
    Address::repeat_byte(0xa0 + number)
}

/// What should be true, kept in the plainest way.
struct Model {
    rules: Rules,
    owners: Vec<Address>,
    /// Dividends of each Atom that are claimed already.
    claimed: Vec<U256>,
}

impl Model {
    fn id(index: usize) -> TokenId {
        TokenId::new(index as u64 + 1).expect("not 0")
    }

    fn owed(&self, index: usize) -> U256 {
        let newest = Self::id(self.owners.len() - 1);
        self.rules.dividends_wei(Self::id(index), newest) - self.claimed[index]
    }

    fn of(&self, owner: Address) -> Vec<usize> {
        (0..self.owners.len())
            .filter(|&index| self.owners[index] == owner)
            .collect()
    }
}

/// The collection and its model, side by side.
struct Game {
    evm: Evm,
    model: Model,
}

impl Game {
    fn new() -> Self {
        let rules = Rules {
            base_target: U256::MAX,
            ..Rules::POWNFT
        };
        let mut evm = Evm::atomine(&rules);
        (0..ACCOUNTS).for_each(|number| evm.fund(account(number)));
        let owners = vec![crate::evm::DEPLOYER];
        Self {
            evm,
            model: Model {
                rules,
                owners,
                claimed: vec![U256::ZERO],
            },
        }
    }

    fn play(&mut self, step: &Move) {
        match *step {
            Move::Mine { account: miner } => {
                mine_next(&mut self.evm, account(miner));
                self.model.owners.push(account(miner));
                self.model.claimed.push(U256::ZERO);
            }
            Move::Transfer { atom, to } => {
                self.transfer(atom % self.model.owners.len(), account(to));
            }
            Move::Claim { account: owner } => self.claim(account(owner)),
            Move::ClaimForeign { atom } => self.claim_foreign(atom % self.model.owners.len()),
        }
    }

    fn transfer(&mut self, index: usize, to: Address) {
        let from = self.model.owners[index];
        let token_id = number(index);
        let sent = self.evm.send(
            from,
            U256::ZERO,
            &Atomine::transferFromCall {
                from,
                to,
                tokenId: token_id,
            },
        );
        assert!(sent.is_ok(), "an owner may transfer");
        self.model.owners[index] = to;
    }

    /// Claims all that an account has, every Atom named twice.
    fn claim(&mut self, owner: Address) {
        let indices = self.model.of(owner);
        let owed = indices
            .iter()
            .map(|&index| self.model.owed(index))
            .sum::<U256>();
        let ids = indices
            .iter()
            .chain(&indices)
            .map(|&index| number(index))
            .collect();
        let before = self.evm.balance(owner);
        let sent = self
            .evm
            .send(owner, U256::ZERO, &Atomine::claimCall { ids });
        assert_eq!(
            sent.is_ok(),
            owed > U256::ZERO,
            "nothing to claim is refused"
        );
        assert_eq!(self.evm.balance(owner) - before, owed, "paid once, exactly");
        for index in indices {
            let paid = self.model.owed(index);
            self.model.claimed[index] += paid;
        }
    }

    fn claim_foreign(&mut self, index: usize) {
        let thief = Address::repeat_byte(0xee);
        self.evm.fund(thief);
        let ids = vec![number(index)];
        assert!(
            self.evm
                .send(thief, U256::ZERO, &Atomine::claimCall { ids })
                .is_err()
        );
    }

    fn assert_holds(&mut self) {
        let mut owed = U256::ZERO;
        for index in 0..self.model.owners.len() {
            let claimable = self
                .evm
                .call(&Atomine::claimableCall { id: number(index) })
                .expect("minted");
            assert_eq!(claimable, self.model.owed(index), "Atom {}", index + 1);
            owed += claimable;
        }
        assert_eq!(
            self.evm.balance(self.evm.contract),
            owed,
            "nothing missing, nothing left over"
        );
        let page = Atomine::atomsCall {
            first: U256::from(1),
            count: U256::MAX,
        };
        let page = self.evm.call(&page).expect("a page");
        let owners: Vec<_> = page.into_iter().map(|atom| atom.owner).collect();
        assert_eq!(owners, self.model.owners);
    }
}

fn number(index: usize) -> U256 {
    U256::from(index + 1)
}

#[test]
fn a_collection_pays_exactly_what_it_owes() {
    TestRunner::new(ProptestConfig::with_cases(48))
        .run(&moves(), |moves| {
            let mut game = Game::new();
            for step in &moves {
                game.play(step);
                game.assert_holds();
            }
            Ok(())
        })
        .expect("the books agree");
}

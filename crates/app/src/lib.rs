//! The whole behaviour of the page as a pure state machine: [`Msg`]s in, [`Model`] changed, [`Effect`]s out.
//!
//! `web` carries the effects out and shows [`view::page`]; it decides nothing. Everything that can go wrong is a
//! message and has a native test.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

mod atoms;
mod attention;
mod bench;
mod cards;
mod collection;
mod compare;
mod effect;
mod explain;
mod finds;
mod format;
pub mod gallery;
mod gpu;
mod kept;
mod kernels;
mod mining;
mod model;
mod msg;
mod news;
mod notices;
pub mod player;
mod portrait;
mod practice;
mod records;
mod relay;
mod route;
pub mod sheet;
mod turn;
pub mod view;
mod wallet;
mod watch;
mod workers;

pub use effect::{Effect, Timer};
pub use kernels::Kernel;
pub use model::{Model, update};
pub use msg::{Failure, Msg, Notifications};
pub use portrait::Portrait;
pub use records::{
    FindId, FindRecord, FindStage, PracticeAtom, SetAside, Settings, Stored, WalletId, WalletInfo,
    WorkerId, WorkerKind, decode_record, encode_record,
};
pub use relay::Relay;
pub use route::Route;
pub use turn::Turn;

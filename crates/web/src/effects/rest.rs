//! The effects that it takes the rest of the program to carry out.

use super::{Effects, keep};
use crate::{WebError, browser};
use atomine_app::{Effect, Route};

/// Carries out an effect that neither shows the page nor starts mining. The rest of the program begins here.
///
/// # Errors
/// [`WebError`] for the effects that have no answer and that the browser refused.
#[inline(never)]
pub(super) fn carry_out(effects: &Effects, effect: Effect) -> Result<(), WebError> {
    match effect {
        Effect::ReadAtoms {
            collection,
            first,
            count,
        } => effects.read_atoms(collection, first, count),
        Effect::ReadOwned {
            collection,
            owner,
            rest,
            count,
        } => effects.read_owned(collection, owner, rest, count),
        Effect::ReadAtom { collection, id } => effects.read_atom(collection, id),
        Effect::Identify(key, chain) => effects.identify(key, chain),

        Effect::ForgetWallet => effects.forget_wallet(),
        Effect::SwitchChain(chain) => effects.switch_chain(chain),
        Effect::AddChain(chain) => effects.add_chain(chain),
        Effect::ReadWalletChain => effects.read_wallet_chain(),
        Effect::WatchAsset { collection, id } => effects.watch_asset(collection, id),
        Effect::Simulate { find, transaction } => effects.simulate(find, transaction),
        Effect::Send {
            find,
            transaction,
            gas,
        } => effects.send(find, transaction, gas),
        Effect::ReadOutcome {
            find,
            collection,
            account,
            transaction,
        } => effects.read_outcome(find, collection, account, transaction),

        Effect::DeleteFind(find) => keep::delete_find(find),
        Effect::ReadStored => effects.read_stored(),

        Effect::Navigate(route) => navigate(route)?,
        Effect::Player(effect) => effects.music.carry_out(effect),
        Effect::Portray(portrait) => effects.painter.portray(portrait),
        Effect::Write(writing) => effects.write(writing),
        Effect::CopyLink(route) => effects.copy_link(route),
        Effect::Chime => effects.chime.sound(),
        Effect::Notify { title, body } => effects.notify(&title, &body),
        Effect::CopyText(text) => effects.copy_text(&text),
        // Every other effect is carried out without the rest.
        _ => {}
    }
    Ok(())
}

fn navigate(route: Route) -> Result<(), WebError> {
    Ok(browser::window()?.location().set_hash(&route.to_string())?)
}

//! The panels that it takes the rest of the program to show: all but what the page needs to mine.

use super::{Shown, aside, atom, atoms, bench, dom::Finder, finds, gallery, music, player};
use crate::WebError;
use atomine_app::{Msg, Route, view::Page};
use std::rc::Rc;
use web_sys::Document;

/// These panels, bound to the document.
pub(super) struct More {
    finds: finds::Finds,
    aside: aside::Aside,
    atoms: atoms::AtomLists,
    atom: atom::AtomPanel,
    gallery: gallery::GalleryPanel,
    music: music::MusicPanel,
    player: player::PlayerPanel,
    bench: bench::BenchPanel,
}

/// Whether the page has something to show in one of them.
pub(super) fn is_wanted(page: &Page) -> bool {
    page.route != Route::Mine
        || page.player.is_some()
        || page.set_aside.is_some()
        || !page.finds.is_empty()
}

/// Binds the panels to the document and starts to listen. The rest of the program begins here.
///
/// # Errors
/// [`WebError::Missing`] when the document is not the one this was built for.
#[inline(never)]
pub(super) fn mount(
    document: &Document,
    shown: &Shown,
    dispatch: &Rc<dyn Fn(Msg)>,
) -> Result<More, WebError> {
    let page = Finder::new(document);
    let more = More {
        finds: finds::Finds::new(&page),
        aside: aside::Aside::new(&page),
        atoms: atoms::AtomLists::new(&page),
        atom: atom::AtomPanel::new(&page),
        gallery: gallery::GalleryPanel::new(&page),
        music: music::MusicPanel::new(document)?,
        player: player::PlayerPanel::new(document)?,
        bench: bench::BenchPanel::new(document)?,
    };
    page.found_all()?;
    gallery::listen(&page, shown, dispatch)?;
    player::listen(document, shown, dispatch)?;
    Ok(more)
}

/// Shows this page; writes only what differs from the one before. The rest of the program begins here.
///
/// # Errors
/// None that a browser of today raises.
#[inline(never)]
pub(super) fn show(more: &More, old: Option<&Page>, new: &Page) -> Result<(), WebError> {
    more.finds
        .show(old.map_or(&[], |old| &old.finds), &new.finds)?;
    more.aside
        .show(old.and_then(|old| old.set_aside.as_ref()), new)?;
    if old.is_none_or(|old| old.atoms != new.atoms) {
        more.atoms.show(old.map(|old| &old.atoms), &new.atoms)?;
    }
    if old.is_none_or(|old| old.atom != new.atom || old.route != new.route) {
        more.atom.show(old.and_then(|old| old.atom.as_ref()), new)?;
    }
    more.music
        .show(old.and_then(|old| old.music.as_ref()), new.music.as_ref())?;
    if old.is_none_or(|old| old.bench != new.bench) {
        let before = old.map_or(&[][..], |old| &old.bench.results);
        more.bench.show(before, &new.bench)?;
    }
    if old.is_none_or(|old| old.gallery != new.gallery) {
        let before = old.and_then(|old| old.gallery.as_ref());
        more.gallery.show(before, new.gallery.as_ref())?;
    }
    more.player.show(old, new)
}

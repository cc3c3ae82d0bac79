//! The page as people see it: writes [`Page`] into the document of `index.html` and turns what visitors do into
//! messages. What changes comes worded from the app; a panel is written only when its part of the page differs.

mod aside;
mod atom;
mod atoms;
mod bench;
mod card;
mod chart;
mod dom;
mod events;
mod finds;
mod gallery;
mod header;
mod mine;
mod music;
mod notices;
mod player;
#[cfg(all(test, target_arch = "wasm32"))]
mod tests;

use crate::{WebError, browser};
use atomine_app::{Msg, Route, view::Page};
use dom::{Finder, set_attribute, set_shown};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsValue;
use web_sys::{Document, Element, HtmlElement};

/// What is on the screen now; events are read against it.
type Shown = Rc<RefCell<Option<Page>>>;

/// The page's panels, bound to the document.
pub(crate) struct View {
    document: Document,
    shown: Shown,
    header: header::Header,
    notices: notices::Notices,
    mine: mine::MinePanel,
    finds: finds::Finds,
    aside: aside::Aside,
    atoms: atoms::AtomLists,
    atom: atom::AtomPanel,
    gallery: gallery::GalleryPanel,
    music: music::MusicPanel,
    player: player::PlayerPanel,
    bench: bench::BenchPanel,
    routes: Routes,
}

/// Binds the panels to the document and starts to listen; `dispatch` is called for each thing a visitor does.
///
/// # Errors
/// [`WebError::Missing`] when the document is not the one this was built for (an old `index.html` in a cache, say).
pub(crate) fn mount(dispatch: Rc<dyn Fn(Msg)>) -> Result<View, WebError> {
    let document = browser::document()?;
    let page = Finder::new(&document);
    let shown = Shown::default();
    let view = View {
        header: header::Header::new(&page),
        notices: notices::Notices::new(&page),
        mine: mine::MinePanel::new(&page),
        finds: finds::Finds::new(&page),
        aside: aside::Aside::new(&page),
        atoms: atoms::AtomLists::new(&page),
        atom: atom::AtomPanel::new(&page),
        gallery: gallery::GalleryPanel::new(&page),
        music: music::MusicPanel::new(&document)?,
        player: player::PlayerPanel::new(&document)?,
        bench: bench::BenchPanel::new(&document)?,
        routes: Routes::new(&page),
        shown: Rc::clone(&shown),
        document: document.clone(),
    };
    page.found_all()?;
    gallery::listen(&page, &shown, &dispatch)?;
    player::listen(&document, &shown, &dispatch)?;
    events::listen(&document, &shown, dispatch)?;
    Ok(view)
}

impl View {
    /// Shows this page; writes only what differs from the one before.
    pub(crate) fn show(&mut self, page: &Page) {
        let result = {
            let shown = self.shown.borrow();
            self.write(shown.as_ref(), page)
        };
        if let Err(error) = result {
            // The next page is written over it anyway; this is for whoever looks into the console.
            web_sys::console::error_1(&JsValue::from_str(&error.to_string()));
        }
        let mut shown = self.shown.borrow_mut();
        match shown.as_mut() {
            Some(shown) => keep(shown, page),
            None => *shown = Some(page.clone()),
        }
    }

    fn write(&self, old: Option<&Page>, new: &Page) -> Result<(), WebError> {
        if self.document.title() != new.title {
            self.document.set_title(&new.title);
        }
        self.header.show(old, new)?;
        self.notices
            .show(old.map_or(&[], |old| &old.notices), &new.notices)?;
        if old.is_none_or(|old| old.mine != new.mine || old.wallet.state != new.wallet.state) {
            self.mine.show(old.map(|old| &old.mine), new)?;
        }
        self.finds
            .show(old.map_or(&[], |old| &old.finds), &new.finds)?;
        self.aside
            .show(old.and_then(|old| old.set_aside.as_ref()), new)?;
        if old.is_none_or(|old| old.atoms != new.atoms) {
            self.atoms.show(old.map(|old| &old.atoms), &new.atoms)?;
        }
        if old.is_none_or(|old| old.atom != new.atom || old.route != new.route) {
            self.atom.show(old.and_then(|old| old.atom.as_ref()), new)?;
        }
        self.music
            .show(old.and_then(|old| old.music.as_ref()), new.music.as_ref())?;
        if old.is_none_or(|old| old.bench != new.bench) {
            let before = old.map_or(&[][..], |old| &old.bench.results);
            self.bench.show(before, &new.bench)?;
        }
        if old.is_none_or(|old| old.route != new.route) {
            self.routes.show(&new.route, old.is_some())?;
        }
        // A grid has a width only once its page is shown.
        if old.is_none_or(|old| old.gallery != new.gallery) {
            let before = old.and_then(|old| old.gallery.as_ref());
            self.gallery.show(before, new.gallery.as_ref())?;
        }
        self.player.show(old, new)?;
        Ok(())
    }
}

/// Remembers `page` as shown; pictures make it large, so that only parts that differ are copied.
fn keep(shown: &mut Page, page: &Page) {
    fn keep_part<T: PartialEq + Clone>(shown: &mut T, part: &T) {
        if shown != part {
            shown.clone_from(part);
        }
    }
    let Page {
        title,
        route,
        notices,
        collections,
        wallet,
        mine,
        finds,
        set_aside,
        atoms,
        atom,
        gallery,
        music,
        playing,
        player,
        bench,
    } = page;
    keep_part(&mut shown.title, title);
    shown.route = *route;
    keep_part(&mut shown.notices, notices);
    keep_part(&mut shown.collections, collections);
    keep_part(&mut shown.wallet, wallet);
    keep_part(&mut shown.mine, mine);
    keep_part(&mut shown.finds, finds);
    keep_part(&mut shown.set_aside, set_aside);
    keep_part(&mut shown.atoms, atoms);
    keep_part(&mut shown.atom, atom);
    keep_part(&mut shown.gallery, gallery);
    keep_part(&mut shown.music, music);
    shown.playing = *playing;
    keep_part(&mut shown.player, player);
    keep_part(&mut shown.bench, bench);
}

/// The sections of the document that are pages, one of which is shown.
struct Routes {
    boot: Element,
    pages: [(Element, HtmlElement); 6],
    nav_mine: Element,
    nav_atoms: Element,
    nav_gallery: Element,
}

impl Routes {
    fn new(page: &Finder) -> Self {
        Self {
            boot: page.find("#boot"),
            pages: [
                (page.find("#page-mine"), page.find("#mine-title")),
                (page.find("#page-atoms"), page.find("#atoms-title")),
                (page.find("#page-atom"), page.find("#atom-title")),
                (page.find("#page-bench"), page.find("#bench-title")),
                (page.find("#page-gallery"), page.find("#gallery-title")),
                (page.find("#page-not-found"), page.find("#lost-title")),
            ],
            nav_mine: page.find("#nav-mine"),
            nav_atoms: page.find("#nav-atoms"),
            nav_gallery: page.find("#nav-gallery"),
        }
    }

    /// Shows the page of this route. After a change the focus goes to its headline, which screen readers then read.
    fn show(&self, route: &Route, changed: bool) -> Result<(), WebError> {
        let current = match route {
            Route::Mine => 0,
            Route::Atoms => 1,
            Route::Atom { .. } | Route::PracticeAtom { .. } => 2,
            Route::Bench => 3,
            Route::Gallery => 4,
            Route::NotFound => 5,
        };
        set_shown(&self.boot, false)?;
        set_attribute(
            &self.nav_mine,
            "aria-current",
            (current == 0).then_some("page"),
        )?;
        let atoms = match current {
            1 => Some("page"),
            2 => Some("true"),
            _ => None,
        };
        set_attribute(&self.nav_atoms, "aria-current", atoms)?;
        let gallery = (current == 4).then_some("page");
        set_attribute(&self.nav_gallery, "aria-current", gallery)?;
        for (index, (page, title)) in self.pages.iter().enumerate() {
            set_shown(page, index == current)?;
            if index == current && changed {
                title.focus()?;
                browser::window()?.scroll_to_with_x_and_y(0.0, 0.0);
            }
        }
        Ok(())
    }
}

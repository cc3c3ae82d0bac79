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
mod more;
mod music;
mod notices;
mod player;
#[cfg(all(test, target_arch = "wasm32"))]
mod tests;

use crate::{WebError, browser, rest::Rest};
use atomine_app::{Msg, Route, view::Page};
use dom::{Finder, set_attribute, set_shown};
use more::More;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsValue;
use web_sys::{Document, Element, HtmlElement};

/// What is on the screen now; events are read against it.
type Shown = Rc<RefCell<Option<Page>>>;

/// The page's panels, bound to the document.
pub(crate) struct View {
    document: Document,
    shown: Shown,
    dispatch: Rc<dyn Fn(Msg)>,
    header: header::Header,
    notices: notices::Notices,
    mine: mine::MinePanel,
    routes: Routes,
    rest: Rc<Rest>,
    /// `None` until the rest of the program is here.
    more: Option<More>,
}

/// Binds the panels to the document and starts to listen; `dispatch` is called for each thing a visitor does.
///
/// # Errors
/// [`WebError::Missing`] when the document is not the one this was built for (an old `index.html` in a cache, say).
pub(crate) fn mount(dispatch: Rc<dyn Fn(Msg)>, rest: Rc<Rest>) -> Result<View, WebError> {
    let document = browser::document()?;
    let page = Finder::new(&document);
    let shown = Shown::default();
    let view = View {
        header: header::Header::new(&page),
        notices: notices::Notices::new(&page),
        mine: mine::MinePanel::new(&page),
        routes: Routes::new(&page),
        shown: Rc::clone(&shown),
        document: document.clone(),
        dispatch: Rc::clone(&dispatch),
        rest,
        more: None,
    };
    page.found_all()?;
    events::listen(&document, &shown, dispatch)?;
    Ok(view)
}

impl View {
    /// Shows this page; writes only what differs from the one before.
    pub(crate) fn show(&mut self, page: &Page) {
        if let Err(error) = self.write(page) {
            // The next page is written over it anyway; this is for whoever looks into the console.
            web_sys::console::error_1(&JsValue::from_str(&error.to_string()));
        }
        let mut shown = self.shown.borrow_mut();
        match shown.as_mut() {
            Some(shown) => keep(shown, page),
            None => *shown = Some(page.clone()),
        }
    }

    fn write(&mut self, new: &Page) -> Result<(), WebError> {
        let shown = self.shown.borrow();
        let old = shown.as_ref();
        if self.document.title() != new.title {
            self.document.set_title(&new.title);
        }
        self.header.show(old, new)?;
        self.notices
            .show(old.map_or(&[], |old| &old.notices), &new.notices)?;
        if old.is_none_or(|old| old.mine != new.mine || old.wallet.state != new.wallet.state) {
            self.mine.show(old.map(|old| &old.mine), new)?;
        }
        // Before the gallery: a grid has a width only once its page is shown.
        if old.is_none_or(|old| old.route != new.route) {
            self.routes.show(&new.route, old.is_some())?;
        }
        if let Some(more) = &self.more {
            more::show(more, old, new)?;
        } else if self.rest.is_here() {
            let more = more::mount(&self.document, &self.shown, &self.dispatch)?;
            more::show(self.more.insert(more), None, new)?;
        } else if more::is_wanted(new) {
            self.rest.fetch();
        }
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

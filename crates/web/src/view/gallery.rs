//! The gallery: a periodic table of buttons, and a grid that has no more tiles than are in sight.

use super::{
    Shown,
    card::show_cards,
    dom::{Finder, List, part, set_attribute, set_flag, set_shown, set_text},
};
use crate::{WebError, browser};
use atomine_app::{
    Msg,
    gallery::{ChargeChoice, GalleryMsg},
    view::{ElementCell, Gallery, Page},
};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

/// Width of a tile with its gap, at least, in px; a tile's height beside its picture's.
const TILE_WIDTH: i32 = 176;
const BELOW_PICTURE: i32 = 88;
const GAP: i32 = 16;

/// The page's elements.
pub(super) struct GalleryPanel {
    document: Document,
    title: Element,
    status: Element,
    rarest: Element,
    table: List,
    generation: HtmlSelectElement,
    charge: HtmlSelectElement,
    mine: HtmlInputElement,
    mine_label: Element,
    grid: HtmlElement,
    cards: List,
}

impl GalleryPanel {
    pub(super) fn new(page: &Finder) -> Self {
        Self {
            document: page.document(),
            title: page.find("#gallery-title"),
            status: page.find("#gallery-status"),
            rarest: page.find("#gallery-rarest"),
            table: page.list("#gallery-table", "#t-element"),
            generation: page.find("#gallery-generation"),
            charge: page.find("#gallery-charge"),
            mine: page.find("#gallery-mine"),
            mine_label: page.find("#gallery-mine-label"),
            grid: page.find("#gallery-grid"),
            cards: page.list("#gallery-cards", "#t-card"),
        }
    }

    pub(super) fn show(
        &self,
        old: Option<&Gallery>,
        new: Option<&Gallery>,
    ) -> Result<(), WebError> {
        let Some(new) = new else { return Ok(()) };
        set_text(&self.title, &new.headline);
        set_text(&self.status, &new.status);
        set_text(&self.rarest, &new.rarest);
        self.table.show(
            old.map_or(&[], |old| &old.elements),
            &new.elements,
            |cell| cell.z.to_string(),
            fill_cell,
        )?;
        if old.is_none_or(|old| old.generations != new.generations) {
            self.generation.set_text_content(None);
            for choice in &new.generations {
                let option = self.document.create_element("option")?;
                set_text(&option, &choice.label);
                set_flag(&option, "selected", choice.selected)?;
                self.generation.append_child(&option)?;
            }
        }
        let charge = new.charges.iter().position(|(_, chosen)| *chosen);
        self.charge.set_selected_index(
            charge
                .and_then(|place| i32::try_from(place).ok())
                .unwrap_or(0),
        );
        self.mine.set_checked(new.mine);
        set_shown(&self.mine_label, new.can_choose_mine)?;
        self.place(new)?;
        show_cards(&self.cards, old.map_or(&[], |old| &old.cards), &new.cards)
    }

    /// The grid is as high as all that are chosen would be; the tiles lie where they would lie among them.
    fn place(&self, gallery: &Gallery) -> Result<(), WebError> {
        let Some(lattice) = Lattice::of(&self.grid) else {
            return Ok(());
        };
        let rows = gallery.total.div_ceil(lattice.columns);
        let height = i32::try_from(rows)
            .unwrap_or(0)
            .saturating_mul(lattice.row_px);
        let above = i32::try_from(gallery.first / lattice.columns).unwrap_or(0);
        let above = above.saturating_mul(lattice.row_px);
        let style = self.grid.style();
        style.set_property("height", &format!("{height}px"))?;
        style.set_property("--columns", &lattice.columns.to_string())?;
        style.set_property("--above", &format!("{above}px"))?;
        style.set_property("--row", &format!("{}px", lattice.row_px - GAP))?;
        Ok(())
    }
}

fn fill_cell(item: &Element, cell: &ElementCell) -> Result<(), WebError> {
    let button: HtmlElement = part(item, "button")?;
    let (row, column) = cell.place;
    let style = item.dyn_ref::<HtmlElement>().map(HtmlElement::style);
    if let Some(style) = style {
        style.set_property("grid-area", &format!("{row} / {column}"))?;
    }
    set_text(
        &part::<Element>(item, ".symbol")?,
        if cell.z == 0 { "✦" } else { cell.symbol },
    );
    let count = if cell.count == 0 {
        String::new()
    } else {
        cell.count.to_string()
    };
    set_text(&part::<Element>(item, ".count")?, &count);
    let label = match cell.count {
        0 => format!("{}, none yet", cell.name),
        count => format!("{}, {count}", cell.name),
    };
    set_text(&part::<Element>(item, ".sr")?, &label);
    set_attribute(&button, "title", Some(&label))?;
    set_attribute(
        &button,
        "aria-pressed",
        Some(if cell.chosen { "true" } else { "false" }),
    )?;
    set_flag(&button, "disabled", cell.count == 0 && !cell.chosen)
}

/// How tiles lie in the grid.
struct Lattice {
    columns: usize,
    row_px: i32,
}

impl Lattice {
    /// `None` while the grid is not shown.
    fn of(grid: &HtmlElement) -> Option<Self> {
        let width = grid.client_width();
        let columns = ((width + GAP) / TILE_WIDTH).max(2);
        let tile = (width - GAP * (columns - 1)) / columns;
        (width > 0).then_some(Self {
            columns: usize::try_from(columns).unwrap_or(2),
            row_px: tile + BELOW_PICTURE + GAP,
        })
    }

    /// Which tiles are in sight: whole rows, with one more above and below.
    fn in_sight(&self, grid: &HtmlElement) -> Option<(usize, usize)> {
        let window_height = grid.owner_document()?.document_element()?.client_height();
        #[expect(clippy::cast_possible_truncation, reason = "pixels")]
        let top = grid.get_bounding_client_rect().top() as i32;
        let row = usize::try_from((-top / self.row_px - 1).max(0)).ok()?;
        let rows = usize::try_from(window_height / self.row_px + 4).ok()?;
        Some((row * self.columns, rows * self.columns))
    }
}

/// What a click on an element with this `data-act` means for the gallery.
pub(super) fn click(act: &str, target: &Element) -> Option<Msg> {
    let z = super::dom::key_of(target).filter(|_| act == "element")?;
    Some(Msg::Gallery(GalleryMsg::ElementClicked(z.parse().ok()?)))
}

/// What a choice in this form control means for the gallery.
pub(super) fn change(page: &Page, target: &Element) -> Option<Msg> {
    let gallery = page.gallery.as_ref()?;
    let index = || usize::try_from(target.dyn_ref::<HtmlSelectElement>()?.selected_index()).ok();
    let msg = match target.id().as_str() {
        "gallery-generation" => {
            GalleryMsg::GenerationChosen(gallery.generations.get(index()?)?.generation)
        }
        "gallery-charge" => GalleryMsg::ChargeChosen(*ChargeChoice::ALL.get(index()?)?),
        "gallery-mine" => GalleryMsg::MineToggled(target.dyn_ref::<HtmlInputElement>()?.checked()),
        _ => return None,
    };
    Some(Msg::Gallery(msg))
}

/// Tells which tiles are in sight when that changes.
///
/// # Errors
/// [`WebError`] when the browser refuses to listen, which it does not.
pub(super) fn listen(
    page: &Finder,
    shown: &Shown,
    dispatch: &Rc<dyn Fn(Msg)>,
) -> Result<(), WebError> {
    let grid: HtmlElement = page.find("#gallery-grid");
    let window = browser::window()?;
    for event in ["scroll", "resize", "hashchange"] {
        let (grid, shown, dispatch) = (grid.clone(), Rc::clone(shown), Rc::clone(dispatch));
        browser::listen(&window, event, move |_: Event| {
            let in_sight = Lattice::of(&grid).and_then(|lattice| lattice.in_sight(&grid));
            let first = shown
                .borrow()
                .as_ref()
                .and_then(|page| Some(page.gallery.as_ref()?.first));
            if let (Some((from, count)), Some(first)) = (in_sight, first)
                && from != first
            {
                let scrolled = GalleryMsg::Scrolled { first: from, count };
                dispatch(Msg::Gallery(scrolled));
            }
        })?;
    }
    Ok(())
}

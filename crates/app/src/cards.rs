//! An Atom as it is shown in a list.

use crate::Route;
use crate::view::Card;
use atomine_protocol::Atom;

/// The card of an Atom, with its picture; without a link it is a preview.
pub(crate) fn card(atom: Atom, link: Option<Route>) -> Card {
    let traits = atom.traits();
    let charge = traits.ion_label();
    Card {
        atom,
        link: link.map(|route| route.to_string()),
        name: atom.title().to_string(),
        symbol: traits.element.symbol.to_owned(),
        charge: charge.map(|label| label.to_string()).unwrap_or_default(),
        generation: format!("Generation {}", traits.generation),
        colours: traits.palette.0.map(|colour| colour.to_string()),
        svg: atomine_art::svg(&atom),
    }
}

//! An Atom's music on paper: why it sounds so, its files, its sound's hash, and the link that shares it.

mod talk;

pub use talk::{Sheet, SheetMsg, Writing, Written};

use crate::atoms::Page;
use crate::model::Effects;
use crate::{Effect, Failure, Model, Route};
use alloy_primitives::B256;
use atomine_protocol::{Atom, TokenId};

/// What is known of the music of the Atom whose page is shown.
#[derive(Debug, Default)]
pub(crate) struct Sheets {
    atom: Option<Atom>,
    /// Why it sounds so, a sentence each; none while that is not known.
    pub(crate) why: Vec<String>,
    pub(crate) sound: Option<B256>,
    /// What is being done or was done last, in one sentence.
    pub(crate) note: String,
    /// What is awaited.
    writings: Vec<Writing>,
    last: u32,
}

impl Sheets {
    /// Whether this is awaited already.
    pub(crate) fn awaits(&self, sheet: Sheet) -> bool {
        let mut writings = self.writings.iter();
        writings.any(|writing| writing.sheet == sheet && Some(writing.atom) == self.atom)
    }

    fn ask(&mut self, atom: Atom, sheet: Sheet, out: &mut Effects) {
        if self.awaits(sheet) {
            return;
        }
        self.last += 1;
        let writing = Writing {
            number: self.last,
            atom,
            sheet,
            file: file_name(atom, sheet),
        };
        self.writings.push(writing.clone());
        out.push(Effect::Write(writing));
    }

    fn take(&mut self, number: u32) -> Option<Writing> {
        let place = self
            .writings
            .iter()
            .position(|writing| writing.number == number)?;
        Some(self.writings.swap_remove(place))
    }

    fn written(&mut self, writing: &Writing, result: Result<Written, Failure>) {
        let here = self.atom == Some(writing.atom);
        match result {
            Ok(Written::Words(words)) if here => {
                self.why = words.lines().map(str::to_owned).collect();
            }
            Ok(Written::Sound(sound)) if here => {
                self.sound = Some(sound);
                "This is the hash of every sample; atomine verify prints the same."
                    .clone_into(&mut self.note);
            }
            Ok(Written::Saved) if here => self.note = format!("Saved as {}.", writing.file),
            Err(Failure(why)) if here && writing.sheet != Sheet::Words => {
                let why = crate::format::foreign(&why, 200);
                self.note = format!("That did not work ({why}). Try again, or reload the page.");
            }
            // Nobody looks at that Atom any more; or no words can be made, and the page does without.
            _ => {}
        }
    }
}

/// `atomine-17-helium.wav`
fn file_name(atom: Atom, sheet: Sheet) -> String {
    let element = atom.traits().element.name.to_ascii_lowercase();
    let ending = if sheet == Sheet::Midi { "mid" } else { "wav" };
    format!("atomine-{}-{element}.{ending}", atom.id)
}

impl Model {
    /// The Atom whose page is shown, once it is known.
    pub(crate) fn page_atom(&self) -> Option<Atom> {
        match (self.route, &self.lists.page) {
            (Route::PracticeAtom { id, hash }, _) => Some(Atom { id, hash }),
            (Route::Atom { id, .. }, Page::Shown(_, listed)) if listed.owned.id == id => {
                let hash = listed.owned.hash;
                Some(Atom { id, hash })
            }
            _ => None,
        }
    }

    /// Asks why the Atom whose page is shown sounds as it does.
    pub(crate) fn settle_sheets(&mut self, out: &mut Effects) {
        let Some(atom) = self.page_atom() else { return };
        if self.sheets.atom != Some(atom) {
            self.sheets.atom = Some(atom);
            self.sheets.why.clear();
            self.sheets.sound = None;
            self.sheets.note.clear();
            self.sheets.ask(atom, Sheet::Words, out);
        }
    }

    /// Something about the music on paper.
    pub(crate) fn sheet_msg(&mut self, msg: SheetMsg, out: &mut Effects) {
        match msg {
            SheetMsg::Wanted(sheet) => {
                if let Some(atom) = self.page_atom() {
                    self.sheets.note = match sheet {
                        Sheet::Words => String::new(),
                        Sheet::Midi => "Writing the score…".to_owned(),
                        Sheet::Wav | Sheet::Sound => "Rendering the whole piece…".to_owned(),
                    };
                    self.sheets.ask(atom, sheet, out);
                }
            }
            SheetMsg::Written { number, result } => {
                if let Some(writing) = self.sheets.take(number) {
                    self.sheets.written(&writing, result);
                }
            }
            SheetMsg::ShareClicked => {
                if let Some(Atom { id, hash }) = self.page_atom() {
                    out.push(Effect::CopyLink(self.share_route(id, hash)));
                }
            }
            SheetMsg::LinkCopied(Ok(())) => {
                "The link is in your clipboard.".clone_into(&mut self.sheets.note);
            }
            SheetMsg::LinkCopied(Err(_)) => {
                "This browser keeps its clipboard to itself; copy the page's address instead."
                    .clone_into(&mut self.sheets.note);
            }
        }
    }

    /// The address by which others see the Atom whose page is shown.
    fn share_route(&self, id: TokenId, hash: atomine_protocol::AtomHash) -> Route {
        match self.route {
            route @ Route::Atom { .. } => route,
            _ => Route::PracticeAtom { id, hash },
        }
    }
}

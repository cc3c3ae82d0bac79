//! What is played one after the other: the list in which the visitor pressed play.

use crate::view::Card;
use crate::{Model, Route};
use atomine_protocol::Atom;
use std::rc::Rc;

/// An Atom in the playlist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Track {
    /// Whose music.
    pub(crate) atom: Atom,
    /// Its name.
    pub(crate) title: String,
    /// Its page; `None` for what is not minted yet.
    pub(crate) link: Option<String>,
}

impl Track {
    fn of(card: &Card) -> Self {
        Self {
            atom: card.atom,
            title: card.name.clone(),
            link: card.link.clone(),
        }
    }
}

/// A list and a place in it.
#[derive(Debug, Default)]
pub(crate) struct Playlist {
    tracks: Vec<Track>,
    place: usize,
}

impl Playlist {
    /// The list of these cards, at the one that shows `atom`; `None` where it is not among them.
    fn around(cards: &[Rc<Card>], atom: Atom) -> Option<Self> {
        let tracks: Vec<Track> = cards.iter().map(|card| Track::of(card)).collect();
        let place = tracks.iter().position(|track| track.atom == atom)?;
        Some(Self { tracks, place })
    }

    /// What plays.
    pub(crate) fn current(&self) -> Option<&Track> {
        self.tracks.get(self.place)
    }

    /// There is one so far away.
    pub(crate) fn has(&self, by: isize) -> bool {
        self.place
            .checked_add_signed(by)
            .is_some_and(|place| place < self.tracks.len())
    }

    /// Goes there, if there is one.
    pub(crate) fn step(&mut self, by: isize) -> bool {
        let there = self.has(by);
        if there {
            self.place = self.place.saturating_add_signed(by);
        }
        there
    }
}

impl Model {
    /// The list that has `atom`: mine before the collection's; else the Atom alone.
    pub(crate) fn playlist_with(&self, atom: Atom) -> Playlist {
        if self.route == Route::Gallery
            && let Some(playlist) = self.playlist_of_gallery(atom)
        {
            return playlist;
        }
        let practice = || self.practice.cards().cloned().collect::<Vec<_>>();
        Playlist::around(&self.lists.mine.cards(), atom)
            .or_else(|| Playlist::around(&self.lists.newest.cards(), atom))
            .or_else(|| Playlist::around(&practice(), atom))
            .unwrap_or_else(|| self.alone(atom))
    }

    /// All that are chosen in the gallery.
    fn playlist_of_gallery(&self, atom: Atom) -> Option<Playlist> {
        let chosen = self.gallery.chosen(self.wallet.account());
        let tracks: Vec<Track> = chosen
            .map(|entry| Track {
                atom: entry.atom,
                title: entry.atom.title().to_string(),
                link: Some(self.gallery.route_of(entry.atom).to_string()),
            })
            .collect();
        let place = tracks.iter().position(|track| track.atom == atom)?;
        Some(Playlist { tracks, place })
    }

    fn alone(&self, atom: Atom) -> Playlist {
        let of_page = match self.route {
            Route::Atom { id, .. } | Route::PracticeAtom { id, .. } => id == atom.id,
            _ => false,
        };
        Playlist {
            tracks: vec![Track {
                atom,
                title: atom.title().to_string(),
                link: of_page.then(|| self.route.to_string()),
            }],
            place: 0,
        }
    }
}

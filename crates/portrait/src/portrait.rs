//! What is to be drawn at a time.

use crate::Glow;
use alloc::{string::String, vec::Vec};
use atomine_art::{Angle, Length, Motion, Part, Scene, TAIL};
use atomine_protocol::Atom;

/// Numbers in the outline: for each of seven shells its two half-axes, 1 where it goes round clockwise or -1, and the three
/// parts of its tails' colour (all 0 for a shell that the Atom has not), then for each stroke of a tail its length in radians, its
/// width and its opacity.
pub const OUTLINE: usize = 7 * 6 + 3 * 3;
/// As depth counts in a [`Scene`]; sines too.
const ONE: f32 = 65_536.0;

/// An electron, or the nucleus, as it is drawn.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Dot {
    /// To the right of the middle.
    pub x: f32,
    /// Below the middle.
    pub y: f32,
    /// How far it reaches; of the nucleus, to what share of its size it has shrunk.
    pub radius: f32,
    /// 0 to 1.
    pub opacity: f32,
    /// The number of its shell, 0 the innermost; -1: the nucleus.
    pub shell: f32,
    /// 0: an electron; 1: one more than the element has; 2: the place of one that was lost.
    pub kind: f32,
    /// How far its orbit is turned, and where it is on the orbit, in radians.
    pub turn: f32,
    /// See `turn`.
    pub angle: f32,
    /// How brightly a note makes it shine, 0 to 1.
    pub glow: f32,
}

/// An Atom that moves.
#[derive(Debug)]
pub struct Portrait {
    rest: Scene,
    motion: Motion,
    glow: Glow,
    /// Breaths of the nucleus in a second, and to what shares of their size it and the whole shrink.
    breath_hz: f32,
    zooms: [f32; 2],
    size: f32,
    dots: Vec<Dot>,
}

impl Portrait {
    /// The portrait of `atom`.
    pub fn of(atom: &Atom) -> Self {
        let traits = atom.traits();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "small numbers, for drawing"
        )]
        let [rate, zoom1, zoom2] =
            [traits.nucleus_rate, traits.zoom1, traits.zoom2].map(|number| number as f32);
        Self {
            rest: Scene::of(atom),
            motion: Motion::of(atom),
            glow: Glow::of(atom),
            breath_hz: 4.0 * rate,
            zooms: [zoom1, zoom2],
            size: 1.0,
            dots: Vec::new(),
        }
    }

    /// What never changes.
    pub fn outline(&self) -> [f32; OUTLINE] {
        let mut outline = [0.0; OUTLINE];
        let (shells, tail) = outline.split_at_mut(7 * 6);
        for (place, shell) in shells.chunks_mut(6).zip(&self.rest.shells) {
            let [r, g, b] = parts(shell.tail_colour());
            let way = if shell.backwards { -1.0 } else { 1.0 };
            let axes = [shell.radius, shell.minor_radius].map(units);
            place.copy_from_slice(&[axes[0], axes[1], way, r, g, b]);
        }
        for (place, stroke) in tail.chunks_mut(3).zip(TAIL) {
            place.copy_from_slice(&[
                radians(stroke.length),
                units(stroke.width),
                units(stroke.opacity),
            ]);
        }
        outline
    }

    /// What stands still.
    pub fn part(&self, part: Part) -> String {
        self.rest.part_to_svg(part)
    }

    /// The dots `ms` after rest, those behind the nucleus first, with the glow of what is heard at `frame`.
    pub fn draw(&mut self, ms: u32, frame: Option<u32>) -> &[Dot] {
        let scene = self.rest.clone().moved(&self.motion, ms);
        let [nucleus_size, size] = self.sizes(ms);
        self.size = size;
        let mut dots = Vec::with_capacity(128);
        let mut first_of_shell = [0; 7];
        for (n, (shell, first)) in scene.shells.iter().zip(&mut first_of_shell).enumerate() {
            *first = dots.len();
            let extra = shell
                .electrons
                .iter()
                .enumerate()
                .map(|(e, electron)| (electron, if e < shell.own { 0.0 } else { 1.0 }));
            let lost = shell.lost.iter().map(|electron| (electron, 2.0));
            dots.extend(extra.chain(lost).map(|(&electron, kind)| {
                let place = shell.place(electron);
                #[expect(clippy::cast_precision_loss, reason = "for drawing")]
                let nearness = place.depth as f32 / ONE;
                let dot = Dot {
                    x: units(place.x),
                    y: units(place.y),
                    radius: units(scene.electron_radius) * (1.0 + nearness / 3.0),
                    opacity: 1.0 + nearness.min(0.0) * 0.4,
                    #[expect(clippy::cast_precision_loss, reason = "at most six")]
                    shell: n as f32,
                    kind,
                    turn: radians(electron.turn),
                    angle: radians(electron.angle),
                    glow: 0.0,
                };
                (nearness, dot)
            }));
        }
        let nucleus = Dot {
            radius: nucleus_size,
            opacity: 1.0,
            shell: -1.0,
            ..Dot::default()
        };
        let nucleus_place = dots.len();
        dots.push((0.0, nucleus));
        if let Some(frame) = frame {
            self.glow.at(frame, |who, strength| {
                let place = match who {
                    None => nucleus_place,
                    Some((shell, electron)) => {
                        let count = scene
                            .shells
                            .get(shell)
                            .map_or(0, |shell| shell.electrons.len());
                        // What an ion's lost electrons would play lights up the nucleus.
                        electron
                            .checked_rem(count)
                            .map_or(nucleus_place, |electron| {
                                first_of_shell
                                    .get(shell)
                                    .map_or(0, |first| first + electron)
                            })
                    }
                };
                if let Some((_, dot)) = dots.get_mut(place) {
                    dot.glow = dot.glow.max(strength);
                }
            });
        }
        dots.sort_unstable_by(|(one, _), (other, _)| one.total_cmp(other));
        self.dots = dots.into_iter().map(|(_, dot)| dot).collect();
        &self.dots
    }

    /// How large the whole was when it was drawn last, 0.8 to 1.
    pub fn size(&self) -> f32 {
        self.size
    }

    /// How large nucleus and whole are: both at their full size at rest.
    fn sizes(&self, ms: u32) -> [f32; 2] {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            reason = "for drawing; an angle wraps"
        )]
        let breath = |hz: f32| {
            let steps = f64::from(ms) * f64::from(hz) * 65.536;
            Angle::wrapping(steps as i64).cos() as f32 / ONE
        };
        let [nucleus, orbits] = self.zooms;
        [(nucleus, self.breath_hz), (orbits, self.breath_hz / 5.0)]
            .map(|(zoom, hz)| zoom + (1.0 - zoom) * (1.0 + breath(hz)) / 2.0)
    }
}

fn units(length: Length) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "for drawing")]
    let hundredths = length.0 as f32;
    hundredths / 100.0
}

fn radians(angle: Angle) -> f32 {
    f32::from(angle.0) * (core::f32::consts::TAU / ONE)
}

fn parts(colour: atomine_protocol::Rgb) -> [f32; 3] {
    [colour.r, colour.g, colour.b].map(f32::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use atomine_protocol::{AtomHash, TokenId};

    /// An Iron ion, 3+: 2 · 8 · 13 electrons.
    fn iron() -> Portrait {
        let mut hash = [0x5a; 32];
        hash[..7].copy_from_slice(&[0x8b, 0, 0, 0, 0, 3, 1]);
        let id = TokenId::new(4_096).unwrap();
        let hash = AtomHash::from(hash);
        Portrait::of(&Atom { id, hash })
    }

    fn of_shell(dots: &[Dot], shell: f32) -> Vec<Dot> {
        let dots = dots.iter().filter(|dot| (dot.shell - shell).abs() < 0.5);
        dots.copied().collect()
    }

    #[test]
    fn every_electron_of_the_ion_and_the_nucleus_are_there_at_any_time() {
        let mut iron = iron();
        for ms in [0, 1_234, u32::MAX] {
            let dots = iron.draw(ms, None);
            let counts = [-1.0, 0.0, 1.0, 2.0].map(|shell| of_shell(dots, shell).len());
            assert_eq!(counts, [1, 2, 8, 14], "after {ms} ms");
            let lost = |dots: &[Dot]| dots.iter().filter(|dot| dot.kind > 1.5).count();
            assert_eq!(lost(&of_shell(dots, 2.0)), 1, "after {ms} ms");
            assert_eq!(lost(&of_shell(dots, 3.0)), of_shell(dots, 3.0).len());
            assert_eq!(lost(dots), 3, "after {ms} ms");
            assert!(dots.iter().all(|dot| dot.glow == 0.0));
        }
    }

    #[test]
    fn at_rest_it_is_the_picture() {
        let mut portrait = iron();
        let scene = portrait.rest.clone();
        let places: Vec<_> = scene.shells[1]
            .electrons
            .iter()
            .map(|&angle| scene.shells[1].place(angle))
            .map(|place| (units(place.x), units(place.y)))
            .collect();
        for dot in of_shell(portrait.draw(0, None), 1.0) {
            let there = places
                .iter()
                .any(|(x, y)| (x - dot.x).abs() < 0.02 && (y - dot.y).abs() < 0.02);
            assert!(there, "{dot:?}");
        }
    }

    #[test]
    fn electrons_move_on_their_orbits_and_stay_on_them() {
        let mut portrait = iron();
        let radius = portrait.outline()[0];
        let before = of_shell(portrait.draw(0, None), 0.0);
        let after = of_shell(portrait.draw(700, None), 0.0);
        assert!(before.iter().all(|dot| !after.contains(dot)));
        for dot in after {
            assert!(dot.x.hypot(dot.y) <= radius + 0.1, "{dot:?}");
        }
    }

    #[test]
    fn what_is_behind_is_drawn_first() {
        let mut portrait = iron();
        let dots = portrait.draw(4_321, None);
        let nucleus = dots.iter().position(|dot| dot.shell < 0.0).unwrap();
        let (behind, before) = dots.split_at(nucleus);
        assert!(behind.iter().all(|dot| dot.opacity < 1.0));
        assert!(before.iter().all(|dot| dot.opacity >= 1.0));
        assert!(!behind.is_empty() && before.len() > 1);
    }

    #[test]
    fn creation_is_a_nucleus_alone() {
        let hash = AtomHash::default();
        let mut genesis = Portrait::of(&Atom {
            id: TokenId::GENESIS,
            hash,
        });
        assert_eq!(genesis.draw(5, Some(5)).len(), 1);
        assert!(genesis.part(Part::Nucleus).contains("<circle"));
    }
}

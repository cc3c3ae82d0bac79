//! Whether the form can be heard: A comes back.

use crate::{features::CLASSES, spectrum::Stft};
use atomine_music::Score;

/// What A″ has of A, by the chroma of their bars.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Return {
    /// The mean correlation of A's bars with the same ones of A″.
    pub(crate) likeness: f64,
    /// How far that is on the way from the mean of A″ turned by a bar, two bars and so on, to 1: whether they come in
    /// the same order. A way, and no difference, because bars that are much alike leave little room for one.
    pub(crate) order: f64,
}

impl Return {
    /// `chroma` has a row for each spectrum of 4,096 frames.
    pub(crate) fn of(chroma: &[[f64; CLASSES]], score: &Score) -> Self {
        let bars = bars(chroma, score);
        let section = bars.len() / 4;
        let (first, last) = (&bars[..section], &bars[3 * section..]);
        let turned = |by: usize| {
            let pairs =
                (0..section).map(|bar| correlation(&first[bar], &last[(bar + by) % section]));
            pairs.sum::<f64>() / section as f64
        };
        let likeness = turned(0);
        let others = (1..section).map(turned).sum::<f64>() / (section - 1).max(1) as f64;
        Self {
            likeness,
            order: (likeness - others) / (1.0 - others).max(1e-12),
        }
    }
}

/// The sum of each bar's chroma.
fn bars(chroma: &[[f64; CLASSES]], score: &Score) -> Vec<[f64; CLASSES]> {
    let frames = (score.ticks_per_bar() * score.samples_per_tick) as usize;
    let mut bars = vec![[0.0; CLASSES]; (score.ticks / score.ticks_per_bar()) as usize];
    for (index, shares) in chroma.iter().enumerate() {
        let middle = Stft::COARSE.start(index) + Stft::COARSE.window / 2;
        if let Some(bar) = bars.get_mut(middle / frames) {
            bar.iter_mut()
                .zip(shares)
                .for_each(|(sum, share)| *sum += share);
        }
    }
    bars
}

fn correlation(a: &[f64; CLASSES], b: &[f64; CLASSES]) -> f64 {
    let centred = |v: &[f64; CLASSES]| {
        let mean = v.iter().sum::<f64>() / CLASSES as f64;
        v.map(|x| x - mean)
    };
    let (a, b) = (centred(a), centred(b));
    let dot = |a: &[f64; CLASSES], b: &[f64; CLASSES]| -> f64 {
        a.iter().zip(b).map(|(a, b)| a * b).sum()
    };
    dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt().max(1e-12)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PROMISES, measure_score, tests::quiet_atom};
    use atomine_music::{Note, compose};

    fn keeps(score: &Score) -> bool {
        let measures = measure_score(score, 0);
        let mut promises = PROMISES.iter().filter(|p| p.name.starts_with("A″"));
        promises.all(|promise| promise.is_kept(&measures))
    }

    /// The notes of A″ in another order: bars turned by two.
    #[test]
    fn a_return_in_another_order_is_noticed() {
        let score = compose(&quiet_atom());
        assert!(keeps(&score));
        let section = score.ticks / 4;
        let turned = |note: &Note| {
            let within = (note.tick % section + 2 * score.ticks_per_bar()) % section;
            Note {
                tick: note.tick - note.tick % section + within,
                ..*note
            }
        };
        let mut notes: Vec<Note> = score.notes.clone();
        for note in notes.iter_mut().filter(|note| note.tick >= 3 * section) {
            *note = turned(note);
        }
        notes.sort_by_key(|note| note.tick);
        assert!(!keeps(&Score { notes, ..score }));
    }

    /// A″ a tritone higher.
    #[test]
    fn a_return_in_another_key_is_noticed() {
        let mut score = compose(&quiet_atom());
        let last = score.ticks / 4 * 3;
        for note in score.notes.iter_mut().filter(|note| note.tick >= last) {
            note.cents += 600;
        }
        assert!(!keeps(&score));
    }
}

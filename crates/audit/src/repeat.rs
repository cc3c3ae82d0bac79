//! Whether the form can be heard: A comes back.

use crate::spectrum::{Classes, Stft, shares};
use atomine_music::Score;

/// The mean likeness of the chroma of A's bars to those of A″, minus that of all pairs of different bars.
pub(crate) fn excess(stft: &Stft, score: &Score) -> f64 {
    let bar = (score.ticks_per_bar() * score.samples_per_tick) as usize;
    let count = (score.ticks / score.ticks_per_bar()) as usize;
    let mut bars = vec![[0.0; 12]; count];
    let chroma = stft.in_classes::<12>(&Classes::pitches(12), 0..stft.count());
    for (index, energies) in chroma.into_iter().enumerate() {
        if let Some(sum) = bars.get_mut(Stft::start(index) / bar) {
            for (sum, share) in sum.iter_mut().zip(shares(energies)) {
                *sum += share;
            }
        }
    }
    let section = count / 4;
    let aligned = mean((0..section).map(|bar| likeness(&bars[bar], &bars[3 * section + bar])));
    let others = (0..count).flat_map(|a| (0..a).map(move |b| (a, b)));
    let others = others.filter(|(a, b)| a % section != b % section);
    aligned - mean(others.map(|(a, b)| likeness(&bars[a], &bars[b])))
}

/// The correlation of two chroma vectors.
fn likeness(a: &[f64; 12], b: &[f64; 12]) -> f64 {
    let centred = |v: &[f64; 12]| {
        let mean = v.iter().sum::<f64>() / 12.0;
        v.map(|x| x - mean)
    };
    let (a, b) = (centred(a), centred(b));
    let dot = |a: &[f64; 12], b: &[f64; 12]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt().max(1e-12)
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    sum / f64::max(count, 1.0)
}

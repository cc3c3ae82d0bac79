//! How far pieces are from each other.

use crate::{
    Features, Measures,
    features::{COUNT, PARTS},
};

/// So many times what tells halves of one piece apart is as far as a number can be: beyond that two pieces are simply
/// different in it, and it shall not outweigh all others.
const FARTHEST: f64 = 20.0;

/// Measures distances in units of what tells the two halves of one piece of a set apart.
///
/// Each number is divided by its root mean square difference between the halves of a piece, so that it counts by how
/// steady it is within a piece (as in within-class normalisation of speakers' voices: Hatch and Stolcke, 2006).
/// Timbre, harmony and rhythm count the same. A distance of 1 is what two halves of one piece differ on average.
#[derive(Clone, Debug)]
pub struct Yardstick {
    scale: [f64; COUNT],
    unit: f64,
}

/// What tells the pieces of a set apart.
#[derive(Clone, Debug)]
pub struct Distances {
    /// For each piece, how far its nearest neighbour is.
    pub nearest: Vec<f64>,
    /// The mean distance of two pieces of the same group.
    pub within: f64,
    /// The mean distance of two pieces of different groups.
    pub between: f64,
}

impl Yardstick {
    /// That of a set of pieces.
    pub fn of(pieces: &[(u8, Measures)]) -> Self {
        let count = pieces.len().max(1) as f64;
        let halves = || pieces.iter().map(|(_, piece)| &piece.halves);
        let mut yardstick = Self {
            scale: std::array::from_fn(|index| {
                let squares = halves().map(|[a, b]| (a.0[index] - b.0[index]).powi(2));
                (squares.sum::<f64>() / count).sqrt().max(1e-9)
            }),
            unit: 1.0,
        };
        let apart = halves().map(|[a, b]| yardstick.distance(a, b)).sum::<f64>();
        yardstick.unit = (apart / count).max(1e-9);
        yardstick
    }

    /// How far two pieces are from each other.
    pub fn distance(&self, a: &Features, b: &Features) -> f64 {
        let square = |index: usize| {
            let apart = (a.0[index] - b.0[index]) / self.scale[index];
            apart.abs().min(FARTHEST).powi(2)
        };
        let parts = PARTS.map(|part| {
            let count = part.len() as f64;
            part.map(square).sum::<f64>() / count
        });
        (parts.iter().sum::<f64>() / parts.len() as f64).sqrt() / self.unit
    }

    /// The distances among pieces with their groups (elements).
    pub fn among(&self, pieces: &[(u8, Measures)]) -> Distances {
        let mut nearest = vec![f64::INFINITY; pieces.len()];
        let mut sums = [(0.0, 0.0); 2];
        for (i, (group, piece)) in pieces.iter().enumerate() {
            for (j, (other_group, other)) in pieces.iter().enumerate().take(i) {
                let far = self.distance(&piece.features, &other.features);
                nearest[i] = nearest[i].min(far);
                nearest[j] = nearest[j].min(far);
                let (sum, count) = &mut sums[usize::from(group != other_group)];
                *sum += far;
                *count += 1.0;
            }
        }
        let [within, between] = sums.map(|(sum, count)| sum / f64::max(count, 1.0));
        Distances {
            nearest,
            within,
            between,
        }
    }
}

//! How far pieces are from each other.

use crate::{Features, Measures, features::COUNT};

/// What tells the pieces of a set apart, in units of what tells the two halves of one piece apart.
#[derive(Clone, Debug)]
pub struct Distances {
    /// For each piece, how far its nearest neighbour is.
    pub nearest: Vec<f64>,
    /// The mean distance of two pieces of the same group.
    pub within: f64,
    /// The mean distance of two pieces of different groups.
    pub between: f64,
}

/// The distances among pieces with their groups (elements).
///
/// Each feature is divided by its root mean square difference between the halves of a piece, so that features count by
/// how steady they are within a piece; a distance of 1 is what two halves of one piece differ on average.
pub fn distances(pieces: &[(u8, Measures)]) -> Distances {
    let scale = scales(pieces);
    let halves = pieces
        .iter()
        .map(|(_, piece)| distance(&piece.halves[0], &piece.halves[1], &scale));
    let unit = halves.sum::<f64>() / pieces.len().max(1) as f64;
    let mut nearest = vec![f64::INFINITY; pieces.len()];
    let mut sums = [(0.0, 0.0); 2];
    for (i, (group, piece)) in pieces.iter().enumerate() {
        for (j, (other_group, other)) in pieces.iter().enumerate().take(i) {
            let far = distance(&piece.features, &other.features, &scale) / unit;
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

fn scales(pieces: &[(u8, Measures)]) -> [f64; COUNT] {
    std::array::from_fn(|index| {
        let squares = pieces
            .iter()
            .map(|(_, piece)| (piece.halves[0].0[index] - piece.halves[1].0[index]).powi(2));
        (squares.sum::<f64>() / pieces.len().max(1) as f64)
            .sqrt()
            .max(1e-9)
    })
}

fn distance(a: &Features, b: &Features, scale: &[f64; COUNT]) -> f64 {
    let squares = (0..COUNT).map(|index| ((a.0[index] - b.0[index]) / scale[index]).powi(2));
    (squares.sum::<f64>() / COUNT as f64).sqrt()
}

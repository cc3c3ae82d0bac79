//! Why an Atom sounds as it does, in plain words.

use alloc::{
    borrow::ToOwned,
    format,
    string::{String, ToString},
    vec,
    vec::Vec,
};
use atomine_music::{MODES, SAMPLE_RATE, Score, Spectrum};
use atomine_protocol::{Atom, AttributeValue};

/// MIDI note 0 in Hz, and the end of red in nm with its pitch 40 octaves down in cents above that note.
const LOWEST_HZ: f64 = 8.175_798_915_643_707;
/// The ratio of a cent, the 1,200th root of 2.
const CENT: f64 = 1.000_577_789_506_554_9;
const RED_NM: f64 = 780.0;
const RED_CENTS: i32 = 6502;
/// The modes in the order of [`MODES`], and what they are like.
const NAMES: [(&str, &str); 9] = [
    ("Lydian", "major, and afloat"),
    ("Ionian", "plain major"),
    ("Mixolydian", "major, with a mild seventh"),
    ("Dorian", "minor, with a bright sixth"),
    ("Aeolian", "plain minor"),
    ("Phrygian", "minor, and dark"),
    ("harmonic minor", "minor, with a leading note"),
    ("melodic minor", "minor that climbs like major"),
    (
        "the acoustic scale",
        "the brightest of all, as overtones have it",
    ),
];

/// The manners in the order of [`Score::manner`].
const MANNERS: [&str; 8] = [
    "like glass",
    "like clockwork",
    "with a pulse",
    "as a chorale",
    "as a lullaby",
    "at a stroll",
    "like a tide",
    "as a procession",
];

/// A sentence for each thing that is heard.
pub fn why(atom: Atom, score: &Score) -> Vec<String> {
    vec![
        light(atom, score.key.root_cents),
        scale(atom, score),
        electrons(atom),
        charge(atom),
        form(atom, score),
        manner(score),
    ]
}

fn light(atom: Atom, root_cents: i32) -> String {
    let element = atom.traits().element;
    let (root, nm) = (
        whole(octaves(root_cents, LOWEST_HZ * 10.0)),
        line_nm(element.z),
    );
    let hz = format!("{}.{} Hz", root / 10, root % 10);
    if element.z == 0 {
        format!(
            "Its key is the first light of all: the 21-centimetre line of hydrogen, 22 octaves lower, is {hz}."
        )
    } else if nm == 0 {
        format!(
            "No emission lines of {} are on record: its key, {hz}, is that of the element above it in the table, lowered.",
            element.name
        )
    } else {
        format!(
            "Its key is its light: {} shines brightest at {nm} nm; some forty octaves lower that is {hz}. Its other lines are the partials of its bell.",
            element.name
        )
    }
}

fn scale(atom: Atom, score: &Score) -> String {
    let traits = atom.traits();
    let mode = MODES.iter().position(|mode| *mode == score.key.mode);
    let known = mode.and_then(|mode| NAMES.get(mode));
    let Some((name, like)) = known else {
        return "Its scale is the overtones of one string, from before there were others."
            .to_owned();
    };
    let category = traits
        .attributes()
        .find_map(|attribute| match attribute.value {
            value @ AttributeValue::Category(_) => Some(value.to_string().to_ascii_lowercase()),
            _ => None,
        });
    match category {
        Some(category) => {
            format!("It is in {name}, {like}: one of four that its family ({category}) can have.")
        }
        None => format!("It is in {name}, {like}."),
    }
}

fn electrons(atom: Atom) -> String {
    let shells = atom.shells();
    let held: Vec<String> = shells
        .iter()
        .filter(|&&electrons| electrons > 0)
        .map(u8::to_string)
        .collect();
    match held.as_slice() {
        [] => "It has no electrons: its rhythm is its nucleus alone.".to_owned(),
        [only] => format!(
            "Its rhythm is its electrons: one shell with {only}, going round in its own time."
        ),
        _ => format!(
            "Its rhythm is its electrons: {} from the innermost shell outwards, each shell a cycle of its own length, drifting against the others.",
            held.join(" · ")
        ),
    }
}

fn charge(atom: Atom) -> String {
    match atom.traits().ion_label() {
        Some(ion) => format!(
            "Its charge, {ion}, is its tension: tones added to its chords, melody that leans in from a semitone away, strings out of tune."
        ),
        None => "It is neutral: its chords are plain and its strings in tune.".to_owned(),
    }
}

fn form(atom: Atom, score: &Score) -> String {
    let seconds = score.frames() / SAMPLE_RATE;
    format!(
        "Generation {} gives it {} bars of {} beats; at {} beats a minute they take {}:{:02}. Told, told again, turned round, and home: then it begins anew without a seam.",
        atom.id.generation(),
        score.ticks / score.ticks_per_bar(),
        score.beats_per_bar,
        60_000_000 / score.micros_per_beat().max(1),
        seconds / 60,
        seconds % 60
    )
}

fn manner(score: &Score) -> String {
    let manner = MANNERS
        .get(usize::from(score.manner))
        .copied()
        .unwrap_or_default();
    format!(
        "Its hash chose how it is played, {manner}, and all else: tempo, chords, melody and how they return. With one bit changed it is another piece."
    )
}

/// The strongest emission line's wavelength in nm; 0 where there is none on record.
fn line_nm(z: u8) -> u32 {
    let strongest = Spectrum::of(z).lines().next();
    match strongest {
        Some(line) if z > 0 && line.cents >= RED_CENTS => {
            whole(octaves(RED_CENTS - line.cents, RED_NM))
        }
        _ => 0,
    }
}

/// `base`, so many cents higher.
fn octaves(cents: i32, base: f64) -> f64 {
    let step = if cents < 0 { 1.0 / CENT } else { CENT };
    (0..cents.unsigned_abs()).fold(base, |height, _| height * step)
}

fn whole(number: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates"
    )]
    let whole = (number + 0.5) as u32;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use atomine_music::compose;
    use atomine_protocol::{AtomHash, TokenId};

    /// The sentences of an Atom whose hash begins like this.
    fn said(id: u64, start: &[u8]) -> String {
        let mut hash = [0; 32];
        hash[..start.len()].copy_from_slice(start);
        let id = TokenId::new(id).unwrap();
        let atom = Atom {
            id,
            hash: AtomHash::from(hash),
        };
        let score = compose(&atom);
        let why = why(atom, &score);
        assert!(why.iter().all(|sentence| !sentence.contains('\n')));
        let said = why.join("\n");
        let time = score.frames() / SAMPLE_RATE;
        let length = format!("they take {}:{:02}.", time / 60, time % 60);
        assert!(said.contains(&length), "{said}");
        said
    }

    fn says(said: &str, words: &[&str]) {
        for words in words {
            assert!(said.contains(words), "{words}\n\n{said}");
        }
    }

    #[test]
    fn hydrogen_sounds_like_its_red_line() {
        let said = said(2, &[0, 0, 0, 0, 1, 1]);
        // 656.3 nm, known to a third of a per cent; 40 octaves lower 415 Hz.
        let nm = said
            .split(" nm")
            .next()
            .unwrap()
            .rsplit(' ')
            .next()
            .unwrap();
        assert!((655..=658).contains(&nm.parse::<u32>().unwrap()), "{said}");
        let hz = said
            .split(" Hz")
            .next()
            .unwrap()
            .rsplit(' ')
            .next()
            .unwrap();
        let hz: f64 = hz.parse().unwrap();
        assert!((hz - 207.8).abs() < 0.8, "{said}");
        says(
            &said,
            &[
                "one shell with 1",
                "neutral",
                "family (reactive nonmetal)",
                "Generation 1 gives",
            ],
        );
    }

    #[test]
    fn an_iron_ion_tells_of_its_electrons_and_its_tension() {
        let said = said(4_096, &[0x8b, 0, 0, 0, 0, 3, 1]);
        says(
            &said,
            &[
                "Iron shines brightest at",
                "2 · 8 · 13 from",
                "3+, is its tension",
                "transition metal",
            ],
        );
    }

    #[test]
    fn genesis_is_the_first_light() {
        let said = said(1, &[]);
        says(
            &said,
            &["21-centimetre line", "overtones", "no electrons", "neutral"],
        );
    }

    #[test]
    fn oganesson_has_no_lines_on_record() {
        let said = said(1 << 14, &[0xff; 32]);
        says(&said, &["No emission lines of Oganesson are on record"]);
    }
}

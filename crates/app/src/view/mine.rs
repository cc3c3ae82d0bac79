//! The mining panel.

use super::{Fact, Mine, MineButton, PracticeChoice, gpu, status};
use crate::collection::Selected;
use crate::format::{amount, count, duration, percent, rate, short_address, to_f64};
use crate::records::PRACTICE_GENERATIONS;
use crate::{Model, Turn};
use atomine_mine::odds::{chance, expected_hashes, hashes_for_chance, seconds_for};
use atomine_mine::{LONG_WINDOW_MS, SHORT_WINDOW_MS};
use atomine_protocol::{Rules, Target, TokenId, WorkHash};

/// What is, or would be, mined.
struct Aim {
    id: TokenId,
    target: Target,
}

pub(super) fn mine(model: &Model) -> Mine {
    let aim = aim(model);
    let expected = aim.as_ref().map(|aim| expected_hashes(aim.target));
    let now_ms = model.now_ms;
    let hashes_per_s = model.mining.hashes_per_s(now_ms, SHORT_WINDOW_MS);
    let chance = chance_so_far(model);
    let practising = model.collections.selected == Selected::Practice;
    Mine {
        button: button(model),
        status: status::status(model),
        facts: aim.map(|aim| facts(model, &aim)).unwrap_or_default(),
        rate: rate(hashes_per_s),
        rate_60s: rate(model.mining.hashes_per_s(now_ms, LONG_WINDOW_MS)),
        rate_history: model.mining.history(),
        odds: expected
            .map(|expected| odds(expected, hashes_per_s))
            .unwrap_or_default(),
        chance: chance.unwrap_or(0.0),
        chance_text: chance
            .map(|chance| format!("{} chance so far", percent(chance)))
            .unwrap_or_default(),
        best: best(model),
        total: format!(
            "{} hashes in this browser so far",
            count(to_f64(model.settings.total_hashes))
        ),
        cores: model.cores(),
        cores_max: model.cores_max,
        power: model.settings.power,
        gpu: gpu::gpu(model),
        details: details(model),
        newest: model
            .practice
            .cards()
            .next()
            .filter(|_| practising)
            .cloned(),
        practice: practising.then(|| practice_choices(model)),
        sound: model.settings.sound,
        notifications: model.settings.notifications,
    }
}

fn button(model: &Model) -> MineButton {
    if model.mining.wanted {
        MineButton::Stop
    } else if !model.can_start() {
        MineButton::Unavailable
    } else if model.turn == Turn::Elsewhere {
        MineButton::TakeOver
    } else {
        MineButton::Start
    }
}

fn aim(model: &Model) -> Option<Aim> {
    if model.collections.selected == Selected::Practice {
        let id = model.practice.next_id(model.settings.practice_generation);
        let target = Rules::POWNFT.target(id);
        return Some(Aim { id, target });
    }
    model.collections.state().map(|state| Aim {
        id: state.next_id,
        target: state.target,
    })
}

fn facts(model: &Model, aim: &Aim) -> Vec<Fact> {
    let mut facts = vec![
        Fact::new("Next Atom", format!("#{}", aim.id)),
        Fact::new("Generation", aim.id.generation()),
        Fact::new(
            "Difficulty",
            format!("{} hashes on average", count(expected_hashes(aim.target))),
        ),
    ];
    if let (Some(collection), Some(state)) =
        (model.collections.selected(), model.collections.state())
    {
        let price = amount(state.cost_wei, &collection.chain.currency);
        facts.push(Fact::new(
            "Price",
            format!("{price}, plus the network's fee"),
        ));
        facts.push(Fact::new("Network", &collection.chain.name));
        if let Some(account) = model.wallet.account() {
            facts.push(Fact::new("For", short_address(account)));
        }
    } else {
        facts.push(Fact::new("Price", "nothing, it is practice"));
    }
    facts
}

/// How long it takes on average, and what that means. Luck has no memory: this never depends on what was done so far.
fn odds(expected: f64, hashes_per_s: f64) -> String {
    if hashes_per_s <= 0.0 {
        let half = count(hashes_for_chance(0.5, expected));
        return format!("Every second Atom is found within {half} hashes.");
    }
    let average = duration(seconds_for(expected, hashes_per_s));
    format!("About one per {average} at your rate: 63 % of all tries are done by then.")
}

fn chance_so_far(model: &Model) -> Option<f64> {
    let effort = model.mining.effort()?;
    let expected = expected_hashes(effort.work.target);
    Some(chance(to_f64(effort.hashes), expected))
}

fn best(model: &Model) -> String {
    let Some((effort, best)) = model
        .mining
        .effort()
        .and_then(|effort| Some((effort, effort.best?)))
    else {
        return String::new();
    };
    let rarity = count(expected_hashes(Target(best.0)));
    let needed = count(expected_hashes(effort.work.target));
    format!(
        "{}: one in {rarity}, and one in {needed} is needed",
        begun(best)
    )
}

/// `0x00000a3f…`
fn begun(hash: WorkHash) -> String {
    let digits = hash.to_string();
    format!("{}…", digits.get(..14).unwrap_or_default())
}

fn details(model: &Model) -> String {
    let mut kernels: Vec<&str> = model
        .workers
        .ready()
        .filter(|(_, worker)| !worker.kind.is_gpu())
        .filter_map(|(_, worker)| worker.kernel.as_deref())
        .collect();
    let ready = kernels.len();
    kernels.dedup();
    let workers = match ready {
        0 => return String::new(),
        1 => "1 worker".to_owned(),
        ready => format!("{ready} workers"),
    };
    let mut details = format!("{} · {workers}", kernels.join(" and "));
    if let Some(trial) = model.kernels.words() {
        details = format!("{details} · {trial}");
    }
    if model.listening.is_alive(model.now_ms) {
        details.push_str(" · the network tells of new blocks by itself");
    }
    details
}

fn practice_choices(model: &Model) -> Vec<PracticeChoice> {
    PRACTICE_GENERATIONS
        .map(|generation| {
            let id = model.practice.next_id(generation);
            let hashes = count(expected_hashes(Rules::POWNFT.target(id)));
            PracticeChoice {
                generation,
                label: format!("Generation {generation} · {hashes} hashes"),
                selected: generation == model.settings.practice_generation,
            }
        })
        .collect()
}

//! The document's title: what goes on, seen from another tab.

use crate::Model;
use crate::finds::{Find, Step};
use crate::format::rate;
use atomine_mine::SHORT_WINDOW_MS;

/// `Found #17! · Atomine`, `⛏ 4.21 MH/s · Atomine`: the most pressing news first.
pub(super) fn title(model: &Model) -> String {
    let mut finds = model.finds.iter();
    let offered = finds.clone().find(|find| model.is_at_hand(find));
    let sent = finds.clone().find(|find| find.is_under_way());
    let minted = finds.find(|find| matches!(find.step, Step::Minted { .. }));
    let news = if let Some(find) = offered {
        Some(format!("Found #{}!", number(find)))
    } else if let Some(find) = sent {
        Some(format!("Minting #{}…", number(find)))
    } else if model.mining.work().is_some() {
        let hashes_per_s = model.mining.hashes_per_s(model.now_ms, SHORT_WINDOW_MS);
        Some(format!("⛏ {}", rate(hashes_per_s)))
    } else {
        minted.map(|find| format!("#{} is yours", number(find)))
    };
    news.map_or_else(|| "Atomine".to_owned(), |news| format!("{news} · Atomine"))
}

fn number(find: &Find) -> u64 {
    find.record.token_id.get()
}

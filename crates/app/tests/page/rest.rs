//! The rest of the program, which is loaded later.

use crate::visit::Visit;
use atomine_app::{Failure, Msg};

#[test]
fn a_rest_that_does_not_come_is_said_once_and_no_longer_when_it_has_come() {
    let mut visit = Visit::mining();
    let failed = Msg::Rest(Err(Failure("Failed to fetch".into())));
    visit.send(failed.clone());
    visit.send(failed);
    let notices = visit.page().notices;
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].what, "Part of this page could not be loaded.");
    assert!(notices[0].remedy.contains("reload"));
    assert_eq!(notices[0].details, "Failed to fetch");
    visit.send(Msg::Rest(Ok(())));
    assert!(visit.page().notices.is_empty());
}

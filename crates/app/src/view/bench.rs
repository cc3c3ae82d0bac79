//! The benchmark's page.

use super::{BenchPage, Fact, gpu::NOT_OFFERED};
use crate::Model;
use crate::bench::{Measurement, Standing, Subject};
use crate::format::{fixed, foreign, rate};

pub(super) fn bench(model: &Model) -> BenchPage {
    let bench = &model.bench;
    BenchPage {
        running: bench.is_running(),
        status: status(model),
        percent: bench.percent(model.now_ms),
        copy: match bench.copied {
            None => "Copy the result",
            Some(true) => "Copied",
            Some(false) => "Not copied: please select the text",
        }
        .to_owned(),
        results: results(model),
        text: text(model),
    }
}

fn status(model: &Model) -> String {
    let mining = model.mining.wanted;
    match model.bench.standing() {
        Standing::Idle if mining => {
            "Mining rests while this measures, and goes on by itself.".to_owned()
        }
        Standing::Idle => String::new(),
        Standing::Loading(Subject::Gpu(_)) => "Testing the GPU…".to_owned(),
        Standing::Loading(_) => "Starting the workers…".to_owned(),
        Standing::Measuring(subject) => {
            let rests = if mining {
                " Mining rests meanwhile."
            } else {
                ""
            };
            format!("Measuring {}…{rests}", phrase(subject))
        }
        Standing::Done if mining => "Done. Mining goes on.".to_owned(),
        Standing::Done => "Done.".to_owned(),
        Standing::Failed(failure) => {
            let reason = foreign(&failure.0, 120);
            let goes_on = if mining { " Mining goes on." } else { "" };
            format!("The measurement ended early: {reason}. Please try again.{goes_on}")
        }
    }
}

fn label(subject: Subject) -> String {
    match subject {
        Subject::OneCore => "One core".to_owned(),
        Subject::AllCores(cores) => format!("All {cores} cores"),
        Subject::Gpu(_) => "GPU".to_owned(),
    }
}

/// The label within a sentence; not by `to_lowercase`, whose tables are large to download.
fn phrase(subject: Subject) -> String {
    match subject {
        Subject::OneCore => "one core".to_owned(),
        Subject::AllCores(cores) => format!("all {cores} cores"),
        Subject::Gpu(_) => "the GPU".to_owned(),
    }
}

fn results(model: &Model) -> Vec<Fact> {
    let bench = &model.bench;
    let rates = bench.measurements.iter();
    let mut results: Vec<Fact> = rates.map(|measured| measurement(model, measured)).collect();
    if results.is_empty() {
        return results;
    }
    results.extend(without_gpu(model));
    if let Some(kernel) = &bench.kernel {
        results.push(Fact::new("Kernel", kernel));
    }
    if let Some(browser) = browser(&bench.user_agent) {
        results.push(Fact::new("Browser", browser));
    }
    results
}

fn measurement(model: &Model, measured: &Measurement) -> Fact {
    let Measurement {
        subject,
        hashes_per_s,
    } = *measured;
    let mut value = rate(hashes_per_s);
    if let Some(one) = model.bench.measurements.first()
        && subject != Subject::OneCore
    {
        let times = fixed(hashes_per_s / one.hashes_per_s, 1);
        value = format!("{value}, {times} times one core");
    }
    if let Some(name) = &model.bench.gpu_name
        && matches!(subject, Subject::Gpu(_))
    {
        value = format!("{value}, {name}");
    }
    Fact::new(&label(subject), value)
}

/// Why there is no rate of a GPU, once that is known.
fn without_gpu(model: &Model) -> Option<Fact> {
    let why = match (&model.bench.gpu_trouble, model.gpu.offered()) {
        (Some(trouble), _) => format!("Not measured: {trouble}"),
        (None, None) => NOT_OFFERED.to_owned(),
        (None, Some(_)) => return None,
    };
    Some(Fact::new("GPU", why))
}

/// What one may show around; empty before the end.
pub(crate) fn text(model: &Model) -> String {
    if model.bench.standing() != Standing::Done {
        return String::new();
    }
    let lines: Vec<String> = results(model)
        .iter()
        .map(|fact| format!("{}: {}", fact.label, fact.value))
        .collect();
    format!("Atomine benchmark\n{}", lines.join("\n"))
}

/// A browser's name and version out of the many names by which it calls itself: each says that it is also those that
/// came before it.
fn browser(user_agent: &str) -> Option<String> {
    const NAMES: [(&str, &str); 5] = [
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Chrome/", "Chrome"),
        ("Version/", "Safari"),
    ];
    NAMES.into_iter().find_map(|(mark, name)| {
        let (_, version) = user_agent.split_once(mark)?;
        let digits = version.chars().take_while(char::is_ascii_digit);
        Some(format!("{name} {}", digits.take(6).collect::<String>()))
    })
}

#[cfg(test)]
mod tests {
    use super::browser;

    #[test]
    fn browsers_are_called_by_their_own_names() {
        let names = [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
                "Firefox 153",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
                "Chrome 156",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0",
                "Edge 156",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15",
                "Safari 26",
            ),
        ];
        for (user_agent, name) in names {
            assert_eq!(browser(user_agent).as_deref(), Some(name));
        }
        assert_eq!(browser("curl"), None);
    }
}

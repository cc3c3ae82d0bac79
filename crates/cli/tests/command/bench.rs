//! `atomine bench`: what it prints, not how fast it is.

use crate::support::{assert_refused, stdout};

#[test]
fn a_line_for_each_kernel_and_one_for_all_cores() {
    let printed = stdout(&["bench", "--seconds", "0.05"]);
    let (kernels, all) = printed.split_once("\n\n").expect("two parts");
    let mut lines = kernels.lines();
    assert!(lines.next().is_some_and(|head| head.starts_with("MH/s")));
    let mut names = Vec::new();
    for line in lines {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [name @ .., median, high] = words.as_slice() else {
            panic!("{line}");
        };
        let [median, high] = [median, high].map(|rate| rate.parse::<f64>().expect("a number"));
        assert!(high >= median && high > 0.0, "{line}");
        names.push(name.join(" "));
    }
    assert!(names.contains(&"portable".to_owned()), "{names:?}");
    let (rate, with) = all.trim_end().split_once(" MH/s on all ").expect(all);
    assert!(rate.parse::<f64>().expect("a number") > 0.0);
    assert!(names.iter().any(|name| with.ends_with(name)), "{all}");
}

#[test]
fn no_time_is_refused() {
    assert_refused(&["bench", "--seconds", "0"], &["above 0"]);
}

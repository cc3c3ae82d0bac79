//! `cargo xtask reproduce`: whether the page's files are what its sources make, wherever they are built; and whether a
//! host gives just these.

use crate::{build, error::Error, process, progress, workspace::Workspace};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The list of all files with their SHA-256, as `sha256sum --check` reads it, among them.
const SUMS: &str = "SHA256SUMS";
/// What lies beside the page's files but is not given to visitors.
const NOT_SERVED: [&str; 2] = ["_headers", "pkg/README.md"];

/// What to compare with.
#[derive(Default, clap::Args)]
pub(crate) struct Options {
    /// Compare with what this host serves, instead of with a second build: for example `https://example.org/atomine/`
    #[arg(long, value_name = "URL")]
    host: Option<String>,
}

/// The page's files, by their paths from its root.
type Files = BTreeMap<String, Vec<u8>>;

/// Builds the page and compares it.
pub(crate) fn run(options: &Options) -> Result<(), Error> {
    let workspace = Workspace::find()?;
    build::build(&workspace)?;
    let page = read(&workspace)?;
    let (other, differing) = match &options.host {
        Some(host) => ("what the host serves", hosted(&page, host)?),
        None => (
            "a build elsewhere",
            differing(&page, &built_elsewhere(&workspace)?),
        ),
    };
    if !differing.is_empty() {
        let what = format!("{other} differs in {}", differing.join(", "));
        return Err(Error::Checks(what));
    }
    let sums = workspace.pkg().join(SUMS);
    fs::write(&sums, list(&page)).map_err(Error::file("write", &sums))?;
    let (files, hash) = (page.len(), hex(&Sha256::digest(list(&page))));
    println!("{files} files are the same, byte for byte, in this build and in {other}.");
    println!(
        "SHA-256 of their list, which is in {}: {hash}",
        sums.display()
    );
    Ok(())
}

/// Builds a copy of the sources in another folder, of another depth and name, with nothing left from here.
fn built_elsewhere(workspace: &Workspace) -> Result<Files, Error> {
    let folder =
        tempfile::tempdir().map_err(Error::file("make a folder in", std::env::temp_dir()))?;
    let copy = workspace.elsewhere(&folder.path().join("another-place/of-the-sources"));
    let mut sources = Command::new("git");
    sources
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(&workspace.root);
    for path in process::capture(&mut sources)?.split_terminator('\0') {
        let (from, to) = (workspace.root.join(path), copy.root.join(path));
        // Deleted, and not committed yet.
        if !from.exists() {
            continue;
        }
        let place = to.parent().unwrap_or(&copy.root);
        fs::create_dir_all(place).map_err(Error::file("make the folder", place))?;
        fs::copy(&from, &to).map_err(Error::file("copy", &from))?;
    }
    build::build(&copy)?;
    read(&copy)
}

/// All that a host of the page is given.
fn read(workspace: &Workspace) -> Result<Files, Error> {
    let mut files = Files::new();
    collect(&workspace.www(), "", &mut files)?;
    collect(&workspace.pkg(), "pkg/", &mut files)?;
    files.retain(|path, _| !NOT_SERVED.contains(&path.as_str()) && !path.ends_with(SUMS));
    Ok(files)
}

fn collect(folder: &Path, name: &str, files: &mut Files) -> Result<(), Error> {
    for entry in fs::read_dir(folder)
        .map_err(Error::file("read", folder))?
        .flatten()
    {
        let path: PathBuf = entry.path();
        let name = format!("{name}{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else {
            let content = fs::read(&path).map_err(Error::file("read", &path))?;
            files.insert(name, content);
        }
    }
    Ok(())
}

/// The files that are not alike, or only here or there.
fn differing(one: &Files, other: &Files) -> Vec<String> {
    let mut names: Vec<&String> = one.keys().chain(other.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let unlike = names
        .into_iter()
        .filter(|name| one.get(*name) != other.get(*name));
    unlike.cloned().collect()
}

/// The files of `page` that `host` does not give as they are.
fn hosted(page: &Files, host: &str) -> Result<Vec<String>, Error> {
    let folder =
        tempfile::tempdir().map_err(Error::file("make a folder in", std::env::temp_dir()))?;
    let place = folder.path().join("given");
    let mut given = Files::new();
    for path in page.keys() {
        progress::note(&format!("asking for {path}"));
        let mut curl = Command::new("curl");
        curl.args([
            "--fail",
            "--silent",
            "--show-error",
            "--max-time",
            "60",
            "--output",
        ]);
        curl.arg(&place)
            .arg(format!("{}/{path}", host.trim_end_matches('/')));
        process::capture(&mut curl)?;
        let content = fs::read(&place).map_err(Error::file("read", &place))?;
        given.insert(path.clone(), content);
    }
    Ok(differing(page, &given))
}

/// A line for each file: its SHA-256, two blanks, its path.
fn list(files: &Files) -> String {
    let mut list = String::new();
    for (path, content) in files {
        // Writing to a string cannot fail.
        let _ = writeln!(list, "{}  {path}", hex(&Sha256::digest(content)));
    }
    list
}

fn hex(bytes: &[u8]) -> String {
    alloy_primitives::hex::encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::{Files, differing, hosted, list};
    use crate::{
        port::{Use, listen, of},
        serve::{Site, serve},
    };
    use std::{fs, thread};

    fn files(all: &[(&str, &str)]) -> Files {
        let file =
            |(path, content): &(&str, &str)| ((*path).to_owned(), content.as_bytes().to_vec());
        all.iter().map(file).collect()
    }

    #[test]
    fn every_difference_is_named() {
        let one = files(&[("a", "1"), ("b", "2"), ("only-here", "3")]);
        let other = files(&[("a", "1"), ("b", "x"), ("only-there", "3")]);
        assert_eq!(differing(&one, &one), Vec::<String>::new());
        assert_eq!(differing(&one, &other), ["b", "only-here", "only-there"]);
    }

    #[test]
    fn the_list_is_what_sha256sum_reads() {
        assert_eq!(
            list(&files(&[("pkg/a.js", "abc")])),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  pkg/a.js\n"
        );
    }

    #[test]
    fn a_host_that_changed_a_file_is_found_out() {
        let folder = tempfile::tempdir().unwrap();
        let www = folder.path().join("www");
        fs::create_dir_all(www.join("css")).unwrap();
        fs::write(www.join("boot.js"), "true").unwrap();
        fs::write(www.join("css/base.css"), "p{}").unwrap();
        let site = Site::new(www.clone(), folder.path().join("pkg"), Vec::new());
        let listener = listen(
            Some(0),
            Use {
                first: 0,
                flag: "--port",
            },
        )
        .unwrap();
        let host = format!("http://127.0.0.1:{}/", of(&listener).unwrap());
        thread::spawn(move || serve(&listener, site));

        let page = files(&[("boot.js", "true"), ("css/base.css", "p{}")]);
        assert_eq!(hosted(&page, &host).unwrap(), Vec::<String>::new());
        fs::write(www.join("boot.js"), "evil").unwrap();
        assert_eq!(hosted(&page, &host).unwrap(), ["boot.js"]);
    }
}

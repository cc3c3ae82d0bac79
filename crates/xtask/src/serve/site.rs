//! What the server serves: two folders, and what a demo lays over them.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// `www/` at `/` and `pkg/` at `/pkg/`, with extra files over them.
pub(crate) struct Site {
    www: PathBuf,
    pkg: PathBuf,
    extras: Vec<Extra>,
}

/// A file that exists only in the server's memory.
pub(crate) struct Extra {
    /// The path, with its leading slash.
    pub(crate) path: &'static str,
    /// The content.
    pub(crate) body: Vec<u8>,
}

/// A file to send.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its media type.
    pub(crate) kind: &'static str,
    /// Its content.
    pub(crate) body: Vec<u8>,
}

impl Site {
    /// A site of the two folders, with `extras` over them.
    pub(crate) fn new(www: PathBuf, pkg: PathBuf, extras: Vec<Extra>) -> Self {
        Self { www, pkg, extras }
    }

    /// The file that `url` (a request's path and query) asks for.
    pub(crate) fn find(&self, url: &str) -> Option<Found> {
        let path = url.split(['?', '#']).next()?;
        let path = if path == "/" { "/index.html" } else { path };
        let kind = kind_of(path);
        if let Some(extra) = self.extras.iter().find(|extra| extra.path == path) {
            return Some(Found {
                kind,
                body: extra.body.clone(),
            });
        }
        let (folder, inside) = match path.strip_prefix("/pkg/") {
            Some(inside) => (&self.pkg, inside),
            None => (&self.www, path.strip_prefix('/')?),
        };
        let body = fs::read(locate(folder, inside)?).ok()?;
        Some(Found { kind, body })
    }
}

/// The file in `folder` under the path `inside`, never one elsewhere.
///
/// The project's file names are plain, so every name that is not (dots at its start, escapes, backslashes) is refused
/// rather than decoded; links that lead out of the folder are refused too.
fn locate(folder: &Path, inside: &str) -> Option<PathBuf> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let fine = |name: &str| !name.is_empty() && !name.starts_with('.') && name.chars().all(plain);
    if !inside.split('/').all(fine) {
        return None;
    }
    let folder = folder.canonicalize().ok()?;
    let path = folder.join(inside).canonicalize().ok()?;
    (path.starts_with(&folder) && path.is_file()).then_some(path)
}

/// The media type by the file name's extension. Browsers refuse modules and wasm under a wrong one.
fn kind_of(path: &str) -> &'static str {
    match Path::new(path)
        .extension()
        .and_then(|extension| extension.to_str())
    {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{Extra, Site};
    use std::fs;

    fn site() -> (tempfile::TempDir, Site) {
        let folder = tempfile::tempdir().unwrap();
        let (www, pkg) = (folder.path().join("www"), folder.path().join("pkg"));
        fs::create_dir_all(www.join("icons")).unwrap();
        fs::create_dir_all(pkg.join("web")).unwrap();
        fs::write(folder.path().join("secret"), "secret").unwrap();
        fs::write(www.join("index.html"), "page").unwrap();
        fs::write(www.join(".hidden"), "hidden").unwrap();
        fs::write(www.join("icons/a.svg"), "icon").unwrap();
        fs::write(pkg.join("web/m.wasm"), "module").unwrap();
        let extras = vec![Extra {
            path: "/collections.json",
            body: b"[]".to_vec(),
        }];
        (folder, Site::new(www, pkg, extras))
    }

    fn text(site: &Site, url: &str) -> Option<(String, &'static str)> {
        let found = site.find(url)?;
        Some((String::from_utf8(found.body).unwrap(), found.kind))
    }

    #[test]
    fn both_folders_are_served_with_their_media_types() {
        let (_folder, site) = site();
        assert_eq!(
            text(&site, "/"),
            Some(("page".into(), "text/html; charset=utf-8"))
        );
        assert_eq!(
            text(&site, "/?collection=x"),
            Some(("page".into(), "text/html; charset=utf-8"))
        );
        assert_eq!(
            text(&site, "/icons/a.svg"),
            Some(("icon".into(), "image/svg+xml"))
        );
        assert_eq!(
            text(&site, "/pkg/web/m.wasm"),
            Some(("module".into(), "application/wasm"))
        );
        assert_eq!(text(&site, "/missing.js"), None);
    }

    #[test]
    fn extras_lie_over_the_folders() {
        let (_folder, site) = site();
        assert_eq!(
            text(&site, "/collections.json"),
            Some(("[]".into(), "application/json"))
        );
    }

    #[test]
    fn nothing_outside_the_folders_is_served() {
        let (folder, site) = site();
        for url in [
            "/../secret",
            "/pkg/../../secret",
            "/icons/../../secret",
            "/%2e%2e/secret",
            "/..%2fsecret",
            "/..\\secret",
            "//secret",
            "/pkg//secret",
            "/.hidden",
            "/icons",
            "secret",
            "",
        ] {
            assert_eq!(site.find(url), None, "{url}");
        }
        let absolute = format!("/{}/secret", folder.path().display());
        assert_eq!(site.find(&absolute), None);
    }

    #[cfg(unix)]
    #[test]
    fn links_out_of_the_folder_are_refused() {
        let (folder, site) = site();
        std::os::unix::fs::symlink(folder.path().join("secret"), folder.path().join("www/link"))
            .unwrap();
        assert_eq!(site.find("/link"), None);
    }
}

//! A small static file server for this machine alone, sending the headers a host of the page should send.

mod http;
mod site;

pub(crate) use site::{Extra, Site};

use crate::port::Use;
use http::{Request, Response};
use site::Found;
use std::{net::TcpListener, sync::Arc, thread};

/// The page's port.
pub(crate) const PORT: Use = Use {
    first: 8080,
    flag: "--port",
};
/// The headers that a static host of the page sends, in the form that several hosts read: this server sends them too,
/// so that what is tested is what is hosted.
const HOSTED: &str = include_str!("../../../www/_headers");

/// The headers of every answer. Nothing is stored, so that a reload always shows the last build.
fn headers() -> Vec<(&'static str, &'static str)> {
    let hosted = HOSTED
        .lines()
        .filter_map(|line| line.trim().split_once(": "));
    hosted.chain([("Cache-Control", "no-store")]).collect()
}

/// Serves `site` until this program ends.
pub(crate) fn serve(listener: &TcpListener, site: Site) {
    let site = Arc::new(site);
    let headers = Arc::new(headers());
    // A connection that failed before it began is the browser's to try again.
    for mut stream in listener.incoming().flatten() {
        let (site, headers) = (Arc::clone(&site), Arc::clone(&headers));
        thread::spawn(move || {
            if let Some(request) = http::read(&mut stream) {
                let response = answer(&request, &site);
                // A browser that hung up wants no answer.
                let _ = http::write(&mut stream, &response, &headers, request.method == "HEAD");
            }
        });
    }
}

fn answer(request: &Request, site: &Site) -> Response {
    let refuse = |status, reason: &str| Response {
        status,
        kind: "text/plain",
        body: reason.into(),
    };
    if !is_local(&request.host) {
        return refuse(
            "403 Forbidden",
            "this server answers only to names of this machine\n",
        );
    }
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        return refuse("405 Method Not Allowed", "only GET and HEAD\n");
    }
    match site.find(&request.url) {
        Some(Found { kind, body }) => Response {
            status: "200 OK",
            kind,
            body,
        },
        None => refuse("404 Not Found", "no such file\n"),
    }
}

/// Keeps other sites from reaching this server under a name of theirs that leads to this machine (DNS rebinding).
fn is_local(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1")
}

#[cfg(test)]
mod tests {
    use super::{Site, headers, serve};
    use crate::port::{Use, listen, of};
    use std::io::{Read, Write};
    use std::{fs, net::TcpStream, thread};

    /// What a server of one page answers to `request`.
    fn ask(request: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("index.html"), "page").unwrap();
        let site = Site::new(folder.path().into(), folder.path().into(), Vec::new());
        let listener = listen(
            Some(0),
            Use {
                first: 0,
                flag: "--port",
            },
        )
        .unwrap();
        let port = of(&listener).unwrap();
        thread::spawn(move || serve(&listener, site));
        // A connection that says nothing must not keep others waiting.
        let _silent = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn a_page_comes_with_its_policy() {
        let answer = ask("GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.ends_with("\r\n\r\npage"), "{answer}");
        for header in [
            "Content-Security-Policy: default-src 'none';",
            "Cross-Origin-Opener-Policy: same-origin",
            "Cross-Origin-Embedder-Policy: require-corp",
            "X-Content-Type-Options: nosniff",
            "Cache-Control: no-store",
        ] {
            assert!(answer.contains(header), "{header}");
        }
    }

    /// The directives of a policy but one that only a header can carry.
    fn directives(policy: &str) -> Vec<&str> {
        let mut all: Vec<&str> = policy.split(';').map(str::trim).collect();
        all.retain(|directive| !directive.starts_with("frame-ancestors"));
        all.sort_unstable();
        all
    }

    #[test]
    fn a_host_that_sends_no_headers_has_the_same_policy_and_none_lets_foreign_code_in() {
        let page = include_str!("../../../www/index.html");
        let meta = page.split("http-equiv=\"Content-Security-Policy\" content=\"");
        let meta = meta.last().and_then(|rest| rest.split('"').next()).unwrap();
        let (_, sent) = headers()[0];
        assert_eq!(directives(meta), directives(sent));
        // Whoever widens the policy changes it here too, and says why. A visitor may name any node, so that
        // connections go to any host that is reached safely, or to this very machine.
        let policy = [
            "base-uri 'none'",
            "connect-src 'self' https: wss: http://localhost:* http://127.0.0.1:* ws://localhost:* ws://127.0.0.1:*",
            "default-src 'none'",
            "form-action 'none'",
            "img-src 'self' data:",
            "manifest-src 'self'",
            "media-src blob:",
            "require-trusted-types-for 'script'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "style-src 'self'",
            "trusted-types default",
            "worker-src 'self'",
        ];
        assert_eq!(directives(sent), policy);
    }

    #[test]
    fn no_page_of_ours_may_be_framed() {
        assert!(
            ask("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").contains("frame-ancestors 'none'")
        );
    }

    #[test]
    fn head_has_no_body() {
        let answer = ask("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assert!(
            answer.contains("Content-Length: 4\r\n") && answer.ends_with("\r\n\r\n"),
            "{answer}"
        );
    }

    #[test]
    fn strange_names_and_methods_are_refused() {
        assert!(ask("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n").starts_with("HTTP/1.1 403"));
        assert!(ask("GET / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 403"));
        assert!(ask("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n").starts_with("HTTP/1.1 405"));
        assert!(ask("GET /none HTTP/1.1\r\nHost: localhost\r\n\r\n").starts_with("HTTP/1.1 404"));
    }
}

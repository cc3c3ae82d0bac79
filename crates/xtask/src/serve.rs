//! A small static file server for this machine alone, sending the headers a host of the page should send.

mod site;

pub(crate) use site::{Extra, Site};

use crate::{error::Error, port::Use};
use std::{net::TcpListener, sync::Arc, thread};
use tiny_http::{Header, Method, Request, Response, Server};

/// The page's port.
pub(crate) const PORT: Use = Use {
    first: 8080,
    flag: "--port",
};
/// Requests answered at once.
const THREADS: usize = 4;
/// What a page of this server may do. Connections go to any RPC a collection names: https, or this very machine.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; \
    img-src 'self' data:; media-src 'self' blob:; font-src 'self'; manifest-src 'self'; \
    connect-src 'self' https: wss: http://localhost:* http://127.0.0.1:* ws://localhost:* ws://127.0.0.1:*; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// The headers of every answer. Nothing is stored, so that a reload always shows the last build.
const HEADERS: [(&str, &str); 7] = [
    ("Content-Security-Policy", POLICY),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-store"),
];

/// Serves `site` until this program ends.
pub(crate) fn serve(listener: TcpListener, site: Site) -> Result<(), Error> {
    let server = Server::from_listener(listener, None).map_err(|source| Error::Missing {
        what: format!("the server cannot start: {source}"),
        remedy: "try again".to_owned(),
    })?;
    let (server, site) = (Arc::new(server), Arc::new(site));
    let threads: Vec<_> = (0..THREADS)
        .map(|_| {
            let (server, site) = (Arc::clone(&server), Arc::clone(&site));
            thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    // A browser that hung up wants no answer.
                    let _ = answer(request, &site);
                }
            })
        })
        .collect();
    threads
        .into_iter()
        .try_for_each(thread::JoinHandle::join)
        .map_err(|_| Error::Missing {
            what: "the server stopped".to_owned(),
            remedy: "start it again".to_owned(),
        })
}

fn answer(request: Request, site: &Site) -> std::io::Result<()> {
    let (status, kind, body) = if !is_local(&request) {
        (
            403,
            "text/plain",
            b"this server answers only to names of this machine\n".to_vec(),
        )
    } else if !matches!(request.method(), Method::Get | Method::Head) {
        (405, "text/plain", b"only GET and HEAD\n".to_vec())
    } else {
        match site.find(request.url()) {
            Some(found) => (200, found.kind, found.body),
            None => (404, "text/plain", b"no such file\n".to_vec()),
        }
    };
    let mut response = Response::from_data(body).with_status_code(status);
    let kind = [("Content-Type", kind)];
    for (name, value) in HEADERS.iter().chain(&kind) {
        if let Ok(header) = Header::from_bytes(*name, *value) {
            response.add_header(header);
        }
    }
    request.respond(response)
}

/// Keeps other sites from reaching this server under a name of theirs that leads to this machine (DNS rebinding).
fn is_local(request: &Request) -> bool {
    let host = request
        .headers()
        .iter()
        .find(|header| header.field.equiv("Host"));
    let name = host.map(|header| {
        header
            .value
            .as_str()
            .rsplit_once(':')
            .map_or(header.value.as_str(), |(name, _)| name)
    });
    matches!(name, Some("localhost" | "127.0.0.1"))
}

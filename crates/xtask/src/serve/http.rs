//! As much of HTTP/1.1 as a static file server for one machine needs: one request a connection, GET and HEAD.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    time::Duration,
};

/// Browsers send about 1 kB; more than this is no request for a file of ours.
const HEAD_LIMIT: usize = 16 * 1024;
/// Browsers open connections ahead of need and may leave them unused.
const PATIENCE: Duration = Duration::from_mins(1);
/// Most headers of a request.
const HEADERS: usize = 64;

/// What a browser asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// For example `GET`.
    pub(super) method: String,
    /// Path and query.
    pub(super) url: String,
    /// The `Host` header, empty without one.
    pub(super) host: String,
}

/// What it is answered.
pub(super) struct Response {
    /// Status code and reason, for example `200 OK`.
    pub(super) status: &'static str,
    /// Media type of the body.
    pub(super) kind: &'static str,
    /// The body.
    pub(super) body: Vec<u8>,
}

/// Reads the request that arrives on `stream`; `None` when it is none, or never comes.
pub(super) fn read(stream: &mut TcpStream) -> Option<Request> {
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let mut head = Vec::new();
    let mut piece = [0; 4096];
    while head.len() < HEAD_LIMIT {
        let length = stream.read(&mut piece).ok().filter(|length| *length > 0)?;
        head.extend_from_slice(piece.get(..length)?);
        if let Some(request) = parse(&head).ok()? {
            return Some(request);
        }
    }
    None
}

/// The request at the start of `bytes`; `None` when more must come.
fn parse(bytes: &[u8]) -> Result<Option<Request>, httparse::Error> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    if request.parse(bytes)?.is_partial() {
        return Ok(None);
    }
    let host = request
        .headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("host"));
    Ok(Some(Request {
        method: request.method.unwrap_or_default().to_owned(),
        url: request.path.unwrap_or_default().to_owned(),
        host: host
            .map(|header| String::from_utf8_lossy(header.value).into_owned())
            .unwrap_or_default(),
    }))
}

/// Sends `response` with `headers` added; without its body for a HEAD request.
pub(super) fn write(
    stream: &mut TcpStream,
    response: &Response,
    headers: &[(&str, &str)],
    head_only: bool,
) -> io::Result<()> {
    let mut head = format!(
        "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n",
        response.status,
        response.kind,
        response.body.len()
    );
    for (name, value) in headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())?;
    if !head_only {
        stream.write_all(&response.body)?;
    }
    stream.flush()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_request_may_arrive_in_pieces() {
        let whole = b"GET /a?b HTTP/1.1\r\nhost: localhost:8080\r\n\r\n";
        for end in 0..whole.len() {
            assert_eq!(parse(&whole[..end]), Ok(None), "{end}");
        }
        let request = parse(whole).unwrap().unwrap();
        assert_eq!(
            (request.method.as_str(), request.url.as_str()),
            ("GET", "/a?b")
        );
        assert_eq!(request.host, "localhost:8080");
    }

    #[test]
    fn what_is_no_request_is_refused() {
        assert!(parse(b"\x16\x03\x01\x02\x00").is_err());
        assert!(parse(b"GET / HTTP/9\r\n\r\n").is_err());
    }
}

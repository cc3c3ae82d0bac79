//! Which URLs the page contacts or links to: https anywhere, plain http on this very machine only.

/// Longest URL that is taken.
const MAX_URL_BYTES: usize = 300;

/// Whether this is an `https://` URL, or an `http://` one on this machine, without user name, blanks
/// or control characters.
pub(crate) fn is_safe_url(url: &str) -> bool {
    let plain = url.len() <= MAX_URL_BYTES && url.bytes().all(|byte| byte.is_ascii_graphic());
    let Some((scheme, rest)) = url.split_once("://").filter(|_| plain) else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains(['@', '\\', '"', '<', '>']) {
        return false;
    }
    match scheme {
        "https" => !host(authority).is_empty(),
        "http" => matches!(host(authority), "localhost" | "127.0.0.1" | "[::1]"),
        _ => false,
    }
}

/// Whether this is a `wss://` URL, or a `ws://` one on this machine, and otherwise as [`is_safe_url`] wants it.
pub(crate) fn is_safe_socket(url: &str) -> bool {
    let rest = url.strip_prefix("ws");
    rest.is_some_and(|rest| is_safe_url(&format!("http{rest}")))
}

/// The authority without its port.
fn host(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

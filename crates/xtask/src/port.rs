//! Ports of this machine: the one asked for, or the next free one.

use crate::error::Error;
use std::{
    net::{Ipv4Addr, SocketAddrV4, TcpListener},
    ops::RangeInclusive,
};

/// How many ports are tried when none was asked for.
const TRIED: u16 = 50;

/// What needs a port.
#[derive(Clone, Copy)]
pub(crate) struct Use {
    /// Where the search begins when no port was asked for.
    pub(crate) first: u16,
    /// The flag by which one is asked for.
    pub(crate) flag: &'static str,
}

impl Use {
    /// The ports among which the first free one is taken when none was asked for.
    pub(crate) fn tried(self) -> RangeInclusive<u16> {
        self.first..=self.first.saturating_add(TRIED)
    }
}

/// Takes the port `wish` of this machine, 0 for any; without a wish, the first free one.
///
/// # Errors
/// [`Error::PortTaken`].
pub(crate) fn listen(wish: Option<u16>, use_: Use) -> Result<TcpListener, Error> {
    let bind = |port| TcpListener::bind(SocketAddrV4::new(Ipv4Addr::LOCALHOST, port));
    let taken = |port| Error::PortTaken {
        port,
        flag: use_.flag,
    };
    match wish {
        Some(port) => bind(port).map_err(|_| taken(port)),
        None => use_
            .tried()
            .find_map(|port| bind(port).ok())
            .ok_or_else(|| taken(use_.first)),
    }
}

/// The port that `listener` has.
pub(crate) fn of(listener: &TcpListener) -> Result<u16, Error> {
    let address = listener.local_addr().map_err(|source| Error::Missing {
        what: format!("a port cannot be read back: {source}"),
        remedy: "try again".to_owned(),
    })?;
    Ok(address.port())
}

#[cfg(test)]
mod tests {
    use super::{Use, listen, of};
    use crate::error::Error;

    #[test]
    fn a_taken_port_is_an_error_when_asked_for_and_passed_over_else() {
        let any = Use {
            first: 0,
            flag: "--port",
        };
        let first = listen(Some(0), any).unwrap();
        let port = of(&first).unwrap();
        let error = listen(Some(port), any).unwrap_err();
        assert!(matches!(error, Error::PortTaken { port: named, flag: "--port" } if named == port));
        let next = listen(
            None,
            Use {
                first: port,
                flag: "--port",
            },
        )
        .unwrap();
        assert_ne!(of(&next).unwrap(), port);
    }
}

//! The threshold of a server that ends: nobody new steps on it, and nobody is left standing there.
//!
//! The kernel shakes hands with clients before the server takes them over, and drops those that
//! still wait when the server stops to listen; so does the web framework with those that it has not
//! handed to a thread. Their requests would be lost without an answer.

use std::io;
use std::net::TcpListener;
use std::time::Duration;

/// How long those that were welcomed already may take to be let in. Who is turned away knocks again
/// after a second, and is refused then.
pub(super) const LET_IN: Duration = Duration::from_millis(500);

/// The socket that listens, beside whoever takes its connections.
pub(super) struct Threshold(TcpListener);

impl Threshold {
    /// That of a listener.
    pub(super) fn of(listener: &TcpListener) -> io::Result<Self> {
        listener.try_clone().map(Self)
    }

    /// Turns away whoever comes from now on; those who are there are let in. Answers whether that
    /// can be done. The socket closes once this value is dropped too.
    pub(super) fn turn_away(&self) -> bool {
        turn_away(&self.0)
    }
}

/// Has the kernel overhear every first word of a client (SYN): it takes it for lost and says it
/// again, by when nobody listens and the client is refused. Answers whether it does.
#[cfg(target_os = "linux")]
fn turn_away(listener: &TcpListener) -> bool {
    use socket2::{SockFilter, SockRef};

    // Source: RFC 9293, 3.1: SYN and ACK are bits of the fourteenth byte. A classic filter sees a
    // segment from its TCP header on, and answers how much of it may pass.
    let only_first_words = [
        SockFilter::new(0x30, 0, 0, 13),       // load the byte of the flags
        SockFilter::new(0x54, 0, 0, 0x12),     // of those, ACK and SYN
        SockFilter::new(0x15, 0, 1, 0x02),     // SYN alone?
        SockFilter::new(0x06, 0, 0, 0),        // nothing passes
        SockFilter::new(0x06, 0, 0, u32::MAX), // else all of it
    ];
    let attached = SockRef::from(listener).attach_filter(&only_first_words);
    if let Err(error) = &attached {
        let error = crate::output::chain(error);
        tracing::warn!(error, "who comes at the very last moment may be dropped without an answer");
    }
    attached.is_ok()
}

/// Other systems have no such filter: who comes at the very last moment may be dropped.
#[cfg(not(target_os = "linux"))]
fn turn_away(_: &TcpListener) -> bool {
    false
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::io::{ErrorKind, Read, Write};
    use std::net::TcpStream;
    use std::time::Duration;

    use super::*;

    #[test]
    fn whoever_was_welcomed_is_let_in_and_whoever_comes_later_is_turned_away() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let mut waiting = TcpStream::connect(address).unwrap();
        let threshold = Threshold::of(&listener).unwrap();

        assert!(threshold.turn_away());
        waiting.write_all(b"?").unwrap();
        let late = TcpStream::connect_timeout(&address, Duration::from_millis(200));

        assert_eq!(late.unwrap_err().kind(), ErrorKind::TimedOut);
        let mut asked = [0];
        listener.accept().unwrap().0.read_exact(&mut asked).unwrap();
        assert_eq!(asked, *b"?");
        listener.set_nonblocking(true).unwrap();
        assert_eq!(listener.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
        drop((listener, threshold));
        let later = TcpStream::connect(address);
        assert_eq!(later.unwrap_err().kind(), ErrorKind::ConnectionRefused);
    }
}

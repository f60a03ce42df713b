//! Files of any length at rest: sealed piece by piece, so that no cut and no exchange goes unseen.

use std::io::{self, Error, ErrorKind, Read, Write};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use gaara_identity::KeyedDigest;

use crate::keyed_digest::HmacSha256;

/// What a sealed file begins with; the number is that of the form.
const MAGIC: &[u8; 16] = b"gaara sealed  1\n";
/// How many bytes make a file's key its own.
const SALT_LEN: usize = 32;
/// How many bytes a piece holds before it is sealed.
const PIECE_LEN: usize = 64 * 1024;
/// How many bytes a seal adds to a piece.
const TAG_LEN: usize = 16;

/// Seals each piece by AES-256-GCM under a key of the file's own, derived by HMAC-SHA-256 from a
/// key and 32 random bytes; the nonce counts the pieces and marks the last one, as the STREAM
/// construction does (Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
struct Pieces {
    key: LessSafeKey,
    count: u64,
}

impl Pieces {
    fn new(key: &[u8], salt: &[u8]) -> io::Result<Self> {
        let own = HmacSha256::new(key).keyed_digest("sealed_stream", salt);
        let own = UnboundKey::new(&AES_256_GCM, &own).map_err(|_| broken("no key"))?;
        Ok(Self { key: LessSafeKey::new(own), count: 0 })
    }

    fn nonce(&mut self, is_last: bool) -> Nonce {
        let mut nonce = [0; NONCE_LEN];
        if let Some(place) = nonce.get_mut(..8) {
            place.copy_from_slice(&self.count.to_be_bytes());
        }
        if let Some(last) = nonce.last_mut() {
            *last = u8::from(is_last);
        }
        self.count += 1;
        Nonce::assume_unique_for_key(nonce)
    }
}

fn broken(why: &'static str) -> Error {
    Error::new(ErrorKind::InvalidData, why)
}

/// Reads until the buffer is full or nothing is left.
fn fill(source: &mut dyn Read, buffer: &mut Vec<u8>, length: usize) -> io::Result<()> {
    buffer.clear();
    source.take(u64::try_from(length).unwrap_or(u64::MAX)).read_to_end(buffer)?;
    Ok(())
}

/// Copies everything, sealed under a key; the salt has to be random and is used once.
///
/// # Errors
/// What reading or writing fails with.
pub fn seal_stream(
    key: &[u8],
    salt: &[u8; SALT_LEN],
    source: &mut dyn Read,
    sink: &mut dyn Write,
) -> io::Result<()> {
    let mut pieces = Pieces::new(key, salt)?;
    sink.write_all(MAGIC)?;
    sink.write_all(salt)?;
    let (mut piece, mut next) = (Vec::new(), Vec::new());
    fill(source, &mut piece, PIECE_LEN)?;
    loop {
        fill(source, &mut next, PIECE_LEN)?;
        let nonce = pieces.nonce(next.is_empty());
        let sealed = pieces.key.seal_in_place_append_tag(nonce, Aad::empty(), &mut piece);
        sealed.map_err(|_| broken("a piece cannot be sealed"))?;
        sink.write_all(&piece)?;
        if next.is_empty() {
            return Ok(());
        }
        std::mem::swap(&mut piece, &mut next);
    }
}

/// Copies everything that was sealed under the key.
///
/// What was opened until an error may have been written already: keep nothing of it then.
///
/// # Errors
/// [`ErrorKind::InvalidData`] for another key, or when anything was changed, cut off, added or
/// moved; else what reading or writing fails with.
pub fn open_stream(key: &[u8], source: &mut dyn Read, sink: &mut dyn Write) -> io::Result<()> {
    let mut head = Vec::new();
    fill(source, &mut head, MAGIC.len() + SALT_LEN)?;
    let (magic, salt) = head.split_at_checked(MAGIC.len()).ok_or_else(|| broken("it is cut"))?;
    if magic != MAGIC || salt.len() != SALT_LEN {
        return Err(broken("it is not sealed by this program"));
    }
    let mut pieces = Pieces::new(key, salt)?;
    let (mut piece, mut next) = (Vec::new(), Vec::new());
    fill(source, &mut piece, PIECE_LEN + TAG_LEN)?;
    loop {
        fill(source, &mut next, PIECE_LEN + TAG_LEN)?;
        let nonce = pieces.nonce(next.is_empty());
        let opened = pieces.key.open_in_place(nonce, Aad::empty(), &mut piece);
        let opened = opened.map_err(|_| broken("it was changed, cut, or sealed by another key"))?;
        sink.write_all(opened)?;
        if next.is_empty() {
            return Ok(());
        }
        std::mem::swap(&mut piece, &mut next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(text: &[u8]) -> Vec<u8> {
        let mut sealed = Vec::new();
        seal_stream(&[7; 32], &[1; 32], &mut &*text, &mut sealed).unwrap();
        sealed
    }

    fn opened(key: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let mut opened = Vec::new();
        open_stream(key, &mut &*sealed, &mut opened).ok().map(|()| opened)
    }

    #[test]
    fn files_of_every_length_come_back() {
        for length in [0, 1, PIECE_LEN - 1, PIECE_LEN, PIECE_LEN + 1, 3 * PIECE_LEN] {
            let text: Vec<u8> =
                (0..length).map(|place| u8::try_from(place % 251).unwrap()).collect();
            assert_eq!(opened(&[7; 32], &sealed(&text)).unwrap(), text, "{length}");
        }
        assert_eq!(opened(&[8; 32], &sealed(b"x")), None);
    }

    #[test]
    fn no_change_no_cut_and_no_exchange_of_pieces_goes_unseen() {
        let text = vec![5; 2 * PIECE_LEN + 9];
        let good = sealed(&text);
        let head = MAGIC.len() + SALT_LEN;
        let piece = PIECE_LEN + TAG_LEN;
        for place in [0, 20, head, head + piece, good.len() - 1] {
            let mut changed = good.clone();
            changed[place] ^= 1;
            assert_eq!(opened(&[7; 32], &changed), None, "byte {place}");
        }
        for length in [0, 10, head, head + 5, head + piece, head + 2 * piece, good.len() - 1] {
            assert_eq!(opened(&[7; 32], &good[..length]), None, "cut to {length}");
        }
        let swapped = [
            &good[..head],
            &good[head + piece..head + 2 * piece],
            &good[head..head + piece],
            &good[head + 2 * piece..],
        ];
        assert_eq!(opened(&[7; 32], &swapped.concat()), None);
        assert_eq!(opened(&[7; 32], &[&good[..], b"x"].concat()), None);
    }
}

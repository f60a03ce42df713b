//! SHA-256 of what passes by.

use std::io::{self, Read, Write};

use aws_lc_rs::digest::{Context, SHA256};

/// A reader or writer that counts and digests every byte.
pub struct Hashed<S> {
    inner: S,
    digest: Context,
    length: u64,
}

impl<S> Hashed<S> {
    /// Begins to count.
    #[must_use]
    pub fn new(inner: S) -> Self {
        Self { inner, digest: Context::new(&SHA256), length: 0 }
    }

    /// What was read or written through: the inner one, how many bytes, and their SHA-256 in
    /// hexadecimal digits.
    #[must_use]
    pub fn finish(self) -> (S, u64, String) {
        let sum = self.digest.finish();
        let digits = sum.as_ref().iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let digits = digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
        (self.inner, self.length, digits)
    }

    fn note(&mut self, bytes: &[u8]) {
        self.digest.update(bytes);
        self.length = self.length.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    }
}

impl<S: Read> Read for Hashed<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let read = buffer.get(..count).unwrap_or_default().to_vec();
        self.note(&read);
        Ok(count)
    }
}

impl<S: Write> Write for Hashed<S> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.note(bytes.get(..count).unwrap_or_default());
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_by_is_counted_and_digested() {
        // FIPS 180-4, the example "abc".
        let sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let mut reader = Hashed::new(&b"abc"[..]);
        let mut writer = Hashed::new(Vec::new());
        io::copy(&mut reader, &mut writer).unwrap();

        let (written, length, digits) = writer.finish();
        assert_eq!((written.as_slice(), length, digits.as_str()), (&b"abc"[..], 3, sum));
        assert_eq!(reader.finish().2, sum);
    }
}

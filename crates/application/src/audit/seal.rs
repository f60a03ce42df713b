//! Seals on the audit log: what makes a change to it show.
//!
//! A row carries a code that only the program can make, written in the transaction of its effect.
//! Committed rows are then sealed in batches: a seal signs the digests of its rows in their order,
//! and the head of the seal before it, so that rows and seals can neither be changed, nor removed,
//! nor put into another order without the key.

use std::fmt;

use gaara_identity::{Digest, KeyedDigest};
use gaara_kernel::{AuditId, Id, Timestamp};

use super::AuditRow;
use crate::identity::hex;

/// What the codes of rows are derived for.
const ROW: &str = "audit_row";
/// What every signed text begins with.
const SEAL: &[u8] = b"gaara audit seal 1";

/// Signs seals, with a key that only the program has.
pub trait SealSigner: Send + Sync {
    /// Signs a message.
    fn sign(&self, message: &[u8]) -> [u8; 64];

    /// Whether this is the signature of a message.
    fn is_signed(&self, message: &[u8], signature: &[u8]) -> bool;
}

/// Writes values one after another so that no two lists of values give the same bytes.
struct Bytes(Vec<u8>);

impl Bytes {
    fn text(&mut self, text: &str) {
        self.0.extend(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        self.0.extend(text.as_bytes());
    }

    fn optional(&mut self, text: Option<&String>) {
        self.0.push(u8::from(text.is_some()));
        if let Some(text) = text {
            self.text(text);
        }
    }
}

impl AuditRow {
    /// Everything that the row says, in one form.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Bytes(self.id.as_uuid().as_bytes().to_vec());
        bytes.0.extend(self.at.as_millis().to_be_bytes());
        bytes.text(&self.actor);
        bytes.optional(self.session.as_ref());
        bytes.text(&self.trace.to_string());
        bytes.text(&self.action);
        bytes.text(&self.subject);
        for change in &self.changes {
            bytes.text(&change.field);
            bytes.optional(change.before.as_ref());
            bytes.optional(change.after.as_ref());
        }
        bytes.0
    }

    /// The code of the row, which nobody can make without the key.
    ///
    /// The address is in the code alone: the program before, which knows no addresses, seals rows
    /// that have one as this program does.
    pub(crate) fn code_by(&self, keyed: &dyn KeyedDigest) -> [u8; 32] {
        let mut bytes = Bytes(self.bytes());
        if let Some(address) = self.address {
            bytes.text(&address.to_string());
        }
        keyed.keyed_digest(ROW, &bytes.0)
    }

    /// What a seal keeps of the row; its address is kept by its code.
    pub(crate) fn digest_by(&self, digest: &dyn Digest) -> [u8; 32] {
        let mut bytes = self.bytes();
        bytes.extend(self.code.iter().flatten());
        *digest.digest(&bytes).as_bytes()
    }
}

/// A row as a seal keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealedDigest {
    /// Which row.
    pub id: AuditId,
    /// Its digest.
    pub digest: [u8; 32],
}

/// What became of a row that was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealedState {
    /// It is there.
    Row(Box<AuditRow>),
    /// It is there and cannot be read.
    Unreadable,
    /// It is gone.
    Missing,
}

/// A row that waits for a seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsealedRow {
    /// Which row.
    pub id: AuditId,
    /// What it says; nothing when it cannot be read.
    pub there: Option<Box<AuditRow>>,
}

/// A row that was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedRow {
    /// By which seal.
    pub seal: u64,
    /// What the seal keeps of it.
    pub kept: SealedDigest,
    /// What became of it.
    pub state: SealedState,
}

/// A seal on a batch of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditSeal {
    /// Its number; the first is 1.
    pub number: u64,
    /// How many rows it seals.
    pub rows: u32,
    /// The digest of the digests of its rows, in their order.
    pub root: [u8; 32],
    /// The head of the seal before; zeros for the first.
    pub previous: [u8; 32],
    /// When it was made.
    pub sealed_at: Timestamp,
    /// The signature of everything above.
    pub signature: Vec<u8>,
}

/// What stands for a seal and everything before it, to be kept somewhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditHead {
    /// The number of the seal.
    pub number: u64,
    /// The digest of the seal.
    pub digest: [u8; 32],
}

impl AuditHead {
    /// Reads a head as it is printed: `12:9f86d0…`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (number, digits) = text.trim().split_once(':')?;
        let mut digest = [0; 32];
        if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        for (byte, place) in digest.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(digits.get(place..place + 2)?, 16).ok()?;
        }
        Some(Self { number: number.parse().ok().filter(|number| *number > 0)?, digest })
    }
}

impl fmt::Display for AuditHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.number, hex(&self.digest))
    }
}

/// The most rows under one seal.
pub(crate) const ROWS_MAX: u32 = 1_000;

/// The digest of digests, in their order.
pub(crate) fn root_of(rows: &[SealedDigest], digest: &dyn Digest) -> [u8; 32] {
    let joined: Vec<u8> = rows
        .iter()
        .flat_map(|row| [row.id.as_uuid().into_bytes().to_vec(), row.digest.to_vec()].concat())
        .collect();
    *digest.digest(&joined).as_bytes()
}

impl AuditSeal {
    /// Seals rows after another seal.
    pub(crate) fn on(
        rows: &[SealedDigest],
        last: Option<&Self>,
        now: Timestamp,
        digest: &dyn Digest,
        signer: &dyn SealSigner,
    ) -> Self {
        let mut seal = Self {
            number: last.map_or(0, |last| last.number) + 1,
            rows: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            root: root_of(rows, digest),
            previous: last.map_or([0; 32], |last| last.head(digest).digest),
            sealed_at: last.map_or(now, |last| last.sealed_at.max(now)),
            signature: Vec::new(),
        };
        seal.signature = signer.sign(&seal.message()).to_vec();
        seal
    }

    /// What is signed.
    pub(crate) fn message(&self) -> Vec<u8> {
        let mut message = SEAL.to_vec();
        message.extend(self.number.to_be_bytes());
        message.extend(self.rows.to_be_bytes());
        message.extend(self.root);
        message.extend(self.previous);
        message.extend(self.sealed_at.as_millis().to_be_bytes());
        message
    }

    /// What stands for this seal and everything before it.
    #[must_use]
    pub fn head(&self, digest: &dyn Digest) -> AuditHead {
        let bytes = [self.message(), self.signature.clone()].concat();
        AuditHead { number: self.number, digest: *digest.digest(&bytes).as_bytes() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_as_it_is_printed() {
        let head = AuditHead { number: 12, digest: [0xa7; 32] };
        assert_eq!(AuditHead::parse(&head.to_string()), Some(head));
        assert_eq!(AuditHead::parse(&format!(" {head}\n")), Some(head));
        let short = "1:a7a7";
        let none = format!("0:{}", "a7".repeat(32));
        let foreign = format!("1:{}", "ä7".repeat(21));
        for wrong in ["", "12", short, &none, &foreign] {
            assert_eq!(AuditHead::parse(wrong), None, "{wrong}");
        }
    }
}

//! Finding out whether anybody has changed the audit log behind the program's back.

use std::collections::BTreeMap;

use gaara_identity::{Digest, KeyedDigest, Permission};
use gaara_kernel::{AuditId, StoreError};

use super::seal::{AuditHead, AuditSeal, SealSigner, SealedRow, SealedState, UnsealedRow, root_of};
use super::{AuditCounts, AuditRow};
use crate::actor::Actor;
use crate::app::{App, admit};
use crate::failure::{ReadError, Refusal};
use crate::ports::ReadView;

/// How many seals are read at once.
const SEALS_MAX: u32 = 200;
/// How many rows are read at once, or those of one seal.
const ROWS_MAX: u64 = 5_000;
/// How many rows that wait for a seal are read at once.
const UNSEALED_MAX: u32 = 1_000;
/// How many rows outside of all seals are told one by one.
const OUTSIDE_MAX: u32 = 100;
/// How many findings are told one by one.
pub const FINDINGS_MAX: usize = 100;

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuditFinding {
    /// A row says something else than when it was written.
    RowChanged {
        /// Which row.
        row: AuditId,
    },
    /// A row was not written by the program: it has no code, and rows before it have.
    RowForged {
        /// Which row.
        row: AuditId,
    },
    /// A row that was sealed is gone.
    RowMissing {
        /// Which row.
        row: AuditId,
        /// Its seal.
        seal: u64,
    },
    /// The rows of a seal are others, fewer, or in another order than when it was made.
    SealBroken {
        /// Which seal.
        seal: u64,
    },
    /// A seal was not made by the program, or does not follow the one before it.
    SealForged {
        /// Which seal.
        seal: u64,
    },
    /// A seal is gone, with its rows or without.
    SealMissing {
        /// Which seal.
        seal: u64,
    },
    /// A row stands outside of all seals and waits for none.
    RowOutside {
        /// Which row.
        row: AuditId,
    },
    /// More rows stand outside of all seals than were told one by one, or rows are missing.
    RowsUnaccounted {
        /// How many more; below zero when rows are missing.
        rows: i64,
    },
    /// The log ends before a head that was kept somewhere else.
    Truncated {
        /// The last seal there is.
        last: u64,
        /// The seal that was kept.
        kept: u64,
    },
    /// A seal is another than the head that was kept somewhere else.
    HeadDiffers {
        /// Which seal.
        seal: u64,
    },
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditVerification {
    /// How many seals were checked.
    pub seals: u64,
    /// How many rows were checked.
    pub rows: u64,
    /// How many rows wait for a seal.
    pub unsealed: u64,
    /// How many rows carry no code: those of a program before codes, or of somebody else.
    pub without_code: u64,
    /// The last head, to be kept somewhere else.
    pub head: Option<AuditHead>,
    /// The first findings.
    pub findings: Vec<AuditFinding>,
    /// How many findings there are in all.
    pub findings_total: u64,
}

/// Follows the seals from the first to the last.
struct Verifier<'a> {
    digest: &'a dyn Digest,
    keyed: &'a dyn KeyedDigest,
    signer: &'a dyn SealSigner,
    /// The digests that were kept of each seal.
    heads: BTreeMap<u64, Vec<[u8; 32]>>,
    /// Whether a row with a code was sealed already.
    has_codes: bool,
    found: AuditVerification,
}

impl Verifier<'_> {
    fn find(&mut self, finding: AuditFinding) {
        self.found.findings_total += 1;
        if self.found.findings.len() < FINDINGS_MAX {
            self.found.findings.push(finding);
        }
    }

    /// Checks a row by its own code.
    fn row(&mut self, row: &AuditRow) {
        match row.code {
            None if self.has_codes => self.find(AuditFinding::RowForged { row: row.id }),
            None => {}
            Some(code) if code == row.code_by(self.keyed) => {}
            Some(_) => self.find(AuditFinding::RowChanged { row: row.id }),
        }
    }

    fn count(&mut self, row: &AuditRow) {
        self.found.rows += 1;
        self.found.without_code += u64::from(row.code.is_none());
    }

    fn unsealed_row(&mut self, row: &UnsealedRow) {
        self.found.unsealed += 1;
        match &row.there {
            Some(there) => {
                self.count(there);
                self.row(there);
            }
            None => self.find(AuditFinding::RowChanged { row: row.id }),
        }
    }

    fn sealed_row(&mut self, row: &SealedRow) {
        let id = row.kept.id;
        match &row.state {
            SealedState::Missing => {
                self.find(AuditFinding::RowMissing { row: id, seal: row.seal });
            }
            SealedState::Unreadable => self.find(AuditFinding::RowChanged { row: id }),
            SealedState::Row(there) => {
                self.count(there);
                if there.digest_by(self.digest) == row.kept.digest {
                    self.row(there);
                } else {
                    self.find(AuditFinding::RowChanged { row: id });
                }
            }
        }
    }

    /// Checks a seal against the one before it, and its rows.
    fn seal(&mut self, seal: &AuditSeal, rows: &[SealedRow]) {
        let (number, before) = (seal.number, self.found.head);
        let expected = before.map_or(0, |head| head.number) + 1;
        for missing in expected..number {
            self.find(AuditFinding::SealMissing { seal: missing });
        }
        let previous = before.map_or([0; 32], |head| head.digest);
        let follows = seal.previous == previous || number != expected;
        if !follows || !self.signer.is_signed(&seal.message(), &seal.signature) {
            self.find(AuditFinding::SealForged { seal: number });
        }
        for row in rows {
            self.sealed_row(row);
        }
        self.has_codes |= rows.iter().any(|row| match &row.state {
            SealedState::Row(there) => there.code.is_some(),
            SealedState::Unreadable | SealedState::Missing => false,
        });
        let kept: Vec<_> = rows.iter().map(|row| row.kept).collect();
        let counted = u32::try_from(kept.len()) == Ok(seal.rows);
        if !counted || root_of(&kept, self.digest) != seal.root {
            self.find(AuditFinding::SealBroken { seal: number });
        }
        let head = seal.head(self.digest);
        let kept = self.heads.get(&number).map_or(&[][..], Vec::as_slice);
        if kept.iter().any(|digest| *digest != head.digest) {
            self.find(AuditFinding::HeadDiffers { seal: number });
        }
        self.found.seals += 1;
        self.found.head = Some(head);
    }

    fn end(&mut self, counts: AuditCounts, outside: &[AuditId], was_set_up: bool) {
        for row in outside {
            self.find(AuditFinding::RowOutside { row: *row });
        }
        let told = i64::try_from(outside.len()).unwrap_or(i64::MAX);
        let left = counts.rows - counts.sealed - counts.unsealed - told;
        if left != 0 {
            self.find(AuditFinding::RowsUnaccounted { rows: left });
        }
        let last = self.found.head.map_or(0, |head| head.number);
        let kept = self.heads.keys().next_back().copied().unwrap_or(0);
        // Whoever set the organisation up is in the log.
        let kept = if was_set_up && counts.rows == 0 { kept.max(1) } else { kept };
        if kept > last {
            self.find(AuditFinding::Truncated { last, kept });
        }
    }
}

/// The digests of heads, by the number of their seal.
fn by_seal(heads: &[AuditHead]) -> BTreeMap<u64, Vec<[u8; 32]>> {
    let mut digests = BTreeMap::<_, Vec<_>>::new();
    for head in heads {
        digests.entry(head.number).or_default().push(head.digest);
    }
    digests
}

/// Checks all seals and their rows, some at a time.
async fn follow(verifier: &mut Verifier<'_>, view: &mut dyn ReadView) -> Result<(), StoreError> {
    let mut after = 0;
    loop {
        let seals = view.list_seals(after, SEALS_MAX).await?;
        let mut left = seals.as_slice();
        while let [first, ..] = left {
            let mut rows_left = ROWS_MAX;
            let mut fits = |seal: &AuditSeal| {
                let fits = seal.number == first.number || u64::from(seal.rows) <= rows_left;
                rows_left = rows_left.saturating_sub(seal.rows.into());
                fits
            };
            let count = left.iter().take_while(|seal| fits(seal)).count();
            let (now, later) = left.split_at(count);
            let last = now.last().map_or(first.number, |seal| seal.number);
            let rows = view.list_sealed_rows(first.number, last).await?;
            for seal in now {
                let own: Vec<_> =
                    rows.iter().filter(|row| row.seal == seal.number).cloned().collect();
                verifier.seal(seal, &own);
            }
            left = later;
        }
        match seals.last() {
            Some(last) => after = last.number,
            None => return Ok(()),
        }
    }
}

impl App {
    /// Checks the whole audit log, as of one moment, against its seals, against the heads that
    /// the application keeps somewhere else, and against more of them.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::EnrolmentNeeded`] and [`Refusal::Failed`].
    pub async fn verify_audit_log(
        &self,
        actor: &Actor,
        heads: &[AuditHead],
    ) -> Result<AuditVerification, Refusal<ReadError>> {
        admit(actor, Permission::ReadAuditLog)?;
        let verified = async {
            let mut heads = heads.to_vec();
            if let Some(kept) = &self.kept_heads {
                // Read before the log, which only grows.
                heads.extend(kept.kept_heads().await?);
            }
            let mut view = self.ports.store.view().await?;
            self.verified(&mut *view, &heads).await
        };
        verified.await.map_err(|error: StoreError| Refusal::Failed(error.into()))
    }

    /// The same in a view that is open already, so that others may look at that same moment, and
    /// against these heads alone.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::EnrolmentNeeded`] and [`Refusal::Failed`].
    pub async fn verify_audit_log_in(
        &self,
        actor: &Actor,
        view: &mut dyn ReadView,
        heads: &[AuditHead],
    ) -> Result<AuditVerification, Refusal<ReadError>> {
        admit(actor, Permission::ReadAuditLog)?;
        let verified = self.verified(view, heads).await;
        verified.map_err(|error| Refusal::Failed(error.into()))
    }

    async fn verified(
        &self,
        view: &mut dyn ReadView,
        heads: &[AuditHead],
    ) -> Result<AuditVerification, StoreError> {
        let ports = &self.ports;
        let mut verifier = Verifier {
            digest: &*ports.digest,
            keyed: &*ports.keyed_digest,
            signer: &*ports.seal_signer,
            heads: by_seal(heads),
            has_codes: false,
            found: AuditVerification::default(),
        };
        follow(&mut verifier, view).await?;
        let mut after = None;
        loop {
            let rows = view.list_unsealed_rows(after, UNSEALED_MAX).await?;
            for row in &rows {
                verifier.unsealed_row(row);
            }
            match rows.last() {
                Some(last) => after = Some(last.id),
                None => break,
            }
        }
        let counts = view.count_audit_rows().await?;
        let outside = view.list_rows_outside(OUTSIDE_MAX).await?;
        verifier.end(counts, &outside, view.find_organization().await?.is_some());
        Ok(verifier.found)
    }
}

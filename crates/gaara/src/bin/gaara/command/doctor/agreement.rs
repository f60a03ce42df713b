//! Whether the books agree with themselves, told in both languages.

use gaara::application::invoicing::DocumentFinding;
use gaara::application::{AuditFinding, AuditHead};
use gaara::{BooksCheck, BooksRule, BooksRuling, Gaara};
use serde_json::{Value, json};

use super::{Check, Outcome, sentences};
use crate::command::audit;
use crate::config::Config;
use crate::failure::Failure;
use crate::heads::Heads;
use crate::progress::Progress;

/// Checks every rule of the books.
pub(super) async fn check(gaara: &Gaara, config: &Config) -> Result<Vec<Check>, Failure> {
    let heads = Heads::kept_in(&config.data_dir).read()?;
    Ok(checks(&look(gaara, &heads).await?))
}

/// Looks at all books, and tells how far that has come.
pub(crate) async fn look(gaara: &Gaara, heads: &[AuditHead]) -> Result<BooksCheck, Failure> {
    let mut progress = Progress::new();
    let mut on_part = |done, all, part: &str| progress.tell(done, all, part);
    let checked = gaara.check_books(heads, &mut on_part).await;
    checked.map_err(|refusal| Failure::other(&refusal))
}

/// Everything that does not agree, one line for each rule.
pub(crate) fn findings(checked: &BooksCheck) -> Vec<String> {
    let found = checks(checked).into_iter().filter(|check| check.outcome == Outcome::Finding);
    found.map(|check| format!("{}: {}", check.name, check.detail)).collect()
}

fn checks(checked: &BooksCheck) -> Vec<Check> {
    let rules = checked.rulings.iter().map(|(rule, ruling)| of_rule(*rule, ruling));
    let documents = &checked.documents;
    let findings = documents.findings.iter().map(of_document).collect();
    let fine = format!("{} issued documents say what they said", documents.documents);
    let digest = made("books.digest", findings, documents.findings_total, &fine);
    let audit = &checked.audit;
    let findings = audit.findings.iter().map(of_audit).collect();
    let fine = format!("{} rows under {} seals are intact", audit.rows, audit.seals);
    rules.chain([digest, made("books.audit", findings, audit.findings_total, &fine)]).collect()
}

/// A finding: what to print, and what to put into JSON.
type Told = (String, Value);

fn made(name: &'static str, findings: Vec<Told>, total: u64, fine: &str) -> Check {
    if total == 0 {
        return Check::of(name, &[], fine);
    }
    let told = u64::try_from(findings.len()).unwrap_or(u64::MAX);
    let (mut lines, rows): (Vec<String>, Vec<Value>) = findings.into_iter().unzip();
    if total > told {
        lines.push(format!("and {} more", total - told));
    }
    Check { name, outcome: Outcome::Finding, detail: lines.join("; "), rows }
}

fn of_rule(rule: BooksRule, ruling: &BooksRuling) -> Check {
    let (en, ar) = sentences::of_rule(rule);
    let told = ruling.findings.iter().map(|finding| {
        let (table, id) = (&finding.table, &finding.id);
        let (expected, found) = (finding.expected, finding.found);
        let line = format!("{table} {id}: expected {expected}, found {found}: {en} / {ar}");
        let row = json!({"table": table, "id": id, "expected": expected, "found": found,
            "messages": {"en": en, "ar": ar}});
        (line, row)
    });
    made(rule.code(), told.collect(), ruling.findings_total, "it agrees")
}

fn of_audit(finding: &AuditFinding) -> Told {
    let (en, ar) = (audit::told(finding), in_arabic(finding));
    let (table, id) = match finding {
        AuditFinding::RowChanged { row }
        | AuditFinding::RowForged { row }
        | AuditFinding::RowOutside { row }
        | AuditFinding::RowMissing { row, .. } => ("audit_log", row.to_string()),
        AuditFinding::SealBroken { seal }
        | AuditFinding::SealForged { seal }
        | AuditFinding::SealMissing { seal }
        | AuditFinding::HeadDiffers { seal } => ("audit_seals", seal.to_string()),
        AuditFinding::RowsUnaccounted { rows } => ("audit_log", rows.to_string()),
        AuditFinding::Truncated { last, .. } => ("audit_seals", last.to_string()),
    };
    let row = json!({"table": table, "id": id, "messages": {"en": en, "ar": ar}});
    (format!("{en} / {ar}"), row)
}

fn of_document(finding: &DocumentFinding) -> Told {
    let (table, id) = match finding {
        DocumentFinding::Unreadable { document } => ("invoices", document.to_string()),
        DocumentFinding::Changed { document }
        | DocumentFinding::DigestDiffers { document }
        | DocumentFinding::Missing { document } => ("invoices", document.to_string()),
        DocumentFinding::Unlogged { documents } => ("audit_log", documents.to_string()),
        DocumentFinding::LogUnreadable => ("audit_log", String::new()),
    };
    let (en, ar) = sentences::of_document(finding);
    let row = json!({"table": table, "id": id, "messages": {"en": en, "ar": ar}});
    (format!("{table} {id}: {en} / {ar}"), row)
}

fn in_arabic(finding: &AuditFinding) -> String {
    match finding {
        AuditFinding::RowChanged { row } => format!("السجل {row} تغير"),
        AuditFinding::RowForged { row } => format!("السجل {row} لم يكتبه البرنامج"),
        AuditFinding::RowMissing { row, seal } => format!("السجل {row} من الختم {seal} مفقود"),
        AuditFinding::SealBroken { seal } => {
            format!("سجلات الختم {seal} استبدلت أو نقصت أو تغير ترتيبها")
        }
        AuditFinding::SealForged { seal } => format!("الختم {seal} لم يصدر عن البرنامج"),
        AuditFinding::SealMissing { seal } => format!("الختم {seal} مفقود"),
        AuditFinding::RowOutside { row } => format!("السجل {row} خارج الأختام كلها"),
        AuditFinding::RowsUnaccounted { rows } if *rows < 0 => {
            format!("عدد السجلات المفقودة {}", rows.unsigned_abs())
        }
        AuditFinding::RowsUnaccounted { rows } => {
            format!("عدد السجلات الأخرى خارج الأختام كلها {rows}")
        }
        AuditFinding::Truncated { last, kept } => {
            format!("ينتهي السجل عند الختم {last}، وكان فيه الختم {kept}")
        }
        AuditFinding::HeadDiffers { seal } => format!("الختم {seal} غير الذي كان"),
    }
}

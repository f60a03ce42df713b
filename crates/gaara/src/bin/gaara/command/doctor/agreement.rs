//! Whether the books agree with themselves, told in both languages.

use gaara::application::{AuditFinding, AuditHead};
use gaara::{BooksCheck, BooksRule, BooksRuling, Gaara};
use serde_json::{Value, json};

use super::{Check, Outcome};
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
    let audit = &checked.audit;
    let findings = audit.findings.iter().map(of_audit).collect();
    let fine = format!("{} rows under {} seals are intact", audit.rows, audit.seals);
    rules.chain([made("books.audit", findings, audit.findings_total, &fine)]).collect()
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
    let (en, ar) = sentences(rule);
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

/// What is wrong, in English and in Arabic.
const fn sentences(rule: BooksRule) -> (&'static str, &'static str) {
    match rule {
        BooksRule::File => ("the database file is damaged", "ملف قاعدة البيانات تالف"),
        BooksRule::References => ("a row refers to what is not there", "سجل يشير إلى ما لا وجود له"),
        BooksRule::LevelQuantity => (
            "what is on hand is not what the ledger adds up to",
            "الكمية المتوفرة لا تساوي مجموع حركات دفتر المخزون",
        ),
        BooksRule::LevelValue => (
            "what the stock is worth is not what the ledger adds up to",
            "قيمة المخزون لا تساوي مجموع دفتر المخزون",
        ),
        BooksRule::LayerQuantity => (
            "the layers do not add up to what is on hand",
            "مجموع طبقات التكلفة لا يساوي الكمية المتوفرة",
        ),
        BooksRule::LayerValue => (
            "the layers do not add up to what the stock is worth",
            "قيمة طبقات التكلفة لا تساوي قيمة المخزون",
        ),
        BooksRule::Reserved => (
            "what is reserved is not what active reservations hold",
            "الكمية المحجوزة لا تساوي مجموع الحجوزات القائمة",
        ),
        BooksRule::Lines => (
            "the lines do not add up to the net of the document",
            "مجموع البنود لا يساوي صافي المستند",
        ),
        BooksRule::Taxable => (
            "the tax groups do not add up to what is taxed",
            "مجموع المجموعات الضريبية لا يساوي الوعاء الضريبي",
        ),
        BooksRule::Tax => (
            "the tax groups do not add up to the tax of the document",
            "مجموع ضرائب المجموعات لا يساوي ضريبة المستند",
        ),
        BooksRule::Paid => (
            "what was paid is not what is allocated to the document",
            "المبلغ المدفوع لا يساوي مجموع المخصص للمستند",
        ),
        BooksRule::Credited => (
            "what was set off is not what the credit notes say",
            "المبلغ المقاص لا يطابق إشعارات الدائن",
        ),
        BooksRule::CreditNotes => (
            "what was credited is not what the credit notes come to",
            "إجمالي الإشعارات المسجل لا يساوي مجموع إشعارات الدائن",
        ),
        BooksRule::Open => (
            "what is open does not fit what was paid and credited",
            "المبلغ المتبقي لا يتفق مع المدفوع والمقاص",
        ),
        BooksRule::Spent => {
            ("the payment has settled more than it is", "الدفعة سددت أكثر من قيمتها")
        }
        BooksRule::Allocated => (
            "what is kept as allocated is not what the allocations of the payment come to",
            "المبلغ المخصص المسجل لا يساوي مجموع تخصيصات الدفعة",
        ),
        BooksRule::NumberGap => ("numbers of the series are missing", "في التسلسل أرقام مفقودة"),
        BooksRule::NumberBeyond => (
            "the document has a number that its series has not given",
            "المستند يحمل رقما لم يصدر من تسلسله",
        ),
    }
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
        AuditFinding::RowsUnaccounted { rows } => format!("{rows} من السجلات خارج الأختام كلها"),
        AuditFinding::Truncated { last, kept } => {
            format!("ينتهي السجل عند الختم {last}، وكان فيه الختم {kept}")
        }
        AuditFinding::HeadDiffers { seal } => format!("الختم {seal} غير الذي كان"),
    }
}

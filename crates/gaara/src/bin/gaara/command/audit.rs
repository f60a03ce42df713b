//! Checking the audit log.

use std::fs;
use std::path::PathBuf;

use gaara::application::{AuditFinding, AuditHead, AuditVerification};
use serde_json::{Value, json};

use crate::books;
use crate::command_line::{AuditAction, Sources};
use crate::failure::Failure;
use crate::heads::Heads;
use crate::output;

/// Does what is asked of the audit log. A finding ends with status 1.
pub(super) async fn run(action: AuditAction) -> Result<(), Failure> {
    let AuditAction::Verify { sources, heads, json } = action;
    let verified = verify(sources, heads).await?;
    print(&verified, json)?;
    match verified.findings_total {
        0 => Ok(()),
        1 => Err(Failure::Other("there is one finding".to_owned())),
        many => Err(Failure::Other(format!("there are {many} findings"))),
    }
}

async fn verify(sources: Sources, heads: Option<PathBuf>) -> Result<AuditVerification, Failure> {
    let config = sources.load(Vec::new())?;
    let heads = match heads {
        Some(path) => read(&path)?,
        None => Heads::kept_in(&config.data_dir).read()?,
    };
    let gaara = books::open_existing(&config).await?;
    let verified = gaara.verify_audit_log(&gaara.system(), &heads).await;
    gaara.close().await?;
    verified.map_err(|refusal| Failure::other(&refusal))
}

fn read(path: &PathBuf) -> Result<Vec<AuditHead>, Failure> {
    let text = fs::read_to_string(path)
        .map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let parse = |line: &str| {
        let head = line.split_whitespace().next().and_then(AuditHead::parse);
        head.ok_or_else(|| Failure::Usage(format!("{}: {line} is no head", path.display())))
    };
    lines.map(parse).collect()
}

/// What is wrong, in English.
pub(super) fn told(finding: &AuditFinding) -> String {
    match finding {
        AuditFinding::RowChanged { row } => format!("row {row} was changed"),
        AuditFinding::RowForged { row } => format!("row {row} was not written by the program"),
        AuditFinding::RowMissing { row, seal } => format!("row {row} of seal {seal} is gone"),
        AuditFinding::SealBroken { seal } => {
            format!("the rows of seal {seal} are others, fewer, or in another order")
        }
        AuditFinding::SealForged { seal } => format!("seal {seal} was not made by the program"),
        AuditFinding::SealMissing { seal } => format!("seal {seal} is gone"),
        AuditFinding::RowOutside { row } => format!("row {row} stands outside of all seals"),
        AuditFinding::RowsUnaccounted { rows } if *rows < 0 => {
            format!("rows missing: {}", rows.unsigned_abs())
        }
        AuditFinding::RowsUnaccounted { rows } => {
            format!("more rows outside of all seals: {rows}")
        }
        AuditFinding::Truncated { last, kept } => {
            format!("the log ends at seal {last}, and once had seal {kept}")
        }
        AuditFinding::HeadDiffers { seal } => format!("seal {seal} is another than it was"),
    }
}

fn print(verified: &AuditVerification, as_json: bool) -> Result<(), Failure> {
    let findings: Vec<String> = verified.findings.iter().map(told).collect();
    let head = verified.head.map(|head| head.to_string());
    let AuditVerification { seals, rows, unsealed, without_code, findings_total, .. } = verified;
    if as_json {
        let value: Value = json!({"seals": seals, "rows": rows, "unsealed": unsealed,
            "without_code": without_code, "head": head, "findings": findings,
            "findings_total": findings_total});
        return Ok(output::line(&format!("{value:#}"))?);
    }
    for finding in &findings {
        output::line(finding)?;
    }
    output::line(&format!("{rows} rows under {seals} seals, {unsealed} of them not sealed yet"))?;
    if *without_code > 0 {
        output::line(&format!("{without_code} rows are of a program before rows had codes"))?;
    }
    Ok(output::line(&format!("head {}", head.as_deref().unwrap_or("none")))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_are_missing_are_not_called_more_rows() {
        let told = |rows| told(&AuditFinding::RowsUnaccounted { rows });

        assert_eq!(told(-1), "rows missing: 1");
        assert_eq!(told(2), "more rows outside of all seals: 2");
    }
}

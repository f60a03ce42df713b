//! Issued documents as pages to print: bilingual, without scripts, from what is stored alone.
//!
//! Nothing is computed here: each figure is the one that was frozen when the document was issued.

mod amounts;
mod html;
mod parties;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use gaara_invoicing::zatca::QrContent;
use gaara_invoicing::{DocumentType, Invoice, IssuedInvoice};
use gaara_kernel::Language;

use html::{field, figure, label};

/// Page and table, for screens and for paper; the directions are those of the elements.
const STYLE: &str = "body{font:14px/1.5 'Noto Naskh Arabic','Noto Sans',Tahoma,sans-serif;\
     max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111}\
     h1{font-size:1.6rem}h1 span,th span,dt span,.v span{display:block}\
     .sides{display:flex;gap:2rem}.sides section{flex:1}\
     dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{color:#555}dd{margin:0}\
     table{width:100%;border-collapse:collapse;margin:1rem 0}\
     th,td{border:1px solid #999;padding:.3rem .5rem;text-align:start;vertical-align:top}\
     td.n{text-align:end;white-space:nowrap}tr{break-inside:avoid}\
     .void{border:3px double #900;color:#900;padding:.5rem;text-align:center;font-size:1.4rem}\
     code{overflow-wrap:anywhere;direction:ltr;display:block}\
     @media print{body{margin:0;max-width:none}}";

/// The content security policy of such a page: its own style, by its digest, and nothing else.
pub(crate) fn policy() -> String {
    let style = BASE64_STANDARD.encode(digest(&SHA256, STYLE.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; frame-ancestors 'none'; base-uri 'none'; \
         form-action 'none'"
    )
}

/// The page of a document that was issued, whether or not it was voided later; `None` for a draft.
/// The page runs in the direction of this language; both stand on it.
pub(crate) fn page(document: &Invoice, language: Language) -> Option<String> {
    let issued = document.as_issued()?;
    let (tag, direction) = match language {
        Language::Arabic => ("ar", "rtl"),
        Language::English => ("en", "ltr"),
    };
    let number = html::escape(&issued.number.text());
    let is_void = matches!(document, Invoice::Void(_));
    let void = if is_void {
        format!("<p class=\"void\">{}</p>\n", label("Void", "ملغاة"))
    } else {
        String::new()
    };
    Some(format!(
        "<!doctype html>\n<html lang=\"{tag}\" dir=\"{direction}\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{number}</title>\
         <style>{STYLE}</style></head>\n<body>\n{void}<h1>{title}</h1>\n{head}{sides}{amounts}{qr}\
         </body>\n</html>\n",
        title = title(issued),
        head = head(issued),
        sides = parties::sides(&issued.snapshot),
        amounts = amounts::tables(issued),
        qr = qr(issued),
    ))
}

/// What the document is called.
fn title(issued: &IssuedInvoice) -> String {
    let is_taxed = issued.snapshot.seller.tax_id.is_some();
    match (issued.content.written.document_type(), is_taxed) {
        (DocumentType::Invoice, true) => label("Tax invoice", "فاتورة ضريبية"),
        (DocumentType::Invoice, false) => label("Invoice", "فاتورة"),
        (DocumentType::CreditNote, true) => label("Tax credit note", "إشعار دائن ضريبي"),
        (DocumentType::CreditNote, false) => label("Credit note", "إشعار دائن"),
    }
}

/// Number, dates, and what a note corrects.
fn head(issued: &IssuedInvoice) -> String {
    let written = &issued.content.written;
    let mut fields = vec![
        field("Number", "الرقم", &figure(&issued.number.text())),
        field("Issue date", "تاريخ الإصدار", &figure(&issued.issue_date.to_string())),
        field("Due date", "تاريخ الاستحقاق", &figure(&issued.due_date.to_string())),
    ];
    if let Some(reference) = &written.supplier_reference {
        let reference = figure(reference.as_str());
        fields.push(field("Supplier's reference", "مرجع المورّد", &reference));
    }
    if let Some(corrected) = &written.corrects {
        let number = figure(&corrected.number);
        fields.push(field("Corrects", "يصحح الفاتورة", &number));
        if let Some(reason) = &corrected.reason {
            fields.push(field("Reason", "السبب", &html::escape(reason.as_str())));
        }
    }
    if let Some(note) = &written.annotations.note {
        fields.push(field("Note", "ملاحظة", &html::both(note)));
    }
    format!("<dl>{}</dl>\n", fields.concat())
}

/// The text of the QR code of Saudi sellers with a tax number (ZATCA, the first phase).
fn qr(issued: &IssuedInvoice) -> String {
    let seller = &issued.snapshot.seller;
    let Some(tax_id) = seller.tax_id.as_ref().filter(|_| seller.address.country.code() == "SA")
    else {
        return String::new();
    };
    let totals = &issued.content.totals;
    let content = QrContent {
        seller: seller.name.pick(Language::Arabic),
        tax_id: tax_id.as_str(),
        issued_at: issued.issued_at,
        total: totals.tax_inclusive,
        tax: totals.tax,
    };
    // A name that is too long for the code leaves the page without one.
    content.text().map_or_else(
        |_| String::new(),
        |text| format!("<p class=\"v\">{}<code>{text}</code></p>\n", label("QR", "رمز الاستجابة")),
    )
}

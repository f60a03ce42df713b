//! The lines, the taxes and the totals of a document, as they were stored.

use gaara_invoicing::{InvoiceContent, IssuedInvoice};
use gaara_kernel::Money;

use super::html::{both, escape, figure, heads, label, number, words};

/// The three tables of amounts.
pub(super) fn tables(issued: &IssuedInvoice) -> String {
    let content = &issued.content;
    format!("{}{}{}", lines(content), taxes(content), totals(issued))
}

fn lines(content: &InvoiceContent) -> String {
    let names = heads(&[
        ("#", "م"),
        ("Description", "الوصف"),
        ("Quantity", "الكمية"),
        ("Unit price", "سعر الوحدة"),
        ("Tax rate", "نسبة الضريبة"),
        ("Before tax", "قبل الضريبة"),
        ("Tax", "الضريبة"),
        ("Total", "الإجمالي"),
    ]);
    let rows = (1..).zip(content.lines()).map(|(place, (line, amounts))| {
        let place: usize = place;
        let input = &line.input;
        let unit = escape(line.unit.as_str());
        [
            "<tr>".to_owned(),
            number(&place.to_string()),
            words(&both(&line.description)),
            format!(
                "<td class=\"n\">{} <bdi>{unit}</bdi></td>",
                figure(&input.quantity.to_string())
            ),
            number(&input.unit_price.to_string()),
            number(&format!("{} {}%", input.tax.category().code(), input.tax.rate())),
            number(&amounts.net.amount()),
            number(&amounts.tax_amount.amount()),
            number(&amounts.total.amount()),
            "</tr>\n".to_owned(),
        ]
        .concat()
    });
    format!("<table>{names}<tbody>\n{}</tbody></table>\n", rows.collect::<String>())
}

fn taxes(content: &InvoiceContent) -> String {
    let names = heads(&[
        ("Tax", "الضريبة"),
        ("Taxable amount", "المبلغ الخاضع للضريبة"),
        ("Tax amount", "مبلغ الضريبة"),
    ]);
    let rows = content.totals.tax_groups.iter().map(|group| {
        [
            "<tr>".to_owned(),
            number(&format!("{} {}%", group.tax.category().code(), group.tax.rate())),
            number(&group.taxable.amount()),
            number(&group.tax_amount.amount()),
            "</tr>\n".to_owned(),
        ]
        .concat()
    });
    format!("<table>{names}<tbody>\n{}</tbody></table>\n", rows.collect::<String>())
}

fn totals(issued: &IssuedInvoice) -> String {
    let totals = &issued.content.totals;
    let currency = totals.payable.currency().code();
    let row = |english: &str, arabic: &str, amount: Money| {
        format!(
            "<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td></tr>\n",
            label(english, arabic),
            figure(&format!("{} {currency}", amount.amount())),
        )
    };
    let some = |english: &str, arabic: &str, amount: Money| {
        if amount.is_zero() { String::new() } else { row(english, arabic, amount) }
    };
    [
        "<table><tbody>\n".to_owned(),
        row("Sum of lines", "مجموع السطور", totals.lines_net),
        some("Allowances", "الخصومات", totals.allowances),
        some("Charges", "الرسوم", totals.charges),
        row("Total before tax", "الإجمالي قبل الضريبة", totals.tax_exclusive),
        row("Tax", "الضريبة", totals.tax),
        row("Total with tax", "الإجمالي شاملًا الضريبة", totals.tax_inclusive),
        some("Prepaid", "المدفوع مقدمًا", totals.prepaid),
        some("Rounding", "التقريب", totals.rounding),
        row("Payable", "المبلغ المستحق", totals.payable),
        "</tbody></table>\n".to_owned(),
    ]
    .concat()
}

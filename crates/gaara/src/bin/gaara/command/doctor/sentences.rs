//! What is wrong with the books, in English and in Arabic.

use gaara::BooksRule;
use gaara::application::invoicing::DocumentFinding;

/// A sentence in both languages.
pub(super) type Sentence = (&'static str, &'static str);

/// What a rule says where it is broken.
pub(super) const fn of_rule(rule: BooksRule) -> Sentence {
    match rule {
        BooksRule::File => ("the database file is damaged", "ملف قاعدة البيانات تالف"),
        BooksRule::References => ("a row refers to what is not there", "سجل يشير إلى ما لا وجود له"),
        BooksRule::Schema => (
            "it is missing from the schema, was changed, or was not made by the program",
            "مفقود من بنية قاعدة البيانات، أو تغير، أو لم يضعه البرنامج",
        ),
        rule => of_stock(rule),
    }
}

const fn of_stock(rule: BooksRule) -> Sentence {
    match rule {
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
        BooksRule::StockCurrency => (
            "stock is kept in another currency than the books",
            "المخزون مقيد بعملة غير عملة الدفاتر",
        ),
        BooksRule::Ledger => (
            "the ledger does not say what the line of the movement says",
            "دفتر المخزون لا يطابق سطر الحركة",
        ),
        BooksRule::LedgerDay => (
            "the ledger has another day or instant than the movement",
            "تاريخ القيد في دفتر المخزون غير تاريخ حركته",
        ),
        BooksRule::Reversal => (
            "the movement and the one that took it back do not cancel out",
            "الحركة وعكسها لا يلغي أحدهما الآخر",
        ),
        BooksRule::Goods => (
            "the movement does not fit the document that it belongs to",
            "حركة المخزون لا تتفق مع مستندها",
        ),
        rule => of_documents(rule),
    }
}

const fn of_documents(rule: BooksRule) -> Sentence {
    match rule {
        BooksRule::Cost => (
            "what the lines cost is not what the movement of the document cost",
            "تكلفة البنود لا تساوي تكلفة حركة المستند",
        ),
        BooksRule::Lines => (
            "the lines do not add up to the net of the document",
            "مجموع البنود لا يساوي صافي المستند",
        ),
        BooksRule::Groups => (
            "lines, allowances and charges do not add up to the tax group",
            "البنود والخصومات والرسوم لا تساوي وعاء المجموعة الضريبية",
        ),
        BooksRule::LineTax => (
            "the tax of the lines does not add up to the tax group",
            "مجموع ضرائب البنود لا يساوي ضريبة المجموعة",
        ),
        BooksRule::Allowances => (
            "the parts do not add up to the allowances of the document",
            "مجموع الأجزاء لا يساوي خصومات المستند",
        ),
        BooksRule::Charges => (
            "the parts do not add up to the charges of the document",
            "مجموع الأجزاء لا يساوي رسوم المستند",
        ),
        BooksRule::Taxable => (
            "the tax groups do not add up to what is taxed",
            "مجموع المجموعات الضريبية لا يساوي الوعاء الضريبي",
        ),
        BooksRule::Tax => (
            "the tax groups do not add up to the tax of the document",
            "مجموع ضرائب المجموعات لا يساوي ضريبة المستند",
        ),
        BooksRule::Instalments => (
            "the instalments do not add up to what is to be paid",
            "مجموع الأقساط لا يساوي المبلغ المستحق",
        ),
        BooksRule::Base => (
            "the document comes to something else in the books, though their currency is its own",
            "قيمة المستند في الدفاتر تختلف عن قيمته مع أن العملة واحدة",
        ),
        BooksRule::Corrects => (
            "the credit note does not fit the invoice that it corrects",
            "إشعار الدائن لا يتفق مع الفاتورة التي يصححها",
        ),
        rule => of_settlement(rule),
    }
}

const fn of_settlement(rule: BooksRule) -> Sentence {
    match rule {
        BooksRule::Voided => (
            "something is paid or credited of a voided document",
            "على مستند ملغى مبلغ مدفوع أو مقاص",
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
        BooksRule::AllocatedSum => (
            "what is kept as allocated is not what the allocations of the payment come to",
            "المبلغ المخصص المسجل لا يساوي مجموع تخصيصات الدفعة",
        ),
        BooksRule::Allocated => (
            "the payment does not fit the document that it settles",
            "الدفعة لا تتفق مع المستند الذي تسدده",
        ),
        BooksRule::SettledDay => {
            ("it counts on another day than it was allocated", "يوم السداد غير يوم التخصيص")
        }
        BooksRule::BasePaid => (
            "what was paid is worth something else in the books than what was settled",
            "قيمة المدفوع في الدفاتر لا تساوي قيمة ما سدد",
        ),
        BooksRule::Gain => (
            "the gain by exchange does not follow from what was paid and settled",
            "فرق العملة لا ينتج عن قيمة المدفوع وقيمة المسدد",
        ),
        BooksRule::BasePayment => (
            "the payment is worth something else in the books, though their currency is its own",
            "قيمة الدفعة في الدفاتر تختلف عن مبلغها مع أن العملة واحدة",
        ),
        rule => of_numbers(rule),
    }
}

const fn of_numbers(rule: BooksRule) -> Sentence {
    match rule {
        BooksRule::NumberGap => ("numbers of the series are missing", "في التسلسل أرقام مفقودة"),
        BooksRule::NumberBeyond => (
            "the document has a number that its series has not given",
            "المستند يحمل رقما لم يصدر من تسلسله",
        ),
        BooksRule::NumberText => (
            "the number does not show its place in the series",
            "رقم المستند لا يظهر ترتيبه في التسلسل",
        ),
        BooksRule::NumberOrder => (
            "the document is dated before the one whose number comes before",
            "تاريخ المستند يسبق تاريخ المستند ذي الرقم السابق",
        ),
        _ => (
            "the series has another last day than its last document",
            "آخر يوم في التسلسل غير تاريخ آخر مستند فيه",
        ),
    }
}

/// What is wrong with an issued document.
pub(super) const fn of_document(finding: &DocumentFinding) -> Sentence {
    match finding {
        DocumentFinding::Unreadable { .. } => {
            ("the document cannot be read any more", "لم يعد بالإمكان قراءة المستند")
        }
        DocumentFinding::Changed { .. } => (
            "the document says something else than when it was issued",
            "المستند يقول غير ما كان يقوله عند إصداره",
        ),
        DocumentFinding::DigestDiffers { .. } => (
            "the digest of the document is another than the audit log has",
            "بصمة المستند غير التي في سجل التدقيق",
        ),
        DocumentFinding::Missing { .. } => (
            "the audit log has the document as issued, and it is gone",
            "المستند صادر بحسب سجل التدقيق ولا وجود له",
        ),
        DocumentFinding::Unlogged { .. } => (
            "so many documents were issued that the audit log knows nothing of",
            "مستندات صادرة بهذا العدد لا يعرفها سجل التدقيق",
        ),
        DocumentFinding::LogUnreadable => (
            "the audit log cannot be read, so nobody knows what was issued",
            "تعذرت قراءة سجل التدقيق، فلا يعرف ما الذي صدر",
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_rule_has_a_sentence_of_its_own_in_both_languages() {
        let told: Vec<Sentence> = BooksRule::ALL.into_iter().map(of_rule).collect();
        let english: BTreeSet<&str> = told.iter().map(|(en, _)| *en).collect();
        let arabic: BTreeSet<&str> = told.iter().map(|(_, ar)| *ar).collect();
        assert_eq!((english.len(), arabic.len()), (told.len(), told.len()));
    }
}

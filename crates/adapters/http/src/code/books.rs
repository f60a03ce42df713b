//! Codes of the rules of periods, invoices and payments.

macro_rules! books_codes {
    ([$($rows:tt)*] => [$next:ident $($then:ident)*]) => {
        $next! { [$($rows)*
            PeriodLockTooLate "period.lock_too_late" 422 false
                "Only days that are over can be closed: today is {today}."
                "لا تُقفل إلا الأيام المنتهية: اليوم هو {today}.";
            PeriodLockBackward "period.lock_backward" 403 false
                "The books are closed through {locked_through}, and your role may not open them again."
                "الدفاتر مقفلة حتى {locked_through}، ودورك لا يسمح بإعادة فتحها.";
            InvoiceEmpty "invoice.empty" 422 false
                "An invoice needs at least one line to be issued."
                "تحتاج الفاتورة إلى سطر واحد على الأقل لإصدارها.";
            InvoiceNotIssued "invoice.not_issued" 409 false
                "The invoice has not been issued yet."
                "لم تصدر الفاتورة بعد.";
            InvoiceAlreadyIssued "invoice.already_issued" 409 false
                "The invoice was issued before, with the number {number}."
                "سبق إصدار الفاتورة بالرقم {number}.";
            InvoiceAlreadySettled "invoice.already_settled" 409 false
                "Nothing is open on the invoice."
                "لم يبقَ على الفاتورة شيء غير مسدَّد.";
            InvoiceDueBeforeIssue "invoice.due_before_issue" 422 false
                "The due date {due_date} lies before the issue date {issue_date}."
                "تاريخ الاستحقاق {due_date} يسبق تاريخ الإصدار {issue_date}.";
            InvoiceDateOutOfOrder "invoice.date_out_of_order" 422 false
                "The last invoice of this series is dated {last}: the date must not be earlier."
                "تاريخ آخر فاتورة في هذه السلسلة {last}: يجب ألا يسبقه هذا التاريخ.";
            InvoiceTaxRateNotEffective "invoice.tax_rate_not_effective" 422 false
                "The tax rate {code} is not in force on {date}."
                "نسبة الضريبة {code} غير سارية بتاريخ {date}.";
            InvoiceCreditLimitExceeded "invoice.credit_limit_exceeded" 409 false
                "The customer may owe {limit} and would owe {balance}."
                "حدّ ائتمان العميل {limit} وسيصبح رصيده {balance}.";
            InvoiceNegativeTotal "invoice.negative_total" 422 false
                "The invoice comes to less than zero."
                "مجموع الفاتورة أقل من صفر.";
            InvoiceRoundingTooLarge "invoice.rounding_too_large" 422 false
                "The rounding amount may be at most {max} of the currency's smallest units."
                "يجب ألا يتجاوز مبلغ التقريب {max} من أصغر وحدات العملة.";
            InvoiceDateInFuture "invoice.date_in_future" 422 false
                "The date of an invoice must not lie after today, {today}."
                "يجب ألا يكون تاريخ الفاتورة بعد اليوم {today}.";
            InvoicePeriodLocked "invoice.period_locked" 422 false
                "The books are closed through {locked_through}: choose a later date."
                "الدفاتر مقفلة حتى {locked_through}: اختر تاريخًا بعده.";
            InvoiceNegativeLine "invoice.negative_line" 422 false
                "The line comes to less than zero."
                "مجموع السطر أقل من صفر.";
            InvoiceImmutable "invoice.immutable" 409 false
                "The document was issued as {number}: what it says does not change any more."
                "صدر المستند بالرقم {number}: لا يتغير مضمونه بعد ذلك.";
            InvoiceVoid "invoice.void" 409 false
                "The document is void, which is final."
                "المستند ملغى، والإلغاء نهائي.";
            InvoiceHasAllocations "invoice.has_allocations" 409 false
                "Payments are allocated to the document: take them off first."
                "خُصصت دفعات لهذا المستند: أزل التخصيص أولًا.";
            InvoiceHasCreditNotes "invoice.has_credit_notes" 409 false
                "Credit notes take back a part of the invoice: void them first."
                "صدرت إشعارات دائنة على الفاتورة: ألغِها أولًا.";
            InvoiceDuplicateSupplierReference "invoice.duplicate_supplier_reference" 409 false
                "Another issued document of this supplier bears the same reference."
                "يحمل مستند صادر آخر لهذا المورّد المرجع نفسه.";
            InvoicePartyUnfit "invoice.party_unfit" 422 false
                "A sale names a customer, and a purchase names a supplier."
                "تذكر فاتورة البيع عميلًا، وتذكر فاتورة الشراء مورّدًا.";
            InvoiceReferenceUnexpected "invoice.reference_unexpected" 422 false
                "Only a supplier's document bears a supplier's reference."
                "لا يحمل مرجعَ المورّد إلا مستندٌ من مورّد.";
            InvoiceExemptionReasonMissing "invoice.exemption_reason_missing" 422 false
                "The tax category {category} needs the reason why no tax is charged."
                "تتطلب الفئة الضريبية {category} بيان سبب عدم احتساب الضريبة.";
            InvoiceTaxIdRequired "invoice.tax_id_required" 422 false
                "A reverse charge needs the tax registration numbers of both sides."
                "يتطلب الاحتساب العكسي رقم التسجيل الضريبي للطرفين.";
            CreditExceedsRemaining "credit.exceeds_remaining" 422 false
                "Only {remaining} is left to take back."
                "المتبقي القابل للإرجاع هو {remaining} فقط.";
            CreditLineUnknown "credit.line_unknown" 422 false
                "The invoice has no such line."
                "لا يوجد هذا السطر في الفاتورة.";
            CreditCurrencyMismatch "credit.currency_mismatch" 422 false
                "The invoice is in {expected}, and so is its credit note."
                "عملة الفاتورة {expected}، وإشعارها الدائن بالعملة نفسها.";
            CreditReturnExceedsSold "credit.return_exceeds_sold" 422 false
                "More goods would come back than went."
                "الكمية المرتجعة أكبر من الكمية المباعة.";
            CreditNothingToRestock "credit.nothing_to_restock" 422 false
                "The goods of the invoice did not move, so none can come back."
                "لم تتحرك بضاعة هذه الفاتورة، فلا شيء يمكن إرجاعه.";
            CreditOfCreditNote "credit.of_credit_note" 422 false
                "A credit note cannot be credited: void it."
                "لا يُصدر إشعار دائن على إشعار دائن: ألغِه بدلًا من ذلك.";
            CreditBeforeInvoice "credit.before_invoice" 422 false
                "The invoice is dated {invoice}: its credit note must not be earlier."
                "تاريخ الفاتورة {invoice}: يجب ألا يسبقه إشعارها الدائن.";
            CreditScope "credit.scope" 422 false
                "Say which lines are taken back, or that all of them are, and not both."
                "حدّد السطور المرتجعة أو أن الفاتورة كلها مرتجعة، لا الأمرين معًا.";
            ReportPeriodBackward "report.period_backward" 422 false
                "A period that begins on {from} cannot end on {to}."
                "لا يمكن أن تنتهي فترة تبدأ في {from} بتاريخ {to}.";
        ] => [$($then)*] }
    };
}
pub(super) use books_codes;

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
            PaymentExceedsBalance "payment.exceeds_balance" 409 false
                "Only {open} of the invoice is open."
                "المتبقي من الفاتورة {open} فقط.";
            PaymentExceedsAmount "payment.exceeds_amount" 422 false
                "The allocations add up to more than the payment of {amount}."
                "مجموع التخصيصات يتجاوز مبلغ الدفعة {amount}.";
            PaymentMismatch "payment.mismatch" 422 false
                "The payment does not fit the customer or the currency of the invoice."
                "الدفعة لا توافق عميل الفاتورة أو عملتها.";
            PaymentDateInFuture "payment.date_in_future" 422 false
                "The date of a payment must not lie after today, {today}."
                "يجب ألا يكون تاريخ الدفعة بعد اليوم {today}.";
        ] => [$($then)*] }
    };
}
pub(super) use books_codes;

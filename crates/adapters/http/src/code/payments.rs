//! Codes of the rules of payments.

macro_rules! payment_codes {
    ([$($rows:tt)*] => [$next:ident $($then:ident)*]) => {
        $next! { [$($rows)*
            PaymentExceedsBalance "payment.exceeds_balance" 409 false
                "Only {open} of the invoice is open."
                "المتبقي من الفاتورة {open} فقط.";
            PaymentExceedsAmount "payment.exceeds_amount" 422 false
                "The allocations add up to more than what is left of the payment, {amount}."
                "مجموع التخصيصات يتجاوز المتبقي من الدفعة {amount}.";
            PaymentMismatch "payment.mismatch" 422 false
                "The payment does not fit the party, the currency or the kind of the invoice."
                "الدفعة لا توافق طرف الفاتورة أو عملتها أو نوعها.";
            PaymentDateInFuture "payment.date_in_future" 422 false
                "The date of a payment must not lie after today, {today}."
                "يجب ألا يكون تاريخ الدفعة بعد اليوم {today}.";
            PaymentPeriodLocked "payment.period_locked" 422 false
                "The books are closed through {locked_through}, and the payment counts in that period."
                "الدفاتر مقفلة حتى {locked_through}، والدفعة محسوبة ضمن تلك الفترة.";
            PaymentImmutable "payment.immutable" 409 false
                "A recorded payment keeps its amount, party, currency and date; void it and record another."
                "لا يتغيّر مبلغ الدفعة المسجّلة ولا طرفها ولا عملتها ولا تاريخها؛ ألغها وسجّل غيرها.";
            PaymentVoid "payment.void" 409 false
                "The payment is void."
                "الدفعة ملغاة.";
            PaymentHasAllocations "payment.has_allocations" 409 false
                "The payment settles invoices in {count} parts: remove them first, or void with cascade."
                "الدفعة مخصَّصة لفواتير في {count} أجزاء: أزلها أولًا أو ألغِ الدفعة مع تخصيصاتها.";
        ] => [$($then)*] }
    };
}
pub(super) use payment_codes;

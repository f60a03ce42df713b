//! Codes of the rules of exchange rates.

macro_rules! exchange_codes {
    ([$($rows:tt)*] => [$next:ident $($then:ident)*]) => {
        $next! { [$($rows)*
            ExchangeRateMissing "exchange.rate_missing" 422 false
                "No exchange rate from {from} to {to} is known for that day."
                "لا يوجد سعر صرف من {from} إلى {to} لذلك اليوم.";
            ExchangeBaseCurrency "exchange.base_currency" 422 false
                "The books are kept in {currency}, which needs no exchange rate."
                "الدفاتر ممسوكة بعملة {currency}، وهي لا تحتاج إلى سعر صرف.";
        ] => [$($then)*] }
    };
}
pub(super) use exchange_codes;

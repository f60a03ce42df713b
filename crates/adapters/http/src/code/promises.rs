//! Codes of reservations and stocktakes.

macro_rules! promise_codes {
    ([$($rows:tt)*] => [$next:ident $($then:ident)*]) => {
        $next! { [$($rows)*
            ReservationNotActive "reservation.not_active" 409 false
                "The reservation was consumed, released or has expired."
                "لم يعد الحجز قائمًا: استُهلك أو أُلغي أو انتهت مدته.";
            ReservationTtlTooLong "reservation.ttl_too_long" 422 false
                "A reservation lasts {days} days at most."
                "لا تزيد مدة الحجز على {days} يومًا.";
            ReservationExpiryPast "reservation.expiry_past" 422 false
                "The reservation would end in the past."
                "يجب أن ينتهي الحجز في وقت لاحق.";
            ReservationMismatch "reservation.mismatch" 422 false
                "The reservation is of another product or in another warehouse."
                "هذا الحجز لمنتج آخر أو في مستودع آخر.";
            ReservationUnexpected "reservation.unexpected" 422 false
                "Only issues and transfers consume reservations."
                "لا يُستهلك الحجز إلا بالصرف أو التحويل.";
            StocktakeStarted "stocktake.started" 409 false
                "Counting has begun: what is counted can no longer be changed."
                "بدأ الجرد فلم يعد ممكنًا تغيير نطاقه.";
            StocktakeNotStarted "stocktake.not_started" 409 false
                "Counting has not begun yet: start the stocktake first."
                "لم يبدأ الجرد بعد: ابدأه أولًا.";
            StocktakePosted "stocktake.posted" 409 false
                "The stocktake was posted. Correct the stock by an adjustment."
                "سبق ترحيل الجرد. صحّح المخزون بحركة تسوية.";
            StocktakeCancelled "stocktake.cancelled" 409 false
                "The stocktake was cancelled."
                "سبق إلغاء هذا الجرد.";
            StocktakeOverlaps "stocktake.overlaps" 409 false
                "Another stocktake counts some of these products in this warehouse already."
                "يوجد جرد آخر مفتوح لبعض هذه المنتجات في هذا المستودع.";
            StocktakeIncomplete "stocktake.incomplete" 422 false
                "{uncounted} lines are not counted: count them, or say whether they keep their quantity or are zero."
                "بقي {uncounted} من السطور دون عدّ: عُدّها، أو حدّد هل تبقى كمياتها أو تصبح صفرًا.";
            StocktakeTooLarge "stocktake.too_large" 422 false
                "A stocktake has at most {max} lines: count the warehouse in parts."
                "لا يزيد الجرد على {max} سطر: اجرد المستودع على أجزاء.";
            StocktakeScopeAmbiguous "stocktake.scope_ambiguous" 422 false
                "A stocktake counts categories or products: leave one of the two out."
                "يشمل الجرد فئات أو منتجات: اترك أحدهما فارغًا.";
            StocktakeLineNotInScope "stocktake.line_not_in_scope" 422 false
                "The stocktake does not count this product."
                "هذا المنتج ليس ضمن نطاق الجرد.";
            StocktakeCountNegative "stocktake.count_negative" 422 false
                "A count must not be below zero."
                "يجب ألا تقل الكمية المعدودة عن صفر.";
        ] => [$($then)*] }
    };
}
pub(super) use promise_codes;

//! Codes of number series.

macro_rules! numbering_codes {
    ([$($rows:tt)*] => [$next:ident $($then:ident)*]) => {
        $next! { [$($rows)*
            ValidationPattern "validation.pattern" 422 false
                "Write the pattern from letters, digits, . _ / + - and the fields year, month and sequence in braces, the sequence once."
                "اكتب النمط من أحرف لاتينية وأرقام و. _ / + - والحقول year وmonth وsequence بين قوسين معقوفين، على أن يرد التسلسل مرة واحدة.";
            SeriesYearMissing "series.year_missing" 422 false
                "A series that begins anew each year needs the year in its numbers."
                "السلسلة التي تبدأ من جديد كل سنة تحتاج إلى السنة في أرقامها.";
            SeriesClosed "series.closed" 409 false
                "The number series is closed and gives no more numbers."
                "سلسلة الأرقام مغلقة ولا تعطي أرقامًا بعد الآن.";
            SeriesUsed "series.used" 409 false
                "The series gave numbers already, so what it numbers and how they look must stay."
                "أعطت السلسلة أرقامًا من قبل، فلا يتغيّر ما ترقّمه ولا شكل أرقامها.";
            SeriesCounterDecrease "series.counter_decrease" 422 false
                "The series has come to {last}: it goes on with a greater number only."
                "وصلت السلسلة إلى {last}: لا تتابع إلا برقم أكبر.";
            SeriesNoDefault "series.no_default" 409 false
                "No number series is the default of {document}: name one."
                "لا توجد سلسلة أرقام افتراضية من نوع {document}: حدّد سلسلة.";
            SeriesOtherDocument "series.other_document" 422 false
                "This number series is for {numbers}."
                "سلسلة الأرقام هذه مخصصة للنوع {numbers}.";
        ] => [$($then)*] }
    };
}
pub(super) use numbering_codes;

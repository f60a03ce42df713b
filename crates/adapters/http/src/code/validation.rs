//! Codes of single fields and parameters.

macro_rules! validation_codes {
    ([$($rows:tt)*] => [$next:ident $($then:ident)*]) => {
        $next! { [$($rows)*
            ValidationFailed "validation.failed" 422 false
                "Some fields need your attention."
                "بعض الحقول تحتاج إلى مراجعة.";
            ValidationRequired "validation.required" 422 false
                "This field is required."
                "هذا الحقل مطلوب.";
            ValidationType "validation.type" 422 false
                "The value has the wrong type: {expected} is expected."
                "نوع القيمة غير صحيح: المتوقع {expected}.";
            ValidationInvalid "validation.invalid" 422 false
                "The value is not valid."
                "القيمة غير صالحة.";
            ValidationNumber "validation.number" 422 false
                "Write the number as a text of plain digits, such as \"12.50\"."
                "اكتب العدد نصًّا من أرقام بسيطة، مثل \"12.50\".";
            ValidationScale "validation.scale" 422 false
                "The number may have at most {max} decimals."
                "يجب ألا تزيد الخانات العشرية على {max}.";
            ValidationRange "validation.range" 422 false
                "The value must lie between {min} and {max}."
                "يجب أن تقع القيمة بين {min} و{max}.";
            ValidationPositive "validation.positive" 422 false
                "The number must be greater than zero."
                "يجب أن يكون العدد أكبر من صفر.";
            ValidationNotZero "validation.not_zero" 422 false
                "The number must not be zero."
                "يجب ألا يكون العدد صفرًا.";
            ValidationNotNegative "validation.not_negative" 422 false
                "The number must not be below zero."
                "يجب ألا يقل العدد عن صفر.";
            ValidationChoice "validation.choice" 422 false
                "The value must be one of: {choices}."
                "يجب أن تكون القيمة إحدى القيم التالية: {choices}.";
            ValidationTextEmpty "validation.text_empty" 422 false
                "The text must not be empty."
                "يجب ألا يكون النص فارغًا.";
            ValidationTextTooLong "validation.text_too_long" 422 false
                "The text may have at most {max} characters."
                "يجب ألا يزيد النص على {max} حرفًا.";
            ValidationControlCharacter "validation.control_character" 422 false
                "The text holds a character that cannot be shown safely."
                "يحتوي النص على رمز لا يمكن عرضه بأمان.";
            ValidationTooMany "validation.too_many" 422 false
                "The list may have at most {max} entries."
                "يجب ألا تزيد القائمة على {max} عنصرًا.";
            ValidationRepeated "validation.repeated" 422 false
                "The value stands more than once."
                "تكررت القيمة أكثر من مرة.";
            ValidationUnknownField "validation.unknown_field" 422 false
                "There is no field {field} here."
                "لا يوجد حقل باسم {field} هنا.";
            ValidationUnknownParameter "validation.unknown_parameter" 422 false
                "There is no parameter {parameter} here."
                "لا يوجد معامل باسم {parameter} هنا.";
            ValidationSort "validation.sort" 422 false
                "The list cannot be sorted like this. Fields to sort by: {fields}."
                "لا يمكن ترتيب القائمة بهذه الطريقة. حقول الترتيب: {fields}.";
            ValidationCursor "validation.cursor" 422 false
                "The cursor does not belong to this list. Begin again without one."
                "المؤشر لا يخص هذه القائمة. ابدأ من جديد دون مؤشر.";
            ValidationReference "validation.reference" 422 false
                "What this field names does not exist."
                "ما يشير إليه هذا الحقل غير موجود.";
            ValidationDate "validation.date" 422 false
                "Write the date as YYYY-MM-DD."
                "اكتب التاريخ بالصيغة YYYY-MM-DD.";
            ValidationInstant "validation.instant" 422 false
                "Write the instant as RFC 3339 has it, such as 2026-11-23T09:30:00Z."
                "اكتب اللحظة وفق RFC 3339، مثل 2026-11-23T09:30:00Z.";
            ValidationCode "validation.code" 422 false
                "A code has 1 to 64 of: letters A to Z, digits, and . _ / + - after the first."
                "يتكوّن الرمز من 1 إلى 64 من الأحرف اللاتينية والأرقام، ثم . _ / + - بعد أول حرف.";
            ValidationEmail "validation.email" 422 false
                "This is not an e-mail address."
                "هذا ليس عنوان بريد إلكتروني صحيحًا.";
            ValidationCurrency "validation.currency" 422 false
                "Name the currency by its code of ISO 4217, such as SAR."
                "اذكر العملة برمزها في ISO 4217، مثل SAR.";
            ValidationCountry "validation.country" 422 false
                "Name the country by its code of ISO 3166-1, such as SA."
                "اذكر الدولة برمزها في ISO 3166-1، مثل SA.";
            ValidationTimeZone "validation.time_zone" 422 false
                "Name the time zone as the IANA database does, such as Asia/Riyadh."
                "اذكر المنطقة الزمنية كما في قاعدة IANA، مثل Asia/Riyadh.";
            ValidationTaxId "validation.tax_id" 422 false
                "This is not a tax number of {country}."
                "هذا ليس رقمًا ضريبيًا صحيحًا في الدولة {country}.";
            ValidationPhone "validation.phone" 422 false
                "Write the telephone number in digits, such as +966 11 123 4567."
                "اكتب رقم الهاتف بالأرقام، مثل ‎+966 11 123 4567.";
            ValidationScheme "validation.scheme" 422 false
                "No such scheme is known, such as CRN for a commercial registration or 0088 for a GLN."
                "لا يُعرف نظام ترميز بهذا الاسم؛ مثاله CRN للسجل التجاري و0088 لرقم GLN.";
            ValidationIdentifier "validation.identifier" 422 false
                "A number has 1 to 100 letters and digits, and no spaces."
                "يتكوّن الرقم من 1 إلى 100 من الأحرف والأرقام دون مسافات.";
            ValidationInstalments "validation.instalments" 422 false
                "The instalments must add up to 100 percent, each due later than the one before it."
                "يجب أن يبلغ مجموع الأقساط 100 بالمئة، وأن يستحق كل قسط بعد الذي قبله.";
            ValidationBarcode "validation.barcode" 422 false
                "A barcode has 8, 12, 13 or 14 digits, the last of which checks the others."
                "يتكوّن الرمز الشريطي من 8 أو 12 أو 13 أو 14 رقمًا، آخرها رقم التحقق.";
            ValidationUsername "validation.username" 422 false
                "A user name has 3 to 64 of: letters a to z, digits, and . _ - after the first."
                "يتكوّن اسم المستخدم من 3 إلى 64 من الأحرف اللاتينية والأرقام، ثم . _ - بعد أول حرف.";
            ValidationCurrencyMismatch "validation.currency_mismatch" 422 false
                "The amount must be in {expected}."
                "يجب أن يكون المبلغ بعملة {expected}.";
            ValidationTax "validation.tax" 422 false
                "The rate does not go with the tax category {category}."
                "النسبة لا تتوافق مع فئة الضريبة {category}.";
            ValidationAdjustment "validation.adjustment" 422 false
                "Give either an amount or a percent."
                "أدخل إما مبلغًا أو نسبة مئوية، لا كليهما.";
            ValidationIban "validation.iban" 422 false
                "This is not an IBAN: its length or its check digits are wrong."
                "هذا ليس رقم آيبان صحيحًا: طوله أو أرقام التحقق فيه غير صحيحة.";
            ValidationBic "validation.bic" 422 false
                "This is not a BIC: it has 8 or 11 letters and digits."
                "هذا ليس رمز BIC صحيحًا: يتكوّن من 8 أو 11 حرفًا ورقمًا.";
            ValidationPaymentMeans "validation.payment_means" 422 false
                "Name the means of payment by its code of UNCL 4461, such as 30 for a transfer."
                "اذكر وسيلة الدفع برمزها في UNCL 4461، مثل 30 للتحويل البنكي.";
            ValidationTypeCode "validation.type_code" 422 false
                "No document of this type has this code of UNCL 1001."
                "لا يحمل هذا النوع من المستندات هذا الرمز من UNCL 1001.";
            ValidationPeriod "validation.period" 422 false
                "A period needs both its days, and must not end before it begins."
                "تحتاج الفترة إلى يومَي البداية والنهاية، ويجب ألا تنتهي قبل أن تبدأ.";
            ValidationPriceDiscount "validation.price_discount" 422 false
                "The price must be exactly the gross price less its discount."
                "يجب أن يساوي السعر السعرَ الإجمالي ناقصًا الخصم تمامًا.";
            ValidationSpread "validation.spread" 422 false
                "Name a tax: the lines come to nothing, so this cannot be spread over them."
                "حدّد ضريبة: مجموع السطور صفر، فلا يمكن توزيع هذا المبلغ عليها.";
        ] => [$($then)*] }
    };
}
pub(super) use validation_codes;

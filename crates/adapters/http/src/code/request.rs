//! Codes of requests as such: ids, JSON, HTTP, retries, versions, and our own failures.

macro_rules! request_codes {
    ([$($rows:tt)*] => [$next:ident $($then:ident)*]) => {
        $next! { [$($rows)*
            IdWrongKind "id.wrong_kind" 400 false
                "This id belongs to another kind of thing: one that starts with {expected}_ is expected."
                "هذا المعرّف يخص نوعًا آخر: المتوقع معرّف يبدأ بـ {expected}_.";
            IdMalformed "id.malformed" 400 false
                "This is not an id: one that starts with {expected}_ is expected."
                "هذا ليس معرّفًا صحيحًا: المتوقع معرّف يبدأ بـ {expected}_.";
            ResourceNotFound "resource.not_found" 404 false
                "There is nothing here."
                "لا يوجد شيء هنا.";
            ResourceDuplicate "resource.duplicate" 409 false
                "Another one has the same value already: {field}."
                "توجد هذه القيمة لدى سجل آخر: {field}.";
            ResourceInUse "resource.in_use" 409 false
                "It is in use: this cannot be changed or taken away now."
                "هذا السجل مستخدم: لا يمكن تغيير ذلك أو إزالته الآن.";
            ResourceArchived "resource.archived" 409 false
                "It is archived: nothing new can refer to it."
                "هذا السجل مؤرشف: لا يمكن الإشارة إليه من جديد.";
            ResourceNotArchived "resource.not_archived" 409 false
                "It is not archived."
                "هذا السجل ليس مؤرشفًا.";
            JsonInvalid "json.invalid" 400 false
                "The body is not valid JSON in UTF-8, or it is nested too deeply."
                "محتوى الطلب ليس JSON صحيحًا بترميز UTF-8، أو أن تداخله عميق جدًا.";
            JsonDuplicateField "json.duplicate_field" 400 false
                "The field {field} stands twice in the same object."
                "تكرر الحقل {field} في الكائن نفسه.";
            HttpMalformed "http.malformed" 400 false
                "The request cannot be understood."
                "تعذّر فهم الطلب.";
            HttpTlsRequired "http.tls_required" 403 false
                "Send requests over TLS: use https:// in place of http://. Whatever you have just sent was not encrypted."
                "أرسل الطلبات عبر اتصال مشفّر: استخدم https:// بدلًا من http://. ما أرسلته الآن لم يكن مشفّرًا.";
            HttpMethodNotAllowed "http.method_not_allowed" 405 false
                "The method {method} is not allowed here. Allowed: {allowed}."
                "الطريقة {method} غير مسموح بها هنا. المسموح: {allowed}.";
            HttpOriginDenied "http.origin_denied" 403 false
                "Pages of this site may not use the API."
                "لا يُسمح لصفحات هذا الموقع باستخدام الواجهة البرمجية.";
            HttpMisdirected "http.misdirected" 421 false
                "This server does not answer for the name in the request."
                "هذا الخادم لا يجيب عن الاسم الوارد في الطلب.";
            HttpHeadTooLarge "http.head_too_large" 431 false
                "The address and the headers of the request are larger than {max} bytes."
                "حجم عنوان الطلب وترويساته يتجاوز {max} بايت.";
            HttpTimeout "http.timeout" 503 true
                "Answering took too long. Try again shortly, with the same idempotency key."
                "استغرق الرد وقتًا أطول من المسموح. أعد المحاولة بعد قليل بمفتاح منع التكرار نفسه.";
            HttpNotAcceptable "http.not_acceptable" 406 false
                "This can be had as application/json or text/csv only."
                "لا يتوفر هذا إلا بصيغة application/json أو text/csv.";
            HttpBodyTimeout "http.body_timeout" 408 true
                "The body of the request did not arrive in time."
                "لم يصل محتوى الطلب في الوقت المحدد.";
            HttpBodyTooLarge "http.body_too_large" 413 false
                "The body of the request is larger than {max} bytes."
                "حجم محتوى الطلب يتجاوز {max} بايت.";
            HttpUnsupportedMediaType "http.unsupported_media_type" 415 false
                "Send the body as application/json."
                "أرسل محتوى الطلب بصيغة application/json.";
            HttpUnsupportedEncoding "http.unsupported_encoding" 415 false
                "Send the body without a content encoding."
                "أرسل محتوى الطلب دون ترميز ضغط.";
            RateLimited "rate.limited" 429 true
                "Too many requests. Try again in {seconds} seconds."
                "طلبات كثيرة جدًا. أعد المحاولة بعد {seconds} ثانية.";
            DependencyUnavailable "dependency.unavailable" 503 true
                "A service that this needs does not answer at this moment: {name}. Try again shortly."
                "خدمة يعتمد عليها هذا الطلب لا تستجيب الآن: {name}. أعد المحاولة بعد قليل.";
            IdempotencyKeyInvalid "idempotency.key_invalid" 400 false
                "An idempotency key has 16 to 255 letters, digits, hyphens and underscores."
                "يتكوّن مفتاح منع التكرار من 16 إلى 255 من الأحرف اللاتينية والأرقام والشرطات.";
            IdempotencyKeyReused "idempotency.key_reused" 422 false
                "This idempotency key was used for a different request. Choose a new one."
                "سبق استخدام مفتاح منع التكرار هذا لطلب مختلف. اختر مفتاحًا جديدًا.";
            IdempotencyInProgress "idempotency.in_progress" 409 true
                "The first request with this idempotency key is still running. Try again shortly."
                "ما زال الطلب الأول بمفتاح منع التكرار هذا قيد التنفيذ. أعد المحاولة بعد قليل.";
            PreconditionRequired "precondition.required" 428 false
                "Name the version you have seen in the header If-Match."
                "اذكر الإصدار الذي اطّلعت عليه في الترويسة If-Match.";
            PreconditionFailed "precondition.failed" 412 false
                "Somebody changed this meanwhile: it is at version {current_version}."
                "عدّل شخص آخر هذا السجل في هذه الأثناء: إصداره الحالي {current_version}.";
            PreconditionInvalid "precondition.invalid" 400 false
                "The header If-Match takes one version in quotes, such as \"7\"."
                "تأخذ الترويسة If-Match إصدارًا واحدًا بين علامتي اقتباس، مثل \"7\".";
            HealthNotReady "health.not_ready" 503 true
                "This server cannot work at this moment. Try again shortly."
                "لا يستطيع هذا الخادم العمل الآن. أعد المحاولة بعد قليل.";
            HealthDraining "health.draining" 503 true
                "This server is about to stop: take another one, or try again shortly."
                "هذا الخادم على وشك التوقف: استخدم خادمًا آخر، أو أعد المحاولة بعد قليل.";
            DbUnavailable "db.unavailable" 503 true
                "The books cannot be reached at this moment. Try again shortly."
                "يتعذّر الوصول إلى الدفاتر الآن. أعد المحاولة بعد قليل.";
            DbUnconfirmed "db.unconfirmed" 503 false
                "The books did not confirm whether this was written. Send it again with the same idempotency key, or look first."
                "لم تؤكّد الدفاتر هل حُفظ هذا الطلب أم لا. أعد إرساله بمفتاح منع التكرار نفسه، أو تحقّق أولًا.";
            Internal "internal" 500 false
                "Something went wrong on our side. Give support the trace id of this answer."
                "حدث خطأ لدينا. زوّد الدعم الفني بمعرّف التتبع المرفق بهذا الرد.";
        ] => [$($then)*] }
    };
}
pub(super) use request_codes;

//! Codes of setting up, signing in and being allowed.

macro_rules! auth_codes {
    ([$($rows:tt)*] => [$next:ident $($then:ident)*]) => {
        $next! { [$($rows)*
            AuthTokenMissing "auth.token_missing" 401 false
                "Sign in first: the request carries no access token."
                "سجّل الدخول أولًا: لا يحمل الطلب رمز وصول.";
            AuthTokenInvalid "auth.token_invalid" 401 false
                "The access token is not valid. Sign in again."
                "رمز الوصول غير صالح. سجّل الدخول من جديد.";
            AuthTokenExpired "auth.token_expired" 401 false
                "The access token has expired. Refresh it or sign in again."
                "انتهت صلاحية رمز الوصول. جدّده أو سجّل الدخول من جديد.";
            AuthTokenRevoked "auth.token_revoked" 401 false
                "The session has ended. Sign in again."
                "انتهت الجلسة. سجّل الدخول من جديد.";
            AuthInvalidCredentials "auth.invalid_credentials" 401 false
                "The login or the password is wrong."
                "اسم الدخول أو كلمة المرور غير صحيحة.";
            AuthThrottled "auth.throttled" 429 true
                "Too many attempts. Try again in {seconds} seconds."
                "محاولات كثيرة جدًا. أعد المحاولة بعد {seconds} ثانية.";
            AuthBusy "auth.busy" 503 true
                "Too many people are signing in at this moment. Try again shortly."
                "يسجّل الدخول الآن عدد كبير من المستخدمين. أعد المحاولة بعد قليل.";
            AuthRefreshInvalid "auth.refresh_invalid" 401 false
                "The refresh token is not valid any more. Sign in again."
                "رمز التجديد لم يعد صالحًا. سجّل الدخول من جديد.";
            AuthRefreshReused "auth.refresh_reused" 401 false
                "The refresh token was used before, so its session was ended. Sign in again."
                "سبق استخدام رمز التجديد، لذلك أُنهيت جلسته. سجّل الدخول من جديد.";
            AuthzDenied "authz.denied" 403 false
                "Your role does not allow this: it needs the permission {permission}."
                "دورك لا يسمح بهذا الإجراء: يلزم الإذن {permission}.";
            PasswordTooShort "password.too_short" 422 false
                "The password needs at least {min} characters."
                "يجب ألا تقل كلمة المرور عن {min} حرفًا.";
            PasswordTooLong "password.too_long" 422 false
                "The password may have at most {max} characters."
                "يجب ألا تزيد كلمة المرور على {max} حرفًا.";
            PasswordComposition "password.composition" 422 false
                "The password needs {classes} of: small letters, other letters, digits, signs."
                "يجب أن تجمع كلمة المرور {classes} من: أحرف صغيرة، أحرف أخرى، أرقام، رموز.";
            PasswordContainsIdentity "password.contains_identity" 422 false
                "The password must not hold your user name or your e-mail address."
                "يجب ألا تحتوي كلمة المرور على اسم المستخدم أو البريد الإلكتروني.";
            SetupRequired "setup.required" 503 true
                "The system is not set up yet. Open the setup link that the server printed."
                "لم يُهيَّأ النظام بعد. افتح رابط التهيئة الذي عرضه الخادم.";
            SetupDone "setup.done" 409 false
                "The system is set up already."
                "سبقت تهيئة النظام.";
            SetupTokenInvalid "setup.token_invalid" 401 false
                "The setup link is wrong or too old. Ask the server for a new one."
                "رابط التهيئة غير صحيح أو انتهت صلاحيته. اطلب رابطًا جديدًا من الخادم.";
        ] => [$($then)*] }
    };
}
pub(super) use auth_codes;

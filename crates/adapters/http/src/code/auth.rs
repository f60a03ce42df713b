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
            AuthRefreshSuperseded "auth.refresh_superseded" 401 false
                "The refresh token was traded, and the one that took over was used since. Use the latest one."
                "استُبدل رمز التجديد واستُخدم الرمز الذي حلّ محله. استخدم أحدث رمز لديك.";
            CsrfMissing "csrf.missing" 403 false
                "The request is made with cookies and carries no CSRF token. Get one and send it in the header X-CSRF-Token."
                "الطلب مرسل بملفات تعريف الارتباط ولا يحمل رمز CSRF. احصل على الرمز وأرسله في الترويسة X-CSRF-Token.";
            CsrfInvalid "csrf.invalid" 403 false
                "The CSRF token is not one of this session, or another site sent the request."
                "رمز CSRF لا يخص هذه الجلسة، أو أن موقعًا آخر أرسل الطلب.";
            AuthzDenied "authz.denied" 403 false
                "Your role does not allow this: it needs the permission {permission}."
                "دورك لا يسمح بهذا الإجراء: يلزم الإذن {permission}.";
            UserLastAdmin "user.last_admin" 409 false
                "This is the last administrator who can sign in. Make somebody else one first."
                "هذا آخر مدير نظام يستطيع تسجيل الدخول. عيّن مديرًا آخر أولًا.";
            UserDisabled "user.disabled" 409 false
                "The user is disabled already."
                "المستخدم معطّل أصلًا.";
            UserNotDisabled "user.not_disabled" 409 false
                "The user is not disabled."
                "المستخدم غير معطّل.";
            RoleBuiltIn "role.built_in" 409 false
                "This role is built in and stays as it is. Make one of your own."
                "هذا الدور مدمج في النظام ولا يتغيّر. أنشئ دورًا خاصًا بك.";
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
            PasswordTooCommon "password.too_common" 422 false
                "Too many people choose this password or one like it, even with signs in place of letters."
                "كلمة المرور هذه أو ما يشبهها شائعة جدًا، حتى مع استبدال الحروف برموز.";
            PasswordTooWeak "password.too_weak" 422 false
                "The password is too easy to guess: its strength is {score} of 4."
                "يسهل تخمين كلمة المرور: درجة قوتها {score} من 4.";
            PasswordReused "password.reused" 422 false
                "This is one of your last {kept} passwords. Choose a new one."
                "هذه واحدة من آخر {kept} كلمات مرور استخدمتها. اختر كلمة جديدة.";
            PasswordCurrentWrong "password.current_wrong" 422 false
                "This is not your present password."
                "هذه ليست كلمة مرورك الحالية.";
            PasswordAddWords "password.add_words" 422 false
                "Add another unusual word or two."
                "أضف كلمة غير شائعة أو كلمتين.";
            PasswordAvoidCommonWords "password.avoid_common_words" 422 false
                "Do without common passwords, words and names, also with signs for letters."
                "تجنّب كلمات المرور والكلمات والأسماء الشائعة، حتى مع استبدال الحروف برموز.";
            PasswordAvoidOwnNames "password.avoid_own_names" 422 false
                "Do without your own name and the name of the company."
                "تجنّب اسمك واسم المنشأة.";
            PasswordAvoidRepeats "password.avoid_repeats" 422 false
                "Do without repeated words and letters."
                "تجنّب تكرار الكلمات والحروف.";
            PasswordAvoidSequences "password.avoid_sequences" 422 false
                "Do without sequences such as abc or 4321, and without rows of keys."
                "تجنّب التسلسلات مثل 4321 وصفوف لوحة المفاتيح.";
            PasswordAvoidDates "password.avoid_dates" 422 false
                "Do without years and dates."
                "تجنّب السنوات والتواريخ.";
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

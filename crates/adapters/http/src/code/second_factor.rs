//! Codes of second factors and of showing again who one is.

macro_rules! second_factor_codes {
    ([$($rows:tt)*] => [$next:ident $($then:ident)*]) => {
        $next! { [$($rows)*
            MfaRequired "mfa.required" 401 false
                "The password is right. Now send the code of your authenticator app, or a recovery code."
                "كلمة المرور صحيحة. أرسل الآن رمز تطبيق المصادقة أو أحد رموز الاسترداد.";
            MfaInvalidCode "mfa.invalid_code" 401 false
                "The code is wrong, too old, or was used before. Wait for the next one."
                "الرمز غير صحيح أو قديم أو سبق استخدامه. انتظر الرمز التالي.";
            MfaChallengeExpired "mfa.challenge_expired" 401 false
                "This sign-in took too long or was tried too often. Sign in again."
                "استغرق تسجيل الدخول هذا وقتًا طويلًا أو كثرت محاولاته. سجّل الدخول من جديد.";
            MfaEnrolmentRequired "mfa.enrolment_required" 403 false
                "Your role needs a second factor. Set one up first, under /me/mfa."
                "يتطلب دورك عامل تحقق ثانيًا. فعّله أولًا من /me/mfa.";
            MfaAlreadyEnabled "mfa.already_enabled" 409 false
                "You have a second factor already. Remove it before you set up another one."
                "لديك عامل تحقق ثانٍ مفعّل. أزله قبل تفعيل غيره.";
            MfaNotEnabled "mfa.not_enabled" 409 false
                "There is no second factor."
                "لا يوجد عامل تحقق ثانٍ.";
            MfaNothingToConfirm "mfa.nothing_to_confirm" 409 false
                "There is no second factor to confirm, or setting it up took too long. Begin anew."
                "لا يوجد عامل تحقق ثانٍ بانتظار التأكيد، أو طالت مدة تفعيله. ابدأ من جديد.";
            PasskeyNotAvailable "passkey.not_available" 409 false
                "This server has no passkeys. Use the code of your authenticator app."
                "لا يدعم هذا الخادم مفاتيح المرور. استخدم رمز تطبيق المصادقة.";
            PasskeyNone "passkey.none" 409 false
                "There is no passkey. Use the code of your authenticator app."
                "لا يوجد مفتاح مرور. استخدم رمز تطبيق المصادقة.";
            PasskeyInvalid "passkey.invalid" 422 false
                "The device's answer does not fit the question. Begin anew."
                "جواب الجهاز لا يطابق السؤال. ابدأ من جديد.";
            PasskeyTooMany "passkey.too_many" 409 false
                "You have {max} passkeys already. Remove one before you add another."
                "لديك {max} من مفاتيح المرور. أزل واحدًا قبل إضافة غيره.";
            AuthStepUpRequired "auth.step_up_required" 401 false
                "Show again who you are: send your password, or your second factor, to /auth/reauth."
                "أثبت هويتك من جديد: أرسل كلمة المرور أو رمز العامل الثاني إلى /auth/reauth.";
        ] => [$($then)*] }
    };
}
pub(super) use second_factor_codes;

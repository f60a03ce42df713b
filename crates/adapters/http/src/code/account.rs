//! Codes of keys of programs, invitations and ways back in.

macro_rules! account_codes {
    ([$($rows:tt)*] => [$next:ident $($then:ident)*]) => {
        $next! { [$($rows)*
            ApiKeyEndIsOver "api_key.end_is_over" 422 false
                "The key would never work: its end must lie in the future."
                "لن يعمل المفتاح أبدًا: يجب أن تكون نهايته في المستقبل.";
            AuthLinkInvalid "auth.link_invalid" 401 false
                "The link is wrong, too old, or was used before. Ask for a new one."
                "الرابط غير صحيح أو انتهت صلاحيته أو سبق استخدامه. اطلب رابطًا جديدًا.";
            MailNotConfigured "mail.not_configured" 409 false
                "No mail server is configured, so nobody can be invited. Give a password instead."
                "لم يُضبط خادم بريد، لذا لا يمكن إرسال دعوة. حدّد كلمة مرور بدلًا من ذلك.";
            UserHasPassword "user.has_password" 409 false
                "This user has chosen a password already and needs no invitation."
                "اختار هذا المستخدم كلمة مروره ولا يحتاج إلى دعوة.";
        ] => [$($then)*] }
    };
}
pub(super) use account_codes;

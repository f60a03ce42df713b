//! What the letters say, in both languages.

use gaara_identity::{LinkPurpose, User};
use gaara_kernel::{BilingualText, Language};

use crate::mail::Mail;

/// Writes a letter with a link.
pub(super) fn letter(
    user: &User,
    purpose: LinkPurpose,
    company: Option<&BilingualText>,
    link: &str,
) -> Mail {
    let company = company.map_or("Gaara", |name| name.pick(user.language));
    let name = user.username.as_str();
    let (subject, text) = match (purpose, user.language) {
        (LinkPurpose::Invitation, Language::English) => (
            format!("{company}: choose your password"),
            format!(
                "Hello {name},\n\nYou have been given an account at {company}. Choose your \
                 password here:\n\n{link}\n\nThe link works once, for three days.\n"
            ),
        ),
        (LinkPurpose::Invitation, Language::Arabic) => (
            format!("{company}: اختر كلمة مرورك"),
            format!(
                "مرحبًا {name}،\n\nأُنشئ لك حساب في {company}. اختر كلمة مرورك من هنا:\n\n{link}\n\n\
                 يعمل الرابط مرة واحدة خلال ثلاثة أيام.\n"
            ),
        ),
        (LinkPurpose::PasswordReset, Language::English) => (
            format!("{company}: a new password"),
            format!(
                "Hello {name},\n\nSomebody asked for a new password for your account at {company}. \
                 Choose it here:\n\n{link}\n\nThe link works once, for half an hour. If it was not \
                 you, do nothing: your password stays as it is.\n"
            ),
        ),
        (LinkPurpose::PasswordReset, Language::Arabic) => (
            format!("{company}: كلمة مرور جديدة"),
            format!(
                "مرحبًا {name}،\n\nطُلبت كلمة مرور جديدة لحسابك في {company}. اخترها من هنا:\n\n\
                 {link}\n\nيعمل الرابط مرة واحدة خلال نصف ساعة. إن لم تطلب ذلك فلا تفعل شيئًا: \
                 تبقى كلمة مرورك كما هي.\n"
            ),
        ),
    };
    Mail { to: user.email.clone(), subject, text }
}

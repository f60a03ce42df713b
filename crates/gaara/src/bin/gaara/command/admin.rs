//! What an operator does about people: letting them in, and back in.

use gaara::Gaara;
use gaara::application::identity::{
    AddUser, CreateUserError, CreateUserFailure, EnableUser, ListUsers, ResetSecondFactor,
    ResetSecondFactorError, SetPasswordFailure, SetUpError,
};
use gaara::application::{Refusal, UseCase};
use gaara::identity::{RoleCode, User, UserSort, Username};
use gaara::kernel::{Direction, EmailAddress, Language, PageLimit, PageRequest, Sort, StoreError};
use gaara::security_policy::PasswordFault;
use serde_json::{Value, json};

use crate::books;
use crate::command_line::{Admin, AdminAction, CreateUser, Login, ResetPassword};
use crate::config::Config;
use crate::failure::Failure;
use crate::{output, password};

/// Does what is asked about people.
pub(super) async fn run(admin: Admin) -> Result<(), Failure> {
    let Admin { sources, action } = admin;
    let config = sources.load(Vec::new())?;
    let gaara = match action {
        // The first person may be let in before anything else is there.
        AdminAction::SetupLink => books::open(&config).await?,
        _ => books::open_existing(&config).await?,
    };
    let done = act(&gaara, &config, action).await;
    gaara.close().await?;
    done
}

async fn act(gaara: &Gaara, config: &Config, action: AdminAction) -> Result<(), Failure> {
    match action {
        AdminAction::SetupLink => setup_link(gaara, config).await,
        AdminAction::CreateUser(user) => create_user(gaara, user).await,
        AdminAction::ResetPassword(reset) => reset_password(gaara, reset).await,
        AdminAction::ResetMfa(Login { login }) => {
            let user = find(gaara, &login).await?;
            let use_case = ResetSecondFactor { user: user.id, expected: None };
            let nothing = |error| match error {
                ResetSecondFactorError::NotOn => format!("{login} has no second factor"),
                error => output::chain(&error),
            };
            execute(gaara, &use_case, nothing).await?;
            told(&format!("{login} signs in without a second factor now"))
        }
        AdminAction::Unlock(Login { login }) => {
            let user = find(gaara, &login).await?;
            if user.disabled {
                let use_case = EnableUser { id: user.id, expected: None };
                execute(gaara, &use_case, |error| output::chain(&error)).await?;
            }
            let unlocked = gaara.unlock_user(&gaara.system(), user.id).await;
            unlocked.map_err(|refusal| Failure::other(&refusal))?;
            told(&format!("{login} may sign in again"))
        }
        AdminAction::List { json } => list(gaara, json).await,
    }
}

fn told(line: &str) -> Result<(), Failure> {
    Ok(output::line(line)?)
}

async fn setup_link(gaara: &Gaara, config: &Config) -> Result<(), Failure> {
    let token = gaara.new_setup_token().await.map_err(|refusal| match refusal {
        Refusal::Failed(SetUpError::Done) => Failure::Other("the system is set up".to_owned()),
        other => Failure::other(&other),
    })?;
    let url = config.public_url(&format!("{}://{}", config.edge.scheme(), config.edge.listen));
    told(&format!("{url}/setup#{token}"))
}

async fn create_user(gaara: &Gaara, user: CreateUser) -> Result<(), Failure> {
    let CreateUser { username, email, role, language, password } = user;
    let wrong = |what: &str| Failure::Usage(format!("that is no {what}"));
    let request = AddUser {
        id: None,
        email: EmailAddress::parse(&email).map_err(|_| wrong("e-mail address"))?,
        username: Username::parse(&username).map_err(|_| wrong("user name"))?,
        role: RoleCode::parse(&role).map_err(|_| wrong("role"))?,
        language: Language::from_tag(&language).ok_or_else(|| wrong("language: ar or en"))?,
        password: password::read(password.password_file.as_deref())?,
    };
    let use_case = gaara.prepare_user(&gaara.system(), request).await;
    let use_case = use_case.map_err(|failure| match failure {
        CreateUserFailure::Password(faults) => refused(&faults),
        other => Failure::other(&other),
    })?;
    let taken = |error| match error {
        CreateUserError::UnknownRole => format!("there is no role {role}"),
        CreateUserError::Store(StoreError::Duplicate { field }) => {
            format!("somebody else has this {}", field.trim_start_matches("user."))
        }
        error => output::chain(&error),
    };
    let user = execute(gaara, &use_case, taken).await?;
    told(&format!("{}  {}", user.id, user.username.as_str()))
}

async fn reset_password(gaara: &Gaara, reset: ResetPassword) -> Result<(), Failure> {
    let ResetPassword { login, password } = reset;
    let user = find(gaara, &login).await?;
    let password = password::read(password.password_file.as_deref())?;
    let set = gaara.set_password(&gaara.system(), user.id, &password).await;
    set.map_err(|failure| match failure {
        SetPasswordFailure::Password(faults) => refused(&faults),
        other => Failure::other(&other),
    })?;
    told(&format!("{login} has a new password, and every session has ended"))
}

async fn find(gaara: &Gaara, login: &str) -> Result<User, Failure> {
    let user = gaara.find_user_by_login(login).await?;
    user.ok_or_else(|| Failure::Other(format!("there is no user {login}")))
}

async fn execute<U: UseCase>(
    gaara: &Gaara,
    use_case: &U,
    tell: impl FnOnce(U::Error) -> String + Send,
) -> Result<U::Output, Failure> {
    gaara.execute(&gaara.system(), use_case).await.map_err(|refusal| match refusal {
        Refusal::Failed(error) => Failure::Other(tell(error)),
        other => Failure::other(&other),
    })
}

/// Why a password was refused, in words.
fn refused(faults: &[PasswordFault]) -> Failure {
    let word = |fault: &PasswordFault| match fault {
        PasswordFault::TooShort { characters_min } => {
            format!("it needs at least {characters_min} characters")
        }
        PasswordFault::TooLong { characters_max } => {
            format!("it may have at most {characters_max} characters")
        }
        PasswordFault::Composition { classes_min } => {
            format!("it needs {classes_min} of: small letters, other letters, digits, signs")
        }
        PasswordFault::ContainsIdentity => "it holds the name of its user".to_owned(),
        PasswordFault::TooCommon => "too many people choose it".to_owned(),
        PasswordFault::TooWeak(_) => "it is too easy to guess".to_owned(),
        PasswordFault::Reused { kept } => format!("it is one of the last {kept}"),
    };
    let words: Vec<String> = faults.iter().map(word).collect();
    Failure::Other(format!("the password was refused: {}", words.join("; ")))
}

async fn list(gaara: &Gaara, as_json: bool) -> Result<(), Failure> {
    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let sort = Sort::by(UserSort::Username, Direction::Ascending);
        let page = PageRequest { limit: PageLimit::default(), sort, after, with_total: false };
        let page = gaara.ask(&gaara.system(), &ListUsers { page }).await;
        let page = page.map_err(|refusal| Failure::other(&refusal))?;
        rows.extend(page.items);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    if as_json {
        let entries: Vec<Value> = rows.iter().map(entry).collect();
        return told(&format!("{:#}", Value::from(entries)));
    }
    let head = ["id", "user name", "e-mail", "role", "second factor", "state"];
    let head = head.map(str::to_owned).to_vec();
    let rows: Vec<_> = std::iter::once(head).chain(rows.iter().map(row)).collect();
    output::table(&rows).iter().try_for_each(|line| told(line))
}

fn row(user: &User) -> Vec<String> {
    let factor = if user.second_factor_since.is_some() { "yes" } else { "no" };
    vec![
        user.id.to_string(),
        user.username.as_str().to_owned(),
        user.email.to_string(),
        user.role.as_str().to_owned(),
        factor.to_owned(),
        if user.disabled { "disabled" } else { "active" }.to_owned(),
    ]
}

fn entry(user: &User) -> Value {
    json!({
        "id": user.id.to_string(),
        "username": user.username.as_str(),
        "email": user.email.to_string(),
        "role": user.role.as_str(),
        "mfa_enabled": user.second_factor_since.is_some(),
        "disabled": user.disabled,
    })
}

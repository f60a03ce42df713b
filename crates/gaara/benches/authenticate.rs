//! What finding out who asks costs each request, with a session that was seen before.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark measures time and prints what it measured"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use gaara::Gaara;
use gaara::application::Actor;
use gaara::application::identity::{NewOrganization, SetUpRequest, SignInRequest};
use gaara::identity::Username;
use gaara::kernel::{BilingualText, Country, Currency, EmailAddress, TimeZone};

const ROUNDS: usize = 20_001;
const PASSWORD: &str = "Correct-Horse-7";
/// The figure that the median must stay under.
const MEDIAN_MAX: Duration = Duration::from_micros(50);

async fn books(directory: &tempfile::TempDir) -> Gaara {
    let path = directory.path().join("books.db");
    let gaara = Gaara::builder().sqlite(path).build().await.expect("an application");
    let request = SetUpRequest {
        token: None,
        email: EmailAddress::parse("admin@example.com").expect("an address"),
        username: Username::parse("admin").expect("a name"),
        password: PASSWORD.to_owned(),
        organization: NewOrganization {
            name: BilingualText::try_new(None, Some("Najd Trading")).expect("a name"),
            country: Country::parse("SA").expect("a country"),
            currency: Currency::parse("SAR").expect("a currency"),
            time_zone: TimeZone::parse("Asia/Riyadh").expect("a zone"),
        },
    };
    gaara.set_up(&gaara.system(), request).await.expect("an organisation");
    gaara
}

#[tokio::main]
async fn main() {
    let directory = tempfile::tempdir().expect("a directory");
    let gaara = books(&directory).await;
    let request = SignInRequest {
        login: "admin".to_owned(),
        password: PASSWORD.to_owned(),
        address: "192.0.2.1".to_owned(),
        user_agent: String::new(),
    };
    let stranger = Actor::anonymous(gaara.new_trace());
    let tokens = gaara.sign_in(&stranger, &request).await.expect("the right password");
    let mut times = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let trace = gaara.new_trace();
        let start = Instant::now();
        let actor = gaara.authenticate(black_box(&tokens.access_token), trace).await;
        times.push(start.elapsed());
        black_box(actor.expect("a good token"));
    }
    times.sort_unstable();
    let at = |share: usize| times.get(ROUNDS * share / 100).copied().unwrap_or_default();
    let (median, slow) = (at(50), at(99));
    println!("authentication of a request: {median:?}, 99 of 100 within {slow:?}");
    assert!(median < MEDIAN_MAX, "the median is {median:?}, and must stay under {MEDIAN_MAX:?}");
}

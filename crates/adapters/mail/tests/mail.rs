//! Mail from outside: into files, and to a server that a test plays.
#![expect(clippy::unwrap_used, reason = "a fixture that fails must end its test")]

use std::sync::Arc;

use gaara_application::{Breakers, Dependency, Guard, Mail, Mailer};
use gaara_kernel::EmailAddress;
use gaara_mail::{FileMailer, GuardedMailer, SmtpError, SmtpMailer};
use gaara_security_policy::BreakerState;
use gaara_testkit::{CountedEntropy, StoppedClock};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

const FROM: &str = "Gaara <gaara@example.com>";

fn mail() -> Mail {
    Mail {
        to: EmailAddress::parse("sara@example.com").unwrap(),
        subject: "Najd: a new password".to_owned(),
        text: "https://books.example.com/password#gal_1\n".to_owned(),
    }
}

#[tokio::test]
async fn every_mail_is_a_file_of_its_own() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("mail");
    for _ in 0..2 {
        let mailer = FileMailer::new(&path, FROM).unwrap();
        mailer.send(&mail()).await.unwrap();
    }

    let texts = ["000001.eml", "000002.eml"].map(|name| std::fs::read_to_string(path.join(name)));
    for text in texts {
        let text = text.unwrap();
        assert!(text.contains("To: sara@example.com\r\n"), "{text}");
        assert!(text.contains("https://books.example.com/password#gal_1"), "{text}");
    }
    assert!(FileMailer::new(&path, "nobody").is_err());
}

/// Plays a mail server for one mail; answers what it was told.
async fn play(stream: TcpStream, last: &str) -> String {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut told = String::new();
    write.write_all(b"220 mail.example.com\r\n").await.unwrap();
    let mut in_data = false;
    while let Some(line) = lines.next_line().await.unwrap() {
        told.push_str(&line);
        told.push('\n');
        let answer = match line.as_str() {
            "." => {
                in_data = false;
                last
            }
            _ if in_data => continue,
            "DATA" => {
                in_data = true;
                "354 go on\r\n"
            }
            "QUIT" => break,
            _ => "250 fine\r\n",
        };
        write.write_all(answer.as_bytes()).await.unwrap();
    }
    told
}

async fn send_to(last: &'static str) -> (bool, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        play(stream, last).await
    });
    let mailer = SmtpMailer::new(&url, FROM).unwrap();
    let sent = mailer.send(&mail()).await.is_ok();
    drop(mailer);
    (sent, server.await.unwrap())
}

#[tokio::test]
async fn a_server_is_told_the_mail() {
    let (sent, told) = send_to("250 taken\r\n").await;

    assert!(sent);
    for line in ["MAIL FROM:<gaara@example.com>", "RCPT TO:<sara@example.com>", "gal_1"] {
        assert!(told.contains(line), "{line}: {told}");
    }
}

#[tokio::test]
async fn a_mail_that_is_not_taken_is_told_so() {
    let (sent, _) = send_to("451 later\r\n").await;

    assert!(!sent);
}

#[test]
fn an_address_that_is_none_is_refused_and_not_told() {
    let refused = SmtpMailer::new("http://user:secret@host", FROM).unwrap_err();

    assert_eq!(refused, SmtpError::Address);
    assert!(!refused.to_string().contains("secret"));
}

fn guard() -> Arc<Guard> {
    let clock = Arc::new(StoppedClock::default());
    Breakers::new(clock, Arc::new(CountedEntropy::default())).guard(Dependency::MAIL)
}

#[tokio::test]
async fn a_server_that_is_away_is_left_alone() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    drop(listener);
    let guard = guard();
    let mailer = SmtpMailer::new(&url, FROM).unwrap();
    let mailer = GuardedMailer::new(Arc::new(mailer), Arc::clone(&guard));

    for _ in 0..5 {
        assert!(mailer.send(&mail()).await.is_err());
    }

    assert_eq!(guard.snapshot().state, BreakerState::Open);
    let refused = mailer.send(&mail()).await.unwrap_err();
    assert!(refused.0.to_string().contains("left alone"), "{}", refused.0);
}

#[tokio::test]
async fn a_server_that_refuses_one_mail_for_good_is_there() {
    let guard = guard();
    for _ in 0..6 {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            play(stream, "550 no such person\r\n").await
        });
        let mailer = SmtpMailer::new(&url, FROM).unwrap();
        let mailer = GuardedMailer::new(Arc::new(mailer), Arc::clone(&guard));
        assert!(mailer.send(&mail()).await.is_err());
        drop(mailer);
        server.await.unwrap();
    }
    assert_eq!(guard.snapshot().state, BreakerState::Closed);
}

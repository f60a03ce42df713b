//! People at work, and a journal of what they asked for and what they were told.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use gaara_tests::client::{Answer, Client};
use serde_json::Value;

use crate::company::{Goods, STOCK, login, sign_in};

/// How many people work at once.
pub(crate) const WORKERS: usize = 4;
/// How many pieces a receipt brings.
const RECEIVED: i64 = 2;

/// What somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    Receipt,
    Sale,
    Payment,
}

impl Deed {
    const fn of(number: usize) -> Self {
        match number % 3 {
            0 => Self::Sale,
            1 => Self::Receipt,
            _ => Self::Payment,
        }
    }

    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Receipt => "/api/v1/stock-movements",
            Self::Sale => "/api/v1/invoices",
            Self::Payment => "/api/v1/payments",
        }
    }

    fn body(self, goods: &Goods) -> Value {
        match self {
            Self::Receipt => goods.receipt(&RECEIVED.to_string()),
            Self::Sale => goods.sale(),
            Self::Payment => goods.payment(),
        }
    }
}

/// A line of the journal, written before the request is sent.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) deed: Deed,
    key: String,
    /// The id that the server told, once it did.
    pub(crate) told: Option<String>,
}

impl Line {
    /// Where its like can be read.
    pub(crate) const fn path(&self) -> &'static str {
        self.deed.path()
    }
}

/// Everything that was asked for.
#[derive(Default)]
pub(crate) struct Journal {
    lines: Mutex<Vec<Line>>,
    next: AtomicUsize,
    told: AtomicUsize,
    refused: AtomicUsize,
}

impl Journal {
    /// How many requests were answered with success.
    pub(crate) fn told(&self) -> usize {
        self.told.load(Ordering::Acquire)
    }

    /// Waits until so many more were.
    pub(crate) fn await_more(&self, count: usize) {
        let goal = self.told() + count;
        while self.told() < goal {
            thread::yield_now();
        }
    }

    /// How many requests were refused for want of something that the server needs.
    pub(crate) fn refused(&self) -> usize {
        self.refused.load(Ordering::Acquire)
    }

    pub(crate) fn lines(&self) -> Vec<Line> {
        self.lines.lock().unwrap().clone()
    }

    /// Takes nothing that was told for granted any more.
    pub(crate) fn forget(&self) {
        self.lines.lock().unwrap().iter_mut().for_each(|line| line.told = None);
    }

    fn begin(&self) -> (usize, Line) {
        let number = self.next.fetch_add(1, Ordering::AcqRel);
        let key = format!("journal-of-the-faults-{number:08}");
        let line = Line { deed: Deed::of(number), key, told: None };
        let mut lines = self.lines.lock().unwrap();
        lines.push(line.clone());
        (lines.len() - 1, line)
    }

    fn note(&self, place: usize, answer: &Answer) {
        assert!(!answer.text("/id").is_empty(), "{:#}", answer.body);
        self.lines.lock().unwrap()[place].told = Some(answer.text("/id").to_owned());
        self.told.fetch_add(1, Ordering::AcqRel);
    }

    /// Works until the server is gone or refuses for want of room, or until it is over.
    pub(crate) fn work(&self, client: &Client, goods: &Goods, is_over: &AtomicBool) {
        while !is_over.load(Ordering::Acquire) {
            let (place, line) = self.begin();
            let keyed = client.with("idempotency-key", &line.key);
            let body = line.deed.body(goods).to_string();
            match keyed.attempt("POST", line.deed.path(), Some(body)) {
                Ok(answer) if answer.status == 201 => self.note(place, &answer),
                Ok(answer) if answer.status >= 500 => {
                    self.refused.fetch_add(1, Ordering::AcqRel);
                    return;
                }
                Ok(answer) => panic!("{}: {:#}", answer.status, answer.body),
                Err(_) => return,
            }
        }
    }

    /// Lets everybody work while something else is done.
    pub(crate) fn during<R>(&self, address: &str, goods: &Goods, act: impl FnOnce() -> R) -> R {
        let (client, is_over) = (sign_in(address), AtomicBool::new(false));
        thread::scope(|scope| {
            for _ in 0..WORKERS {
                scope.spawn(|| self.work(&client, goods, &is_over));
            }
            let done = act();
            is_over.store(true, Ordering::Release);
            done
        })
    }

    /// Asks again for everything that was not answered, with the same keys.
    pub(crate) fn ask_again(&self, address: &str, goods: &Goods) -> usize {
        let client = sign_in(address);
        let open = self.lines().into_iter().enumerate().filter(|(_, line)| line.told.is_none());
        let mut count = 0;
        for (place, line) in open {
            let keyed = client.with("idempotency-key", &line.key);
            let answer = keyed.post(line.deed.path(), &line.deed.body(goods)).expect(201);
            self.note(place, &answer);
            count += 1;
        }
        count
    }

    /// The same with a server that does not answer well yet, again and again until it does.
    pub(crate) fn ask_until_answered(&self, address: &str, goods: &Goods) -> usize {
        let login = login();
        while Client::new(address).post("/api/v1/auth/login", &login).status != 200 {
            thread::yield_now();
        }
        self.ask_again(address, goods)
    }

    /// Makes sure that everything that was told is there exactly once, and nothing else.
    pub(crate) fn assert_kept(&self, address: &str, goods: &Goods) {
        let client = sign_in(address);
        let lines = self.lines();
        let count = |deed| lines.iter().filter(|line| line.deed == deed).count();
        let total = |path: &str| {
            let list = client.get(&format!("{path}with_total=true&limit=1")).expect(200);
            list.body["page"]["total"].as_u64().map(|total| usize::try_from(total).unwrap())
        };
        assert_eq!(total("/api/v1/invoices?"), Some(count(Deed::Sale)), "invoices");
        assert_eq!(total("/api/v1/payments?"), Some(count(Deed::Payment)), "payments");
        // The first receipt was before anybody worked.
        let receipts = count(Deed::Receipt) + 1;
        assert_eq!(total("/api/v1/stock-movements?kind=receipt&"), Some(receipts), "receipts");
        let moved = |deed, each| i64::try_from(count(deed)).unwrap() * each;
        let expected = STOCK + moved(Deed::Receipt, RECEIVED) - moved(Deed::Sale, 1);
        assert_eq!(goods.on_hand(&client), expected, "pieces on hand");
        for line in lines.iter().rev().take(20) {
            let id = line.told.as_deref().unwrap();
            let _ = client.get(&format!("{}/{id}", line.deed.path())).expect(200);
        }
    }
}

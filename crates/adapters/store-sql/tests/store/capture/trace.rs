//! Who runs a statement, read off the stack: it cannot forget anybody, which a list kept by hand
//! would.

use std::collections::{BTreeSet, HashMap};
use std::ptr::with_exposed_provenance_mut;

use super::source::Source;

/// On whose behalf a statement was run.
#[derive(Debug, Default)]
pub(super) struct Caller {
    /// The methods of ports that are being run, as `Port::method`.
    pub(super) methods: BTreeSet<String>,
    /// The use case or query, or the method of the application that is neither.
    pub(super) use_case: Option<String>,
}

/// What a place in the program belongs to.
#[derive(Debug, Clone)]
enum Place {
    Port(String),
    UseCase(String),
}

/// What each place belongs to, looked up once: that takes milliseconds.
pub(super) struct Places {
    source: Source,
    known: HashMap<usize, Option<Place>>,
}

impl Default for Places {
    fn default() -> Self {
        Self { source: Source::read(), known: HashMap::new() }
    }
}

impl Places {
    /// Whoever is running now.
    pub(super) fn caller(&mut self) -> Caller {
        let mut addresses = Vec::new();
        backtrace::trace(|frame| {
            addresses.push(frame.ip().addr());
            true
        });
        let mut caller = Caller::default();
        // From the inside out: the outermost use case is the one that was asked for.
        for address in addresses {
            let Self { source, known } = self;
            match known.entry(address).or_insert_with(|| place(source, address)) {
                Some(Place::Port(name)) => drop(caller.methods.insert(name.clone())),
                Some(Place::UseCase(name)) => caller.use_case = Some(name.clone()),
                None => {}
            }
        }
        caller
    }
}

fn place(source: &Source, address: usize) -> Option<Place> {
    let mut place = None;
    backtrace::resolve(with_exposed_provenance_mut(address), |symbol| {
        let (Some(file), Some(line)) = (symbol.filename(), symbol.lineno()) else { return };
        let name = symbol.name().map(|name| name.to_string()).unwrap_or_default();
        if file.ends_with("crates/application/src/app.rs") {
            place = executed(&name).map(|name| Place::UseCase(name.to_owned()));
        } else if let Some(method) = source.method(file, line) {
            let is_of_app = method.starts_with("App::");
            let of = if is_of_app { Place::UseCase } else { Place::Port };
            place = Some(of(method.to_owned()));
        }
    });
    place
}

/// `{async_fn#0}<gaara_application::invoicing::void::VoidInvoice>`, of a method of the executor,
/// runs `VoidInvoice`.
fn executed(name: &str) -> Option<&str> {
    let (_, of) = name.split_once('<')?;
    of.split([',', '>', '<']).next()?.rsplit("::").next()
}

#[test]
fn what_the_executor_runs_is_read_off_its_name() {
    let of = |name| executed(name);

    assert_eq!(
        of("{async_fn#0}<gaara_application::invoicing::void::VoidInvoice>"),
        Some("VoidInvoice")
    );
    assert_eq!(of("{async_fn#0}<a::b::Post, fn(&a::Posted) -> a::Reply>"), Some("Post"));
    assert_eq!(of("{async_fn#0}"), None);
}

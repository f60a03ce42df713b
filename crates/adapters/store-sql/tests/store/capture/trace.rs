//! Who runs a statement: the methods of the store's ports, read off the stack.
//!
//! The stack cannot forget a method, which a list kept by hand would.

use std::backtrace::Backtrace;
use std::collections::BTreeSet;

/// The methods of ports that are being run, as `Port::method`.
pub(super) fn methods() -> BTreeSet<String> {
    let stack = Backtrace::force_capture().to_string();
    stack.lines().filter_map(method).collect()
}

/// `<gaara_store_sql::view::SqlView as gaara_identity::ports::IdentityView>::find_user::{{closure}}`
/// is `IdentityView::find_user`.
fn method(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("<gaara_store_sql::")?;
    let (of, rest) = rest.split_once(" as gaara_")?;
    if !of.ends_with("SqlView") && !of.ends_with("SqlTransaction") {
        return None;
    }
    let (port, rest) = rest.split_once(">::")?;
    let method = rest.split("::").next()?;
    Some(format!("{}::{method}", port.rsplit("::").next()?))
}

#[test]
fn a_method_is_read_off_a_line_of_the_stack() {
    let line = "  12: <gaara_store_sql::view::SqlView as gaara_identity::ports::IdentityView>::\
                find_user::{{closure}}";

    assert_eq!(method(line).as_deref(), Some("IdentityView::find_user"));
    assert_eq!(method("  13: gaara_store_sql::repository::find::{{closure}}"), None);
}

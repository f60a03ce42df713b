//! Printing the OpenAPI document.

use crate::failure::Failure;
use crate::output;

/// Prints the document as JSON; needs neither a database nor a configuration.
pub(super) fn print() -> Result<(), Failure> {
    let text = gaara_http::openapi().to_pretty_json().map_err(|error| Failure::other(&error))?;
    Ok(output::line(&text)?)
}

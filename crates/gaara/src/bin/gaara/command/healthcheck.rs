//! `gaara healthcheck`: whether a server can work now, as the exit status says.

use crate::command::serve::doors;
use crate::command_line::Healthcheck;
use crate::failure::Failure;
use crate::healthcheck::{Trust, ask};
use crate::output;

/// Asks the server at the address, or the one that the configuration starts on this machine.
pub(super) fn run(healthcheck: Healthcheck) -> Result<(), Failure> {
    let Healthcheck { sources, url } = healthcheck;
    let (url, trust) = if let Some(url) = url {
        (url, Trust::Machine)
    } else {
        let edge = sources.load(Vec::new())?.edge;
        let trust = doors::certificate(&edge)?
            .map_or(Trust::Machine, |certificate| Trust::Only(certificate.leaf()));
        (format!("{}://{}/health/ready", edge.scheme(), edge.own_address()), trust)
    };
    match ask(&url, trust) {
        Ok(200) => Ok(output::line("ok")?),
        Ok(status) => Err(Failure::Other(format!("{url} answers {status}"))),
        Err(reason) => Err(Failure::Other(reason)),
    }
}

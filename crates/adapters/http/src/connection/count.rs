//! How many connections one address may hold.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::edge::{Network, prefix};

/// Counts connections by the address they come from.
///
/// A proxy holds the connections of everybody behind it, so declared ones are not counted, nor,
/// usually, is this machine: whoever runs on it is a proxy or has come further than any limit.
#[derive(Debug)]
pub(crate) struct Connections {
    per_address_max: usize,
    exempt: Vec<Network>,
    counts: Mutex<HashMap<String, usize>>,
}

/// A connection that is counted as long as this lives.
#[derive(Debug)]
pub(super) struct Stay {
    connections: Arc<Connections>,
    key: String,
}

impl Drop for Stay {
    fn drop(&mut self) {
        let mut counts = self.connections.counts();
        if let Some(count) = counts.get_mut(&self.key) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.key);
            }
        }
    }
}

/// Whether a connection may stay.
#[derive(Debug)]
pub(super) enum Entry {
    Exempt,
    Counted(Stay),
    Full,
}

impl Connections {
    pub(crate) fn new(per_address_max: usize, exempt: Vec<Network>) -> Self {
        Self { per_address_max, exempt, counts: Mutex::default() }
    }

    /// Counts a connection from an address, if it may stay.
    pub(super) fn enter(self: &Arc<Self>, address: IpAddr) -> Entry {
        let address = address.to_canonical();
        if self.exempt.iter().any(|network| network.contains(address)) {
            return Entry::Exempt;
        }
        let key = prefix(address);
        let mut counts = self.counts();
        let count = counts.entry(key.clone()).or_default();
        if *count >= self.per_address_max {
            return Entry::Full;
        }
        *count += 1;
        drop(counts);
        Entry::Counted(Stay { connections: Arc::clone(self), key })
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stay(connections: &Arc<Connections>, address: &str) -> Option<Stay> {
        match connections.enter(address.parse().unwrap()) {
            Entry::Counted(stay) => Some(stay),
            Entry::Exempt | Entry::Full => None,
        }
    }

    #[test]
    fn who_leaves_makes_room_for_one_more() {
        let connections = Arc::new(Connections::new(2, Vec::new()));
        let first = stay(&connections, "192.0.2.1").unwrap();
        let _second = stay(&connections, "192.0.2.1").unwrap();
        assert!(matches!(connections.enter("192.0.2.1".parse().unwrap()), Entry::Full));
        assert!(stay(&connections, "192.0.2.2").is_some());

        drop(first);

        assert!(stay(&connections, "192.0.2.1").is_some());
    }

    #[test]
    fn a_subscriber_of_the_new_internet_is_one_address() {
        let connections = Arc::new(Connections::new(1, Vec::new()));
        let _held = stay(&connections, "2001:db8:1:2::1").unwrap();
        assert!(matches!(connections.enter("2001:db8:1:2::2".parse().unwrap()), Entry::Full));
        assert!(stay(&connections, "2001:db8:1:3::1").is_some());
    }

    #[test]
    fn proxies_and_this_machine_carry_everybody() {
        let mut exempt = Network::LOOPBACK.to_vec();
        exempt.push("10.0.0.0/8".parse().unwrap());
        let connections = Arc::new(Connections::new(0, exempt));
        for address in ["10.1.2.3", "127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            let entry = connections.enter(address.parse().unwrap());
            assert!(matches!(entry, Entry::Exempt), "{address}");
        }
        assert!(connections.counts().is_empty());
    }
}

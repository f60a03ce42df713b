//! Randomness that a test can foresee.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use gaara_kernel::Entropy;

/// Counts instead of drawing: every fill is the next number, so ids come in order.
#[derive(Debug, Default)]
pub struct CountedEntropy(AtomicU64);

impl Entropy for CountedEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        let count = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        bytes.fill(0);
        let places = bytes.iter_mut().rev();
        places.zip(count.to_le_bytes()).for_each(|(place, byte)| *place = byte);
    }
}

/// Gives the bytes of a script, one after the other.
#[derive(Debug)]
pub struct ScriptedEntropy(Mutex<Vec<u8>>);

impl ScriptedEntropy {
    /// Takes the script.
    #[must_use]
    pub fn new(script: &[u8]) -> Self {
        Self(Mutex::new(script.iter().rev().copied().collect()))
    }
}

impl Entropy for ScriptedEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        let mut script = self.0.lock().expect("no test panics while it draws");
        bytes.fill_with(|| script.pop().expect("the script has an end"));
    }
}

#[cfg(test)]
mod tests {
    use gaara_kernel::{InvoiceId, Timestamp};

    use super::*;

    #[test]
    fn counted_ids_come_in_order() {
        let entropy: &dyn Entropy = &CountedEntropy::default();
        let ids: Vec<InvoiceId> =
            (0..300).map(|_| entropy.new_id(Timestamp::from_millis(1))).collect();
        assert!(ids.is_sorted());
    }

    #[test]
    fn a_script_is_given_in_order() {
        let mut bytes = [0; 2];
        ScriptedEntropy::new(&[7, 9, 11]).fill(&mut bytes);
        assert_eq!(bytes, [7, 9]);
    }
}

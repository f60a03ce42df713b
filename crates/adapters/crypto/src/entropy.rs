//! The operating system's randomness.

use std::io::Write;

use gaara_kernel::Entropy;

/// Draws from the generator of aws-lc-rs, which the operating system seeds.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        if aws_lc_rs::rand::fill(bytes).is_err() {
            give_up();
        }
    }
}

/// Ends the process at once.
///
/// Without randomness every token, salt and key that would follow could be guessed, and there is
/// no safe answer to give instead. A panic is not enough: somebody may catch it and go on with a
/// buffer of zeros.
fn give_up() -> ! {
    // The process ends whether or not the message can be written.
    let _ = writeln!(
        std::io::stderr(),
        "gaara: the operating system has no randomness to give; stopping"
    );
    std::process::abort();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_draws_differ() {
        let entropy: &dyn Entropy = &SystemEntropy;
        assert_ne!(entropy.token_bytes(), [0; 32]);
        assert_ne!(entropy.token_bytes(), entropy.token_bytes());
    }
}

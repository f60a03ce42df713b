//! Figures of the process itself, and of the mail that it carries.

use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};

use gaara::application::{Measure, Measured};

/// How much of the machine the process holds; Linux alone tells.
pub(crate) struct Process;

impl Measured for Process {
    fn measures(&self) -> Vec<Measure> {
        let memory = fs::read_to_string("/proc/self/status").ok();
        let memory = memory.as_deref().and_then(resident_kib).map(|kib| kib.saturating_mul(1024));
        // The directory that is being read is one of them.
        let files = fs::read_dir("/proc/self/fd").ok().map(|files| files.count().saturating_sub(1));
        let files = files.and_then(|files| u64::try_from(files).ok());
        let of = |name, value: Option<u64>| value.map(|value| Measure::of(name, value));
        [of("process_resident_memory_bytes", memory), of("process_open_fds", files)]
            .into_iter()
            .flatten()
            .collect()
    }
}

fn resident_kib(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// What became of mail.
#[derive(Debug, Default)]
pub(crate) struct MailFigures {
    sent: AtomicU64,
    failures: AtomicU64,
}

impl MailFigures {
    pub(crate) fn note_sent(&self, count: usize) {
        self.sent.fetch_add(u64::try_from(count).unwrap_or_default(), Ordering::Relaxed);
    }

    pub(crate) fn note_failure(&self) {
        self.failures.fetch_add(1, Ordering::Relaxed);
    }
}

impl Measured for MailFigures {
    fn measures(&self) -> Vec<Measure> {
        vec![
            Measure::of("gaara_mail_sent_total", self.sent.load(Ordering::Relaxed)),
            Measure::of("gaara_mail_failures_total", self.failures.load(Ordering::Relaxed)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resident_memory_is_read_off_its_line() {
        assert_eq!(resident_kib("Name:\tgaara\nVmRSS:\t   7936 kB\nVmData:\t1 kB\n"), Some(7936));
        assert_eq!(resident_kib("Name:\tgaara\n"), None);
    }
}

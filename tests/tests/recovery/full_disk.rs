//! The disk is full while people work.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use gaara_tests::server::{Database, Installation};

use crate::company::{assert_books, found, sign_in};
use crate::load::Journal;
use crate::tell;

/// A small disk of its own, which is gone with this value.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(path: &Path) -> Self {
        fs::create_dir_all(path).unwrap();
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=64m,mode=700", "tmpfs"])
            .arg(path)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "a small disk needs root and mount(8): {told}");
        Self(path.to_owned())
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("--lazy").arg(&self.0).status());
    }
}

#[test]
fn only_by_make_faults_a_full_disk_loses_nothing_that_was_told() {
    let installation = Installation::new(Database::Sqlite);
    let disk = SmallDisk::mount(&installation.file("data"));
    let server = installation.start();
    let goods = found(&server);
    let journal = Journal::default();
    let filler = disk.0.join("filler");
    let mut full = 0;
    for _ in 0..3 {
        journal.during(&server.address, &goods, || {
            journal.await_more(20);
            // Leaves no room at all, in the middle of what is being written.
            let before = journal.refused();
            drop(fs::write(&filler, vec![0; 80 * 1024 * 1024]));
            while journal.refused() == before {
                thread::yield_now();
            }
        });
        let lines = journal.lines();
        full += lines.iter().filter(|line| line.told.is_none()).count();
        // What was told can be read while the disk is full.
        let client = gaara_tests::client::Client::new(&server.address);
        let _ = client.get("/health").expect(200);
        fs::remove_file(&filler).unwrap();
        journal.ask_until_answered(&server.address, &goods);
        journal.assert_kept(&server.address, &goods);
        assert_books(&installation);
    }
    assert!(full > 0, "somebody was refused for want of room");
    let _ = sign_in(&server.address);
    assert!(server.stop().success(), "{}", installation.log());
    tell(&format!("a full disk 3 times: {} told, {full} refused meanwhile", journal.told()));
}

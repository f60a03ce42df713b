//! The tiers of the house: who may depend on whom, and what a pure crate may pull in.
#![expect(clippy::unwrap_used, reason = "a guard that cannot read the workspace has to fail")]

use std::env;
use std::fs;
use std::process::Command;

use cargo_metadata::camino::Utf8Path;
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};
use gaara_tests::tiers::{self, Tier};
use gaara_tests::{invariants, manifest, tree};

/// The members as their manifests declare them, without resolving anything.
fn workspace() -> Metadata {
    MetadataCommand::new().current_dir(tree::root()).no_deps().exec().unwrap()
}

/// The folder of a member, relative to the workspace.
fn folder<'a>(workspace: &'a Metadata, package: &'a Package) -> &'a str {
    relative(workspace, package.manifest_path.parent().unwrap())
}

fn relative<'a>(workspace: &Metadata, path: &'a Utf8Path) -> &'a str {
    path.strip_prefix(&workspace.workspace_root).unwrap().as_str()
}

fn cargo_tree(package: &str) -> String {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // With every feature: cargo would unite what another member switches on.
    let output = Command::new(cargo)
        .current_dir(tree::root())
        .args(["tree", "--package", package, "--edges", "normal,build", "--prefix", "none"])
        .args(["--all-features", "--offline", "--locked"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_member_has_a_tier() {
    let workspace = workspace();
    assert!(!workspace.packages.is_empty());

    for package in &workspace.packages {
        let folder = folder(&workspace, package);
        assert!(Tier::of(folder).is_some(), "{} in {folder} stands in no tier", package.name);
    }
}

#[test]
fn dependencies_point_to_lower_tiers_only() {
    let workspace = workspace();
    let mut edges = 0_usize;
    let mut objections = Vec::new();

    for package in &workspace.packages {
        for dependency in &package.dependencies {
            let Some(path) = &dependency.path else {
                continue;
            };
            if dependency.kind == DependencyKind::Development {
                continue;
            }
            edges += 1;
            let from = folder(&workspace, package);
            objections.extend(tiers::objection(from, relative(&workspace, path)));
        }
    }

    assert!(edges > 0, "no edge between members found; the guard sees nothing");
    assert!(objections.is_empty(), "{}", objections.join("\n"));
}

#[test]
fn pure_crates_reach_pure_crates_only() {
    let workspace = workspace();
    let pure: Vec<&str> = workspace
        .packages
        .iter()
        .filter(|package| Tier::of(folder(&workspace, package)).is_some_and(Tier::is_pure))
        .map(|package| package.name.as_str())
        .collect();
    assert!(pure.contains(&"gaara-kernel") && pure.contains(&"gaara-application"), "{pure:?}");

    for package in &pure {
        let tree = cargo_tree(package);
        assert!(tree.contains(package), "cargo tree says nothing about {package}: {tree}");
        let impurities = tiers::impurities(&tree, &pure);
        assert!(impurities.is_empty(), "{package} reaches {}", impurities.join(", "));
    }
}

#[test]
fn every_member_takes_lints_and_versions_from_the_workspace() {
    let workspace = workspace();

    for package in &workspace.packages {
        let text = fs::read_to_string(&package.manifest_path).unwrap();
        let findings = manifest::findings(&text).unwrap();
        assert!(findings.is_empty(), "{}:\n{}", package.manifest_path, findings.join("\n"));
    }
}

#[test]
fn every_invariant_names_a_test_that_exists() {
    let page = tree::root().join("docs/architecture.md");
    let text = fs::read_to_string(&page)
        .unwrap_or_else(|error| panic!("{}: {error}; the invariants stand there", page.display()));
    let files = tree::rust_files(tree::root()).unwrap();

    let findings = invariants::findings(&text, &files);

    assert!(findings.is_empty(), "docs/architecture.md\n{}", findings.join("\n"));
}

# What one does with this repository, one target each; `make help` lists them.

SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

PURE := gaara-kernel gaara-inventory gaara-invoicing gaara-identity gaara-security-policy gaara-application

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# The dev profile: its cold build is the shorter one, and a demo needs no speed.
.PHONY: run
run: ## Start the server with demonstration data
	cargo run --locked -p gaara -- serve --demo

.PHONY: check
check: fmt lint unit ## The quick gate: format, lints, tests of the pure crates, guards

# The tests come last, so that their summary ends the output.
.PHONY: test
test: fmt lint docs-strict doctest all-tests ## The whole gate: everything the CI runs

.PHONY: bench
bench: ## Measure how totals, stock and invoices grow, and what finding out who asks costs
	cargo bench --locked -p gaara-invoicing --bench totals
	cargo bench --locked -p gaara --bench authenticate
	cargo bench --locked -p gaara-tests --bench sign_ins
	scripts/with-services.sh cargo bench --locked -p gaara-store-sql --bench stock
	scripts/with-services.sh cargo bench --locked -p gaara-store-sql --bench invoices

.PHONY: faults
faults: nextest ## Kill servers and databases under load, and fill a disk (root); figures in docs/reliability.md
	scripts/with-services.sh cargo nextest run --locked --workspace --profile faults

.PHONY: docs
docs: ## Build the API documentation into target/doc
	cargo doc --locked --workspace --no-deps

.PHONY: fmt
fmt: ## Check the format; `cargo fmt --all` repairs it
	cargo fmt --all --check

.PHONY: lint
lint: ## Run clippy; a warning is an error
	cargo clippy --locked --workspace --all-targets -- -D warnings

.PHONY: unit
unit: nextest ## Test the pure crates and the guards, without any service
	cargo nextest run --locked $(addprefix -p ,$(PURE))
	cargo nextest run --locked -p gaara-tests --lib --test architecture --test tidy

.PHONY: deny
deny: ## Check licences, bans, sources and advisories of the dependencies
	cargo deny --version >/dev/null 2>&1 || cargo install --locked cargo-deny
	cargo deny --locked check

.PHONY: security
security: ## Attack a server of its own with testssl.sh, sslyze, slowhttptest, schemathesis, wapiti, sqlmap and Chromium
	scripts/security/run.sh

.PHONY: all-tests
all-tests: nextest
	scripts/with-services.sh cargo nextest run --locked --workspace $(if $(CI),--profile ci)

.PHONY: doctest
doctest:
	cargo test --locked --workspace --doc

.PHONY: docs-strict
docs-strict:
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps

.PHONY: nextest
nextest:
	cargo nextest --version >/dev/null 2>&1 || cargo install --locked cargo-nextest

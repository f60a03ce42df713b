#!/usr/bin/env bash
# Runs every security check, and fails when one of them found something.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
failed=()
for check in tls slow schema injection pages; do
    printf '== %s\n' "$check"
    "$here/$check.sh" || failed+=("$check")
done
if [[ ${#failed[@]} -gt 0 ]]; then
    printf 'findings: %s\n' "${failed[*]}" >&2
    exit 1
fi

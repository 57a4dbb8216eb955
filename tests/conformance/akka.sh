#!/usr/bin/env bash
# Builds the actors on the package Akka in place of this repository's kernel, and runs on it every test that is written
# for either: the kernel's, the test kit's, and those of the whole pipeline. Some minutes.
#
#   tests/conformance/akka.sh
#
# Last line: N passed, N failed. Exit: 0 all passed, 1 some failed, 2 it does not build, 3 the package cannot be restored.
set -uo pipefail
cd "$(dirname "$0")/../.."
switch=(-c Release -v q --nologo -p:ActorRuntime=Akka)
projects=(ActorKernel.Tests ActorKernel.TestKit.Tests Actors.Tests)
log=$(mktemp)
trap 'rm -f "$log"' EXIT

if ! dotnet restore -v q --nologo -p:ActorRuntime=Akka src/Actors > "$log" 2>&1; then
  grep -m 5 'error' "$log" >&2
  echo "The package Akka cannot be restored here, so nothing was compared. The build needs a NuGet source that has it." >&2
  exit 3
fi

if ! dotnet build "${switch[@]}" src/Actors > "$log" 2>&1; then
  grep 'error' "$log" | sort -u >&2
  echo "src/Actors does not build on Akka.NET." >&2
  exit 2
fi

count() { sed -E "s/.*$1: +([0-9]+).*/\1/" <<< "$summary"; }
passed=0 failed=0
for project in "${projects[@]}"; do
  dotnet test "${switch[@]}" "tests/$project" > "$log" 2>&1
  summary=$(grep -E '^(Passed|Failed)!' "$log")
  if [ -z "$summary" ]; then
    grep 'error' "$log" | sort -u >&2
    echo "tests/$project does not build or run on Akka.NET." >&2
    exit 2
  fi

  grep '\[FAIL\]' "$log" | sed 's/^\[[^]]*\] *//'
  echo "$project: $(count Passed) passed, $(count Failed) failed"
  passed=$((passed + $(count Passed))) failed=$((failed + $(count Failed)))
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

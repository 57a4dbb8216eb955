#!/usr/bin/env bash
# Kills a real run with SIGKILL, half the times at named moments and half at random ones, takes it up after each kill,
# and looks whether what it promised was kept. docs/reliability.md says what that is and has the last table.
#   tests/campaigns/kills.sh [KILLS] [SEED]      default: 500 kills, seed 1, about 25 minutes on two busy cores
# A run in which a promise is broken is kept, and the one line is printed that goes the same way again.
set -euo pipefail
cd "$(dirname "$0")/../.."
dotnet build -c Release --nologo -v quiet tests/Reliability
exec dotnet run -c Release --no-build --project tests/Reliability -- --kills "${1:-500}" --seed "${2:-1}"

#!/usr/bin/env bash
# Runs the whole pipeline in many simulated worlds and checks, after every step, what must always hold.
#   tests/campaigns/simulate.sh [FIRST] [LAST]      default: 1 100000, about an hour on two cores
# A world that breaks prints the one line that makes it break again.
set -euo pipefail
cd "$(dirname "$0")/../.."
dotnet build -c Release --nologo -v quiet tests/Simulation
exec dotnet run -c Release --no-build --project tests/Simulation -- --seeds "${1:-1}..${2:-100000}"

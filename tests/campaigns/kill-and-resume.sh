#!/usr/bin/env bash
# Kills a run with SIGKILL at a random moment, resumes it, kills it again, up to three times, and lets it finish; then
# checks that it has all its points, none twice, and an intact chain. About six seconds a run; not part of the tests.
#
#   tests/campaigns/kill-and-resume.sh [RUNS] [SEED]     default: 20 runs, seed 1
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-20}
RANDOM=${2:-1}

dotnet build -c Release -v q --nologo src/Host > /dev/null
dkl="src/Host/bin/Release/net10.0/dkl"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
kills=0 unknown=0 resumed=0

for ((run = 1; run <= runs; run++)); do
  folder="$work/$run"
  arguments=(run samples/nanoparticles.yaml --seed "$run" --out "$folder" --json
    --set "exposure.dwell=20 ms" --set planner.measurements=30 --set "microscope.size=64 px" --set microscope.particles=8)
  for attempt in 1 2 3 last; do
    "$dkl" "${arguments[@]}" > "$work/summary" 2> "$work/progress" &
    process=$!
    # From start-up to some way into the run; the fourth process may finish.
    [ "$attempt" = last ] || sleep "$(printf '%d.%02d' $((RANDOM % 2)) $((20 + RANDOM % 80)))"
    if [ "$attempt" != last ] && kill -9 "$process" 2> /dev/null; then
      kills=$((kills + 1))
      wait "$process" 2> /dev/null || true
      if [ -s "$folder/journal.db" ] && [ -s "$folder/recipe.yaml" ]; then
        arguments=(run --resume "$folder" --json)
        resumed=$((resumed + 1))
      fi
      continue
    fi

    wait "$process" || { echo "run $run ended with code $?"; cat "$work/progress"; exit 1; }
    break
  done

  # A run that was killed before its first event starts anew; one that went on says how it ended.
  grep -q '"points":40,' "$work/summary" && grep -q '"measurementsRepeated":0,' "$work/summary" \
    && grep -q '"intact":true' "$work/summary" || { echo "run $run (seed $run) is not whole:"; cat "$work/summary"; exit 1; }
  unknown=$((unknown + $(grep -oE '"exposuresOfUnknownOutcome":[0-9]+' "$work/summary" | cut -d: -f2)))
done

echo "$runs runs, $kills kills, $resumed resumptions: every run has its 40 points, none twice, every chain is intact;"
echo "$unknown exposures of unknown outcome, each charged in full and left out."

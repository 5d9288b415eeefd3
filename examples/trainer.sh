#!/bin/sh
# A trainer of one's own, as small as can be: sh examples/trainer.sh CONFIG JOB. It learns nothing but speaks the protocol.
set -eu
output=$(sed -n 's/^ *"output_dir": "\(.*\)",*$/\1/p' "$1") && mkdir -p "$output"
trap 'echo "stopped"; exit 143' TERM
for step in 1 2 3 4 5; do
  printf '{"status":"running","current_step":%s,"total_steps":5,"progress_percent":%s,"train_loss":%s}\n' \
    "$step" "$((step * 20))" "0.$((9 - step))" >"$output/progress.tmp"
  mv "$output/progress.tmp" "$output/progress.json" # aside, then renamed: nobody reads half a file
  echo "[$(date '+%Y-%m-%d %H:%M:%S')] [trainer] [INFO] job $2, step $step" && sleep 1
done

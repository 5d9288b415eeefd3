#!/bin/sh
# A trainer by the protocol of this server: what a user's own may look like. Its model's name says how it behaves.
config=$1
output=$(sed -n 's/^ *"output_dir": "\(.*\)",*$/\1/p' "$config")
mkdir -p "$output/checkpoint-10"
echo "[2025-11-15 10:00:00] [__main__] [INFO] [SFT] training job $2   "
grep -q '"resume_from_checkpoint"' "$config" && echo "resumed"
echo '{"epoch": 0.5, "log_history": [{"step": 10, "eval_loss": 0.5, "loss": 0.75}]}' >"$output/checkpoint-10/trainer_state.json"
cat >"$output/progress.tmp" <<END
{"status": "running", "current_step": 10, "total_steps": 20, "progress_percent": 50.0, "train_loss": 0.75, "eval_loss": NaN,
 "metrics_history": [{"step": 10, "epoch": 0.5, "train_loss": 0.75, "eval_loss": NaN}]}
END
mv "$output/progress.tmp" "$output/progress.json"
if grep -q '"name": "fails"' "$config"; then
    echo "ERROR: out of luck"
    exit 3
fi
trap 'echo stopped; exit 0' TERM
while grep -q '"name": "waits"' "$config" && ! [ -e "$output/finish" ]; do sleep 0.05; done
echo done

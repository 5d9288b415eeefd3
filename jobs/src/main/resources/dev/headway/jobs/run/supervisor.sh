#!/bin/sh
# supervisor.sh ATTEMPT DIRECTORY PROGRAM [ARGUMENT...]
#
# Runs one attempt of a job and leaves behind how it ended, whether or not a server is there to see it.
# It leads a session of its own; its standard output and error are the job's log. It decides nothing and times nothing.
#
# Files in DIRECTORY:
#   claim-ATTEMPT   "pid start boot" of this supervisor, or "revoked". Who links it first decides whether the attempt runs.
#   started         the claim, then "pid start" of the trainer; written by the process that becomes the trainer.
#   exit-code       "code claim", padded. A file of an earlier attempt does not hold our claim and so is not taken for ours.
#   stop-ATTEMPT    made by the server: do not begin.
#
# Ends with the trainer's code; 75 if the attempt is taken, 74 if its files cannot be written.
set -u
attempt=$1 directory=$2
shift 2

# When a process began, in clock ticks since the boot. Its name is cut off at the last bracket, as it may hold blanks.
began() { read -r line <"/proc/$1/stat" && set -- ${line##*) } && echo "${20}"; }

read -r boot </proc/sys/kernel/random/boot_id
me="$$ $(began $$) $boot"

# Written aside and then linked, so that a claim is never seen half written and never has two owners.
echo "$me" >"$directory/.claim.$$" || exit 74
ln "$directory/.claim.$$" "$directory/claim-$attempt" 2>/dev/null
taken=$?
rm -f "$directory/.claim.$$"
if [ $taken -ne 0 ]; then
    echo "attempt $attempt is taken or revoked" >&2
    exit 75
fi

# Room for the exit code is taken now, as the disk may be full by the end.
rm -f "$directory/exit-code"
printf '%-160s\n' - >"$directory/.exit-code" || exit 74

# Caught, not ignored: what is ignored would be ignored by the trainer too.
trap : TERM INT HUP

if [ -e "$directory/stop-$attempt" ]; then
    code=143
else
    # In the foreground: a shell that waits for a background job is called away from it by signals and loses the code.
    sh -c '
        me=$1 directory=$2
        shift 2
        began() { read -r line <"/proc/$1/stat" && set -- ${line##*) } && echo "${20}"; }
        echo "$me $$ $(began $$)" >"$directory/.started" && mv "$directory/.started" "$directory/started" || exit 74
        # Should memory run out, the trainer goes before the server does.
        { echo 500 >/proc/self/oom_score_adj; } 2>/dev/null
        exec "$@"
    ' trainer "$me" "$directory" "$@"
    code=$?
fi

# Written in place, into the room taken above, then renamed; should even that fail, again until it succeeds.
until printf '%-160s\n' "$code $me" 1<>"$directory/.exit-code" && mv "$directory/.exit-code" "$directory/exit-code"; do
    sleep 1
done
exit "$code"

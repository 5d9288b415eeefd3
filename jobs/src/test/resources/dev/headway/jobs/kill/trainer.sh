#!/bin/sh
# trainer.sh CONFIG: a trainer that can tell when it is run twice. Its job's id is "jNUMBER"; the number says how long it
# takes and how it ends. Everything it does is noted beside the data directory.
notes=$NOTES
number=${JOB_ID#j}
exec 9>"$notes/lock-$JOB_ID"
flock -n 9 || { echo "$HW_ATTEMPT" >>"$notes/doubles"; exit 99; }
echo "$HW_ATTEMPT" >>"$notes/began"
# The sleep inherits the lock: should only this shell be killed, the work still counts as going on.
sleep "0.$(printf '%02d' $((5 + number * 7 % 46)))"
echo "$HW_ATTEMPT" >>"$notes/ended"
[ $((number % 3)) -eq 0 ] && exit 7
exit 0

#!/bin/sh
# A program that measures models, by the protocol of this server: what a user's own may look like. The name of the model
# says how it behaves.
model=$1 data=$2 metrics=$3
case ${model##*/} in
good)
    echo "loading $data"
    echo '{"metrics":{"f1":0.1,"beauty":1.0,"accuracy":0.30000000000000004,"loss":null,"recall":"high"},"left_out":{}}'
    ;;
partly) echo '{"metrics":{"loss":2.5},"left_out":{"f1":"no labels","recall":"no labels","exact_match":"too long"}}' ;;
bad)
    echo 'a stack trace' >&2
    echo '{"error":"the tokenizer of it is not known"}'
    exit 1
    ;;
crashing)
    echo '{"metrics":{"f1":1.0},"left_out":{}}'
    echo 'out of luck' >&2
    exit 134
    ;;
killed) kill -s KILL $$ ;;
silent) ;;
waiting)
    echo $$ >"$model/pid"
    while ! [ -e "$model/go" ]; do sleep 0.05; done
    echo '{"metrics":{"f1":1.0}}'
    ;;
*) echo "{\"metrics\":{},\"left_out\":{},\"asked\":\"$metrics\"}" ;;
esac

#!/bin/sh
# Behaves as llama.cpp's programs do, by the name under which it lies: takes their options and no others, and prints figures
# of its own in their form. A prompt file that says "crash" ends it as a segmentation fault does.
NAME=${0##*/}
BUILD=9821
case $NAME in
    main) KNOWN='-m --model -f --file -n -c --ctx-size -t --threads -tb --threads-batch -b --batch-size -ctk --cache-type-k
        -ctv --cache-type-v -s --seed --temp --top-k --top-p --min-p --repeat-penalty' FLAGS='--ignore-eos --no-mmap --mlock
        --simple-io' ;;
    llama-completion) KNOWN='-m --model -f --file -n -c --ctx-size -t --threads -tb --threads-batch -b --batch-size -ub
        --ubatch-size -ctk --cache-type-k -ctv --cache-type-v -s --seed --temp --top-k --top-p --min-p --repeat-penalty -ngl
        --n-gpu-layers -fit --fit-target -fa --flash-attn' FLAGS='--ignore-eos --no-mmap --mlock --simple-io -no-cnv -cnv
        --single-turn --no-escape --no-warmup --log-timestamps --log-prefix --no-context-shift' ;;
    llama-bench) KNOWN='-m --model -p -n -d --n-depth -r -o -t --threads -b --batch-size -ub --ubatch-size -ctk --cache-type-k
        -ctv --cache-type-v -ngl --n-gpu-layers -fa --flash-attn -mmp --mmap' FLAGS='--no-warmup' ;;
esac

if [ "$1" = --help ]; then
    echo "usage: $NAME"
    for X in $KNOWN $FLAGS; do echo "  $X"; done
    [ $NAME != llama-completion ] || echo "  set Flash Attention use"
    [ $NAME != llama-bench ] || echo "  -o <json|jsonl>"
    exit 0
fi

has() { case " $(echo $1) " in *" $2 "*) return 0 ;; esac; return 1; }

GEN=0 PROMPT=0 DEPTH=0 FILE= MODEL= THREADS=0 LAYERS=0 FA=0
while [ $# -gt 0 ]; do
    case $1 in
        -n) GEN=$2 ;;
        -p) PROMPT=$2 ;;
        -d) DEPTH=$2 ;;
        -f) FILE=$2 ;;
        -m) MODEL=$2 ;;
        -t) THREADS=$2 ;;
        -ngl) LAYERS=$2 ;;
        -fa) FA=$2 ;;
    esac
    if has "$KNOWN" "$1"; then
        shift 2
    elif has "$FLAGS" "$1"; then
        shift
    else
        echo "error: invalid argument: $1" >&2
        exit 1
    fi
done

if [ ! -f "$MODEL" ]; then
    echo "main: error: failed to load model '$MODEL'" >&2
    echo "gguf_init_from_file: failed to open GGUF file '$MODEL'" >&2
    exit 1
fi

bench() {
    NS=$(((PROMPT + 10 * GEN) * 1000000))
    RATE=$(((PROMPT + GEN) * 1000000 / ((PROMPT + 10 * GEN) * 1000)))
    echo "{\"build_commit\": \"0123abcd\", \"build_number\": $BUILD, \"cpu_info\": \"scripted\", \"gpu_info\": \"\"," \
        "\"backends\": \"CPU\", \"model_filename\": \"$MODEL\", \"model_type\": \"llama ?B Q4_0\", \"model_size\": 1," \
        "\"model_n_params\": 1, \"n_batch\": 2048, \"n_ubatch\": 512, \"n_threads\": $THREADS, \"type_k\": \"f16\"," \
        "\"type_v\": \"f16\", \"n_gpu_layers\": $LAYERS, \"flash_attn\": $FA, \"use_mmap\": true, \"n_prompt\": $PROMPT," \
        "\"n_gen\": $GEN, \"n_depth\": $DEPTH, \"test_time\": \"2026-01-01T00:00:00Z\", \"avg_ns\": $NS," \
        "\"stddev_ns\": 0, \"avg_ts\": $RATE.000000, \"stddev_ts\": 0.000000, \"samples_ns\": [ $NS ]," \
        "\"samples_ts\": [ $RATE.0 ]}"
}

# Ten milliseconds a decoded token, one a prompt token, of which there is one a word.
perf() {
    N=1
    for X in $(cat "$FILE"); do N=$((N + 1)); done
    R=$((GEN - 1))
    echo "build: $BUILD (0123abcd) with cc" >&2
    echo "$1       load time =     100.00 ms" >&2
    echo "$1prompt eval time =     $N.00 ms /   $N tokens (    1.00 ms per token,  1000.00 tokens per second)" >&2
    echo "$1       eval time =     ${R}0.00 ms /   $R runs   (   10.00 ms per token,   100.00 tokens per second)" >&2
    echo "$1      total time =     ${R}5.00 ms /   $((N + R)) tokens" >&2
}

if [ $NAME = llama-bench ]; then
    bench
    exit 0
fi
case $(cat "$FILE") in
    crash*)
        echo "Segmentation fault" >&2
        exit 139
        ;;
    *'too long'*)
        echo "main: prompt is too long (70 tokens, max 28)" >&2
        exit 1
        ;;
esac
echo "an answer"
case $NAME in
    main) perf "llama_print_timings: " ;;
    *) perf "0.00.100.000 I common_perf_print: " ;;
esac

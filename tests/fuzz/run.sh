#!/bin/sh
# Let each fuzzer run for some seconds: run.sh BUILD SECONDS NAME...
# What it finds lands in BUILD/fuzz/found; new inputs in BUILD/fuzz/corpus.
set -eu
build=$1
seconds=$2
shift 2
bad=0
for name in "$@"; do
	seeds=tests/fuzz/corpus/$name
	mkdir -p "$build/fuzz/corpus/$name" "$build/fuzz/found" "$seeds"
	echo "== $name, $seconds s"
	"$build/fuzz/$name" -max_total_time="$seconds" -timeout=10 \
	    -rss_limit_mb=1024 -print_final_stats=1 \
	    -artifact_prefix="$build/fuzz/found/$name-" \
	    "$build/fuzz/corpus/$name" "$seeds" > "$build/fuzz/$name.log" 2>&1 ||
	    bad=1
	grep -E 'SUMMARY|number_of_executed|ERROR|Assertion|^monkey:' \
	    "$build/fuzz/$name.log" || true
done
[ $bad = 0 ] && echo 'fuzz: nothing found' || echo "fuzz: see $build/fuzz/found"
exit $bad

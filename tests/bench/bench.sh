#!/bin/sh
# The figures of import, export and shipping, each beside its goal and its peer on the same
# machine in the same minute: runs take turns, and what is printed are ratios of
# medians. Where others use the machine, too, the processor's time is fairer; it
# stands behind each ratio of times.
#
#	BENCH_N=1000000 orders, which is the size of the goals; 200000 is a look
#	BENCH_PAIRS=5; BENCH_FEW=100000 orders of each layout and of workbooks
#	BENCH_DIR for about 4 GB of files; BENCH_ONLY="import layouts" some parts
set -eu

build=${BUILD:-build}
n=${BENCH_N:-1000000}
pairs=${BENCH_PAIRS:-5}
dir=${BENCH_DIR:-$build/bench}
few=${BENCH_FEW:-100000}
[ "$few" -le "$n" ] || few=$n
more=$((n / 100)) # of a later file
changed=$((n / 200))
only=${BENCH_ONLY:-import clerks keys workbook layouts ship peers}
shopmgr=$build/shopmgr
here=tests/bench

mkdir -p "$dir"
export TZ=Asia/Shanghai SHOPMGR_USER=bench SHOPMGR_PASSWORD_FILE="$dir/password"
# Logging in is not what is measured.
export SHOPMGR_TEST_WEAK_HASH=1
unset SHOPMGR_DB SHOPMGR_LANG || true
echo bench-password > "$dir/password"

cc=${CC:-cc}
build_tool() { # NAME SOURCE... -- LIBRARY...
	name=$1
	shift
	$cc -O2 -std=c17 -D_GNU_SOURCE -Iinclude -o "$dir/$name" "$@"
}
shop="$build/libdomain.a $build/libdb.a $build/libio.a $build/libbase.a
    ${LIBS:?is set by make bench}"
build_tool gen $here/gen*.c -lm
build_tool run $here/run.c
# shellcheck disable=SC2086 # words
for tool in clerks find to_xlsx; do
	build_tool $tool $here/$tool.c $shop
done

say() { printf '%s\n' "$*" >&2; }
wanted() { case " $only " in *" $1 "*) ;; *) return 1 ;; esac; }

# timed NAME COMMAND...: a line in $dir/NAME.t, what was said in $dir/log
timed() {
	out=$dir/$1.t
	shift
	sync
	"$dir/run" "$out" "$@" > "$dir/log" 2>&1 || {
		say "failed: $*"
		tail -5 "$dir/log" >&2
		exit 1
	}
}
median() { # of column $2 of NAME: seconds, kB, seconds of the processor
	sort -n -k"${2:-1},${2:-1}" "$dir/$1.t" |
	    awk -v c="${2:-1}" '{ v[NR] = $c } END { print v[int((NR + 1) / 2)] }'
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
megabytes() { echo $(($(median "$1" 2) / 1024)); }

# row WHAT GOAL VALUE TEXT: whether VALUE is not above GOAL
row() {
	verdict=$(awk -v v="$3" -v g="$2" 'BEGIN {
		if (g == "") print ""
		else if (v == "") print "no figure"
		else print (v + 0 <= g + 0 ? "reached" : "MISSED") }')
	printf '| %-58s | %-9s | %-44s | %-9s |\n' "$1" "${2:+<= $2}" "$4" \
	    "$verdict" >> "$dir/table"
}
heading() {
	printf '\n| %-58s | %-9s | %-44s | %-9s |\n|---|---|---|---|\n' \
	    "$1" goal measured '' >> "$dir/table"
}
time_row() { # WHAT GOAL NAME BESIDE: the ratio of two times
	by_clock=$(ratio "$(median "$3")" "$(median "$4")")
	row "$1" "$2" "$by_clock" \
	    "$by_clock ($(median "$3") s; processor $(ratio \
	    "$(median "$3" 3)" "$(median "$4" 3)"))"
}

data() { # NAME OPTIONS...: both encodings
	name=$1
	shift
	rm -rf "${dir:?}/$name" "$dir/$name-bare"
	mkdir -p "$dir/$name" "$dir/$name-bare"
	"$dir/gen" "$@" -o "$dir/$name"
	"$dir/gen" "$@" -e utf-8 --bare -o "$dir/$name-bare"
}
new_shop() {
	rm -f "$1" "$1"-* "$1".*
	"$shopmgr" -d "$1" init > /dev/null 2>&1
	"$shopmgr" -d "$1" setting currency_rates 'USD 7.12' > /dev/null 2>&1
}
bare_import() { # NAME DATA: each file into a table of texts of its own
	rm -f "$dir/bare.db"
	i=0
	set -- "$1" "$dir/$2"-bare/*.csv
	name=$1
	shift
	for file; do
		i=$((i + 1))
		set -- "$@" ".import $file t$i"
		shift
	done
	timed "$name" sqlite3 "$dir/bare.db" '.mode csv' "$@"
}
copy_shop() { # with its index of words, as it would be there
	rm -f "$dir/x.db" "$dir"/x.db[-.]*
	cp "$dir/shop.db" "$dir/x.db"
	cp "$dir/shop.db.search" "$dir/x.db.search"
	sync # nobody's commit waits for the copy
}
import() { # NAME SHOP FILE...: counts in $dir/NAME.counts
	name=$1
	db=$2
	shift 2
	timed "$name" "$shopmgr" -d "$db" import orders "$@"
	tr -d , < "$dir/log" > "$dir/$name.counts"
}
count() { # NAME WHAT
	awk -v w="$2" '$1 == w { print $2 }' "$dir/$1.counts"
}

measure_import() {
	say "making $n orders"
	data all -n "$n"
	data delta -n "$n" --from "$n" --count "$more" --changed "$changed" \
	    --tag later
	k=0
	while [ $k -lt "$pairs" ]; do
		k=$((k + 1))
		say "first import, pair $k of $pairs"
		bare_import bare all
		new_shop "$dir/shop.db"
		import first "$dir/shop.db" "$dir"/all/*.csv
	done
	bare_size=$(stat -c %s "$dir/bare.db")
	size=$(stat -c %s "$dir/shop.db")
	k=0
	while [ $k -lt "$pairs" ]; do
		k=$((k + 1))
		say "later imports and exports, pair $k of $pairs"
		import again "$dir/shop.db" "$dir"/all/*.csv
		bare_import bare-delta delta
		copy_shop
		import delta "$dir/x.db" "$dir"/delta/*.csv
		timed shell-csv sh -c "sqlite3 -csv '$dir/shop.db' \
		    < $here/export.sql > '$dir/shell.csv'"
		timed csv "$shopmgr" -d "$dir/shop.db" export orders \
		    -o "$dir/out.csv"
	done
	heading "$n orders of Taobao, medians of $pairs"
	time_row 'first import / sqlite3 .import bare' 1.0 first bare
	time_row "$more new, $changed changed / bare .import of them" 3 delta \
	    bare-delta
	time_row 'the same file again / first import' 0.3 again first
	row 'the same file again: orders that change' 0 \
	    "$(($(count again new) + $(count again updated)))" \
	    "$(count again unchanged) unchanged"
	row 'peak memory of the first import, MB' 420 "$(megabytes first)" \
	    "$(megabytes first)"
	row 'peak memory of a later import, MB' 64 "$(megabytes delta)" \
	    "$(megabytes delta)"
	row 'peak memory of the same file again, MB' 64 "$(megabytes again)" \
	    "$(megabytes again)"
	row 'database / bare text import' 0.55 "$(ratio "$size" "$bare_size")" \
	    "$(ratio "$size" "$bare_size") ($((size / 1000000)) MB)"
	time_row 'orders to CSV / sqlite3 -csv' 1.2 csv shell-csv
}

beside() { # WHAT DATA: others' commits while it is imported
	copy_shop
	clerks=$("$dir/clerks" "$dir/x.db" bench bench-password 8 50 \
	    "$shopmgr" -d "$dir/x.db" import orders "$dir/$2"/*.csv \
	    2> "$dir/log" | tail -1)
	row "$1, p99 ms" 100 \
	    "$(echo "$clerks" | sed -n 's/.*p99 \([0-9.]*\) .*/\1/p')" "$clerks"
}
measure_clerks() {
	say "8 clerks beside later imports"
	data many -n "$n" --from "$n" --count "$few" --tag many
	heading 'many at once'
	beside "commits of 8 others beside $more new orders" delta
	beside "commits of 8 others beside $few new orders" many
}

measure_keys() {
	say "finding anything"
	"$dir/find" "$dir/shop.db" bench bench-password > "$dir/find.warm"
	"$dir/find" "$dir/shop.db" bench bench-password > "$dir/find.txt"
	keys=$(sed -n 's/^all *[0-9]* keys *\(p50[^;]*\);.*/\1/p' \
	    "$dir/find.txt")
	say "scans"
	scans=$(env -u SHOPMGR_USER -u SHOPMGR_PASSWORD_FILE SCANS_FULL=1 \
	    BUILD="$build" "$build/tests/e2e/scans" 2> "$dir/log" |
	    sed -n 's/.* 50\/s: answered after \(.*\) (goal.*/\1/p')
	heading 'at the keyboard'
	row '1,000 scans at 50/s and 5,000 flat out, all answered: p99 ms' 16 \
	    "$(echo "$scans" | sed -n 's/.*p99 *\([0-9.]*\).*/\1/p')" \
	    "${scans:-not all}"
	row "find anything, a key typed, $n orders: p99 ms" 10 \
	    "$(echo "$keys" | sed -n 's/.*p99 *\([0-9.]*\).*/\1/p')" "$keys"
}

measure_workbook() {
	data small -n "$few"
	new_shop "$dir/small.db"
	k=0
	import small "$dir/small.db" "$dir"/small/*.csv
	while [ $k -lt "$pairs" ]; do
		k=$((k + 1))
		say "workbook, pair $k of $pairs"
		timed small-csv "$shopmgr" -d "$dir/small.db" export orders \
		    -o "$dir/out.csv"
		timed small-xlsx "$shopmgr" -d "$dir/small.db" export orders \
		    -o "$dir/out.xlsx"
	done
	heading 'workbooks'
	time_row "$few orders to .xlsx / to CSV" 4 small-xlsx small-csv
	row 'peak memory of that, MB' '' '' "$(megabytes small-xlsx), file $((\
	    $(stat -c %s "$dir/out.xlsx") / 1000000)) MB of $((\
	    $(stat -c %s "$dir/out.csv") / 1000000)) MB as CSV"
}

layout_row() { # NAME WHAT BESIDE: rows a second, and nothing refused
	rows=$(count "$1" rows)
	lost=$(($(count "$1" rejected) + few - $(count "$1" new)))
	rate=$(awk -v r="$rows" -v s="$(median "$1")" \
	    'BEGIN { printf "%d", r / s }')
	row "$2: rows refused or orders missed" 0 "$lost" \
	    "$lost; $rate rows/s, $(ratio "$(median "$1")" \
	    "$(median "$3")") of .import, $(ratio "$(median "$1" 3)" \
	    "$(median "$3" 3)") processor"
}
measure_layouts() {
	heading "ten layouts, $few orders each, into an empty shop"
	for layout in $(sed -n "s/^layout\t//p" $here/layouts.tsv); do
		data "l-$layout" -n "$few" -l "$layout"
		k=0
		while [ $k -lt "$pairs" ]; do
			k=$((k + 1))
			say "$layout, pair $k of $pairs"
			bare_import "b-$layout" "l-$layout"
			new_shop "$dir/layout.db"
			import "l-$layout" "$dir/layout.db" \
			    "$dir/l-$layout"/*.csv
		done
		layout_row "l-$layout" "$layout" "b-$layout"
	done
	"$dir/to_xlsx" "$dir"/l-pdd/*.csv "$dir/book.xlsx"
	k=0
	while [ $k -lt "$pairs" ]; do
		k=$((k + 1))
		say "a workbook, run $k of $pairs"
		new_shop "$dir/layout.db"
		import book "$dir/layout.db" "$dir/book.xlsx"
	done
	layout_row book 'pdd as .xlsx' b-pdd
}

# Peers take in the same files with less checking and no normalising.
peer() { # NAME COMMAND...
	command -v "$2" > /dev/null || {
		say "$2 is not there: left out"
		row "$1" '' '' 'not installed'
		return
	}
	name=$1
	shift
	say "$name"
	rm -f "$dir/peer.db" "$dir/peer.t"
	(timed peer "$@") 2> /dev/null || {
		row "$name" '' '' 'cannot read these files'
		return
	}
	row "$name / ours" '' '' \
	    "$(ratio "$(median peer)" "$(median small)") ($(median peer) s, $(
	    )$(megabytes peer) MB)"
}
measure_peers() {
	[ -d "$dir/small-bare" ] || data small -n "$few"
	orders=$(ls "$dir"/small-bare/ExportOrderList*.csv)
	items=$(ls "$dir"/small-bare/ExportOrderDetailList*.csv)
	[ -f "$dir/small.t" ] || {
		new_shop "$dir/small.db"
		import small "$dir/small.db" "$dir"/small/*.csv
	}
	heading "peers, $few orders of Taobao"
	peer 'sqlite3 .import' sqlite3 "$dir/peer.db" '.mode csv' \
	    ".import $orders orders" ".import $items items"
	peer 'sqlite-utils insert' sh -c "sqlite-utils insert '$dir/peer.db' \
	    orders '$orders' --csv && sqlite-utils insert '$dir/peer.db' \
	    items '$items' --csv"
	peer 'csvsql --insert' csvsql --no-inference --insert \
	    --db "sqlite:///$dir/peer.db" "$orders" "$items"
	peer 'mlr csv to json (orders)' mlr --icsv --lazy-quotes --ojson cat \
	    "$orders"
}

rm -f "$dir"/*.t "$dir/table"
# shellcheck source=tests/bench/ship.sh
. $here/ship.sh
for part in import clerks keys workbook layouts ship peers; do
	! wanted $part || measure_$part
done
cat "$dir/table"

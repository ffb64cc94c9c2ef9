#!/bin/sh
# The figures of import and export, each beside its peer on the same machine in
# the same minute: runs take turns, and what is printed are ratios of medians.
#
#	BENCH_N=1000000 orders; BENCH_PAIRS=5; BENCH_DIR for about 4 GB of files
set -eu

build=${BUILD:-build}
n=${BENCH_N:-1000000}
pairs=${BENCH_PAIRS:-5}
dir=${BENCH_DIR:-$build/bench}
few=$((n < 100000 ? n : 100000)) # for what is slow
more=$((n / 100))                # of a later file
changed=$((n / 200))
shopmgr=$build/shopmgr
here=tests/bench

mkdir -p "$dir"
export TZ=Asia/Shanghai SHOPMGR_USER=bench SHOPMGR_PASSWORD_FILE="$dir/password"
# Logging in is not what is measured.
export SHOPMGR_TEST_WEAK_HASH=1
unset SHOPMGR_DB SHOPMGR_LANG || true
echo bench-password > "$dir/password"

cc=${CC:-cc}
$cc -O2 -std=c17 -D_GNU_SOURCE -o "$dir/gen" $here/gen.c -lm
$cc -O2 -std=c17 -D_GNU_SOURCE -o "$dir/run" $here/run.c
$cc -O2 -std=c17 -D_GNU_SOURCE -Iinclude -o "$dir/clerks" $here/clerks.c \
    "$build/libdomain.a" "$build/libdb.a" "$build/libio.a" "$build/libbase.a" \
    -lsqlite3 -lcsv -lxlsxwriter -lminizip -lexpat -lsodium -loath -liniparser -pthread
$cc -O2 -std=c17 -D_GNU_SOURCE -Iinclude -o "$dir/find" $here/find.c \
    "$build/libdomain.a" "$build/libdb.a" "$build/libio.a" "$build/libbase.a" \
    -lsqlite3 -lcsv -lxlsxwriter -lminizip -lexpat -lsodium -loath -liniparser -pthread

say() { printf '%s\n' "$*" >&2; }

# timed NAME COMMAND...: a line in $dir/NAME.t
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
median() { # of column $2 of NAME
	sort -n -k"${2:-1},${2:-1}" "$dir/$1.t" |
	    awk -v c="${2:-1}" '{ v[NR] = $c } END { print v[int((NR + 1) / 2)] }'
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
row() { printf '| %-54s | %-22s | %s |\n' "$1" "$2" "$3"; }

data() { # NAME OPTIONS...: both encodings
	name=$1
	shift
	mkdir -p "$dir/$name" "$dir/$name-bare"
	"$dir/gen" "$@" -o "$dir/$name"
	"$dir/gen" "$@" -e utf-8 --bare -o "$dir/$name-bare"
}
new_shop() {
	rm -f "$1" "$1"-*
	"$shopmgr" -d "$1" init > /dev/null 2>&1
}
bare_import() { # NAME DATA
	rm -f "$dir/bare.db"
	timed "$1" sqlite3 "$dir/bare.db" '.mode csv' \
	    ".import $(ls "$dir/$2"-bare/ExportOrderList*.csv) orders" \
	    ".import $(ls "$dir/$2"-bare/ExportOrderDetailList*.csv) items"
}
copy_shop() {
	rm -f "$dir/x.db" "$dir"/x.db-*
	cp "$dir/shop.db" "$dir/x.db"
}

rm -f "$dir"/*.t
say "making $n orders"
data all -n "$n"
data small -n "$few"
data delta -n "$n" --from "$n" --count "$more" --changed "$changed" --tag later

i=0
while [ $i -lt "$pairs" ]; do
	i=$((i + 1))
	say "first import, pair $i of $pairs"
	bare_import bare all
	new_shop "$dir/shop.db"
	timed first "$shopmgr" -d "$dir/shop.db" import orders "$dir"/all/*.csv
done
bare_size=$(stat -c %s "$dir/bare.db")
size=$(stat -c %s "$dir/shop.db")

i=0
while [ $i -lt "$pairs" ]; do
	i=$((i + 1))
	say "later imports and exports, pair $i of $pairs"
	timed again "$shopmgr" -d "$dir/shop.db" import orders "$dir"/all/*.csv
	bare_import bare-delta delta
	copy_shop
	timed delta "$shopmgr" -d "$dir/x.db" import orders "$dir"/delta/*.csv
	timed shell-csv sh -c "sqlite3 -csv '$dir/shop.db' \
	    < $here/export.sql > '$dir/shell.csv'"
	timed csv "$shopmgr" -d "$dir/shop.db" export orders -o "$dir/out.csv"
done

say "clerks beside a later import"
copy_shop
clerks=$("$dir/clerks" "$dir/x.db" bench bench-password 8 50 \
    "$shopmgr" -d "$dir/x.db" import orders "$dir"/delta/*.csv 2> "$dir/log" |
    tail -1)

say "finding anything"
"$dir/find" "$dir/shop.db" bench bench-password > "$dir/find.warm"
"$dir/find" "$dir/shop.db" bench bench-password > "$dir/find.txt"
keys=$(sed -n 's/^all *[0-9]* keys *\(p50[^;]*\);.*/\1/p' "$dir/find.txt")

say "scans"
scans=$(env -u SHOPMGR_USER -u SHOPMGR_PASSWORD_FILE SCANS_FULL=1 \
    BUILD="$build" "$build/tests/e2e/scans" 2> "$dir/log" |
    sed -n 's/.* 50\/s: answered after \(.*\) (goal.*/\1/p')

new_shop "$dir/small.db"
timed small "$shopmgr" -d "$dir/small.db" import orders "$dir"/small/*.csv
i=0
while [ $i -lt "$pairs" ]; do
	i=$((i + 1))
	say "workbook, pair $i of $pairs"
	timed small-csv "$shopmgr" -d "$dir/small.db" export orders \
	    -o "$dir/out.csv"
	timed small-xlsx "$shopmgr" -d "$dir/small.db" export orders \
	    -o "$dir/out.xlsx"
done

echo
echo "$n orders, medians of $pairs pairs"
row what goal measured
row --- --- ---
row 'first import / sqlite3 .import bare' '<= 1.0, first 1.5' \
    "$(ratio "$(median first)" "$(median bare)") ($(median first) s, $(median bare) s)"
row "$more new, $changed changed / bare .import of them" '<= 3, first 6' \
    "$(ratio "$(median delta)" "$(median bare-delta)") ($(median delta) s)"
row 'the same file again / first import' '<= 0.3' \
    "$(ratio "$(median again)" "$(median first)") ($(median again) s)"
row 'peak memory: first / later import' '<= 420 MB / <= 64 MB' \
    "$(($(median first 2) / 1024)) MB / $(($(median delta 2) / 1024)) MB, again $(($(median again 2) / 1024)) MB"
row 'database / bare text import' '<= 0.55' "$(ratio "$size" "$bare_size")"
row "1,000 scans at 50/s, and 5,000 flat out: all answered" 'p99 <= 16 ms' \
    "${scans:-not all}"
row "find anything, a key typed, $n orders" 'p99 <= 10 ms' "$keys"
row "commits of 8 others beside a later import" 'p99 <= 100 ms' "$clerks"
row 'orders to CSV / sqlite3 -csv' '<= 1.2' \
    "$(ratio "$(median csv)" "$(median shell-csv)") ($(median csv) s)"
row "$few orders to .xlsx / to CSV" '<= 4' \
    "$(ratio "$(median small-xlsx)" "$(median small-csv)") ($(median small-xlsx) s)"

# Peers take in the same files with less checking and no normalising.
own=$(median small)
peer() { # NAME COMMAND...
	command -v "$2" > /dev/null || {
		row "$1" - 'not installed'
		return
	}
	name=$1
	shift
	rm -f "$dir/peer.db"
	(timed peer "$@") 2> /dev/null || {
		row "$name" - 'cannot read these files'
		return
	}
	row "$name, $few orders / ours" - \
	    "$(ratio "$(median peer)" "$own") ($(median peer) s)"
	rm -f "$dir/peer.t"
}
orders=$(ls "$dir"/small-bare/ExportOrderList*.csv)
items=$(ls "$dir"/small-bare/ExportOrderDetailList*.csv)
peer 'sqlite-utils insert' sqlite-utils insert "$dir/peer.db" orders "$orders" --csv
peer 'sqlite-utils insert (items)' sqlite-utils insert "$dir/peer.db" items "$items" --csv
peer 'csvsql --insert' csvsql --no-inference --insert \
    --db "sqlite:///$dir/peer.db" "$orders" "$items"
peer 'mlr csv to json (orders)' mlr --icsv --lazy-quotes --ojson cat "$orders"

# shellcheck shell=sh
# The part "ship" of bench.sh: parcels a second, and many at once.

clerks=50
think=50 # ms: all of them offer 1,000 parcels a second

# A shop of $n orders, and $few more to be shipped: goods for all of them.
ship_shop() {
	say "a shop of $n orders, $few to be shipped"
	data ship-all -n "$n"
	data ship-paid -n "$n" --from "$n" --count "$few" --tag paid --paid
	new_shop "$dir/ship.db"
	seq -f '%05g' 1 5000 | awk '{
	    printf "product add SKU-%s --product P%s --barcode 69%s\n", $1, $1, $1
	    printf "stock receive SKU-%s 1000000 --cost 10\n", $1
	    }' > "$dir/goods.txt"
	"$shopmgr" -d "$dir/ship.db" batch "$dir/goods.txt" > "$dir/log" 2>&1
	"$shopmgr" -d "$dir/ship.db" import orders "$dir"/ship-all/*.csv \
	    > "$dir/log" 2>&1
	"$shopmgr" -d "$dir/ship.db" import orders "$dir"/ship-paid/*.csv \
	    > "$dir/log" 2>&1
	# "NO CODE CODE...": of the items without their quotes.
	awk -F'","' 'NR > 1 {
	    gsub(/[="]/, "", $1)
	    if (!($1 in codes)) order[m++] = $1
	    for (i = 0; i < $4 + 0; i++) codes[$1] = codes[$1] " " $5
	    } END { for (i = 0; i < m; i++) print order[i] codes[order[i]] }' \
	    "$dir"/ship-paid-bare/*Detail*.csv > "$dir/orders.txt"
	head -n "$parcels" "$dir/orders.txt" > "$dir/orders.few"
	awk '{
	    printf "order ship %s --courier YTO --waybill YT8%012d", $1, NR - 1
	    for (i = 2; i <= NF; i++) printf " --scan %s", $i
	    print "" }' "$dir/orders.few" > "$dir/ships.txt"
}
copy_ship() {
	rm -f "$dir/x.db" "$dir"/x.db[-.]*
	cp "$dir/ship.db" "$dir/x.db"
}

# A clerks' line in $dir/log, and figures of it.
at_once() { # COUNT THINK SYNC
	copy_ship
	"$dir/ship" "$dir/x.db" bench bench-password "$dir/orders.txt" "$@" \
	    > "$dir/ships.log" 2> "$dir/log" || tail -3 "$dir/log" >&2
	told=$(tail -1 "$dir/ships.log")
}
figure() { # WORD
	echo "$told" | sed -n "s/.*$1 \\([0-9.]*\\).*/\\1/p"
}

# The least that shipping is, by seven statements, in another database.
ship_postgres() {
	command -v initdb pgbench > /dev/null 2>&1 ||
	    PATH=$PATH:$(echo /usr/lib/postgresql/*/bin)
	command -v initdb pgbench > /dev/null 2>&1 || return 0
	say "PostgreSQL"
	rm -rf "${dir:?}/pg"
	mkdir -p "$dir/pg"
	as=
	if [ "$(id -u)" = 0 ]; then # which it refuses to be
		chown postgres "$dir/pg" || return 0
		as='runuser -u postgres --'
	fi
	sock=$(cd "$dir/pg" && pwd)
	$as initdb -D "$sock/data" -A trust > "$dir/log" 2>&1 || return 0
	$as pg_ctl -D "$sock/data" -o "-k $sock -c listen_addresses=
	    -c shared_buffers=256MB -c max_connections=100" -w \
	    -l "$sock/log" start > "$dir/log" 2>&1 || return 0
	pg="$as psql -q -h $sock postgres"
	sed "s/ORDERS/$n/g" $here/ship_pg.sql | $pg > "$dir/log" 2>&1
	grep -v '^--' $here/ship_pg.bench > "$sock/ship.bench"
	chmod a+r "$sock/ship.bench"
	(cd "$sock" && $as pgbench -h "$sock" -n -M prepared -c "$clerks" -j 2 \
	    -R 1000 -T 15 -D orders="$n" -l -f "$sock/ship.bench" postgres) \
	    > "$dir/log" 2>&1 || tail -3 "$dir/log" >&2
	cat "$sock"/pgbench_log.* | awk '{ print $3 / 1000 }' | sort -n |
	    awk '{ v[NR] = $1 } END { printf "p50 %.1f p99 %.1f p99.9 %.1f ms",
	    v[int(NR / 2)], v[int(NR * .99)], v[int(NR * .999)] }' \
	    > "$dir/pg.txt"
	$as pg_ctl -D "$sock/data" -m fast stop > /dev/null 2>&1
}

measure_ship() {
	parcels=$((few < 10000 ? few : 10000))
	build_tool bare $here/bare.c $shop
	build_tool ship $here/ship.c $shop -lm
	ship_shop
	say "noting what shipping runs"
	copy_ship
	"$dir/bare" record "$dir/x.db" bench bench-password \
	    "$dir/orders.few" "$dir/trace"
	k=0
	while [ $k -lt "$pairs" ]; do
		k=$((k + 1))
		say "$parcels parcels, pair $k of $pairs"
		copy_ship
		sync
		"$dir/bare" run "$dir/x.db" "$dir/trace" >> "$dir/ship-bare.t"
		copy_ship
		timed ship "$shopmgr" -d "$dir/x.db" batch "$dir/ships.txt"
	done
	say "$clerks clerks"
	at_once $clerks $think
	fifty=$told
	rm -f "$dir/pg.txt"
	ship_postgres
	half=
	[ ! -s "$dir/pg.txt" ] || half=$(sed -n \
	    's/.*p99 \([0-9.]*\) .*/\1/p' "$dir/pg.txt" |
	    awk '{ print $1 / 2 }')
	heading "shipping, $n orders, medians of $pairs"
	time_row "order ship by batch / the same SQL bare in C" 2 ship ship-bare
	row 'parcels a second, by batch' '' '' "$(ratio "$parcels" \
	    "$(median ship)")"
	told=$fifty
	row "$clerks clerks, think $think ms: p99 ms / half of PostgreSQL's" \
	    "$half" "$(figure p99)" "$told"
	row 'the same: p99.9 ms' 50 "$(figure p99.9)" "$(figure p99.9)"
	row 'the same: most / least of a clerk' 1.25 \
	    "$(ratio 1 "$(figure share)")" "$(figure share)"
	[ ! -s "$dir/pg.txt" ] ||
	    row 'PostgreSQL, 7 statements, 1,000/s' '' '' "$(cat "$dir/pg.txt")"
	say "8 terminals, a slow disk"
	at_once 8 $think 5
	row '8 terminals, each commit 5 ms longer: p99 ms' 60 "$(figure p99)" \
	    "$told"
}

#!/bin/sh
# Run test programs, two at a time; show what failed; count what passed.
out=${BUILD:-build}/tests/out
rm -rf "$out"
mkdir -p "$out"
export SHOPMGR_TEST_WEAK_HASH=1 TZ=UTC CMOCKA_MESSAGE_OUTPUT=stdout
export BUILD=${BUILD:-build}
# Slow, and the programs that tests start are not looked at.
if [ -n "$VALGRIND" ]; then
	# Children of tests leave without closing what the parent has open.
	VALGRIND="valgrind -q --leak-check=full --show-leak-kinds=definite"
	VALGRIND="$VALGRIND --errors-for-leak-kinds=definite"
	VALGRIND="$VALGRIND --error-exitcode=99"
	LIMIT=3600
	export VALGRIND LIMIT
fi
# Thousands of small shops are made and thrown away: in memory, where there is
# room for them.
if [ -z "$TMPDIR" ] && [ -w /dev/shm ] &&
    [ "$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')" -gt 1000000 ]; then
	export TMPDIR=/dev/shm
fi
unset SHOPMGR_DB SHOPMGR_USER SHOPMGR_PASSWORD_FILE SHOPMGR_LANG NO_COLOR
printf '%s\n' "$@" | xargs -P "${JOBS:-2}" -I{} sh -c '
	log=$0/$(echo "{}" | tr / _)
	timeout ${LIMIT:-600} $VALGRIND "{}" > "$log" 2>&1
	rc=$?
	echo $rc > "$log.rc"
	[ $rc = 0 ] && printf . || printf "\nFAILED (%d): %s\n" $rc "{}"
' "$out"
echo
passed=$(cat "$out"/* | sed -n 's/^\[ *PASSED *\] \([0-9]*\) test.*/\1/p' |
    awk '{ n += $1 } END { print n + 0 }')
failed=0
for rc in "$out"/*.rc; do
	[ "$(cat "$rc")" = 0 ] && continue
	log=${rc%.rc}
	echo "=== $log"
	tail -60 "$log"
	n=$(sed -n 's/^\[ *FAILED *\] \([0-9]*\) test.*/\1/p' "$log" | head -1)
	failed=$((failed + ${n:-1}))
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]

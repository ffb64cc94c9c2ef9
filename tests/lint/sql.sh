#!/bin/sh
# SQL stays in the portable subset, transactions come from op.c alone, and the
# functions that overflow buffers stay away.
LC_ALL=C
export LC_ALL
bad=0
no() {
	[ -z "$2" ] && return
	echo "$1"
	echo "$2"
	bad=1
}

# Literals only: a comment may name what it forbids.
code=$(find src -name '*.c' | sort)
no 'SQL that PostgreSQL does not speak, or that reads what it skips:' \
    "$(grep -nE '"[^"]*\b(OFFSET|INSERT OR|REPLACE INTO|rowid|strftime|datetime\(|GLOB|AUTOINCREMENT|ATTACH|total_changes|last_insert_rowid)\b' \
	$code | grep -v '^src/db/')"
no 'A transaction that op_begin() did not give:' \
    "$(grep -nE '\b(db_begin|db_commit|bulk_begin)\(' $code |
	grep -vE '^src/(domain/core/op|db/[a-z_]+)\.c:')"
no 'Functions that overflow:' \
    "$(grep -nE '\b(strcpy|strcat|sprintf|vsprintf|strncpy|gets|alloca|strtok)\(' \
	$code $(find src include tests -name '*.h') $(find tests -name '*.c'))"
no 'Comments by //:' \
    "$(grep -nE '(^|[^:"])//' $code $(find src include tests -name '*.[ch]') |
	grep -vE '"[^"]*//[^"]*"')"
no 'Amounts and quantities in floating point:' \
    "$(grep -nE '\b(double|float)\b' $(find src/domain src/db -name '*.[ch]') |
	grep -v 'lint: ')"
no 'Trailing blanks:' \
    "$(grep -rnE '[ 	]+$' src include tests/*/*.c tests/lib data/sql Makefile build.mk)"
exit $bad

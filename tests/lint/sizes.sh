#!/bin/sh
# Functions of at most 60 lines and files of at most 600; in tests 80 and 900.
find src tests include -name '*.[ch]' | LC_ALL=C sort |
    xargs awk '
FNR == 1 {
	file = FILENAME
	start = 0
	tests = file ~ /^tests/
	most = tests ? 900 : 600
}
# The style puts the name at the margin and the brace on a line of its own.
/^[a-z_][a-zA-Z0-9_]*\(/ { name = $0; sub(/\(.*/, "", name) }
/^\{/ { start = FNR }
/^\}/ {
	if (start && FNR - start - 1 > (tests ? 80 : 60)) {
		printf "%s:%d: %s has %d lines\n", FILENAME, start, name,
		    FNR - start - 1
		bad = 1
	}
	start = 0
}
FNR == most + 1 && FILENAME !~ /widths\.c$/ {
	printf "%s has more than %d lines\n", FILENAME, most
	bad = 1
}
END { exit bad }'

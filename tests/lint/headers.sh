#!/bin/sh
# Every header compiles by itself, and has guard and licence.
bad=0
for h in $(find include src tests/lib -name '*.h' | LC_ALL=C sort); do
	# A list of rows that others include is no header.
	case $h in *_table.h | *words.h) continue ;; esac
	${CC:-gcc} -std=c17 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Werror \
	    -Iinclude -I"$(dirname "$h")" -fsyntax-only -x c "$h" ||
	    { echo "$h does not compile alone"; bad=1; }
	head -1 "$h" | grep -q 'SPDX-License-Identifier: MIT' ||
	    { echo "$h: no licence line"; bad=1; }
done
for c in $(find src tests -name '*.c'); do
	head -1 "$c" | grep -q 'SPDX-License-Identifier: MIT' ||
	    { echo "$c: no licence line"; bad=1; }
done
exit $bad

#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes data/pinyin.tsv: the ordinary reading, without tones, of each Chinese
# character (the basic block, and of Extension A what names use). Needs uconv
# (icu-devtools) and xxd; the result is committed, so building needs neither.
#
#	src/tools/pinyin.sh > data/pinyin.tsv
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# One character a line, so that each is read by itself and not in a phrase.
{
	awk 'BEGIN { for (c = 19968; c < 40960; c++) printf "%08x\n", c }'
	printf '%08x\n' 0x3400 0x3447 0x3473 0x34e4 0x34e5 0x3577 0x36c3 \
		0x36df 0x3b4e 0x3c6e 0x3ce0 0x4056 0x415f 0x4337 0x43ac \
		0x43b1 0x44d6 0x464c 0x4661 0x4723 0x4727 0x477c 0x4947 \
		0x497d 0x499f 0x49d1 0x4c9f 0x4ca0 0x4ca1 0x4ca2 0x4ca3 \
		0x4dae
} | sed 's/$/0000000a/' | xxd -r -p | uconv -f utf-32be -t utf-8 > "$tmp/chars"

# The dots of ü are kept as v (吕 is lv, 路 is lu); tones are not.
uconv -x 'Han-Latin' "$tmp/chars" | sed 's/[üǖǘǚǜ]/v/g' |
	uconv -x 'Latin-ASCII' > "$tmp/readings"
paste "$tmp/chars" "$tmp/readings" | LC_ALL=C grep '	[a-z][a-z]*$'

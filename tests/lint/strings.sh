#!/bin/sh
# Texts for people in screens/ and cli/ are marked for translation. A text is a
# literal with two words in it, or one word given to a function that shows it.
awk '
# Drops comments; keeps the lines count.
function strip(s,    out, i, c, in_s) {
	out = ""
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		if (comment) {
			if (substr(s, i, 2) == "*/") { comment = 0; i++ }
			continue
		}
		if (in_s) {
			out = out c
			if (c == "\\") { i++; out = out substr(s, i, 1) }
			else if (c == "\"") in_s = 0
			continue
		}
		if (substr(s, i, 2) == "/*") { comment = 1; i++; continue }
		if (c == "\"") in_s = 1
		out = out c
	}
	return out
}
FNR == 1 { comment = 0; tail = "" }
{
	line = strip($0)
	# What is in _(), N_(), C_(), ngettext() may go over several lines.
	text = tail line
	tail = ""
	while (match(text, /(^|[^A-Za-z0-9_])(_|N_|C_|ngettext|assert)\(/)) {
		depth = 1
		in_s = 0
		for (i = RSTART + RLENGTH; i <= length(text) && depth; i++) {
			c = substr(text, i, 1)
			if (in_s) {
				if (c == "\\") i++
				else if (c == "\"") in_s = 0
			} else if (c == "\"") in_s = 1
			else if (c == "(") depth++
			else if (c == ")") depth--
		}
		if (depth) { tail = text " "; next }
		text = substr(text, 1, RSTART - 1) " " substr(text, i)
	}
	if (text ~ /^[ \t]*#/) next
	while (match(text, /"([^"\\]|\\.)*"/)) {
		lit = substr(text, RSTART + 1, RLENGTH - 2)
		text = substr(text, RSTART + RLENGTH)
		bare = lit
		gsub(/%[-+0-9.*# ]*(ll|l|z|h)?[a-zA-Z%]/, "", bare)
		gsub(/\\./, "", bare)
		if (bare ~ /[a-z][a-z]+[,.:]* +[a-z][a-z]+/ &&
		    bare !~ /^(SELECT|INSERT|UPDATE|DELETE)/ &&
		    !(FILENAME ~ /\/cli\// && bare ~ /[A-Z][A-Z]|--|\[COMMAND/)) {
			print FILENAME ":" FNR ": not marked: \"" lit "\""
			bad = 1
		}
	}
}
END { exit bad }
' src/screens/*/*.c src/cli/*.c src/main.c

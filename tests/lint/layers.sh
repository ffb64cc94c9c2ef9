#!/bin/sh
# Layers include one way only, and each foreign library has one file.
# The tables are those of docs/architecture.md. Within a layer a department may
# include another's private header: "../stock/stock_priv.h".
LC_ALL=C
export LC_ALL
bad=0

# layer: the layers it may include.
may() {
	case $1 in
	base) echo base ;;
	db) echo base db ;;
	io) echo base io ;;
	domain) echo base db io domain ;;
	tui) echo base tui ;;
	screens) echo base domain tui screens ;;
	cli) echo base domain cli ;;
	esac
}

for layer in base db io domain tui screens cli; do
	allowed=$(may $layer | sed 's/ /|/g')
	found=$(grep -rnE '#include "(shopmgr/|\.\./)' src/$layer \
	    include/shopmgr/$layer |
	    grep -vE "\"shopmgr/($allowed)/[a-z0-9_]+\.h\"" |
	    grep -vE "^src/$layer/[a-z]+/[^/:]+:.*\"\.\./[a-z]+/[a-z0-9_]+\.h\"")
	[ -z "$found" ] && continue
	echo "$layer may include only: $(may $layer)"
	echo "$found"
	bad=1
done

# Public headers name no private one.
found=$(grep -rn '#include "' include | grep -v '"shopmgr/')
[ -z "$found" ] || { echo "private header in a public one:"; echo "$found"
	bad=1; }

# header: the one file that includes it (SQLite's two sides have one each).
while read -r header file; do
	found=$(grep -rlE "#include <$header>" src include | grep -vxE "$file")
	[ -z "$found" ] && continue
	echo "<$header> belongs in $file alone, not in:" $found
	bad=1
done <<'EOF'
sqlite3.h src/db/(sqlite|vfs|vfs_behind).c
n?curses(w/curses)?.h src/tui/term.c
csv.h src/io/rows.c
iniparser/iniparser.h src/base/config.c
iniparser.h src/base/config.c
xlsxwriter.h src/io/xlsx_out.c
sodium.h src/base/secret.c
liboath/oath.h src/base/otp.c
libintl.h include/shopmgr/base/i18n.h
iconv.h src/io/charset.c
minizip/unzip.h src/io/zip_in.c
minizip/zip.h src/io/xlsx_out.c
expat.h src/io/xml.c
cairo/.* src/io/paper_pdf.c
ft2build.h src/io/paper_pdf.c
zint.h src/io/barcode.c
EOF

# Any other foreign header is a new dependency: add it to the table.
known='assert|ctype|dirent|errno|fcntl|inttypes|iconv|langinfo|libgen|libintl|malloc'
known="$known|limits|locale|poll|pthread|pwd|regex|setjmp|signal|stdarg"
known="$known|stdatomic|stdbool|stddef|stdint|stdio|stdlib|string|strings|term"
known="$known|termios|time|unistd|wchar|wctype|math|sqlite3|n?curses|csv|sodium"
known="$known|xlsxwriter|iniparser/iniparser|ncursesw/curses|sys/[a-z]+|grp"
known="$known|liboath/oath|minizip/(un)?zip|expat|cairo/cairo-(ft|pdf)|ft2build"
known="$known|zint|spawn|dlfcn"
found=$(grep -rnhE '^#[[:space:]]*include <' src include |
    grep -vE "<($known)\.h>")
[ -z "$found" ] || { echo "foreign headers nobody knows:"; echo "$found"
	bad=1; }
exit $bad

#!/bin/sh
# See that what a target needs is installed: deps.sh [run|check|lint|fuzz|...]
# On Debian, what is missing is installed; elsewhere it is named.
set -eu

run="gcc libc6-dev make libncurses-dev libsqlite3-dev libsodium-dev
    liboath-dev libcsv-dev libiniparser-dev libxlsxwriter-dev
    libminizip-dev zlib1g-dev libexpat1-dev libcairo2-dev libfreetype-dev
    libzint-dev fonts-wqy-zenhei gettext tzdata"
check="libcmocka-dev libvterm-dev openssh-client openssh-server
    poppler-utils zbar-tools"
clang="clang libclang-rt-14-dev"
case ${1:-run} in
run) need=$run ;;
check) need="$run $check" ;;
lint) need="$run $check $clang clang-format clang-tidy cppcheck git" ;;
fuzz) need="$run $clang" ;;
valgrind) need="$run $check valgrind" ;;
cover) need="$run $check gcovr" ;;
bench)
	need="$run sqlite3"
	peers="sqlite-utils csvkit miller"
	;;
*)
	echo "deps.sh: no such set: $1" >&2
	exit 2
	;;
esac

# What a package is for, where there is no dpkg to ask.
elsewhere() {
	missing=
	for tool in gcc make msgfmt awk; do
		command -v $tool >/dev/null || missing="$missing $tool"
	done
	for h in ncurses.h sqlite3.h sodium.h csv.h iniparser/iniparser.h \
	    xlsxwriter.h zlib.h minizip/unzip.h expat.h liboath/oath.h \
	    cairo/cairo-pdf.h zint.h \
	    $([ "$1" = run ] || echo cmocka.h vterm.h); do
		# cmocka.h wants these before it.
		printf '#include <stdarg.h>\n#include <stddef.h>\n#include <setjmp.h>\n#include <stdint.h>\n#include <%s>\n' \
		    "$h" | "${CC:-cc}" -E - >/dev/null 2>&1 ||
		    missing="$missing $h"
	done
	[ -z "$missing" ] && exit 0
	echo "Missing:$missing" >&2
	echo "On Debian 12 'make deps' installs them; here, please do." >&2
	exit 1
}

command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    elsewhere "${1:-run}"

is_there() {
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = \
	    installed ]
}
missing=
for p in $need; do
	is_there "$p" || missing="$missing $p"
done
absent=
for p in ${peers:-}; do
	is_there "$p" || absent="$absent $p"
done
[ -z "$missing$absent" ] && exit 0

echo "Installing:$missing$absent"
sudo=
if [ "$(id -u)" != 0 ]; then
	command -v sudo >/dev/null || {
		echo "As root, please: apt-get install$missing$absent" >&2
		[ -z "$missing" ] # peers may be left out
		exit
	}
	sudo=sudo
fi
install() {
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y \
	    --no-install-recommends "$@" >/dev/null
}
# The lists may be missing or old; ask for new ones only then.
fetch() {
	install "$@" 2>/dev/null || {
		$sudo apt-get update -qq
		install "$@"
	}
}
# shellcheck disable=SC2086 # words
[ -z "$missing" ] || fetch $missing
# What is only measured beside ours may be left out.
# shellcheck disable=SC2086 # words
[ -z "$absent" ] || fetch $absent || echo "Left out:$absent"
# The tests start an sshd of their own; the host needs none for them.
case $missing in
*openssh-server*)
	command -v systemctl >/dev/null &&
	    $sudo systemctl disable --quiet --now ssh 2>/dev/null || true
	;;
esac

#!/bin/sh
# All that can be said about the sources without running them: lint [PART...].
# Parts run by themselves: sh tests/lint/run.sh style
build=${BUILD:-build}
jobs=$(nproc 2>/dev/null || echo 2)
failed=

ours() {
	find src include tests -name "$1" -not -path '*/samples/*' |
	    LC_ALL=C sort
}

part() {
	case " $wanted " in
	*" $1 "*) ;;
	*) return ;;
	esac
	name=$1
	shift
	start=$(date +%s)
	if "$@"; then
		echo "lint: $name: fine ($(($(date +%s) - start)) s)"
	else
		echo "lint: $name: FAILED"
		failed="$failed $name"
	fi
}

style() {
	ours '*.[ch]' | xargs -P "$jobs" -n 40 clang-format --dry-run -Werror
}

texts() {
	make --no-print-directory BUILD="$build" texts
}

# Clean under both compilers with every warning an error.
compiler() {
	make --no-print-directory -s -j"$jobs" BUILD="build-lint-$1" CC="$1" \
	    WERROR=1 OPT=-O1 all tests >/dev/null
}

check() {
	cppcheck --quiet --std=c11 --enable=warning,performance,portability \
	    --error-exitcode=1 --inline-suppr -j "$jobs" -Iinclude \
	    -D_GNU_SOURCE -DSHOPMGR_VERSION='"0"' -DSHOPMGR_PREFIX='"/usr"' \
	    --suppress=missingIncludeSystem --suppress=unmatchedSuppression \
	    --suppress=preprocessorErrorDirective \
	    --suppressions-list=tests/lint/cppcheck.txt src
}

tidy() {
	ours '*.c' | grep '^src/' | xargs -P "$jobs" -n 4 sh -c '
	    clang-tidy --quiet "$@" -- -std=c17 -D_GNU_SOURCE -Iinclude \
		-isystem /usr/include/freetype2 \
		-DSHOPMGR_VERSION="\"0\"" -DSHOPMGR_PREFIX="\"/usr\"" \
		2>/dev/null' sh
}

wanted=${*:-layers headers strings sql sizes style texts gcc clang check tidy}
for s in layers headers strings sql sizes; do
	part $s sh tests/lint/$s.sh
done
part style style
part texts texts
part gcc compiler gcc
part clang compiler clang
part check check
part tidy tidy
if [ -n "$failed" ]; then
	echo "lint failed:$failed"
	exit 1
fi
echo 'lint: all fine'

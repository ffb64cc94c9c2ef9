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

# Clean under both compilers with every warning an error. Some of gcc's come
# from its optimiser, none of clang's. Where $CI is set, the tests were built
# in that way already.
gcc_() {
	if [ -n "$CI" ]; then
		compiler gcc "$build"
	else
		compiler gcc build-lint-gcc OPT=-O1
	fi
}

clang_() {
	compiler clang build-lint-clang OPT=-O0
}

compiler() {
	cc=$1
	into=$2
	shift 2
	make --no-print-directory -s -j"$jobs" BUILD="$into" CC="$cc" \
	    WERROR=1 "$@" all tests >/dev/null
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
part gcc gcc_
part clang clang_
part check check
part tidy tidy
if [ -n "$failed" ]; then
	echo "lint failed:$failed"
	exit 1
fi
echo 'lint: all fine'

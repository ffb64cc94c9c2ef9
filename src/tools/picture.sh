#!/bin/sh
# The pictures of the documents, made by the program from its demo shop:
# picture.sh BUILD. The same program makes the same pictures.
set -eu
build=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export SHOPMGR_NOW='2026-11-22 14:05:00' SHOPMGR_TEST_WEAK_HASH=1
unset SHOPMGR_DB SHOPMGR_USER SHOPMGR_PASSWORD_FILE SHOPMGR_LANG
echo 'picture-1234' > "$dir/password"
"$build/shopmgr" -d "$dir/shop.db" --lang zh_CN --user laoban \
    --password-file "$dir/password" init --demo > /dev/null
picture() {
	out=$1
	shift
	"$build/picture" "$dir/shop.db" laoban picture-1234 "$@" > "$dir/svg"
	mv "$dir/svg" "$out"
	echo "$out"
}
picture docs/front.svg zh_CN 40x120
picture docs/orders.svg zh_CN 24x80 F2 Down

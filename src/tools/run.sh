#!/bin/sh
# Open the program on the demo shop, which is made the first time.
set -eu
build=$1
db=demo/shop.db
logins=demo/logins.txt

mkdir -p demo
if [ ! -e $db ]; then
	"$build/shopmgr" -d $db init --demo > $logins.new
	mv $logins.new $logins
fi
cat $logins
exec "$build/shopmgr" -d $db

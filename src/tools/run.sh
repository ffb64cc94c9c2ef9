#!/bin/sh
# Open the program on the demo shop, which is made the first time.
set -eu
build=$1
db=demo/shop.db
logins=demo/logins.txt

mkdir -p demo
# The new log-ins stay behind where that was interrupted.
if [ ! -e $db ] || [ -e $logins.new ]; then
	echo 'Making the demo shop. 正在生成演示店铺。'
	rm -f $db*
	"$build/shopmgr" -d $db init --demo > $logins.new
	mv $logins.new $logins
fi
cat $logins
# The program has the whole screen: they are gone then.
if [ -t 0 ] && [ -t 1 ]; then
	printf '\nEnter opens the program. 按回车打开程序。 '
	read -r _
fi
exec "$build/shopmgr" -d $db

#!/bin/sh
# Gather every text marked for translation and see that Chinese has them all.
set -eu
build=${BUILD:-build}
pot=$build/po/shopmgr.pot
zh=$build/po/zh_CN.po

xgettext --language=C --from-code=UTF-8 --add-comments=TRANSLATORS \
    --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=ngettext:1,2 \
    --package-name=shopmgr --no-location --sort-output -o "$pot.new" \
    $(find src -name '*.c' | LC_ALL=C sort)
# The date would make every run a change.
sed '/^"POT-Creation-Date:/d' "$pot.new" > "$pot"
rm "$pot.new"

# Two parts that call one thing by two names would take turns.
msgcat -o "$build/po/both.po" "$build"/po/parts/*.po
if grep -q '^"#-#-#-#-#  [^0]' "$build/po/both.po"; then
	echo 'translated in two ways:'
	grep -B1 -A8 '^msgstr ""$' "$build/po/both.po" |
	    grep -A8 '^"#-#-#-#-#' | grep -v '^--'
	exit 1
fi

# Merged without guessing, so that a text either has its translation or not.
msgmerge --quiet --no-fuzzy-matching -o "$build/po/merged.po" "$zh" "$pot"
# The sources know what is a format, the parts need not: the wrong %s crashes.
msgfmt -c -o /dev/null "$build/po/merged.po"
msgattrib --untranslated --no-obsolete --no-wrap "$build/po/merged.po" \
    > "$build/po/untranslated.po"
msgattrib --only-obsolete --no-wrap "$build/po/merged.po" \
    > "$build/po/obsolete.po"
missing=$(LC_ALL=C msgfmt --statistics -o /dev/null "$build/po/merged.po" 2>&1 |
    sed -n 's/.* \([0-9]*\) untranslated.*/\1/p')
missing=${missing:-0}
obsolete=$(grep -c '^#~ msgid "' "$build/po/obsolete.po" || true)
total=$(grep -c '^msgid ' "$pot" || true)
echo "texts: $((total - 1)), untranslated: $missing, obsolete: $obsolete"
if [ "$obsolete" -gt 0 ]; then
	grep '^#~ msgid ' "$build/po/obsolete.po" | sed 's/^#~ /obsolete: /'
fi
if [ "$missing" -gt 0 ]; then
	grep '^msgid' "$build/po/untranslated.po" | grep -v '^msgid ""$' |
	    sed 's/^msgid/untranslated:/'
	exit 1
fi

/* SPDX-License-Identifier: MIT */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "golden.h"
#include "shopmgr/domain/record.h"
#include "till.h"

/* The dialogs for writing files. */

static void
look(const char *name, const char *keys, const char *lang, int h, int w)
{
	struct till *k = till_open("manager", lang, h, w);
	char file[128];

	till_keys(k, keys);
	snprintf(file, sizeof(file), "screen-%s-%.2s-%dx%d", name, lang, w, h);
	golden_check(file, drive_text(k->d));
	till_close(k);
}

static void
the_dialogs_look_as_approved(void **state)
{
	static const struct {
		const char *name, *keys;
	} looks[] = {
		{ "export", "F2 x" },
		{ "export-list", "F2 x Enter" },
		{ "export-labels", "F2 x Down Down Enter" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(looks) / sizeof(*looks); i++) {
		look(looks[i].name, looks[i].keys, "zh_CN", 24, 80);
		look(looks[i].name, looks[i].keys, "en", 24, 80);
		look(looks[i].name, looks[i].keys, "zh_CN", 40, 120);
		look(looks[i].name, looks[i].keys, "en", 40, 120);
	}
}

/* The moves of a product are a list as others are. */
static void
a_ledger_becomes_a_file(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F4 l x Ctrl-S");
	till_sees(k, "written to");
	assert_true(till_has_file(k, "ledger-20261122-1405.csv"));
	till_close(k);
}

/* Rows without a number of their own are chosen all the same. */
static void
some_lines_become_a_file(void **state)
{
	struct till *k = till_open("manager", "en", 24, 80);

	(void)state;
	till_keys(k, "F5 Enter x Ctrl-S");
	till_sees(k, "written to");
	assert_true(till_has_file(k, "orders-20261122-1405.csv"));
	till_keys(k, "Ctrl-P 'Bins' Enter Enter Space x Ctrl-S");
	till_sees(k, "1 row written to");
	assert_true(till_has_file(k, "bin_goods-20261122-1405.csv"));
	till_close(k);
}

static char *
source_of(const char *path)
{
	char *text = calloc(1, 200000);
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	assert_true(fread(text, 1, 199999, f) > 0);
	fclose(f);
	return text;
}

/* Behind @name in [@from, @until), up to the end of a C string or word. */
static bool
value_of(const char *from, const char *until, const char *name, char out[80])
{
	const char *at = strstr(from, name);

	if (at == NULL || at >= until)
		return false;
	at += strlen(name);
	at += *at == '"';
	snprintf(out, 80, "%.*s", (int)strcspn(at, "\",;"), at);
	return true;
}

static bool
is_field(const struct rec_kind *kind, const char *name)
{
	const struct rec_field *f = kind->more;

	for (; f != NULL && f->name != NULL; f++)
		if (strcmp(f->name, name) == 0)
			return true;
	return record_field(kind, name) != NULL;
}

/* The fields in the array that the list names are fields of its records. */
static void
check_fields(const char *path, const char *text, const char *array,
    const struct rec_kind *kind)
{
	char head[120], field[80];
	const char *at, *end;

	snprintf(head, sizeof(head), "const char *const %s[] = {", array);
	/* What others define, or has a size. */
	if ((at = strstr(text, head)) == NULL)
		return;
	end = strstr(at, "};");
	for (at += strlen(head); at < end; at++) {
		at += strcspn(at, "\"}");
		if (at >= end || *at != '"')
			break;
		for (at++; *at != '"'; at += *at == ';') {
			snprintf(field, sizeof(field), "%.*s",
			    (int)strcspn(at, "\";"), at);
			at += strlen(field);
			if (field[0] != '\0' && !is_field(kind, field))
				fail_msg("%s: %s is no field of %s", path,
				    field, kind->name);
		}
	}
}

/* Every list there is has "x": a record kind, or a command of its own. What a
 * question is about (the facts of one order) is none, nor are the settings,
 * which "shopmgr setting" prints. */
static size_t
check_lists(const char *path)
{
	static const char start[] = "struct list_kind ";
	char *text = source_of(path), record[80], array[80];
	const char *at = text, *end, *eq;
	bool own = strstr(text, "\"x\", N_(") != NULL;
	size_t n = 0;

	for (; (at = strstr(at, start)) != NULL; at += sizeof(start)) {
		eq = at + strcspn(at, "={;)");
		if (strncmp(eq, "= {", 3) != 0)
			continue;
		end = strstr(eq, "};");
		assert_non_null(end);
		n++;
		if (!value_of(eq, end, ".record = ", record)) {
			if (!own && strstr(path, "/confirm.c") == NULL &&
			    strstr(path, "/settings.c") == NULL)
				fail_msg("%s: a list without export", path);
			continue;
		}
		if (record_kind(record) == NULL)
			fail_msg("%s: no record kind %s", path, record);
		if (!value_of(eq, end, ".fields = ", array))
			fail_msg("%s: no fields of %s", path, record);
		check_fields(path, text, array, record_kind(record));
	}
	free(text);
	return n;
}

static void
every_list_has_its_file(void **state)
{
	size_t i, n = 0;
	glob_t found;

	(void)state;
	assert_int_equal(glob("src/screens/*/*.c", 0, NULL, &found), 0);
	for (i = 0; i < found.gl_pathc; i++)
		n += check_lists(found.gl_pathv[i]);
	globfree(&found);
	assert_true(n > 60);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_dialogs_look_as_approved),
		cmocka_unit_test(a_ledger_becomes_a_file),
		cmocka_unit_test(some_lines_become_a_file),
		cmocka_unit_test(every_list_has_its_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "golden.h"
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_dialogs_look_as_approved),
		cmocka_unit_test(a_ledger_becomes_a_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

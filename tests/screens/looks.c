/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "golden.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/str.h"
#include "till.h"

/* Every screen, in both languages, small and large, as it was last approved. */

static const struct {
	const char *name, *role, *keys;
} looks[] = {
	{ "front", "manager", "" },
	{ "front-clerk", "clerk", "" },
	{ "front-buyer", "buyer", "" },
	{ "help", "manager", "F1" },
	{ "orders-to-ship", "manager", "F2" },
	{ "orders-all", "manager", "F2 1" },
	{ "orders-held", "manager", "F2 4" },
	{ "orders-shipped", "manager", "F2 6" },
	{ "orders-nothing", "manager", "F2 5" },
	{ "orders-selected", "manager", "F2 j Space Space" },
	{ "orders-hold-many", "manager", "F2 * h Enter" },
	{ "orders-sorted", "manager", "F2 1 o 'Paid' Enter" },
	{ "orders-columns", "manager", "F2 C j Space Right ]" },
	{ "orders-find", "manager", "F2 / 'zsf'" },
	{ "orders-find-nothing", "manager", "F2 / 'xyz'" },
	{ "orders-filter", "manager", "F2 f" },
	{ "orders-filtered", "manager", "F2 1 f Tab '广东' Enter Ctrl-S" },
	{ "order", "manager", "F2 Enter" },
	{ "order-address", "manager", "F2 Enter a" },
	{ "order-terms", "manager", "F2 Enter d" },
	{ "order-linked", "manager", "F2 Enter 7" },
	{ "order-held", "manager", "F2 4 Enter" },
	{ "order-history", "manager", "F2 Enter 4" },
	{ "order-hold-pick", "manager", "F2 Enter h" },
	{ "order-remark", "manager", "F2 Enter m" },
	{ "pack", "clerk", "F3" },
	{ "pack-goods", "clerk", "F3 scan:4119203366520877702" },
	{ "pack-wrong", "clerk",
	    "F3 scan:4119203366520877702 scan:6901234500031 "
	    "scan:6901234500048 scan:6901234500055" },
	{ "pack-complete", "clerk",
	    "F3 scan:4119203366520877731 scan:6901234500017" },
	{ "pack-held", "clerk", "F3 scan:4119203366520877695" },
	{ "stock", "manager", "F4" },
	{ "stock-low", "clerk", "F4 w" },
	{ "stock-receive", "manager", "F4 g" },
	{ "product", "manager", "F4 Enter" },
	{ "ledger", "manager", "F4 l" },
	{ "customers", "manager", "F5" },
	{ "customer", "manager", "F5 Enter" },
	{ "parcels", "manager", "F6" },
	{ "staff", "owner", "F7" },
	{ "staff-new", "owner", "F7 n Space Enter" },
	{ "import", "manager", "F9" },
	{ "imports", "manager", "F9 l" },
	{ "import-changes", "manager", "F9 l Enter" },
	{ "unmapped", "manager", "F8" },
	{ "map", "manager", "F8 Enter" },
	{ "audit", "owner", "F12" },
};

/* The exchange folder has another name each time, and may be cut. */
static char *
masked(struct till *k)
{
	const char *text = drive_text(k->d), *at;
	char begin[13];
	struct str out = STR_INIT;

	snprintf(begin, sizeof(begin), "%.12s", k->exchange);
	at = strstr(text, begin);
	if (at == NULL)
		return xstrdup(text);
	str_addn(&out, text, (size_t)(at - text));
	str_add(&out, "EXCHANGE");
	str_add(&out, at + strcspn(at, "\n"));
	return str_take(&out);
}

static void
check(const char *file, struct till *k)
{
	char *text = masked(k);

	golden_check(file, text);
	free(text);
}

static void
look(const char *name, const char *role, const char *keys, const char *lang,
    int h, int w)
{
	struct till *k = till_open(role, lang, h, w);
	char file[128];

	till_keys(k, keys);
	snprintf(file, sizeof(file), "screen-%s-%.2s-%dx%d", name, lang, w, h);
	check(file, k);
	till_close(k);
}

static void
looks_as_approved(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(looks) / sizeof(*looks); i++) {
		look(looks[i].name, looks[i].role, looks[i].keys, "zh_CN", 24,
		    80);
		look(looks[i].name, looks[i].role, looks[i].keys, "en", 24, 80);
		look(looks[i].name, looks[i].role, looks[i].keys, "zh_CN", 40,
		    120);
		look(
		    looks[i].name, looks[i].role, looks[i].keys, "en", 40, 120);
	}
}

/* What colours say beside the words: bands, late and held orders. */
static void
looks_in_styles(void **state)
{
	static const char *const keys[][2] = {
		{ "front", "" },
		{ "orders-held", "F2 4" },
		{ "pack-wrong",
		    "F3 scan:4119203366520877702 scan:6901234500031 "
		    "scan:6901234500055" },
		{ "pack-shipped",
		    "F3 scan:4119203366520877731 scan:6901234500017 scan:YTO "
		    "scan:YT7600000000124" },
	};
	struct till *k;
	char file[128];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		k = till_open("manager", "en", 24, 80);
		till_keys(k, keys[i][1]);
		snprintf(file, sizeof(file), "screen-styles-%s", keys[i][0]);
		golden_check(file, k->d->styles);
		till_close(k);
	}
}

static void
looks_empty(void **state)
{
	static const char *const keys[][2] = {
		{ "front", "" },
		{ "orders", "F2" },
		{ "stock", "F4" },
		{ "customers", "F5" },
		{ "parcels", "F6" },
		{ "unmapped", "F8" },
		{ "import", "F9" },
	};
	static const char *const langs[] = { "zh_CN", "en" };
	struct till *k;
	char file[128];
	size_t i, l;

	(void)state;
	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		for (l = 0; l < 2; l++) {
			k = till_empty("owner", langs[l], 24, 80);
			till_keys(k, keys[i][1]);
			snprintf(file, sizeof(file), "screen-empty-%s-%.2s",
			    keys[i][0], langs[l]);
			check(file, k);
			till_close(k);
		}
}

static void
looks_at_the_door(void **state)
{
	struct till *k = till_door("zh_CN", 24, 80);

	(void)state;
	golden_check("screen-door-zh", drive_text(k->d));
	till_keys(k, "'clerk' Enter 'wrong' Enter");
	golden_check("screen-door-refused-zh", drive_text(k->d));
	till_close(k);
	k = till_door("en", 24, 80);
	golden_check("screen-door-en", drive_text(k->d));
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looks_as_approved),
		cmocka_unit_test(looks_in_styles),
		cmocka_unit_test(looks_empty),
		cmocka_unit_test(looks_at_the_door),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "golden.h"
#include "till.h"

/* Waves, the sorting wall, what goes back and hand-overs, by the hands of those
 * on the floor: how they look, and that a scanner and Enter are enough. */

#define WAVES    "Ctrl-P 'pick waves' Enter "
#define SEVERAL  WAVES "n Down Down Enter "
#define PICKED   SEVERAL "p scan:6901234500031 scan:6901234500048 "
#define MANIFEST "Ctrl-P 'manifests' Enter n '圆通' Enter "

static const struct {
	const char *name, *keys;
} looks[] = {
	{ "waves-empty", WAVES },
	{ "wave-new", WAVES "n" },
	{ "wave", SEVERAL },
	{ "wave-orders", SEVERAL "Tab" },
	{ "waves", SEVERAL "Esc" },
	{ "wave-pick", SEVERAL "p" },
	{ "wave-picked", PICKED },
	{ "wave-wrong", SEVERAL "p scan:6901234500055" },
	{ "wave-missing", PICKED "F4" },
	{ "wave-sort", PICKED "Esc s scan:6901234500031" },
	{ "put-back", PICKED "Esc Esc d Enter b" },
	{ "put-back-done", PICKED "Esc Esc d Enter b scan:6901234500031" },
	{ "manifests", MANIFEST "Esc" },
	{ "manifest", MANIFEST },
	{ "manifest-unknown", MANIFEST "scan:YT404" },
};

static void
look(size_t i, const char *lang, int h, int w)
{
	struct till *k = till_open("warehouse", lang, h, w);
	char file[128];

	till_keys(k, looks[i].keys);
	snprintf(file, sizeof(file), "floor-%s-%.2s-%dx%d", looks[i].name, lang,
	    w, h);
	golden_check(file, drive_text(k->d));
	till_close(k);
}

static void
the_floor_looks_as_approved(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(looks) / sizeof(*looks); i++) {
		look(i, "zh_CN", 24, 80);
		look(i, "en", 24, 80);
		look(i, "zh_CN", 40, 120);
		look(i, "en", 40, 120);
	}
}

static void
a_wave_is_picked_and_sorted_by_scans_alone(void **state)
{
	struct till *k = till_open("warehouse", "en", 24, 80);

	(void)state;
	till_keys(k, PICKED);
	till_sees(k, "left");
	till_keys(k, "scan:6901234500031");
	till_keys(k, "scan:XX-404");
	till_sees(k, "UNKNOWN CODE");
	till_keys(k, "Esc s scan:6901234500031");
	till_sees(k, "██");
	till_close(k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_floor_looks_as_approved),
		cmocka_unit_test(a_wave_is_picked_and_sorted_by_scans_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#ifndef TESTS_PRINT_TRIES_H
#define TESTS_PRINT_TRIES_H

#include "fixture.h"
#include "shopmgr/domain/print.h"

/* What is printed, for the test of every role at every operation. */

static int
try_labels(struct session *s)
{
	const struct print_job job = { .path = fixture_path("labels.pdf") };
	struct print_said said;
	int64_t id = 1;

	return print_labels(s, &id, 1, &job, &said);
}

static int
try_picks(struct session *s)
{
	const struct print_job job = { .path = fixture_path("picks.pdf") };
	struct print_said said;

	return print_picks(s, 1, &job, &said);
}

static int
try_count_sheet(struct session *s)
{
	const struct print_job job = { .path = fixture_path("count.pdf") };
	struct print_said said;

	return print_count_sheet(s, 1, &job, &said);
}

/* clang-format off */
#define PRINT_TRIES \
	{ "order-print", PERM_ORDER_SHIP, NULL, try_labels }, \
	{ NULL, PERM_ORDER_SHIP, NULL, try_picks }, \
	{ NULL, PERM_COUNT, NULL, try_count_sheet }
/* clang-format on */

#endif

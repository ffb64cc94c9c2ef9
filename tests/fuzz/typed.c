/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"

/*
 * Anything typed where a sum or a day is wanted: taken or refused, never
 * guessed. What was taken is, written out and typed again, itself; what was
 * refused touches nothing.
 */

#define UNTOUCHED INT64_C(-4242424242)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
amounts(const char *text)
{
	int64_t fen = UNTOUCHED, again = 0, parsed;
	char buf[MONEY_SIZE];

	if (money_sum(text, &fen) != 0) {
		assert(fen == UNTOUCHED);
		/* A note in brackets may hold digits; else it takes more. */
		assert(strpbrk(text, "(\xef") != NULL ||
		       money_parse(text, &parsed) != 0);
		return;
	}
	assert(fen <= INT64_C(1000000000000000));
	assert(fen >= -INT64_C(1000000000000000));
	assert(money_sum(money_show(fen, buf), &again) == 0 && again == fen);
}

static void
counts(const char *text)
{
	int64_t n = UNTOUCHED, again = 0, parsed;
	char buf[MONEY_SIZE];

	if (count_sum(text, &n) != 0) {
		assert(n == UNTOUCHED);
		return;
	}
	if (n != INT64_MIN)
		assert(
		    count_sum(count_show(n, buf), &again) == 0 && again == n);
	if (count_parse(text, &parsed) == 0)
		assert(parsed == n);
}

static void
days(const char *text, int64_t today)
{
	int64_t day = UNTOUCHED, again = 0;
	char buf[TIME_SIZE];

	if (day_parse(text, today, &day) != 0) {
		assert(day == UNTOUCHED);
		return;
	}
	assert(day_parse(day_text(day, buf), today, &again) == 0);
	assert(again == day);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int64_t today = 0;
	char *text;

	if (size < 3)
		return 0;
	/* From 1900 on, and a little beyond. */
	today = -25567 + (data[0] << 8 | data[1]) * 45;
	text = calloc(1, size - 1);
	assert(text != NULL);
	memcpy(text, data + 2, size - 2);
	amounts(text);
	counts(text);
	days(text, today);
	free(text);
	return 0;
}

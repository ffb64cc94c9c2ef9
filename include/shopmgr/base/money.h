/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_MONEY_H
#define SHOPMGR_BASE_MONEY_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/* Amounts are whole fen (1/100 yuan) in an int64_t, never floating point. */

#define MONEY_SIZE 32 /* enough for any amount as text */

/*
 * Read an amount in yuan as people and platforms write it: "12.5", "¥1,299.00",
 * "118.00元", "AU $3,000.00", "499.00（系统计算中…）" (a note in brackets is
 * ignored), "-3". Blanks around are ignored. Returns 0, or ERR_INVALID for
 * anything else, also more than two decimals that are not zero and amounts
 * beyond ±10^15 fen; *@fen is then untouched.
 */
int money_parse(const char *s, int64_t *fen) MUST_CHECK;
/*
 * The same as people type them: sums with + - * and brackets, full-width signs
 * and digits too: "12.5+3*2", "(19.9-5)×2", "¥199*0.85". Exact on the way, with
 * decimals as they come: only what is not whole fen in the end is refused, as
 * are yuan times yuan, and what is too large. ERR_INVALID else; *@fen is then
 * untouched. A count is of whole numbers only.
 */
int money_sum(const char *s, int64_t *fen) MUST_CHECK;
int count_sum(const char *s, int64_t *n) MUST_CHECK;
/* "1234.50": for files and commands. Returns @buf. */
char *money_plain(int64_t fen, char buf[MONEY_SIZE]);
/* "1,234.50": for the screen. */
char *money_show(int64_t fen, char buf[MONEY_SIZE]);
/* Whole numbers with thousands separated: "12,345". */
char *count_show(int64_t n, char buf[MONEY_SIZE]);
/* A whole number, nothing else around it but blanks; "3", "-2", "+4", "1,200".
 */
int count_parse(const char *s, int64_t *n) MUST_CHECK;

#endif

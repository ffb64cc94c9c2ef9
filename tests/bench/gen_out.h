/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TESTS_BENCH_GEN_OUT_H
#define SHOPMGR_TESTS_BENCH_GEN_OUT_H

#include <iconv.h>
#include <stdio.h>

#include "gen.h"

/* A file that is being written, and the values its cells may have. */

struct out {
	FILE *f;
	iconv_t cd;
	char *buf;
	size_t len;
};

/* What a platform calls things. */
struct words {
	const char *state[STATES], *ship[STATES];
	const char *time, *money; /* as strftime() knows it; before amounts */
};

/* What a row is about. */
struct ctx {
	const struct plan *plan;
	const struct order *order;
	const struct line *line;
	const struct words *words;
};

void out_open(struct out *o, const char *path, const char *encoding);
void out_text(struct out *o, const char *s);
void out_put(struct out *o, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* What was put since @from is a cell: quote it, if it must be. */
void out_quote(struct out *o, size_t from, bool always);
void out_flush(struct out *o, bool all);
void out_close(struct out *o);

/* What a cell may say (gen_value.c, gen_goods.c). */
struct value {
	const char *name;
	void (*put)(struct out *to, const struct ctx *c);
};

extern const struct value order_values[], goods_values[];
const struct value *value_find(const char *name);
void put_money(struct out *to, const struct ctx *c, int64_t fen);

#endif

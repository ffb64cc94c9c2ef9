/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_PRINT_PRIV_H
#define DOMAIN_PRINT_PRIV_H

#include "shopmgr/base/arena.h"
#include "shopmgr/domain/print.h"
#include "shopmgr/io/paper.h"

/* Making papers: where they go, and the orders that stand on them. */

struct print_line {
	const char *sku_code, *name, *attrs, *bin;
	int64_t qty;
};

/* An order as labels and slips have it; nothing is masked. */
struct print_order {
	int64_t id, state, held, paid_at;
	int64_t collect; /* fen, cash on delivery; 0: nothing */
	const char *order_no, *shop, *nick;
	const char *receiver, *phone, *province, *city, *district, *address;
	const char *courier, *waybill, *buyer_note;
	struct print_line *lines;
	size_t nlines;
};
/* ERR_NOTFOUND. Texts live in @arena. */
int print_order(struct session *s, int64_t id, struct arena *arena,
    struct print_order *out) MUST_CHECK;

/* A paper under way. */
struct printing {
	struct session *s;
	const struct print_job *job;
	struct print_said *said;
	struct paper *paper;
	const struct paper_format *format;
	struct arena arena;
};
/* @stem: of the file's name, "labels". */
int printing_begin(struct printing *pr, const char *stem, const char *title,
    const struct paper_format *format) MUST_CHECK;
/* Into its file, or to the printer. */
int printing_end(struct printing *pr, const char *title) MUST_CHECK;
void printing_close(struct printing *pr);
/* Leave an order out, and say why; texts are translated. */
void printing_leave(struct printing *pr, const char *order_no, const char *why);

/* Each order's own part of the paper. */
typedef void print_one(struct printing *pr, const struct print_order *o);
struct print_kind {
	const char *stem, *title; /* N_() */
	const struct paper_format *format;
	print_one *one;
	/* Why it must not be printed, translated; NULL: it may. */
	const char *(*refused)(const struct print_order *o);
};
int print_orders(struct session *s, const int64_t *orders, size_t n,
    const struct print_kind *kind, const struct print_job *job,
    struct print_said *said) MUST_CHECK;

#endif

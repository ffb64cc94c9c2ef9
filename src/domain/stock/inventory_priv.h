/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_INVENTORY_PRIV_H
#define DOMAIN_INVENTORY_PRIV_H

#include "shopmgr/domain/inventory.h"

#include "stock_priv.h"

/* What the verbs of the stock check alike. */

int check_clean(struct session *s, const char *field, const char *text)
    MUST_CHECK;
int check_reason(struct session *s, const char *reason) MUST_CHECK;
int check_doc(struct session *s, const struct stock_doc *doc) MUST_CHECK;
int check_qty(struct session *s, int64_t qty) MUST_CHECK;

/* The newest move up to @at; 0: there is none. */
int ledger_last(struct session *s, int64_t at, int64_t *id) MUST_CHECK;

/* A line whose product and bins were looked up. */
struct posting {
	const struct stock_line *line;
	int64_t variant_id, from_bin, to_bin, qty, value;
};
struct postings {
	int64_t warehouse_id, slip_id;
	bool new_bins;     /* as the doc says */
	struct posting *v; /* as many as the doc has lines */
};
int postings_find(struct session *s, const struct stock_doc *doc,
    struct postings *p) MUST_CHECK;
/* Returns @rc; an error in one of several lines then says in which. */
int posting_of(struct session *s, const struct stock_doc *doc, size_t i, int rc)
    MUST_CHECK;
void postings_done(struct postings *p);

/* The log's entries, one each line, and the end of the operation. */
struct op;
int postings_commit(struct session *s, const struct op *op, struct txn **txn,
    const struct stock_doc *doc, const struct postings *p, const char *kind)
    MUST_CHECK;

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_AUDIT_H
#define SHOPMGR_DOMAIN_AUDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * What was done, by whom, when: append-only, and read-only here, as op.c writes
 * it. Each entry carries a hash of itself and of the one before, so that
 * shopdb_verify() finds one that was altered, removed or put in.
 */

struct session;
struct str;

struct audit_row {
	int64_t id;
	int64_t at;
	const char *staff; /* "" for the program itself */
	const char *op;
	const char *kind;
	int64_t subject;
	const char *detail;
	const char *approved; /* who allowed it at that terminal, or "" */
};

struct audit_filter {
	int64_t staff_id;     /* 0: anybody */
	const char *op;       /* "order-ship"; NULL: anything */
	const char *kind;     /* "order"; NULL: any */
	int64_t subject;      /* of that kind; 0: any */
	int64_t since, until; /* at; 0: open; until excluded */
};

/* One record's history, newest first. */
int audit_page(struct session *s, const char *kind, int64_t subject,
    enum page_dir dir, const struct audit_row *from, size_t limit,
    struct page *out) MUST_CHECK;
/* What fits, newest first; NULL: everything. Needs audit.view. ERR_INVALID
 * "kind" for a subject of no kind. */
int audit_list(struct session *s, const struct audit_filter *filter,
    enum page_dir dir, const struct audit_row *from, size_t limit,
    struct page *out) MUST_CHECK;
/* What the entry is about, as people call it: the order's number, the
 * sku_code, the login name; "" when it has no name. */
int audit_subject(struct session *s, const struct audit_row *row, char *buf,
    size_t size) MUST_CHECK;
/* The other way: what an order's number, a product's code or a log-in name
 * stands for. ERR_INVALID "record" for none of them. */
int audit_find(struct session *s, const char *name, const char **kind,
    int64_t *subject) MUST_CHECK;
/* The newest entry's number and the hash that stands for all before: written
 * down elsewhere, it proves the log. Needs audit.view. */
int audit_head(struct session *s, int64_t *id, char hash[65]) MUST_CHECK;

/* "order-ship" in the user's words. */
const char *audit_op_text(const char *op);
/* The detail in the user's words, appended to @out; what is of no known form as
 * it stands in the log. */
void audit_detail_text(const struct audit_row *row, struct str *out);
/* The operations there are, for filters: names as above; ends with NULL. */
extern const char *const audit_ops[];

#endif

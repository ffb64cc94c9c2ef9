/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_ATTRS_PRIV_H
#define DOMAIN_ATTRS_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/domain/attrs.h"

/* Attributes of made goods, inside the operations of others. */

struct page;
struct session;
struct str;
struct txn;

enum attr_type attr_type_of(const char *name); /* an unknown one is text */
bool attr_unit_known(const char *unit);

/* The definitions that a shop begins with, from data/attrs.tsv, where there
 * are none yet. */
int attrs_seed(struct session *s, struct txn *txn) MUST_CHECK;
/* line_attrs() with everything, whoever asks: for the program's own judging. */
int line_attrs_all(struct session *s, int64_t order_id, struct page *out)
    MUST_CHECK;
/*
 * Is all that is critical of @line_no (0: of every line) there and agreed?
 * ERR_STATE, and the sentence says what is not.
 */
int attrs_agreed(struct session *s, int64_t order_id, int64_t line_no)
    MUST_CHECK;
/* "宽 1.24 m; 颜色 红": of one line, as agreed or typed. */
void attrs_words(const struct page *attrs, int64_t line_no, struct str *out);

struct correcting {
	int64_t order_id, line_no;
	const char *name, *before, *after, *reason;
	int64_t typed_by; /* 0: not known */
	int64_t loss;
};
int correction_add(
    struct session *s, struct txn *txn, const struct correcting *c) MUST_CHECK;

/* What is typed of one, tidied in place, judged and written; *@id 0: a new one.
 * @version 0: whichever it is. */
int attr_def_write(struct session *s, struct txn *txn, int64_t *id,
    int64_t version, struct attr_def_edit *e) MUST_CHECK;

#endif

/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/db/bulk.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/grades.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"

/* To all customers the grade that they paid for. */

static const struct op op_apply = { "grade-apply", PERM_SALE_EDIT, "grade" };

#define GRADES  200
#define AT_ONCE 500 /* customers in one transaction */

/* The grades there are, the lowest first. */
struct ladder {
	struct step {
		int64_t id, from_paid;
		char name[64];
	} v[GRADES];
	size_t n;
};

static const char sql_ladder[] =
    "SELECT id, from_paid, name FROM grade ORDER BY from_paid, id"
    " /*scan*/ /*sort*/";

static int
read_ladder(struct session *s, struct ladder *l)
{
	struct db_rows *rows;
	int rc;

	l->n = 0;
	if ((rc = db_query(s->db, sql_ladder, DB_NOARGS, &rows)) < 0)
		return rc;
	while (l->n < GRADES && (rc = db_next(rows)) > 0) {
		struct step *g = &l->v[l->n++];

		*g = (struct step){ .id = db_int(rows, 0),
			.from_paid = db_int(rows, 1) };
		copy_text(g->name, sizeof(g->name), db_text(rows, 2));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* How high, from 1; 0: none. */
static size_t
rank_of(const struct ladder *l, int64_t grade_id)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (l->v[i].id == grade_id)
			return i + 1;
	return 0;
}

static size_t
rank_for(const struct ladder *l, int64_t paid)
{
	size_t n = l->n;

	while (n > 0 && l->v[n - 1].from_paid > paid)
		n--;
	return n;
}

/* Whose grade changes, of some customers one after the other. */
struct step_of {
	struct change {
		int64_t id;
		size_t was, is;
	} v[AT_ONCE];
	size_t n;
	int64_t after; /* the customer that it has come to */
	bool end;
};

static const char sql_next[] =
    "SELECT id, paid, coalesce(grade_id, 0) FROM customer WHERE id > $1"
    " ORDER BY id LIMIT $2";

static int
look(struct session *s, const struct ladder *l, bool lower, struct step_of *st,
    struct grade_counts *n)
{
	struct db_rows *rows;
	size_t seen = 0;
	int rc;

	st->n = 0;
	rc = db_query(
	    s->db, sql_next, DB_ARGS(db_i(st->after), db_i(AT_ONCE)), &rows);
	if (rc < 0)
		return rc;
	for (; seen < AT_ONCE && (rc = db_next(rows)) > 0; seen++) {
		struct change c = { db_int(rows, 0),
			rank_of(l, db_int(rows, 2)),
			rank_for(l, db_int(rows, 1)) };

		st->after = c.id;
		n->seen++;
		n->raised += c.is > c.was;
		n->lowered += c.is < c.was;
		if (c.is > c.was || (c.is < c.was && lower))
			st->v[st->n++] = c;
	}
	db_done(rows);
	st->end = seen < AT_ONCE;
	return rc < 0 ? rc : 0;
}

static const char sql_give[] =
    "UPDATE customer SET grade_id = $2, version = version + 1 WHERE id = $1";

static int
give(struct session *s, struct txn *txn, const struct ladder *l,
    const struct change *c)
{
	const char *was = c->was > 0 ? l->v[c->was - 1].name : "";
	const char *is = c->is > 0 ? l->v[c->is - 1].name : "";
	int rc;

	rc = db_exec(txn, sql_give,
	    DB_ARGS(db_i(c->id), db_id(c->is > 0 ? l->v[c->is - 1].id : 0)),
	    NULL);
	return rc < 0 ? rc
		      : op_note(s, &op_apply, txn, "customer", c->id,
			    "grade \"%s\" -> \"%s\"", was, is);
}

/* Some of them; what it did counts only when it is committed. */
static int
apply_some(
    struct session *s, bool lower, struct step_of *st, struct grade_counts *n)
{
	const struct grade_counts was = *n;
	int64_t after = st->after;
	struct ladder l;
	struct txn *txn;
	size_t i;
	int rc;

	if ((rc = op_begin(s, &op_apply, &txn)) < 0)
		return rc;
	if ((rc = read_ladder(s, &l)) == 0)
		rc = look(s, &l, lower, st, n);
	for (i = 0; rc == 0 && i < st->n; i++)
		rc = give(s, txn, &l, &st->v[i]);
	if (rc == 0 && st->n > 0)
		rc = op_commit(s, &op_apply, &txn, 0,
		    "raised %" PRId64 ", lowered %" PRId64,
		    n->raised - was.raised,
		    lower ? n->lowered - was.lowered : 0);
	op_abort(s, &txn);
	if (rc < 0) {
		*n = was;
		st->after = after;
	}
	return rc;
}

int
grade_apply(
    struct session *s, const struct grade_how *how, struct grade_counts *out)
{
	struct step_of *st;
	struct ladder l;
	int rc;

	*out = (struct grade_counts){ .seen = 0 };
	if ((rc = session_need(s, op_apply.perm)) < 0 ||
	    (rc = read_ladder(s, &l)) < 0)
		return rc;
	st = xcalloc(1, sizeof(*st));
	while (rc == 0 && !st->end) {
		rc = how->try_only ? look(s, &l, how->lower, st, out)
				   : apply_some(s, how->lower, st, out);
		if (!how->try_only)
			bulk_steps_between(s->db);
		if (rc == 0 && !st->end && how->goes_on != NULL &&
		    !how->goes_on(how->arg, out)) {
			out->stopped = true;
			break;
		}
	}
	free(st);
	return rc;
}

/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "../stock/bins_priv.h"
#include "../stock/inventory_priv.h"
#include "stocktake_priv.h"

/* The end of a count: what is counted again, and that the books follow. */

static const struct op op_close = { "count-close", PERM_COUNT, "stocktake" };
static const struct op op_recount = { "count-recount", PERM_COUNT,
	"stocktake" };
static const struct op op_reason = { "count-reason", PERM_COUNT, "stocktake" };
static const struct op op_post = { "count-post", PERM_COUNT_POST, "stocktake" };
static const struct op op_cancel = { "count-cancel", PERM_COUNT_POST,
	"stocktake" };

/* A difference, or what nobody counted. */
struct line {
	int64_t id, bin_id, variant_id, off;
	char sku[64], bin[BIN_CODE];
};
struct lines {
	struct line *v;
	size_t n, cap;
};

#define LINES_SELECT \
	"SELECT l.id, l.bin_id, l.variant_id, l.counted - l.book, v.sku_code," \
	" b.code FROM stocktake_line l JOIN variant v ON v.id = l.variant_id" \
	" JOIN bin b ON b.id = l.bin_id WHERE l.stocktake_id = $1"
static const char sql_open[] = LINES_SELECT " AND l.state = 0";
/* What there is more of first: less of it somewhere else is then there. */
static const char sql_off[] =
    LINES_SELECT " AND l.state IN (1, 3) AND l.counted <> l.book"
		 " ORDER BY l.counted < l.book, l.id /*sort*/";

static int
read_lines(struct session *s, const char *sql, int64_t id, struct lines *out)
{
	struct db_rows *rows;
	struct line *l;
	int rc;

	if ((rc = db_query(s->db, sql, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (out->n == out->cap) {
			out->cap = out->cap != 0 ? out->cap * 2 : 64;
			out->v =
			    xreallocarray(out->v, out->cap, sizeof(*out->v));
		}
		l = &out->v[out->n++];
		*l = (struct line){ .id = db_int(rows, 0),
			.bin_id = db_int(rows, 1),
			.variant_id = db_int(rows, 2),
			.off = db_int(rows, 3) };
		copy_text(l->sku, sizeof(l->sku), db_text(rows, 4));
		copy_text(l->bin, sizeof(l->bin), db_text(rows, 5));
	}
	db_done(rows);
	return rc;
}

/* In which line it went wrong. */
static int
line_err(struct session *s, const struct line *l, int rc)
{
	const struct err was = s->err;

	if (rc != ERR_STATE)
		return rc;
	return err_set(&s->err, ERR_STATE, was.field, "%s %s: %s", l->bin,
	    l->sku, was.text);
}

/* What nobody counted is not there. */
static int
count_none(struct session *s, struct txn *txn, const struct stocktake_now *t)
{
	struct lines open = { .n = 0 };
	struct stocktake_line_now l;
	size_t i;
	int rc = read_lines(s, sql_open, t->id, &open);

	for (i = 0; rc == 0 && i < open.n; i++) {
		l = (struct stocktake_line_now){ .id = open.v[i].id,
			.bin_id = open.v[i].bin_id,
			.variant_id = open.v[i].variant_id,
			.state = LINE_COUNTED };
		rc = stocktake_freeze(s, t, &l);
		if (rc == 0)
			rc = stocktake_put(s, txn, t, &l);
		rc = line_err(s, &open.v[i], rc);
	}
	free(open.v);
	return rc < 0 ? rc : stocktake_counted_by(txn, t->id, s->staff_id);
}

static const char sql_again[] =
    "UPDATE stocktake_line SET state = 2 WHERE stocktake_id = $1"
    " AND state IN (1, 3) AND counted <> book AND abs(value) >= $2";
static const char sql_closed[] =
    "UPDATE stocktake SET state = 1, counted_at = $2 WHERE id = $1";

static int
mark_again(struct txn *txn, int64_t id, int64_t over, int64_t *again)
{
	int rc = db_exec(txn, sql_again, DB_ARGS(db_i(id), db_i(over)), again);

	return rc < 0 ? rc : stocktake_sums(txn, id);
}

static int
close_it(struct session *s, struct txn *txn, struct stocktake_now *t, bool zero,
    int64_t *again)
{
	int64_t over;
	int rc;

	if ((rc = stocktake_need(s, t, STOCKTAKE_COUNTING)) < 0 ||
	    (rc = setting_int(s, SETTING_RECOUNT_OVER, &over)) < 0)
		return rc;
	if (zero && (rc = count_none(s, txn, t)) < 0)
		return rc;
	if ((rc = mark_again(txn, t->id, over, again)) < 0)
		return rc;
	if ((rc = stocktake_read(s, t->id, t)) == 0 && t->counted_n == 0 &&
	    *again == 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Nothing of %s was counted yet"), t->no);
	return rc < 0 ? rc
		      : db_exec(txn, sql_closed,
			    DB_ARGS(db_i(t->id), db_i(time_now())), NULL);
}

int
stocktake_close(struct session *s, int64_t id, bool zero, int64_t *again)
{
	struct stocktake_now t = { .id = 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_close, &txn)) < 0)
		return rc;
	rc = stocktake_read(s, id, &t);
	if (rc == 0)
		rc = close_it(s, txn, &t, zero, again);
	if (rc == 0)
		rc = op_commit(s, &op_close, &txn, id,
		    "%s %" PRId64 "/%" PRId64 "%s", t.no, t.counted_n + *again,
		    t.line_n, zero ? ", 0" : "");
	op_abort(s, &txn);
	return rc;
}

int
stocktake_recount(struct session *s, int64_t id, int64_t over, int64_t *again)
{
	struct stocktake_now t = { .id = 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_recount, &txn)) < 0)
		return rc;
	rc = stocktake_read(s, id, &t);
	if (rc == 0)
		rc = stocktake_need(s, &t, STOCKTAKE_COUNTED);
	if (rc == 0)
		rc = mark_again(txn, id, over, again);
	if (rc == 0)
		rc = op_commit(
		    s, &op_recount, &txn, id, "%s %" PRId64, t.no, *again);
	op_abort(s, &txn);
	return rc;
}

static const char sql_of[] =
    "SELECT stocktake_id FROM stocktake_line WHERE id = $1";

static int
read_of(struct session *s, int64_t line_id, struct stocktake_now *t)
{
	int64_t id;
	int rc = db_get1(s->db, sql_of, DB_ARGS(db_i(line_id)), &id);

	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_NOTFOUND, "",
		    _("There is no such line of a count"));
	return rc < 0 ? rc : stocktake_read(s, id, t);
}

static const char sql_one_again[] =
    "UPDATE stocktake_line SET state = 2 WHERE id = $1 AND state IN (1, 3)";

int
stocktake_recount_line(struct session *s, int64_t line_id)
{
	struct stocktake_now t = { .id = 0 };
	struct txn *txn;
	int64_t n = 0;
	int rc;

	if ((rc = op_begin(s, &op_recount, &txn)) < 0)
		return rc;
	rc = read_of(s, line_id, &t);
	if (rc == 0)
		rc = stocktake_need(s, &t, STOCKTAKE_COUNTED);
	if (rc == 0)
		rc = db_exec(txn, sql_one_again, DB_ARGS(db_i(line_id)), &n);
	if (rc == 0 && n == 0)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("It was not counted, or is to be counted again already"));
	if (rc == 0)
		rc = stocktake_sums(txn, t.id);
	if (rc == 0)
		rc = op_commit(s, &op_recount, &txn, t.id, "%s 1", t.no);
	op_abort(s, &txn);
	return rc;
}

static const char sql_reason[] =
    "UPDATE stocktake_line SET reason = $2 WHERE id = $1";

int
stocktake_reason(struct session *s, int64_t line_id, const char *reason)
{
	struct stocktake_now t = { .id = 0 };
	struct txn *txn;
	int rc;

	if ((rc = check_clean(s, "reason", reason)) < 0 ||
	    (rc = op_begin(s, &op_reason, &txn)) < 0)
		return rc;
	rc = read_of(s, line_id, &t);
	if (rc == 0 && t.state != STOCKTAKE_COUNTING)
		rc = stocktake_need(s, &t, STOCKTAKE_COUNTED);
	if (rc == 0)
		rc = db_exec(txn, sql_reason,
		    DB_ARGS(db_i(line_id), db_t(reason)), NULL);
	if (rc == 0)
		rc = op_commit(
		    s, &op_reason, &txn, t.id, "%s: %s", t.no, reason);
	op_abort(s, &txn);
	return rc;
}

static const char sql_mine[] =
    "SELECT count(*) FROM stocktake_staff WHERE stocktake_id = $1"
    " AND staff_id = $2";

/* Four eyes, where there are four. *@alone: there are not. */
static int
check_poster(struct session *s, const struct stocktake_now *t, bool *alone)
{
	int64_t mine, others = 0;
	int rc;

	rc = db_get1(
	    s->db, sql_mine, DB_ARGS(db_i(t->id), db_i(s->staff_id)), &mine);
	if (rc == 0 && mine > 0)
		rc = stocktake_others(
		    s, t->id, perm_name(PERM_COUNT_POST), true, &others);
	if (rc == 0 && others > 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("You counted here yourself: somebody who did not has to "
		      "post %s"),
		    t->no);
	*alone = mine > 0;
	return rc;
}

static const char sql_waiting[] =
    "SELECT count(*) FROM stocktake_line WHERE stocktake_id = $1"
    " AND state = 2";
static const char sql_value[] =
    "UPDATE stocktake_line SET value = $2 WHERE id = $1";

static int
check_ready(struct session *s, const struct stocktake_now *t)
{
	int64_t n;
	int rc;

	if ((rc = stocktake_need(s, t, STOCKTAKE_COUNTED)) < 0)
		return rc;
	rc = db_get1(s->db, sql_waiting, DB_ARGS(db_i(t->id)), &n);
	if (rc == 0 && n > 0)
		return err_set(&s->err, ERR_STATE, "",
		    ngettext("%lld line of %s is to be counted again first",
			"%lld lines of %s are to be counted again first",
			(unsigned long)n),
		    (long long)n, t->no);
	return rc;
}

static int
post_line(struct session *s, struct txn *txn, const struct stocktake_now *t,
    const struct line *l, int64_t slip_id)
{
	int64_t value;
	int rc;

	rc = slip_move(s, txn,
	    &(struct slip_move){ .slip_id = slip_id,
		.warehouse_id = t->warehouse_id,
		.variant_id = l->variant_id,
		.bin_id = l->bin_id,
		.qty = l->off },
	    &value);
	if (rc < 0)
		return line_err(s, l, rc);
	return db_exec(txn, sql_value, DB_ARGS(db_i(l->id), db_i(value)), NULL);
}

static const char sql_posted[] =
    "UPDATE stocktake SET state = 2, posted_by = $2, posted_at = $3,"
    " slip_id = $4 WHERE id = $1";

static int
post_all(struct session *s, struct txn *txn, const struct stocktake_now *t,
    int64_t *slip_id)
{
	const struct slip slip = { .kind = "count",
		.warehouse_id = t->warehouse_id,
		.count_id = t->id,
		.reason = t->no };
	struct lines off = { .n = 0 };
	size_t i;
	int rc = read_lines(s, sql_off, t->id, &off);

	*slip_id = 0;
	if (rc == 0 && off.n > 0)
		rc = slip_open(s, txn, &slip, slip_id);
	for (i = 0; rc == 0 && i < off.n; i++)
		rc = post_line(s, txn, t, &off.v[i], *slip_id);
	free(off.v);
	if (rc == 0)
		rc = stocktake_sums(txn, t->id);
	return rc < 0 ? rc
		      : db_exec(txn, sql_posted,
			    DB_ARGS(db_i(t->id), db_i(s->staff_id),
				db_i(time_now()), db_id(*slip_id)),
			    NULL);
}

int
stocktake_post(struct session *s, int64_t id, int64_t *slip_id)
{
	struct stocktake_now t = { .id = 0 };
	char no[SLIP_NO_SIZE] = "";
	struct txn *txn;
	int64_t slip = 0;
	bool alone = false;
	int rc;

	if ((rc = op_begin(s, &op_post, &txn)) < 0)
		return rc;
	if ((rc = stocktake_read(s, id, &t)) == 0 &&
	    (rc = check_ready(s, &t)) == 0 &&
	    (rc = check_poster(s, &t, &alone)) == 0)
		rc = post_all(s, txn, &t, &slip);
	if (rc == 0 && slip != 0)
		slip_no("count", slip, no);
	if (rc == 0)
		rc = op_commit(s, &op_post, &txn, id, "%s %s%s", t.no, no,
		    alone ? ", alone" : "");
	op_abort(s, &txn);
	if (rc == 0 && slip_id != NULL)
		*slip_id = slip;
	return rc;
}

static const char sql_cancel[] =
    "UPDATE stocktake SET state = 3, version = version + 1 WHERE id = $1";

int
stocktake_cancel(struct session *s, int64_t id, const char *reason)
{
	struct stocktake_now t = { .id = 0 };
	struct txn *txn;
	int rc;

	if ((rc = check_reason(s, reason)) < 0 ||
	    (rc = check_clean(s, "reason", reason)) < 0 ||
	    (rc = op_begin(s, &op_cancel, &txn)) < 0)
		return rc;
	rc = stocktake_read(s, id, &t);
	if (rc == 0 && t.state != STOCKTAKE_COUNTED)
		rc = stocktake_need(s, &t, STOCKTAKE_COUNTING);
	if (rc == 0)
		rc = db_exec(txn, sql_cancel, DB_ARGS(db_i(id)), NULL);
	if (rc == 0)
		rc = op_commit(s, &op_cancel, &txn, id, "%s: %s", t.no, reason);
	op_abort(s, &txn);
	return rc;
}

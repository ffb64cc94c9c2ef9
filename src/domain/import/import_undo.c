/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/bulk.h"

#include "../goods/kits_priv.h"
#include "../orders/gifts_priv.h"
#include "../orders/merge_priv.h"
#include "../orders/order_priv.h"
#include "../stock/stock_priv.h"
#include "import_typed.h"
#include "staged_mark_priv.h"

/*
 * An import is taken back as it was done: in short steps, and whole whatever
 * happens. What is left to be done is what the batch still has of images and
 * of ids that it made; each step uses up some of them.
 */

const struct op op_undo = { "import-undo", PERM_IMPORT, "import" };

#define STEP_NS    INT64_C(20000000)
#define STEP_FIRST 32u
#define STEP_MOST  4096u
#define BUSY_TIMES 6
#define RANGE_MOST \
	1024u /* of a statement, which notes all pages it changes \
	       */

static const char sql_next_image[] =
    "SELECT DISTINCT subject FROM import_change WHERE batch_id = $1"
    " AND kind = $2 AND image <> '' ORDER BY subject LIMIT $3";

/* The next records that were changed. */
static int
next_changed(struct undo *u, const char *kind, int64_t **ids, size_t *n)
{
	struct db_rows *rows;
	int rc;

	*n = 0;
	*ids = xcalloc(u->size, sizeof(**ids));
	rc = db_query(u->j.s->db, sql_next_image,
	    DB_ARGS(db_i(u->j.batch), db_t(kind), db_i((int64_t)u->size)),
	    &rows);
	if (rc < 0)
		return rc;
	while (*n < u->size && (rc = db_next(rows)) > 0)
		(*ids)[(*n)++] = db_int(rows, 0);
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
undo_changed(
    struct undo *u, const char *kind, int (*one)(struct undo *u, int64_t id))
{
	int64_t *ids;
	size_t n, i;
	int rc = next_changed(u, kind, &ids, &n);

	for (i = 0; rc == 0 && i < n; i++) {
		arena_reset(&u->j.scratch);
		rc = one(u, ids[i]);
	}
	free(ids);
	return rc < 0 ? rc : n > 0;
}

static const char sql_range[] =
    "SELECT first, last FROM import_made WHERE batch_id = $1 AND kind = $2"
    " AND last >= first ORDER BY first DESC LIMIT 1 /*scan*/";
static const char sql_shorten[] =
    "UPDATE import_made SET last = $4 WHERE batch_id = $1 AND kind = $2"
    " AND first = $3";

/* The next ids of @kind that it made, the newest first, and no more of them. */
static int
next_made(
    struct undo *u, enum made kind, size_t most, int64_t *from, int64_t *to)
{
	const struct db_val batch = db_i(u->j.batch);
	const struct db_val name = db_t(made_kinds[kind]);
	struct db_rows *rows;
	int64_t first = 0;
	int found, rc;

	rc = db_query(u->j.s->db, sql_range, DB_ARGS(batch, name), &rows);
	if (rc < 0)
		return rc;
	if ((found = db_next(rows)) > 0) {
		first = db_int(rows, 0);
		*to = db_int(rows, 1);
	}
	db_done(rows);
	if (found <= 0)
		return found;
	*from = *to - (int64_t)most + 1;
	/* An empty range stays to tell where it began: see gone(). */
	if (*from < first)
		*from = first;
	rc = db_exec(u->j.txn, sql_shorten,
	    DB_ARGS(batch, name, db_i(first), db_i(*from - 1)), NULL);
	return rc < 0 ? rc : 1;
}

static int
take_each(struct undo *u, enum made kind, size_t most,
    int (*one)(struct undo *u, int64_t id))
{
	int64_t from, to;
	int rc = next_made(u, kind, most, &from, &to);

	if (rc <= 0)
		return rc;
	for (rc = 0; rc == 0 && to >= from; to--) {
		arena_reset(&u->j.scratch);
		rc = one(u, to);
	}
	return rc < 0 ? rc : 1;
}

static int
take_new_orders(struct undo *u)
{
	int64_t from, to;
	int rc = next_made(u, MADE_ORDER, u->size, &from, &to);

	if (rc <= 0)
		return rc;
	rc = take_orders(u, from, to);
	return rc < 0 ? rc : 1;
}

static size_t
range_size(const struct undo *u)
{
	return u->size < RANGE_MOST / 4 ? u->size * 4 : RANGE_MOST;
}

static int
take_range(struct undo *u, enum made kind, const char *sql)
{
	int64_t from, to;
	int rc = next_made(u, kind, range_size(u), &from, &to);

	if (rc <= 0)
		return rc;
	rc = db_exec(u->j.txn, sql,
	    DB_ARGS(db_i(from), db_i(to), db_i(u->audit_from)), NULL);
	return rc < 0 ? rc : 1;
}

static const char sql_no_receivers[] =
    "DELETE FROM receiver WHERE id >= $1 AND id <= $2 AND $3 = $3"
    " AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.receiver_id ="
    " receiver.id)";
static const char sql_no_customers[] =
    "DELETE FROM customer WHERE id >= $1 AND id <= $2 AND order_n = 0"
    " AND NOT EXISTS (SELECT 1 FROM receiver r WHERE r.customer_id ="
    " customer.id) AND NOT EXISTS (SELECT 1 FROM import_image i"
    " WHERE i.customer_id = customer.id) AND NOT EXISTS (SELECT 1 FROM audit a"
    " WHERE a.kind = 'customer' AND a.subject = customer.id AND a.id >= $3"
    " AND a.op" WORK_OPS ")";
static const char sql_no_products[] =
    "DELETE FROM product WHERE id >= $1 AND id <= $2 AND $3 = $3"
    " AND NOT EXISTS (SELECT 1 FROM variant v WHERE v.product_id ="
    " product.id)";

/* What customers were called, unless somebody changed it since. */
static const char sql_names[] =
    "UPDATE customer SET (name, phone, pinyin) = (SELECT i.name, i.phone,"
    " i.pinyin FROM import_image i WHERE i.customer_id = customer.id"
    " AND i.batch_id = $1) WHERE id IN (SELECT i.customer_id"
    " FROM import_image i WHERE i.batch_id = $1 LIMIT $2)"
    " AND NOT EXISTS (SELECT 1 FROM import_image i"
    " WHERE i.customer_id = customer.id AND i.batch_id > $1)"
    " AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.kind = 'customer'"
    " AND a.subject = customer.id AND a.id >= $3 AND a.op" WORK_OPS ")";
static const char sql_no_images[] =
    "DELETE FROM import_image WHERE batch_id = $1 AND customer_id IN"
    " (SELECT i.customer_id FROM import_image i WHERE i.batch_id = $1"
    " LIMIT $2)";

static int
put_names(struct undo *u)
{
	const struct db_val batch = db_i(u->j.batch);
	const struct db_val n = db_i((int64_t)range_size(u));
	int64_t gone = 0;
	int rc;

	rc = db_exec(
	    u->j.txn, sql_names, DB_ARGS(batch, n, db_i(u->audit_from)), NULL);
	if (rc == 0)
		rc = db_exec(u->j.txn, sql_no_images, DB_ARGS(batch, n), &gone);
	return rc < 0 ? rc : gone > 0;
}

/* Something of what is left: 1, or 0 when there is nothing. In an order in
 * which each thing goes before what it refers to. */
static int
some(struct undo *u)
{
	int rc;

	if ((rc = track_undo(u->j.s, u->j.txn, u->j.batch, u->size)) != 0 ||
	    (rc = statement_undo(u->j.s, u->j.txn, u->j.batch, u->size)) != 0 ||
	    (rc = staged_undo(u->j.s, u->j.txn, u->j.batch, u->size)) != 0 ||
	    (rc = undo_changed(u, "order", put_back_order)) != 0 ||
	    (rc = undo_changed(u, "variant", put_back_variant)) != 0 ||
	    (rc = undo_changed(u, "customer", put_back_customer)) != 0 ||
	    (rc = undo_changed(u, "company", put_back_company)) != 0 ||
	    (rc = typed_undo(u)) != 0 || (rc = take_new_orders(u)) != 0 ||
	    (rc = take_each(u, MADE_SLIP, 16, take_slip)) != 0 ||
	    (rc = put_names(u)) != 0 ||
	    (rc = take_range(u, MADE_RECEIVER, sql_no_receivers)) != 0 ||
	    (rc = take_range(u, MADE_CUSTOMER, sql_no_customers)) != 0)
		return rc;
	if (!u->looked)
		return 0;
	if ((rc = take_each(u, MADE_LISTING, 64, take_listing)) != 0 ||
	    (rc = take_each(u, MADE_VARIANT, 64, take_variant)) != 0)
		return rc;
	return take_range(u, MADE_PRODUCT, sql_no_products);
}

static const char sql_end[] =
    "UPDATE import_batch SET state = 4, undone_at = $2 WHERE id = $1";
static const char sql_rest[] = "DELETE FROM import_made WHERE batch_id = $1";

static const char sql_first[] =
    "SELECT coalesce(min(first), 0) FROM import_made WHERE batch_id = $1"
    " AND kind = $2";

/* For those who follow the shop by its ids: from where on they are free. */
static int
gone(struct undo *u)
{
	static const enum made kinds[] = { MADE_ORDER, MADE_CUSTOMER,
		MADE_VARIANT, MADE_LISTING };
	struct job *j = &u->j;
	int64_t first;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const char *kind = made_kinds[kinds[i]];

		rc = db_fetch1(j->txn, sql_first,
		    DB_ARGS(db_i(j->batch), db_t(kind)), &first);
		if (rc == 0 && first != 0)
			rc = op_note(j->s, &op_undo, j->txn, kind, first,
			    "import %" PRId64 " taken back", j->batch);
	}
	return rc;
}

static int
finish(struct undo *u)
{
	struct job *j = &u->j;
	int rc;

	if ((rc = gone(u)) < 0 ||
	    (rc = db_exec(j->txn, sql_rest, DB_ARGS(db_i(j->batch)), NULL)) <
		0 ||
	    (rc = db_exec(j->txn, sql_end,
		 DB_ARGS(db_i(j->batch), db_i(time_now())), NULL)) < 0)
		return rc;
	return op_commit(j->s, &op_undo, &j->txn, j->batch,
	    "%" PRId64 " orders, %" PRId64 " as before, %" PRId64 " kept",
	    u->orders, u->back, u->kept);
}

static int
step_work(struct undo *u, bool *more)
{
	struct job *j = &u->j;
	int rc;

	if ((rc = some(u)) < 0)
		return rc;
	*more = rc > 0;
	rc = people_flush(j);
	return rc < 0 ? rc : people_dates(j);
}

static size_t
next_size(size_t size, int64_t took)
{
	if (took > STEP_NS)
		size = size / 2;
	else if (took < STEP_NS / 2)
		size = size * 2;
	return size < 1 ? 1 : size > STEP_MOST ? STEP_MOST : size;
}

/* A transaction of one step or several; *@more is false when nothing was
 * left. */
static int
step(struct undo *u, bool *more)
{
	struct job *j = &u->j;
	int64_t begun, start;
	int rc;

	job_begin(j);
	rc = op_begin_alone(j->s, &j->txn);
	begun = time_ticks();
	do {
		start = time_ticks();
		if (rc == 0)
			rc = step_work(u, more);
		u->size = next_size(u->size, time_ticks() - start);
	} while (rc == 0 && *more && step_goes_on(j, begun));
	if (rc == 0)
		rc = figures_flush(j->s, j->txn, &j->figures);
	if (rc == 0 && !*more && u->looked)
		rc = bare_take(u, more);
	if (rc == 0)
		rc = *more || !u->looked ? op_commit_silent(j->s, &j->txn)
					 : finish(u);
	op_abort(j->s, &j->txn);
	figures_done(&j->figures);
	job_forget(j);
	if (rc < 0)
		*more = true;
	return rc;
}

int
undo_goods(struct job *j, int64_t id)
{
	struct order_now now;
	int rc;

	if ((rc = order_now(j->s, j->txn, id, &now)) < 0 ||
	    (rc = kits_again(j->s, j->txn, id)) < 0 ||
	    (rc = kits_cost(j->s, j->txn, id)) < 0 ||
	    !order_can_hold(now.state))
		return rc;
	if (now.parts != 0)
		rc = parts_follow(j->s, j->txn, id);
	if (rc == 0)
		rc = stock_reserve(j->s, j->txn, id);
	return rc < 0 ? rc : gifts_again(j->s, j->txn, id);
}

static const char sql_lines[] =
    "SELECT DISTINCT 'l' || l.listing_id FROM order_line l JOIN import_made m"
    " ON m.batch_id = $1 AND m.kind = 'listing' AND l.listing_id >= m.first"
    " AND l.listing_id <= m.last UNION ALL"
    " SELECT DISTINCT 'v' || l.variant_id FROM order_line l JOIN import_made m"
    " ON m.batch_id = $1 AND m.kind = 'variant' AND l.variant_id >= m.first"
    " AND l.variant_id <= m.last /*scan*/ /*sort*/";

/*
 * Which items and products lines have is not indexed: it takes one look at all
 * of them, outside any transaction. Only imports make lines, and there is no
 * other one meanwhile; mapping an item is seen by the log.
 */
static int
look_at_lines(struct undo *u)
{
	struct db *db = u->j.s->db;
	struct db_rows *rows;
	bool fresh;
	int rc;

	rc = db_query(db, sql_lines, DB_ARGS(db_i(u->j.batch)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0)
		map_put(
		    &u->lines_of, db_text(rows, 0), db_len(rows, 0), &fresh);
	db_done(rows);
	u->looked = rc == 0;
	/* Nothing refers to what goes now: it need not be looked for again. */
	bulk_steps_loose(db);
	return rc;
}

/* How far it is; of lists that have no orders nothing is known. */
static void
count_done(struct undo *u)
{
	struct import_summary *sum = &u->j.im->sum;

	sum->rows = u->orders + u->back;
	sum->bytes = sum->rows == 0       ? 0
		     : sum->rows < u->all ? u->all
					  : sum->rows;
	u->j.done_bytes = sum->rows;
}

static int
steps(struct undo *u)
{
	struct job *j = &u->j;
	bool more = true;
	int rc = 0, busy = 0;

	u->size = import_step_most < STEP_FIRST ? import_step_most : STEP_FIRST;
	j->final = true;
	bulk_steps_tune(j->s->db);
	while (rc == 0 && (more || !u->looked)) {
		if (!more && (rc = look_at_lines(u)) < 0)
			break;
		if (u->due && (rc = bare_look(u)) < 0)
			break;
		rc = step(u, &more);
		if (rc == ERR_BUSY && ++busy < BUSY_TIMES)
			rc = 0;
		bulk_steps_between(j->s->db);
		count_done(u);
		if (rc == 0)
			rc = job_phase(j, N_("taking back"));
	}
	return rc;
}

static const char sql_batch[] =
    "SELECT state, audit_from, coalesce(undone_by, 0), at, new_n + updated_n"
    " FROM import_batch WHERE id = $1";

static int
batch_read(struct undo *u, int64_t *state, int64_t *by)
{
	struct db_rows *rows;
	int rc =
	    db_query(u->j.s->db, sql_batch, DB_ARGS(db_i(u->j.batch)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*state = db_int(rows, 0);
		u->audit_from = db_int(rows, 1);
		*by = db_int(rows, 2);
		u->at = db_int(rows, 3);
		u->all = db_int(rows, 4);
	}
	db_done(rows);
	if (rc == 0)
		return err_set(&u->j.s->err, ERR_NOTFOUND, "",
		    _("There is no such import"));
	return rc < 0 ? rc : 0;
}

/* Is it known what it changed? */
static int
check_known(struct undo *u)
{
	struct session *s = u->j.s;
	int64_t before;
	int rc = import_old(s, &before);

	if (rc < 0)
		return rc;
	if (u->audit_from == 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("This import was made by an earlier version, which did "
		      "not note what it changed"));
	if (u->audit_from < 0 || u->at < before)
		return err_set(&s->err, ERR_STATE, "",
		    _("This import is too old to be taken back: how things "
		      "were before it is no longer kept"));
	return 0;
}

static int
check(struct undo *u)
{
	struct session *s = u->j.s;
	const struct import_stands *first;
	struct page page;
	int64_t state = 0, by = 0;
	int rc;

	if ((rc = batch_read(u, &state, &by)) < 0)
		return rc;
	if (state == IMPORT_UNDONE)
		return err_set(&s->err, ERR_STATE, "",
		    _("This import was taken back already"));
	if (state != IMPORT_DONE)
		return err_set(&s->err, ERR_STATE, "",
		    _("This import is not finished yet"));
	if ((rc = check_known(u)) < 0 ||
	    (rc = import_standing(s, u->j.batch, 1, &page)) < 0)
		return rc;
	if (page.n > 0) {
		first = page.rows;
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Later work stands on this import: %s, %s"), first->label,
		    first->what);
	}
	page_free(&page);
	return rc;
}

static const char sql_begin[] =
    "UPDATE import_batch SET state = 3, undone_by = $2 WHERE id = $1";

/* From this commit on it is taken back whatever happens. */
static int
begin(struct undo *u)
{
	struct job *j = &u->j;
	int rc;

	if ((rc = op_begin(j->s, &op_undo, &j->txn)) < 0)
		return rc;
	rc = db_exec(j->txn, sql_begin,
	    DB_ARGS(db_i(j->batch), db_i(j->s->staff_id)), NULL);
	if (rc == 0)
		rc = op_commit_silent(j->s, &j->txn);
	op_abort(j->s, &j->txn);
	return rc;
}

static void
done(struct undo *u)
{
	map_done(&u->lines_of);
	free(u->bare);
	job_done(&u->j);
	import_free(u->j.im);
}

static int
later(struct session *s, int rc)
{
	char *why = xstrdup(s->err.text);

	rc = err_set(&s->err, rc, "",
	    _("%s. The import is being taken back: that will be finished when "
	      "the shop is opened the next time"),
	    why);
	free(why);
	return rc;
}

int
undo_carry_on(struct session *s, int64_t batch)
{
	static const struct import_options none;
	struct undo u = { .j = { .s = s,
			      .opt = &none,
			      .batch = batch,
			      .claim = -1,
			      .now = time_now(),
			      .phase = N_("taking back") } };
	int64_t me = s->staff_id, state, by = 0;
	int rc;

	u.j.im = xcalloc(1, sizeof(*u.j.im));
	if ((rc = batch_read(&u, &state, &by)) == 0) {
		s->staff_id = by;
		rc = steps(&u);
		s->staff_id = me;
	}
	done(&u);
	return rc;
}

int
import_undo(struct session *s, int64_t batch, const struct import_options *opt)
{
	static const struct import_options none;
	struct undo u = { .j = { .s = s,
			      .opt = opt != NULL ? opt : &none,
			      .batch = batch,
			      .claim = -1,
			      .now = time_now(),
			      .phase = N_("taking back") } };
	bool begun = false;
	int rc;

	if ((rc = session_need(s, PERM_IMPORT)) < 0 ||
	    (rc = import_recover(s, NULL)) < 0)
		return rc;
	u.j.im = xcalloc(1, sizeof(*u.j.im));
	if ((rc = import_claim(&u.j)) == 0 && (rc = check(&u)) == 0 &&
	    (rc = begin(&u)) == 0) {
		begun = true;
		rc = steps(&u);
	}
	done(&u);
	return rc < 0 && begun ? later(s, rc) : rc;
}

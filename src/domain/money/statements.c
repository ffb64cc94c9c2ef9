/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/payments.h"
#include "shopmgr/domain/platforms.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "../orders/order_priv.h"

/* Lines of statements, and the orders they are for. */

static const struct op op_match = { "statement-match", PERM_PAYMENT_CHECK,
	"statement" };
static const struct op op_explain = { "statement-explain", PERM_PAYMENT_CHECK,
	"statement" };
static const struct op op_reopen = { "statement-reopen", PERM_PAYMENT_CHECK,
	"statement" };

const char *
statement_how_text(const char *how)
{
	return strcmp(how, "order") == 0   ? _("matched")
	       : strcmp(how, "known") == 0 ? _("explained")
					   : C_("statement", "open");
}

const char *
statement_source_text(const char *source)
{
	const char *text = platform_text(source);

	return text != source ? text : payment_method_text(source);
}

static void
take_line(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct statement_line *l = out;

	l->id = db_int(rows, 0);
	l->at = db_int(rows, 1);
	l->source = row_text(rows, 2, arena);
	l->ref = row_text(rows, 3, arena);
	l->kind = row_text(rows, 4, arena);
	l->amount = db_int(rows, 5);
	l->said_no = row_text(rows, 6, arena);
	l->text = row_text(rows, 7, arena);
	l->how = row_text(rows, 8, arena);
	l->order_id = db_int(rows, 9);
	l->order_no = row_text(rows, 10, arena);
	l->note = row_text(rows, 11, arena);
	l->staff = row_text(rows, 12, arena);
}

#define SELECT_LINE \
	"SELECT l.id, l.at, l.source, l.ref, l.kind, l.amount, l.order_no," \
	" l.text, l.how, l.order_id, o.order_no, l.note, st.name" \
	" FROM statement_line l LEFT JOIN orders o ON o.id = l.order_id" \
	" LEFT JOIN staff st ON st.id = l.matched_by WHERE 1 = 1"

static int
fetch(struct session *s, const struct query *q, enum page_dir dir, size_t limit,
    struct page *out)
{
	struct statement_line *l;
	size_t i;
	int rc;

	rc = query_fetch(s->db, q, dir, sizeof(struct statement_line), limit,
	    take_line, out);
	for (i = 0, l = out->rows; rc == 0 && i < out->n; i++) {
		l[i].text = contact_hide_text(s, l[i].text, &out->arena);
		l[i].note = contact_hide_text(s, l[i].note, &out->arena);
	}
	return rc;
}

int
statement_page(struct session *s, bool open, enum page_dir dir,
    const struct statement_line *from, size_t limit, struct page *out)
{
	struct query q = QUERY(SELECT_LINE);
	struct query_key keys[] = { { .column = "l.at" },
		{ .column = "l.id" } };
	size_t skip = open ? 1 : 0;
	int rc;

	if ((rc = session_need(s, PERM_PAYMENT_CHECK)) < 0)
		return rc;
	if (open)
		query_add_lit(&q, " AND l.how = ''");
	if (from != NULL) {
		keys[0].from = db_i(from->at);
		keys[1].from = db_i(from->id);
	}
	query_page(&q, keys + skip, 2 - skip, true, dir, limit);
	return fetch(s, &q, dir, limit, out);
}

int
statement_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT_LINE);
	int rc;

	if ((rc = session_need(s, PERM_PAYMENT_CHECK)) < 0)
		return rc;
	query_and(&q, "l.id =", db_i(id));
	if ((rc = fetch(s, &q, PAGE_FIRST, 1, out)) < 0 || out->n == 1)
		return rc;
	page_free(out);
	*out = (struct page){ 0 };
	return err_set(&s->err, ERR_NOTFOUND, "",
	    _("There is no such line of a statement"));
}

struct line_now {
	int64_t amount, at;
	char ref[128], how[16];
};

static const char sql_now[] =
    "SELECT amount, at, ref, how FROM statement_line WHERE id = $1";

static int
line_now(struct session *s, int64_t id, struct line_now *out)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_now, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*out = (struct line_now){ .amount = db_int(rows, 0),
			.at = db_int(rows, 1) };
		copy_text(out->ref, sizeof(out->ref), db_text(rows, 2));
		copy_text(out->how, sizeof(out->how), db_text(rows, 3));
		rc = 0;
	} else if (rc == 0) {
		rc = err_set(&s->err, ERR_NOTFOUND, "",
		    _("There is no such line of a statement"));
	}
	db_done(rows);
	return rc;
}

static int
line_open(struct session *s, int64_t id, bool open, struct line_now *out)
{
	int rc;

	if ((rc = line_now(s, id, out)) < 0 || (out->how[0] == '\0') == open)
		return rc;
	return err_set(&s->err, ERR_STATE, "",
	    open ? _("That line is settled already")
		 : _("That line is open already"));
}

static const char sql_set[] =
    "UPDATE statement_line SET order_id = $2, how = $3, note = $4,"
    " matched_by = $5, matched_at = $6 WHERE id = $1";

static int
set(struct session *s, struct txn *txn, int64_t id, int64_t order_id,
    const char *how, const char *note)
{
	bool open = how[0] == '\0';

	return db_exec(txn, sql_set,
	    DB_ARGS(db_i(id), db_id(order_id), db_t(how), db_t(note),
		db_id(open ? 0 : s->staff_id), db_i(open ? 0 : time_now())),
	    NULL);
}

int
statement_match(struct session *s, int64_t id, int64_t order_id)
{
	char amount[MONEY_SIZE];
	struct order_now order = { .id = 0 };
	struct line_now now = { .amount = 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_match, &txn)) < 0)
		return rc;
	if ((rc = line_open(s, id, true, &now)) == 0 &&
	    (rc = order_now(s, txn, order_id, &order)) == 0)
		rc = set(s, txn, id, order_id, "order", "");
	if (rc == 0)
		rc = op_commit(s, &op_match, &txn, id, "%s %s: %s", now.ref,
		    money_plain(now.amount, amount), order.order_no);
	op_abort(s, &txn);
	return rc;
}

int
statement_explain(struct session *s, int64_t id, const char *note)
{
	char amount[MONEY_SIZE], why[500];
	struct line_now now = { .amount = 0 };
	struct txn *txn;
	int rc;

	if (!trim_text(why, sizeof(why), note) || why[0] == '\0')
		return err_set(
		    &s->err, ERR_INVALID, "note", _("Say what the money is"));
	if ((rc = order_note_check(s, "note", why)) < 0 ||
	    (rc = op_begin(s, &op_explain, &txn)) < 0)
		return rc;
	if ((rc = line_open(s, id, true, &now)) == 0)
		rc = set(s, txn, id, 0, "known", why);
	if (rc == 0)
		rc = op_commit(s, &op_explain, &txn, id, "%s %s: %s", now.ref,
		    money_plain(now.amount, amount), why);
	op_abort(s, &txn);
	return rc;
}

int
statement_reopen(struct session *s, int64_t id)
{
	char amount[MONEY_SIZE];
	struct line_now now = { .amount = 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_reopen, &txn)) < 0)
		return rc;
	if ((rc = line_open(s, id, false, &now)) == 0)
		rc = set(s, txn, id, 0, "", "");
	if (rc == 0)
		rc = op_commit(s, &op_reopen, &txn, id, "%s %s", now.ref,
		    money_plain(now.amount, amount));
	op_abort(s, &txn);
	return rc;
}

#define SUM(sign) \
	"(SELECT CAST(coalesce(sum(l.amount), 0) AS BIGINT)" \
	" FROM statement_line l WHERE l.order_id = o.id AND l.amount " sign \
	" 0)"
#define SELECT_ORDER \
	"SELECT o.id, o.created_at, o.paid_at, o.shipped_at, o.state," \
	" o.order_no, sh.name, o.paid, o.refund, " SUM(">") ", " SUM( \
	    "<") " FROM orders o LEFT JOIN shop sh ON sh.id = o.shop_id" \
		 " WHERE o.origin = 0 AND o.paid_at <> 0 AND o.paid > o.refund"

#define MISSING \
	" AND o.state = 5 AND o.held = 0 AND o.settled = 0 AND " SUM(">") " = 0"
#define DIFFERS " AND " SUM(">") " NOT IN (0, o.paid, o.paid - o.refund)"

static void
take_order(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct statement_order *o = out;

	o->order_id = db_int(rows, 0);
	o->created_at = db_int(rows, 1);
	o->paid_at = db_int(rows, 2);
	o->shipped_at = db_int(rows, 3);
	o->state = db_int(rows, 4);
	o->order_no = row_text(rows, 5, arena);
	o->shop = row_text(rows, 6, arena);
	o->paid = db_int(rows, 7);
	o->refund = db_int(rows, 8);
	o->came = db_int(rows, 9);
	o->went = db_int(rows, 10);
}

int
statement_orders(struct session *s, enum statement_orders which,
    const struct statement_period *period, enum page_dir dir,
    const struct statement_order *from, size_t limit, struct page *out)
{
	struct query q = QUERY(SELECT_ORDER);
	struct query_key keys[] = { { .column = "o.created_at" },
		{ .column = "o.id" } };
	int rc;

	if ((rc = session_need(s, PERM_PAYMENT_CHECK)) < 0)
		return rc;
	if (period->since >= period->until)
		return err_set(&s->err, ERR_INVALID, "since",
		    _("The period ends before it begins"));
	query_and(&q, "o.created_at >=", db_i(period->since));
	query_and(&q, "o.created_at <", db_i(period->until));
	/* A platform keeps the money until the buyer has the goods. */
	if (which == STATEMENT_MISSING)
		query_add_lit(&q,
		    " AND o.state = 5 AND o.held = 0 AND o.settled = 0 AND " SUM(
			">") " = 0");
	else
		query_add_lit(&q, DIFFERS);
	if (from != NULL) {
		keys[0].from = db_i(from->created_at);
		keys[1].from = db_i(from->order_id);
	}
	query_page(&q, keys, 2, true, dir, limit);
	return query_fetch(s->db, &q, dir, sizeof(struct statement_order),
	    limit, take_order, out);
}

int
statement_order_get(struct session *s, int64_t order_id, struct page *out)
{
	struct query q = QUERY(SELECT_ORDER);
	const struct query_key key = { "o.id", db_i(0) };
	int rc;

	if ((rc = session_need(s, PERM_PAYMENT_CHECK)) < 0)
		return rc;
	query_and(&q, "o.id =", db_i(order_id));
	query_page(&q, &key, 1, false, PAGE_FIRST, 1);
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct statement_order),
	    1, take_order, out);
	return page_one(s, rc, out, "", _("There is no such order"));
}

#define PROPOSED 20
#define WEEKS    (28 * 86400)

/* Those of a few weeks; see the header. */
static const char sql_propose[] =
    SELECT_ORDER " AND o.created_at >= $1 AND o.created_at <= $2"
		 " AND (o.paid = $3 OR o.paid - o.refund = $3) AND NOT EXISTS"
		 " (SELECT 1 FROM statement_line x WHERE x.order_id = o.id)"
		 " ORDER BY abs(o.paid_at - $4), o.id LIMIT $5 /*sort*/";

int
statement_propose(struct session *s, int64_t id, struct page *out)
{
	struct line_now now = { .amount = 0 };
	struct db_rows *rows;
	int rc;

	if ((rc = session_need(s, PERM_PAYMENT_CHECK)) < 0 ||
	    (rc = line_now(s, id, &now)) < 0)
		return rc;
	rc = db_query(s->db, sql_propose,
	    DB_ARGS(db_i(now.at - WEEKS), db_i(now.at + 86400),
		db_i(now.amount), db_i(now.at), db_i(PROPOSED)),
	    &rows);
	if (rc < 0)
		return rc;
	page_init(out, sizeof(struct statement_order), PROPOSED);
	while ((rc = db_next(rows)) > 0)
		take_order(rows, page_add(out), &out->arena);
	db_done(rows);
	return rc;
}

#define SHOPS_MAX 1000

/* What is under way: paid, and not confirmed by the buyer yet. */
static const char sql_held[] =
    "SELECT o.shop_id, sh.name, sh.platform, count(*),"
    " CAST(sum(o.paid - o.refund) AS BIGINT) FROM orders o"
    " JOIN shop sh ON sh.id = o.shop_id WHERE o.state IN (3, 4)"
    " AND o.origin = 0 AND o.settled = 0 AND " SUM(
	">") " = 0 GROUP BY o.shop_id, sh.name, sh.platform"
	     " ORDER BY o.shop_id LIMIT $1 /*sort*/";

int
statement_held(struct session *s, struct page *out)
{
	struct db_rows *rows;
	int rc;

	if ((rc = session_need(s, PERM_PAYMENT_CHECK)) < 0)
		return rc;
	rc = db_query(s->db, sql_held, DB_ARGS(db_i(SHOPS_MAX)), &rows);
	if (rc < 0)
		return rc;
	page_init(out, sizeof(struct statement_held), SHOPS_MAX);
	while ((rc = db_next(rows)) > 0) {
		struct statement_held *h = page_add(out);

		h->shop_id = db_int(rows, 0);
		h->shop = row_text(rows, 1, &out->arena);
		h->platform = row_text(rows, 2, &out->arena);
		h->orders = db_int(rows, 3);
		h->amount = db_int(rows, 4);
	}
	db_done(rows);
	return rc;
}

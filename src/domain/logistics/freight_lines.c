/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/shipping.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "freight_priv.h"

/* Bills, their lines, and what is done about those that are wrong. */

static const struct op op_settle = { "freight-line-settle", PERM_FREIGHT_EDIT,
	"freight-line" };

static const char *const state_names[BILL_MAX] = { "agrees", "over", "unknown",
	"twice", "under" };
static const char *const state_texts[BILL_MAX] = { N_("agrees"), N_("too much"),
	N_("unknown waybill"), N_("billed twice"), N_("too little") };

const char *
freight_line_state_name(int64_t state)
{
	return state >= 0 && state < BILL_MAX ? state_names[state] : "";
}

const char *
freight_line_state_text(int64_t state)
{
	return state >= 0 && state < BILL_MAX ? _(state_texts[state]) : "";
}

const char *const freight_settlements[] = { "paid", "disputed", "credited",
	NULL };
static const char *const settled_texts[] = { N_("paid as billed"),
	N_("disputed"), N_("credited") };

const char *
freight_settled_text(const char *settled)
{
	size_t i;

	for (i = 0; freight_settlements[i] != NULL; i++)
		if (strcmp(freight_settlements[i], settled) == 0)
			return _(settled_texts[i]);
	return "";
}

static void
take_bill(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct freight_bill *b = out;

	b->id = db_int(rows, 0);
	b->at = db_int(rows, 1);
	b->courier = row_text(rows, 2, arena);
	b->bill_no = row_text(rows, 3, arena);
	b->staff = row_text(rows, 4, arena);
	b->n = db_int(rows, 5);
	b->amount = db_int(rows, 6);
	b->due = db_int(rows, 7);
	b->wrong_n = db_int(rows, 8);
	b->open_n = db_int(rows, 9);
}

#define SELECT_BILL \
	"SELECT b.id, b.at, c.name, b.bill_no, s.name, b.n, b.amount, b.due," \
	" b.wrong_n, b.open_n FROM freight_bill b JOIN courier c" \
	" ON c.id = b.courier_id JOIN staff s ON s.id = b.staff_id WHERE 1 = 1"

int
freight_bill_page(struct session *s, enum page_dir dir,
    const struct freight_bill *from, size_t limit, struct page *out)
{
	struct query q = QUERY(SELECT_BILL);
	const struct query_key key = { "b.id",
		db_i(from != NULL ? from->id : 0) };
	int rc;

	if ((rc = session_need(s, PERM_FREIGHT_VIEW)) < 0)
		return rc;
	query_page(&q, &key, 1, true, dir, limit);
	return query_fetch(
	    s->db, &q, dir, sizeof(struct freight_bill), limit, take_bill, out);
}

int
freight_bill_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT_BILL);
	int rc;

	if ((rc = session_need(s, PERM_FREIGHT_VIEW)) < 0)
		return rc;
	query_and(&q, "b.id =", db_i(id));
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct freight_bill), 1,
	    take_bill, out);
	return page_one(s, rc, out, "", _("There is no such bill"));
}

static const char sql_find[] =
    "SELECT id FROM freight_bill WHERE courier_id = $1 AND bill_no = $2";

int
freight_bill_find(
    struct session *s, const char *courier, const char *bill_no, int64_t *id)
{
	int64_t courier_id;
	int rc;

	if ((rc = session_need(s, PERM_FREIGHT_VIEW)) < 0 ||
	    (rc = courier_find(s, courier, &courier_id)) < 0)
		return rc;
	rc = db_get1(
	    s->db, sql_find, DB_ARGS(db_i(courier_id), db_t(bill_no)), id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_NOTFOUND, "bill_no",
		    _("%s has no bill %s"), courier, bill_no);
	return rc;
}

static void
take_line(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct freight_line *l = out;

	l->id = db_int(rows, 0);
	l->version = db_int(rows, 1);
	l->state = db_int(rows, 2);
	l->bill_id = db_int(rows, 3);
	l->courier = row_text(rows, 4, arena);
	l->bill_no = row_text(rows, 5, arena);
	l->waybill_no = row_text(rows, 6, arena);
	l->province = row_text(rows, 7, arena);
	l->weight = db_int(rows, 8);
	l->amount = db_int(rows, 9);
	l->due = db_int(rows, 10);
	l->rated = !db_isnull(rows, 10);
	l->ours = db_int(rows, 11);
	l->order_no = row_text(rows, 12, arena);
	l->shipped_at = db_int(rows, 13);
	l->settled = row_text(rows, 14, arena);
	l->note = row_text(rows, 15, arena);
}

#define SELECT_LINE \
	"SELECT f.id, f.version, f.state, f.bill_id, c.name, b.bill_no," \
	" f.waybill_no, f.province, f.weight, f.amount, f.due, p.weight," \
	" o.order_no, p.shipped_at, f.settled, f.note"
#define FROM_LINE \
	" FROM freight_bill_line f JOIN freight_bill b ON b.id = f.bill_id" \
	" JOIN courier c ON c.id = b.courier_id" \
	" LEFT JOIN parcel p ON p.id = f.parcel_id" \
	" LEFT JOIN orders o ON o.id = p.order_id WHERE 1 = 1"

/* What each tab has, each by an index of its own. */
static void
narrow(struct query *q, const struct freight_line_filter *f)
{
	if (f->tab == LINE_OPEN)
		query_lit(q, " AND f.state <> 0 AND f.settled = ''");
	else if (f->tab != LINE_ALL)
		query_lit(q, " AND f.settled <> ''");
	if (f->tab == LINE_DISPUTED)
		query_and(q, "f.settled =", db_t("disputed"));
	else if (f->tab == LINE_CREDITED)
		query_and(q, "f.settled =", db_t("credited"));
	else if (f->tab == LINE_PAID)
		query_and(q, "f.settled =", db_t("paid"));
	if (f->bill_id != 0)
		query_and(q, "f.bill_id =", db_i(f->bill_id));
	if (f->state != 0)
		query_and(q, "f.state =", db_i(f->state));
}

/* Open ones, and those of a bill, go by what is wrong with them. */
static bool
by_state(const struct freight_line_filter *f)
{
	return f->tab == LINE_OPEN || f->bill_id != 0;
}

static int
fetch(struct session *s, const struct query *q, enum page_dir dir, size_t limit,
    struct page *out)
{
	struct freight_line *l;
	size_t i;
	int rc;

	rc = query_fetch(
	    s->db, q, dir, sizeof(struct freight_line), limit, take_line, out);
	l = out->rows;
	for (i = 0; rc == 0 && i < out->n; i++)
		l[i].note = contact_hide_text(s, l[i].note, &out->arena);
	return rc;
}

int
freight_line_page(struct session *s, const struct freight_line_filter *f,
    enum page_dir dir, const struct freight_line *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY(SELECT_LINE FROM_LINE);
	struct query_key keys[] = { { .column = "f.state" },
		{ .column = "f.id" } };
	size_t first = by_state(f) ? 0 : 1;
	int rc;

	if ((rc = session_need(s, PERM_FREIGHT_VIEW)) < 0)
		return rc;
	if (f->tab == LINE_ALL && f->bill_id == 0)
		return err_set(
		    &s->err, ERR_INVALID, "bill_id", _("Say of which bill"));
	narrow(&q, f);
	if (from != NULL) {
		keys[0].from = db_i(from->state);
		keys[1].from = db_i(from->id);
	}
	query_page(&q, keys + first, 2 - first, false, dir, limit);
	return fetch(s, &q, dir, limit, out);
}

int
freight_line_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT_LINE FROM_LINE);
	int rc;

	if ((rc = session_need(s, PERM_FREIGHT_VIEW)) < 0)
		return rc;
	query_and(&q, "f.id =", db_i(id));
	rc = fetch(s, &q, PAGE_FIRST, 1, out);
	return page_one(s, rc, out, "", _("There is no such line of a bill"));
}

int
freight_line_totals(struct session *s, const struct freight_line_filter *f,
    struct freight_totals *out)
{
	struct query q = QUERY("SELECT count(*), coalesce(sum(f.amount), 0),"
			       " coalesce(sum(f.due), 0)"
			       " FROM freight_bill_line f WHERE 1 = 1");
	struct db_rows *rows;
	int rc;

	if ((rc = session_need(s, PERM_FREIGHT_VIEW)) < 0)
		return rc;
	narrow(&q, f);
	query_lit(&q, " /*scan*/");
	if ((rc = db_query(s->db, q.sql, q.args, q.nargs, &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		*out = (struct freight_totals){
			.n = db_int(rows, 0),
			.amount = db_int(rows, 1),
			.due = db_int(rows, 2),
		};
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static const char sql_line[] =
    "SELECT bill_id, coalesce(parcel_id, 0), state, amount,"
    " coalesce(due, amount), settled, waybill_no FROM freight_bill_line"
    " WHERE id = $1";

struct line_now {
	int64_t bill_id, parcel_id, state, amount, due;
	char settled[16], waybill_no[64];
};

static int
line_now(struct session *s, int64_t id, struct line_now *l)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_line, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*l = (struct line_now){
			.bill_id = db_int(rows, 0),
			.parcel_id = db_int(rows, 1),
			.state = db_int(rows, 2),
			.amount = db_int(rows, 3),
			.due = db_int(rows, 4),
		};
		copy_text(l->settled, sizeof(l->settled), db_text(rows, 5));
		copy_text(
		    l->waybill_no, sizeof(l->waybill_no), db_text(rows, 6));
	} else if (rc == 0) {
		rc = err_set(&s->err, ERR_NOTFOUND, "",
		    _("There is no such line of a bill"));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* What we pay for it. */
static int64_t
pays(const struct line_now *l, const char *settled)
{
	if (strcmp(settled, "credited") != 0)
		return l->amount;
	return l->state == BILL_TWICE ? 0 : l->due;
}

static const char sql_settle[] =
    "UPDATE freight_bill_line SET settled = $2, note = CASE WHEN $3 = ''"
    " THEN note ELSE $3 END, version = version + 1 WHERE id = $1";
static const char sql_open_n[] =
    "UPDATE freight_bill SET open_n = open_n + $2 WHERE id = $1";
static const char sql_billed[] =
    "UPDATE parcel SET billed = billed + $2 WHERE id = $1";

static int
settle(struct session *s, struct txn *txn, int64_t id, const char *how,
    const char *note, struct line_now *l)
{
	int64_t open;
	int rc;

	if ((rc = line_now(s, id, l)) < 0)
		return rc;
	if (l->state == BILL_AGREES)
		return err_set(&s->err, ERR_STATE, "",
		    _("%s is billed as it should be"), l->waybill_no);
	if (strcmp(l->settled, how) == 0)
		return err_set(&s->err, ERR_STATE, "",
		    how[0] != '\0' ? _("%s is settled like that already")
				   : _("%s is open already"),
		    l->waybill_no);
	open = (how[0] == '\0') - (l->settled[0] == '\0');
	rc = db_exec(
	    txn, sql_settle, DB_ARGS(db_i(id), db_t(how), db_t(note)), NULL);
	if (rc == 0 && open != 0)
		rc = db_exec(txn, sql_open_n,
		    DB_ARGS(db_i(l->bill_id), db_i(open)), NULL);
	if (rc == 0 && l->parcel_id != 0)
		rc = db_exec(txn, sql_billed,
		    DB_ARGS(db_i(l->parcel_id),
			db_i(pays(l, how) - pays(l, l->settled))),
		    NULL);
	return rc;
}

int
freight_line_settle(
    struct session *s, int64_t id, const char *how, const char *note)
{
	struct line_now l = { .bill_id = 0 };
	struct txn *txn;
	char why[200];
	size_t i;
	int rc;

	for (i = 0; freight_settlements[i] != NULL; i++)
		if (strcmp(freight_settlements[i], how) == 0)
			break;
	if (how[0] != '\0' && freight_settlements[i] == NULL)
		return err_set(&s->err, ERR_INVALID, "how",
		    _("A line is paid, disputed or credited, not %s"), how);
	if (!trim_text(why, sizeof(why), note))
		return err_set(
		    &s->err, ERR_INVALID, "note", _("The note is too long"));
	if ((rc = op_begin(s, &op_settle, &txn)) < 0)
		return rc;
	rc = settle(s, txn, id, how, why, &l);
	if (rc == 0)
		rc = op_commit(s, &op_settle, &txn, id, "%s %s -> %s %s",
		    l.waybill_no, l.settled[0] != '\0' ? l.settled : "open",
		    how[0] != '\0' ? how : "open", why);
	op_abort(s, &txn);
	return rc;
}

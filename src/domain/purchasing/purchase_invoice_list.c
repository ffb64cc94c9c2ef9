/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/settings.h"

#include "../core/codes_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../money/invoices_priv.h"
#include "purchase_priv.h"

/* Suppliers' invoices, as they are read, and what differs in them. */

static const struct code states_v[] = {
	[INVOICE_ENTERED] = { "entered", N_("entered") },
	[INVOICE_AGREES] = { "agrees", N_("agrees") },
	[INVOICE_DIFFERS] = { "differs", N_("differs") },
	[INVOICE_APPROVED] = { "approved", N_("approved") },
	[INVOICE_BACK] = { "back", N_("withdrawn") },
	[INVOICE_DUE] = { "due", N_("to be paid") },
};
static const struct codes states = CODES(states_v);

const char *
invoice_state_name(int64_t state)
{
	return code_name(&states, state);
}

const char *
invoice_state_text(int64_t state)
{
	return code_text(&states, state);
}

enum invoice_state
invoice_state_by_name(const char *name)
{
	int i = code_by_name(&states, name);

	return i < 0 ? INVOICE_ALL : (enum invoice_state)i;
}

static void
take(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct invoice *v = out;

	v->id = db_int(rows, 0);
	v->version = db_int(rows, 1);
	v->entry_no = row_text(rows, 2, arena);
	v->company_id = db_int(rows, 3);
	v->company = row_text(rows, 4, arena);
	v->invoice_no = row_text(rows, 5, arena);
	v->state = db_int(rows, 6);
	v->total = db_int(rows, 7);
	v->freight = db_int(rows, 8);
	v->tax = db_int(rows, 9);
	v->paid = db_int(rows, 10);
	v->dated = db_int(rows, 11);
	v->due_at = db_int(rows, 12);
	v->note = row_text(rows, 13, arena);
	v->reason = row_text(rows, 14, arena);
	v->staff = row_text(rows, 15, arena);
	v->at = db_int(rows, 16);
	v->approved_by = row_text(rows, 17, arena);
	v->approved_at = db_int(rows, 18);
	v->open = v->state == INVOICE_APPROVED ? v->total - v->paid : 0;
	v->overdue = v->open > 0 && v->due_at < time_now();
}

#define SELECT \
	"SELECT i.id, i.version, i.entry_no, i.company_id, c.name," \
	" i.invoice_no, i.state, i.total, i.freight, i.tax, i.paid, i.dated," \
	" i.due_at, i.note, i.reason, st.name, i.at, a.name, i.approved_at" \
	" FROM purchase_invoice i JOIN company c ON c.id = i.company_id" \
	" JOIN staff st ON st.id = i.staff_id" \
	" LEFT JOIN staff a ON a.id = i.approved_by WHERE 1 = 1"

static int
fetch(struct session *s, struct query *q, enum page_dir dir, size_t limit,
    struct page *out)
{
	struct invoice *v;
	size_t i;
	int rc;

	rc = query_fetch(
	    s->db, q, dir, sizeof(struct invoice), limit, take, out);
	if (rc < 0 || session_may(s, PERM_COST_VIEW))
		return rc;
	for (i = 0, v = out->rows; i < out->n; i++)
		v[i].total = v[i].freight = v[i].tax = v[i].paid = v[i].open =
		    0;
	return 0;
}

int
invoice_page(struct session *s, const struct invoice_filter *f,
    enum page_dir dir, const struct invoice *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY(SELECT);
	const struct query_key keys[] = {
		{ "i.due_at", db_i(from != NULL ? from->due_at : 0) },
		{ "i.id", db_i(from != NULL ? from->id : 0) },
	};
	int rc;

	if ((rc = session_need(s, PERM_PURCHASE_VIEW)) < 0)
		return rc;
	if (f->company_id != 0)
		query_and(&q, "i.company_id =", db_i(f->company_id));
	if (f->state == INVOICE_DUE) {
		/* By the index of those; few are taken back after all. */
		query_lit(&q, " AND i.approved_at > 0 AND i.paid < i.total"
			      " AND i.state + 0 = 3");
		query_page(&q, keys, 2, false, dir, limit);
		return fetch(s, &q, dir, limit, out);
	}
	if (f->state != INVOICE_ALL)
		query_and(&q, "i.state =", db_i(f->state));
	query_page(&q, &keys[1], 1, true, dir, limit);
	return fetch(s, &q, dir, limit, out);
}

int
invoice_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT);
	int rc;

	if ((rc = session_need(s, PERM_PURCHASE_VIEW)) < 0)
		return rc;
	query_and(&q, "i.id =", db_i(id));
	rc = fetch(s, &q, PAGE_FIRST, 1, out);
	if (rc == 0 && out->n == 0) {
		page_free(out);
		rc = err_set(&s->err, ERR_NOTFOUND, "",
		    _("There is no such supplier's invoice"));
	}
	return rc;
}

static const char sql_by_no[] =
    "SELECT id FROM purchase_invoice WHERE entry_no = $1";

int
invoice_by_no(struct session *s, const char *no, int64_t *id)
{
	int rc = session_need(s, PERM_PURCHASE_VIEW);

	if (rc == 0)
		rc = purchase_number(s, sql_by_no, "PI", no, id);
	return rc != ERR_NOTFOUND
		   ? rc
		   : err_set(&s->err, ERR_NOTFOUND, "",
			 _("There is no such supplier's invoice"));
}

static void
take_line(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct invoice_line *l = out;

	l->purchase_id = db_int(rows, 0);
	l->line_no = db_int(rows, 1);
	l->id = purchase_line_id(l->purchase_id, l->line_no);
	l->purchase_no = row_text(rows, 2, arena);
	l->sku_code = row_text(rows, 3, arena);
	l->name = row_text(rows, 4, arena);
	l->ordered = db_int(rows, 5);
	l->order_price = db_int(rows, 6);
	l->received = db_int(rows, 7);
	l->returned = db_int(rows, 8);
	l->before = db_int(rows, 9);
	l->qty = db_int(rows, 10);
	l->price = db_int(rows, 11);
	l->amount = l->qty * l->price;
	l->differs = "";
}

static int
read_lines(struct session *s, const char *sql, const struct db_val *args,
    size_t n, struct page *out)
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql, args, n, &rows);

	if (rc < 0)
		return rc;
	page_init(out, sizeof(struct invoice_line), PURCHASE_LINES + 1);
	while (out->n < PURCHASE_LINES && (rc = db_next(rows)) > 0)
		take_line(rows, page_add(out), &out->arena);
	db_done(rows);
	if (rc < 0)
		page_free(out);
	return rc < 0 ? rc : 0;
}

static void
hide(struct session *s, struct page *page)
{
	struct invoice_line *l = page->rows;
	size_t i;

	if (session_may(s, PERM_COST_VIEW))
		return;
	for (i = 0; i < page->n; i++)
		l[i].order_price = l[i].price = l[i].amount = 0;
}

/* Is @is more than @percent beyond @was? */
static bool
beyond(int64_t is, int64_t was, int64_t percent)
{
	return (is - was) * 100 > was * percent;
}

static const char *
judge(const struct invoice_line *l, int64_t percent, struct arena *arena)
{
	char a[MONEY_SIZE], b[MONEY_SIZE];
	int64_t stayed = l->received - l->returned;

	if (l->qty > 0 && beyond(l->before + l->qty, stayed, percent))
		return arena_printf(arena,
		    _("%lld on the invoice, of those that came %lld are to be "
		      "paid"),
		    (long long)l->qty,
		    stayed > l->before ? (long long)(stayed - l->before) : 0);
	if (l->qty < 0 && l->before + l->qty < stayed)
		return arena_printf(arena,
		    _("%lld credited, %lld were sent back"), -(long long)l->qty,
		    l->before > stayed ? (long long)(l->before - stayed) : 0);
	if (l->qty > 0 && beyond(l->before + l->qty, l->ordered, percent))
		return arena_printf(arena,
		    _("%lld on invoices, %lld were ordered"),
		    (long long)l->before + l->qty, (long long)l->ordered);
	if (beyond(l->price, l->order_price, percent) ||
	    (l->order_price - l->price) * 100 > l->order_price * percent)
		return arena_printf(arena, _("ordered at %s, invoiced at %s"),
		    money_show(l->order_price, a), money_show(l->price, b));
	return "";
}

static const char sql_lines[] =
    "SELECT l.purchase_id, l.line_no, p.purchase_no, v.sku_code, v.name,"
    " pl.qty, pl.price, pl.received, pl.returned,"
    " pl.invoiced - CASE WHEN i.state = 3 THEN l.qty ELSE 0 END, l.qty, l.price"
    " FROM purchase_invoice_line l JOIN purchase_invoice i"
    " ON i.id = l.invoice_id JOIN purchase p ON p.id = l.purchase_id"
    " JOIN purchase_line pl ON pl.purchase_id = l.purchase_id"
    " AND pl.line_no = l.line_no JOIN variant v ON v.id = pl.variant_id"
    " WHERE l.invoice_id = $1 ORDER BY l.purchase_id, l.line_no";
static const char sql_freight[] =
    "SELECT freight FROM purchase_invoice WHERE id = $1";
#define ORDERS \
	" IN (SELECT l.purchase_id FROM purchase_invoice_line l" \
	" WHERE l.invoice_id = $1)"
static const char sql_freight_ordered[] =
    "SELECT coalesce(sum(p.freight), 0) FROM purchase p WHERE p.id" ORDERS;
static const char sql_freight_before[] =
    "SELECT coalesce(sum(i.freight), 0) FROM purchase_invoice i"
    " WHERE i.state = 3 AND i.id <> $1 AND i.id IN (SELECT o.invoice_id"
    " FROM purchase_invoice_line o WHERE o.purchase_id" ORDERS ")";

/* The freight as a line of its own, where there is any. */
static int
add_freight(struct session *s, int64_t id, int64_t percent, struct page *page)
{
	int64_t now, ordered, before;
	struct invoice_line *l;
	char a[MONEY_SIZE], b[MONEY_SIZE];
	int rc;

	if ((rc = db_get1(s->db, sql_freight, DB_ARGS(db_i(id)), &now)) < 0 ||
	    (rc = db_get1(s->db, sql_freight_ordered, DB_ARGS(db_i(id)),
		 &ordered)) < 0 ||
	    (rc = db_get1(
		 s->db, sql_freight_before, DB_ARGS(db_i(id)), &before)) < 0)
		return rc;
	ordered = ordered > before ? ordered - before : 0;
	if (now == 0)
		return 0;
	l = page_add(page);
	*l = (struct invoice_line){ .id = INT64_MAX,
		.purchase_no = "",
		.sku_code = "",
		.name = _("Freight"),
		.order_price = ordered,
		.qty = 1,
		.price = now,
		.amount = now,
		.differs = "" };
	if (beyond(now, ordered, percent))
		l->differs = arena_printf(&page->arena,
		    _("%s of freight are open by the orders, invoiced are %s"),
		    money_show(ordered, a), money_show(now, b));
	return 0;
}

int
invoice_match(struct session *s, int64_t id, struct page *out, int64_t *state)
{
	int64_t percent;
	struct invoice_line *l;
	size_t i;
	int rc;

	if ((rc = setting_int(s, SETTING_INVOICE_OVER_PERCENT, &percent)) < 0 ||
	    (rc = read_lines(s, sql_lines, DB_ARGS(db_i(id)), out)) < 0)
		return rc;
	l = out->rows;
	for (i = 0; i < out->n; i++)
		l[i].differs = judge(&l[i], percent, &out->arena);
	if ((rc = add_freight(s, id, percent, out)) < 0) {
		page_free(out);
		return rc;
	}
	*state = out->n == 0 ? INVOICE_ENTERED : INVOICE_AGREES;
	for (i = 0, l = out->rows; i < out->n; i++)
		if (l[i].differs[0] != '\0')
			*state = INVOICE_DIFFERS;
	return 0;
}

int
invoice_lines(struct session *s, int64_t id, struct page *out)
{
	int64_t state;
	int rc = session_need(s, PERM_PURCHASE_VIEW);

	if (rc == 0)
		rc = invoice_match(s, id, out, &state);
	if (rc == 0)
		hide(s, out);
	return rc;
}

/* Invoices that wait for approval count; below zero is what was sent back, not
 * what such a one has too much. */
#define PROPOSE \
	"SELECT pl.purchase_id, pl.line_no, p.purchase_no, v.sku_code," \
	" v.name, pl.qty, pl.price, pl.received, pl.returned, pl.invoiced," \
	" pl.received - pl.returned - pl.invoiced - (SELECT" \
	" coalesce(sum(l.qty), 0) FROM purchase_invoice_line l" \
	" JOIN purchase_invoice i ON i.id = l.invoice_id AND i.state < 3" \
	" WHERE l.purchase_id = pl.purchase_id AND l.line_no = pl.line_no)" \
	" AS open FROM purchase_line pl" \
	" JOIN purchase p ON p.id = pl.purchase_id" \
	" JOIN variant v ON v.id = pl.variant_id WHERE p.company_id = $1" \
	" AND p.state IN (2, 3, 4) AND (pl.received > pl.invoiced" \
	" OR pl.returned > 0)"
#define ORDER " ORDER BY pl.purchase_id, pl.line_no LIMIT 1000 /*sort*/"
#define OPEN(lines) \
	"SELECT purchase_id, line_no, purchase_no, sku_code, name, qty," \
	" price, received, returned, invoiced," \
	" CASE WHEN open < -returned THEN -returned ELSE open END, price" \
	" FROM (" lines ") AS x WHERE open > 0 OR (open < 0 AND returned > 0)" \
	" /*scan*/"
static const char sql_propose[] = OPEN(PROPOSE ORDER);
static const char sql_propose_one[] =
    OPEN(PROPOSE " AND pl.purchase_id = $2" ORDER);

int
invoice_propose(struct session *s, int64_t company_id, int64_t purchase_id,
    struct page *out)
{
	int rc = session_need(s, PERM_PURCHASE_VIEW);

	if (rc == 0 && purchase_id == 0)
		rc = read_lines(s, sql_propose, DB_ARGS(db_i(company_id)), out);
	else if (rc == 0)
		rc = read_lines(s, sql_propose_one,
		    DB_ARGS(db_i(company_id), db_i(purchase_id)), out);
	if (rc == 0)
		hide(s, out);
	return rc;
}

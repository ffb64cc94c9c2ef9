/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"

#include "../core/codes_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "purchase_priv.h"

/* Orders to suppliers, as they are read. */

static const struct code states_v[] = {
	[PURCHASE_DRAFT] = { "draft", N_("to order") },
	[PURCHASE_ORDERED] = { "ordered", N_("ordered") },
	[PURCHASE_PART] = { "part", N_("partly here") },
	[PURCHASE_RECEIVED] = { "received", N_("received") },
	[PURCHASE_CLOSED] = { "closed", N_("closed short") },
	[PURCHASE_CANCELLED] = { "cancelled", N_("cancelled") },
};
static const struct codes states = CODES(states_v);

const char *
purchase_state_name(int64_t state)
{
	return code_name(&states, state);
}

const char *
purchase_state_text(int64_t state)
{
	return code_text(&states, state);
}

enum purchase_state
purchase_state_by_name(const char *name)
{
	int i = code_by_name(&states, name);

	return i < 0 ? PURCHASE_ALL : (enum purchase_state)i;
}

static void
take(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct purchase *p = out;

	p->id = db_int(rows, 0);
	p->version = db_int(rows, 1);
	p->purchase_no = row_text(rows, 2, arena);
	p->state = db_int(rows, 3);
	p->company_id = db_int(rows, 4);
	p->company = row_text(rows, 5, arena);
	p->warehouse_id = db_int(rows, 6);
	p->warehouse = row_text(rows, 7, arena);
	p->request_id = db_int(rows, 8);
	p->request_no = row_text(rows, 9, arena);
	p->freight = db_int(rows, 10);
	p->total = db_int(rows, 11);
	p->least = db_int(rows, 12);
	p->note = row_text(rows, 13, arena);
	p->reason = row_text(rows, 14, arena);
	p->staff = row_text(rows, 15, arena);
	p->at = db_int(rows, 16);
	p->ordered_by = row_text(rows, 17, arena);
	p->ordered_at = db_int(rows, 18);
	p->expected_at = db_int(rows, 19);
	p->first_at = db_int(rows, 20);
	p->done_at = db_int(rows, 21);
	p->lines = db_int(rows, 22);
	p->pieces = db_int(rows, 23);
	p->received = db_int(rows, 24);
	p->scanned = db_int(rows, 25);
	p->late = (p->state == PURCHASE_ORDERED || p->state == PURCHASE_PART) &&
		  p->expected_at != 0 && p->expected_at < time_now();
}

#define LINES " FROM purchase_line l WHERE l.purchase_id = p.id AND l.qty > 0)"
#define SELECT \
	"SELECT p.id, p.version, p.purchase_no, p.state, p.company_id," \
	" c.name, p.warehouse_id, w.name, p.request_id, r.request_no," \
	" p.freight, p.total, c.min_total, p.note, p.reason, st.name, p.at," \
	" o.name, p.ordered_at, p.expected_at, p.first_at, p.done_at," \
	" (SELECT count(*)" LINES ", (SELECT coalesce(sum(l.qty), 0)" LINES \
	", (SELECT coalesce(sum(l.received), 0)" LINES \
	", (SELECT coalesce(sum(d.qty), 0) FROM receiving g" \
	" JOIN receiving_line d ON d.receiving_id = g.id" \
	" WHERE g.purchase_id = p.id AND g.state = 0)" \
	" FROM purchase p JOIN company c ON c.id = p.company_id" \
	" JOIN warehouse w ON w.id = p.warehouse_id" \
	" JOIN staff st ON st.id = p.staff_id" \
	" LEFT JOIN staff o ON o.id = p.ordered_by" \
	" LEFT JOIN purchase_request r ON r.id = p.request_id WHERE 1 = 1"

static int
fetch(struct session *s, struct query *q, enum page_dir dir, size_t limit,
    struct page *out)
{
	struct purchase *p;
	size_t i;
	int rc;

	rc = query_fetch(
	    s->db, q, dir, sizeof(struct purchase), limit, take, out);
	if (rc < 0 || session_may(s, PERM_COST_VIEW))
		return rc;
	for (i = 0, p = out->rows; i < out->n; i++)
		p[i].freight = p[i].total = p[i].least = 0;
	return 0;
}

int
purchase_page(struct session *s, const struct purchase_filter *filter,
    enum page_dir dir, const struct purchase *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY(SELECT);
	const struct query_key keys[] = {
		{ "p.expected_at", db_i(from != NULL ? from->expected_at : 0) },
		{ "p.id", db_i(from != NULL ? from->id : 0) },
	};
	int rc;

	if ((rc = session_need(s, PERM_PURCHASE_VIEW)) < 0)
		return rc;
	if (filter->state != PURCHASE_ALL)
		query_and(&q, "p.state =", db_i(filter->state));
	if (filter->company_id != 0)
		query_and(&q, "p.company_id =", db_i(filter->company_id));
	if (filter->state == PURCHASE_ORDERED || filter->state == PURCHASE_PART)
		query_page(&q, keys, 2, false, dir, limit);
	else
		query_page(&q, &keys[1], 1, true, dir, limit);
	return fetch(s, &q, dir, limit, out);
}

int
purchase_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT);
	int rc;

	if ((rc = session_need(s, PERM_PURCHASE_VIEW)) < 0)
		return rc;
	query_and(&q, "p.id =", db_i(id));
	rc = fetch(s, &q, PAGE_FIRST, 1, out);
	if (rc == 0 && out->n == 0) {
		page_free(out);
		rc = err_set(&s->err, ERR_NOTFOUND, "",
		    _("There is no such purchase order"));
	}
	return rc;
}

static void
take_line(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct purchase_line *l = out;

	l->purchase_id = db_int(rows, 0);
	l->line_no = db_int(rows, 1);
	l->id = purchase_line_id(l->purchase_id, l->line_no);
	l->variant_id = db_int(rows, 2);
	l->purchase_no = row_text(rows, 3, arena);
	l->company = row_text(rows, 4, arena);
	l->state = db_int(rows, 5);
	l->sku_code = row_text(rows, 6, arena);
	l->name = row_text(rows, 7, arena);
	l->unit = row_text(rows, 8, arena);
	l->code = row_text(rows, 9, arena);
	l->qty = db_int(rows, 10);
	l->price = db_int(rows, 11);
	l->amount = l->qty * l->price;
	l->received = db_int(rows, 12);
	l->bad = db_int(rows, 13);
	l->returned = db_int(rows, 14);
	l->invoiced = db_int(rows, 15);
	l->expected_at = db_int(rows, 16);
	l->request_no = row_text(rows, 17, arena);
	if (db_int(rows, 18) > 1)
		l->request_no = arena_printf(
		    arena, "%s +%d", l->request_no, (int)db_int(rows, 18) - 1);
	if ((l->state == PURCHASE_ORDERED || l->state == PURCHASE_PART) &&
	    l->qty > l->received)
		l->open = l->qty - l->received;
}

#define ASKED(what) \
	" (SELECT " what " FROM purchase_request_line q" \
	" JOIN purchase_request r ON r.id = q.request_id" \
	" WHERE q.variant_id = l.variant_id" \
	" AND q.purchase_id = l.purchase_id)"
#define LINE_SELECT \
	"SELECT l.purchase_id, l.line_no, l.variant_id, p.purchase_no, c.name," \
	" p.state, v.sku_code, v.name, g.unit, i.code, l.qty, l.price," \
	" l.received, l.bad, l.returned, l.invoiced, p.expected_at," ASKED("min(r.request_no)") "," ASKED( \
	    "count(*)") " FROM purchase_line l JOIN purchase p ON p.id = l.purchase_id" \
			" JOIN company c ON c.id = p.company_id" \
			" JOIN variant v ON v.id = l.variant_id" \
			" JOIN product g ON g.id = v.product_id" \
			" LEFT JOIN supplier_item i ON i.variant_id = l.variant_id" \
			" AND i.company_id = p.company_id WHERE 1 = 1"

static int
fetch_lines(struct session *s, struct query *q, enum page_dir dir, size_t limit,
    struct page *out)
{
	struct purchase_line *l;
	size_t i;
	int rc;

	rc = query_fetch(
	    s->db, q, dir, sizeof(struct purchase_line), limit, take_line, out);
	if (rc < 0 || session_may(s, PERM_COST_VIEW))
		return rc;
	for (i = 0, l = out->rows; i < out->n; i++)
		l[i].price = l[i].amount = 0;
	return 0;
}

int
purchase_lines(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(LINE_SELECT);
	const struct query_key key = { "l.line_no", db_i(0) };
	int rc;

	if ((rc = session_need(s, PERM_PURCHASE_VIEW)) < 0)
		return rc;
	query_and(&q, "l.purchase_id =", db_i(id));
	query_page(&q, &key, 1, false, PAGE_FIRST, PURCHASE_LINES);
	return fetch_lines(s, &q, PAGE_FIRST, PURCHASE_LINES, out);
}

int
purchase_line_page(struct session *s, enum page_dir dir,
    const struct purchase_line *from, size_t limit, struct page *out)
{
	struct query q = QUERY(LINE_SELECT);
	const struct query_key keys[] = {
		{ "l.purchase_id", db_i(from != NULL ? from->purchase_id : 0) },
		{ "l.line_no", db_i(from != NULL ? from->line_no : 0) },
	};
	int rc;

	if ((rc = session_need(s, PERM_PURCHASE_VIEW)) < 0)
		return rc;
	query_page(&q, keys, 2, true, dir, limit);
	return fetch_lines(s, &q, dir, limit, out);
}

/* One way for each that has an index: $1 the order, $4 the variant. */
#define OPEN \
	LINE_SELECT " AND p.state IN (1, 2) AND l.qty > l.received" \
		    " AND ($2 = 0 OR p.company_id = $2)" \
		    " AND ($3 = 0 OR p.warehouse_id = $3)"
#define BY_DAY " ORDER BY p.expected_at, l.purchase_id, l.line_no /*sort*/"
static const char sql_open[] =
    OPEN " AND p.id = $1 AND ($4 = 0 OR l.variant_id = $4)" BY_DAY;
static const char sql_open_variant[] =
    OPEN " AND $1 = 0 AND l.variant_id = $4" BY_DAY;
static const char sql_open_all[] = OPEN " AND $1 = 0 AND $4 = 0" BY_DAY;

int
purchase_open_lines(
    struct session *s, const struct purchase_open *of, struct page *out)
{
	const char *sql = of->purchase_id != 0  ? sql_open
			  : of->variant_id != 0 ? sql_open_variant
						: sql_open_all;
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql,
	    DB_ARGS(db_i(of->purchase_id), db_i(of->company_id),
		db_i(of->warehouse_id), db_i(of->variant_id)),
	    &rows);
	if (rc < 0)
		return rc;
	page_init(out, sizeof(struct purchase_line), PURCHASE_LINES);
	while (out->n < PURCHASE_LINES && (rc = db_next(rows)) > 0)
		take_line(rows, page_add(out), &out->arena);
	db_done(rows);
	if (rc < 0)
		page_free(out);
	return rc < 0 ? rc : 0;
}

static void
take_change(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct purchase_change *c = out;

	c->id = db_int(rows, 0);
	c->line_no = db_int(rows, 1);
	c->sku_code = row_text(rows, 2, arena);
	c->name = row_text(rows, 3, arena);
	c->qty = db_int(rows, 4);
	c->price = db_int(rows, 5);
	c->reason = row_text(rows, 6, arena);
	c->staff = row_text(rows, 7, arena);
	c->at = db_int(rows, 8);
}

#define CHANGES_MAX 5000

int
purchase_changes(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(
	    "SELECT h.id, h.line_no, v.sku_code, v.name, h.qty, h.price,"
	    " h.reason, st.name, h.at FROM purchase_change h"
	    " JOIN purchase_line l ON l.purchase_id = h.purchase_id"
	    " AND l.line_no = h.line_no JOIN variant v ON v.id = l.variant_id"
	    " JOIN staff st ON st.id = h.staff_id WHERE 1 = 1");
	const struct query_key keys[] = { { "h.line_no", db_i(0) },
		{ "h.id", db_i(0) } };
	struct purchase_change *c;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_PURCHASE_VIEW)) < 0)
		return rc;
	query_and(&q, "h.purchase_id =", db_i(id));
	query_page(&q, keys, 2, false, PAGE_FIRST, CHANGES_MAX);
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct purchase_change),
	    CHANGES_MAX, take_change, out);
	if (rc < 0 || session_may(s, PERM_COST_VIEW))
		return rc;
	for (i = 0, c = out->rows; i < out->n; i++)
		c[i].price = 0;
	return 0;
}

int
purchase_number(struct session *s, const char *sql, const char *prefix,
    const char *no, int64_t *id)
{
	const char *digits = no;
	char whole[32];
	size_t n = strlen(prefix);

	if (strncasecmp(no, prefix, n) == 0 && no[n] == '-')
		digits = no + n + 1;
	snprintf(whole, sizeof(whole), "%s-%06" PRId64, prefix,
	    (int64_t)strtoll(digits, NULL, 10));
	return db_get1(s->db, sql, DB_ARGS(db_t(whole)), id);
}

static const char sql_by_no[] =
    "SELECT id FROM purchase WHERE purchase_no = $1";

int
purchase_by_no(struct session *s, const char *no, int64_t *id)
{
	int rc;

	if ((rc = session_need(s, PERM_PURCHASE_VIEW)) < 0)
		return rc;
	rc = purchase_number(s, sql_by_no, "PO", no, id);
	if (rc == ERR_NOTFOUND)
		rc = err_set(&s->err, ERR_NOTFOUND, "",
		    _("There is no purchase order %s"), no);
	return rc;
}

static const char sql_count[] =
    "SELECT count(*) FROM purchase WHERE state = $1";
static const char sql_late[] =
    "SELECT count(*) FROM purchase WHERE state = $1 AND expected_at > 0"
    " AND expected_at < $2";

int
purchase_counts(struct session *s, int64_t n[PURCHASE_RECEIVED], int64_t *late)
{
	int64_t found[PURCHASE_RECEIVED], passed = 0, more;
	int i, rc = session_need(s, PERM_PURCHASE_VIEW);

	for (i = 0; rc == 0 && i < PURCHASE_RECEIVED; i++)
		rc = db_get1(s->db, sql_count, DB_ARGS(db_i(i)), &found[i]);
	for (i = PURCHASE_ORDERED; rc == 0 && i < PURCHASE_RECEIVED; i++) {
		rc = db_get1(
		    s->db, sql_late, DB_ARGS(db_i(i), db_i(time_now())), &more);
		if (rc == 0)
			passed += more;
	}
	if (rc == 0) {
		memcpy(n, found, sizeof(found));
		*late = passed;
	}
	return rc;
}

void
purchase_edit_from(struct purchase_edit *e, const struct purchase *p)
{
	*e = (struct purchase_edit){
		.freight = p->freight,
		.expected = p->expected_at != 0 ? time_day(p->expected_at) : 0,
	};
	copy_text(e->company, sizeof(e->company), p->company);
	copy_text(e->warehouse, sizeof(e->warehouse), p->warehouse);
	copy_text(e->note, sizeof(e->note), p->note);
}

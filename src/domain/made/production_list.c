/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "attrs_priv.h"
#include "production_priv.h"

static const struct {
	const char *name, *text;
} states[] = {
	[PRODUCTION_NEW] = { "new", N_("to be placed") },
	[PRODUCTION_PLACED] = { "placed", N_("at the maker") },
	[PRODUCTION_MADE] = { "made", N_("made") },
	[PRODUCTION_RECEIVED] = { "received", N_("received") },
	[PRODUCTION_CANCELLED] = { "cancelled", N_("cancelled") },
};

const char *
production_state_name(int64_t state)
{
	return state >= 0 && state < PRODUCTION_ALL ? states[state].name : "";
}

const char *
production_state_text(int64_t state)
{
	return state >= 0 && state < PRODUCTION_ALL ? _(states[state].text)
						    : "";
}

static void
take(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct production *p = out;

	p->id = db_int(rows, 0);
	p->version = db_int(rows, 1);
	p->production_no = row_text(rows, 2, arena);
	p->order_id = db_int(rows, 3);
	p->order_no = row_text(rows, 4, arena);
	p->order_state = db_int(rows, 5);
	p->line_no = db_int(rows, 6);
	p->qty = db_int(rows, 7);
	p->sku_code = row_text(rows, 8, arena);
	p->item = row_text(rows, 9, arena);
	p->maker = row_text(rows, 10, arena);
	p->state = db_int(rows, 11);
	p->due_at = db_int(rows, 12);
	p->late = p->due_at != 0 && p->state <= PRODUCTION_PLACED &&
		  p->due_at < time_now();
	p->content = row_text(rows, 13, arena);
	p->note = row_text(rows, 14, arena);
	p->agent = row_text(rows, 15, arena);
	p->staff = row_text(rows, 16, arena);
	p->at = db_int(rows, 17);
	p->placed_at = db_int(rows, 18);
	p->made_at = db_int(rows, 19);
	p->ended_at = db_int(rows, 20);
}

#define SELECT \
	"SELECT p.id, p.version, p.production_no, p.order_id, o.order_no," \
	" o.state, p.line_no, p.qty, v.sku_code, v.name, p.maker, p.state," \
	" p.due_at, p.content, p.note, a.name, st.name, p.at, p.placed_at," \
	" p.made_at, p.ended_at FROM production p" \
	" JOIN orders o ON o.id = p.order_id" \
	" LEFT JOIN order_line l ON l.order_id = p.order_id" \
	" AND l.line_no = p.line_no LEFT JOIN variant v ON v.id = l.variant_id" \
	" LEFT JOIN staff a ON a.id = o.agent_id" \
	" JOIN staff st ON st.id = p.staff_id WHERE 1 = 1"

static int
fetch(struct session *s, struct query *q, enum page_dir dir, size_t limit,
    struct page *out)
{
	struct production *p;
	size_t i;
	int rc;

	rc = query_fetch(
	    s->db, q, dir, sizeof(struct production), limit, take, out);
	for (i = 0; rc == 0 && i < out->n; i++) {
		p = (struct production *)out->rows + i;
		p->note = contact_hide_text(s, p->note, &out->arena);
	}
	return rc;
}

int
production_page(struct session *s, enum production_state state,
    enum page_dir dir, const struct production *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY(SELECT);
	const struct query_key keys[] = {
		{ "p.due_at", db_i(from != NULL ? from->due_at : 0) },
		{ "p.id", db_i(from != NULL ? from->id : 0) },
	};
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if (state == PRODUCTION_ALL) {
		query_page(&q, &keys[1], 1, true, dir, limit);
	} else {
		query_and(&q, "p.state =", db_i(state));
		query_page(
		    &q, keys, 2, state >= PRODUCTION_RECEIVED, dir, limit);
	}
	return fetch(s, &q, dir, limit, out);
}

int
production_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT);
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(&q, "p.id =", db_i(id));
	rc = fetch(s, &q, PAGE_FIRST, 1, out);
	if (rc == 0 && out->n == 0) {
		page_free(out);
		rc = err_set(&s->err, ERR_NOTFOUND, "",
		    _("There is no such production order"));
	}
	return rc;
}

#define OF_ORDER 200

int
production_of_order(struct session *s, int64_t order_id, struct page *out)
{
	struct query q = QUERY(SELECT);
	const struct query_key keys[] = { { "p.line_no", db_i(0) },
		{ "p.id", db_i(0) } };
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(&q, "p.order_id =", db_i(order_id));
	query_page(&q, keys, 2, false, PAGE_FIRST, OF_ORDER);
	return fetch(s, &q, PAGE_FIRST, OF_ORDER, out);
}

static const char sql_by_no[] =
    "SELECT id FROM production WHERE production_no = $1";

int
production_by_no(struct session *s, const char *no, int64_t *id)
{
	char whole[32];
	const char *digits = no;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if ((no[0] == 'P' || no[0] == 'p') && no[1] == '-')
		digits = no + 2;
	snprintf(whole, sizeof(whole), "P-%06" PRId64,
	    (int64_t)strtoll(digits, NULL, 10));
	rc = db_get1(s->db, sql_by_no, DB_ARGS(db_t(whole)), id);
	if (rc == ERR_NOTFOUND)
		rc = err_set(&s->err, ERR_NOTFOUND, "",
		    _("There is no production order %s"), no);
	return rc;
}

static const char sql_count[] =
    "SELECT count(*) FROM production WHERE state = $1";

int
production_counts(struct session *s, int64_t n[PRODUCTION_RECEIVED])
{
	int64_t found[PRODUCTION_RECEIVED];
	int i, rc = session_need(s, PERM_ORDER_VIEW);

	for (i = 0; rc == 0 && i < PRODUCTION_RECEIVED; i++)
		rc = db_get1(s->db, sql_count, DB_ARGS(db_i(i)), &found[i]);
	if (rc == 0)
		memcpy(n, found, sizeof(found));
	return rc;
}

int
production_content(
    struct session *s, int64_t order_id, int64_t line_no, struct str *out)
{
	const struct line_attr *a;
	struct page attrs;
	size_t i;
	int rc;

	if ((rc = line_attrs_all(s, order_id, &attrs)) < 0)
		return rc;
	for (i = 0; i < attrs.n; i++) {
		a = page_row(&attrs, i);
		if (a->line_no == line_no && a->typed_at != 0)
			str_addf(out, "%s=%s\n", a->name, a->value);
	}
	page_free(&attrs);
	return 0;
}

static const char sql_sheet[] =
    "SELECT sh.name, c.nick, o.delivery, o.promised_at, o.memo, o.buyer_note"
    " FROM orders o JOIN shop sh ON sh.id = o.shop_id"
    " LEFT JOIN receiver r ON r.id = o.receiver_id"
    " LEFT JOIN customer c ON c.id = r.customer_id WHERE o.id = $1";

static int
sheet_order(struct session *s, int64_t order_id, struct production_sheet *out)
{
	struct db_rows *rows;
	struct arena *a = &out->arena;
	int rc = db_query(s->db, sql_sheet, DB_ARGS(db_i(order_id)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		out->shop = row_text(rows, 0, a);
		out->nick = row_text(rows, 1, a);
		if (!contact_open(s))
			out->nick = mask_nick(a, out->nick, "");
		out->delivery = order_delivery_text(db_int(rows, 2));
		out->promised_at = db_int(rows, 3);
		out->memo = contact_hide_text(s, row_text(rows, 4, a), a);
		out->buyer_note = contact_hide_text(s, row_text(rows, 5, a), a);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* Only the attributes of the line that is made. */
static void
only_line(struct page *attrs, int64_t line_no)
{
	struct line_attr *v = attrs->rows;
	size_t i, n = 0;

	for (i = 0; i < attrs->n; i++)
		if (v[i].line_no == line_no)
			v[n++] = v[i];
	attrs->n = n;
}

int
production_sheet(struct session *s, int64_t id, struct production_sheet *out)
{
	const struct production *p;
	struct production_sheet sh = { .shop = "",
		.nick = "",
		.delivery = "",
		.memo = "",
		.buyer_note = "" };
	struct str now = STR_INIT;
	int rc;

	if ((rc = production_get(s, id, &sh.own)) < 0)
		return rc;
	p = page_row(&sh.own, 0);
	if ((rc = line_attrs(s, p->order_id, &sh.attrs)) == 0 &&
	    (rc = sheet_order(s, p->order_id, &sh)) == 0)
		rc = production_content(s, p->order_id, p->line_no, &now);
	if (rc == 0) {
		only_line(&sh.attrs, p->line_no);
		sh.changed = (p->state == PRODUCTION_PLACED ||
				 p->state == PRODUCTION_MADE) &&
			     strcmp(p->content, now.s) != 0;
		*out = sh;
	} else {
		production_sheet_free(&sh);
	}
	str_done(&now);
	return rc;
}

void
production_sheet_free(struct production_sheet *sheet)
{
	page_free(&sheet->own);
	page_free(&sheet->attrs);
	arena_done(&sheet->arena);
}

/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
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
#include "confirm_priv.h"
#include "production_priv.h"

/* The day's sales of an agent, handed over to production. */

static const struct op op_done = { "handover-done", PERM_ORDER_EDIT, "staff" };

static void
take(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct handover_row *h = out;

	h->id = db_int(rows, 0);
	h->order_no = row_text(rows, 1, arena);
	h->created_at = db_int(rows, 2);
	h->state = db_int(rows, 3);
	h->agent = row_text(rows, 4, arena);
	h->nick = row_text(rows, 5, arena);
	h->memo = row_text(rows, 6, arena);
	h->delivery = order_delivery_text(db_int(rows, 7));
	h->promised_at = db_int(rows, 8);
	h->handed_at = db_int(rows, 9);
	h->handed_by = row_text(rows, 10, arena);
	h->late = db_int(rows, 11);
	h->goods = h->spec = h->missing = "";
}

#define SELECT \
	"SELECT o.id, o.order_no, o.created_at, o.state, a.name, c.nick," \
	" o.memo, o.delivery, o.promised_at, h.at, b.name, d.late" \
	" FROM orders o JOIN staff a ON a.id = o.agent_id" \
	" LEFT JOIN receiver r ON r.id = o.receiver_id" \
	" LEFT JOIN customer c ON c.id = r.customer_id" \
	" LEFT JOIN handover_order d ON d.order_id = o.id" \
	" LEFT JOIN handover h ON h.id = d.handover_id" \
	" LEFT JOIN staff b ON b.id = h.staff_id" \
	" WHERE o.state BETWEEN 2 AND 5"

static const char sql_goods[] =
    "SELECT v.name, l.qty, l.line_no, p.made FROM order_line l"
    " LEFT JOIN variant v ON v.id = l.variant_id"
    " LEFT JOIN product p ON p.id = v.product_id"
    " WHERE l.order_id = $1 AND l.refund_state <> 2 AND l.kit >= 0"
    " ORDER BY l.line_no";

/* What there is to make, and how; *@made: is there anything? */
static int
add_goods(struct session *s, struct handover_row *h, const struct page *attrs,
    struct arena *arena, bool *made)
{
	struct str goods = STR_INIT, spec = STR_INIT, one = STR_INIT;
	struct db_rows *rows;
	int rc = db_query(s->db, sql_goods, DB_ARGS(db_i(h->id)), &rows);

	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		str_addf(&goods, "%s%s ×%lld", goods.len > 0 ? _(", ") : "",
		    row_text(rows, 0, NULL), (long long)db_int(rows, 1));
		if (db_int(rows, 3) == 0)
			continue;
		*made = true;
		str_cut(&one, 0);
		attrs_words(attrs, db_int(rows, 2), &one);
		if (one.len > 0)
			str_addf(
			    &spec, "%s%s", spec.len > 0 ? " | " : "", one.s);
	}
	db_done(rows);
	h->goods = arena_strdup(arena, goods.s);
	h->spec = arena_strdup(arena, spec.s);
	str_done(&goods);
	str_done(&spec);
	str_done(&one);
	return rc;
}

static int
add_missing(struct session *s, struct handover_row *h, const struct page *attrs,
    bool made, struct arena *arena)
{
	struct str out = STR_INIT;
	const struct line_attr *a;
	int64_t needed, confirmed, bit, need = 0;
	size_t i;
	int rc;

	for (i = 0; i < attrs->n; i++) {
		a = page_row(attrs, i);
		if (a->state == ATTR_AGREED || !a->critical)
			continue;
		str_addf(&out, "%s%s %s", out.len > 0 ? _("; ") : "", a->title,
		    attr_state_text(a->state));
	}
	if ((rc = setting_int(s, SETTING_CONFIRM_NEED, &need)) == 0 &&
	    (made || need != 0) && h->state <= ORDER_PART_SHIPPED) {
		rc = confirm_stands(s, h->id, &needed, &confirmed);
		for (bit = 1; rc == 0 && bit < CONFIRM_ALL; bit *= 2)
			if (needed & ~confirmed & bit)
				str_addf(&out, _("%s%s not confirmed"),
				    out.len > 0 ? _("; ") : "",
				    confirm_text(bit));
	}
	h->missing = arena_strdup(arena, out.s);
	str_done(&out);
	return rc;
}

static int
fill(struct session *s, struct handover_row *h, struct arena *arena)
{
	struct page attrs;
	int64_t hour, day = time_day(h->created_at);
	bool made = false;
	int rc;

	if ((rc = setting_int(s, SETTING_HANDOVER_HOUR, &hour)) < 0 ||
	    (rc = line_attrs(s, h->id, &attrs)) < 0)
		return rc;
	h->due_at = day_start(day) + hour * 3600;
	if (h->created_at >= h->due_at)
		h->due_at = day_start(day + 1) + hour * 3600;
	if (h->handed_at == 0)
		h->late = time_now() > h->due_at;
	rc = add_goods(s, h, &attrs, arena, &made);
	if (rc == 0)
		rc = add_missing(s, h, &attrs, made, arena);
	page_free(&attrs);
	h->memo = contact_hide_text(s, h->memo, arena);
	if (!contact_open(s))
		h->nick = mask_nick(arena, h->nick, "");
	return rc;
}

int
handover_page(struct session *s, int64_t agent_id, int64_t day,
    enum page_dir dir, const struct handover_row *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY(SELECT);
	const struct query_key keys[] = {
		{ "o.created_at", db_i(from != NULL ? from->created_at : 0) },
		{ "o.id", db_i(from != NULL ? from->id : 0) },
	};
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(
	    &q, "o.agent_id =", db_i(agent_id != 0 ? agent_id : s->staff_id));
	query_and(&q, "o.created_at >=", db_i(day_start(day)));
	query_and(&q, "o.created_at <", db_i(day_start(day + 1)));
	query_page(&q, keys, 2, false, dir, limit);
	rc = query_fetch(
	    s->db, &q, dir, sizeof(struct handover_row), limit, take, out);
	if (rc < 0)
		return rc;
	for (i = 0; rc == 0 && i < out->n; i++)
		rc = fill(s, (struct handover_row *)out->rows + i, &out->arena);
	if (rc < 0)
		page_free(out);
	return rc;
}

#define AGENTS_MAX 500
#define SALES \
	"(SELECT count(*) FROM orders o WHERE o.agent_id = st.id" \
	" AND o.created_at >= $1 AND o.created_at < $2" \
	" AND o.state BETWEEN 2 AND 5"
static const char sql_agents[] =
    "SELECT st.id, st.login, st.name, " SALES "), " SALES
    " AND NOT EXISTS (SELECT 1 FROM handover_order d WHERE d.order_id = o.id))"
    " FROM staff st ORDER BY st.id /*scan*/";

int
handover_agents(struct session *s, int64_t day, struct page *out)
{
	struct handover_agent *a;
	struct db_rows *rows;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	rc = db_query(s->db, sql_agents,
	    DB_ARGS(db_i(day_start(day)), db_i(day_start(day + 1))), &rows);
	if (rc < 0)
		return rc;
	page_init(out, sizeof(*a), AGENTS_MAX);
	while (out->n < AGENTS_MAX && (rc = db_next(rows)) > 0) {
		if (db_int(rows, 3) == 0)
			continue;
		a = page_add(out);
		a->id = db_int(rows, 0);
		a->login = row_text(rows, 1, &out->arena);
		a->name = row_text(rows, 2, &out->arena);
		a->n = db_int(rows, 3);
		a->left = db_int(rows, 4);
	}
	db_done(rows);
	if (rc < 0)
		page_free(out);
	return rc < 0 ? rc : 0;
}

static const char sql_add[] =
    "INSERT INTO handover (agent_id, day, staff_id, at, n, late_n)"
    " VALUES ($1, $2, $3, $4, $5, $6)";
static const char sql_add_order[] =
    "INSERT INTO handover_order (order_id, handover_id, late)"
    " VALUES ($1, $2, $3)";

/* Those that can go. */
struct going {
	struct {
		int64_t id;
		bool late;
	} * v;
	size_t n, cap;
	int64_t late, left;
};

#define STEP 100

static int
choose(struct session *s, int64_t agent_id, int64_t day, struct going *g)
{
	struct handover_row last;
	const struct handover_row *h, *from = NULL;
	struct page page;
	size_t i, n;
	int rc;

	do {
		rc = handover_page(s, agent_id, day,
		    from == NULL ? PAGE_FIRST : PAGE_AFTER, from, STEP, &page);
		if (rc < 0)
			return rc;
		for (i = 0; i < page.n; i++) {
			h = page_row(&page, i);
			last = *h;
			if (h->handed_at != 0)
				continue;
			if (h->missing[0] != '\0') {
				g->left++;
				continue;
			}
			if (g->n == g->cap) {
				g->cap = g->cap == 0 ? 64 : g->cap * 2;
				g->v =
				    xreallocarray(g->v, g->cap, sizeof(*g->v));
			}
			g->v[g->n].id = h->id;
			g->v[g->n++].late = h->late != 0;
			g->late += h->late != 0;
		}
		from = &last; /* only its time and id are looked at */
		n = page.n;
		page_free(&page);
	} while (n == STEP);
	return 0;
}

static int
hand_over(struct session *s, struct txn *txn, int64_t agent_id, int64_t day,
    const struct going *g)
{
	int64_t id;
	size_t i;
	int rc;

	rc = db_insert(txn, sql_add,
	    DB_ARGS(db_i(agent_id), db_i(day), db_i(s->staff_id),
		db_i(time_now()), db_i((int64_t)g->n), db_i(g->late)),
	    &id);
	for (i = 0; rc == 0 && i < g->n; i++) {
		rc = db_exec(txn, sql_add_order,
		    DB_ARGS(db_i(g->v[i].id), db_i(id), db_i(g->v[i].late)),
		    NULL);
		if (rc == 0)
			rc = op_note(s, &op_done, txn, "order", g->v[i].id,
			    "%s", g->v[i].late ? "late" : "in time");
	}
	return rc;
}

int
handover_done(
    struct session *s, int64_t agent_id, int64_t day, int64_t *n, int64_t *left)
{
	struct going g = { .v = NULL };
	char text[TIME_SIZE];
	struct txn *txn;
	int rc;

	if (agent_id == 0)
		agent_id = s->staff_id;
	if ((rc = op_begin(s, &op_done, &txn)) < 0)
		return rc;
	rc = choose(s, agent_id, day, &g);
	if (rc == 0 && g.n == 0)
		rc = g.left > 0
			 ? err_set(&s->err, ERR_STATE, "",
			       _("Nothing can be handed over: %lld sales lack "
				 "something"),
			       (long long)g.left)
			 : err_set(&s->err, ERR_STATE, "",
			       _("There is nothing to hand over"));
	if (rc == 0)
		rc = hand_over(s, txn, agent_id, day, &g);
	if (rc == 0)
		rc = op_commit(s, &op_done, &txn, agent_id,
		    "%s: %zu orders, %lld of them late, %lld left",
		    day_text(day, text), g.n, (long long)g.late,
		    (long long)g.left);
	op_abort(s, &txn);
	if (rc == 0) {
		*n = (int64_t)g.n;
		*left = g.left;
	}
	free(g.v);
	return rc;
}

/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/confirm.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"
#include "attrs_priv.h"

/*
 * Corrections: what had been typed or confirmed wrongly, who had it wrong,
 * and whether the maker had it by then. Penalties are proposed from them:
 * CONTENT-EARLY, CONTENT-LATE and CONTENT-LOSS of rules §7.
 */

static const char sql_add[] =
    "INSERT INTO correction (order_id, line_no, name, before, after, typed_by,"
    " staff_id, at, placed, loss, reason) VALUES ($1, $2, $3, $4, $5, $6, $7,"
    " $8, (SELECT CASE WHEN EXISTS (SELECT 1 FROM production p"
    " WHERE p.order_id = $1 AND ($2 = 0 OR p.line_no = $2)"
    " AND p.state IN (1, 2, 3)) THEN 1 ELSE 0 END), $9, $10)";

int
correction_add(struct session *s, struct txn *txn, const struct correcting *c)
{
	return db_exec(txn, sql_add,
	    DB_ARGS(db_i(c->order_id), db_i(c->line_no), db_t(c->name),
		db_t(c->before), db_t(c->after), db_id(c->typed_by),
		db_i(s->staff_id), db_i(time_now()), db_i(c->loss),
		db_t(c->reason != NULL ? c->reason : "")),
	    NULL);
}

static void
take(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct correction *c = out;

	c->id = db_int(rows, 0);
	c->order_no = row_text(rows, 1, arena);
	c->order_id = db_int(rows, 2);
	c->line_no = db_int(rows, 3);
	c->name = row_text(rows, 4, arena);
	c->before = row_text(rows, 5, arena);
	c->after = row_text(rows, 6, arena);
	c->typed_by = row_text(rows, 7, arena);
	c->staff = row_text(rows, 8, arena);
	c->at = db_int(rows, 9);
	c->placed = db_int(rows, 10);
	c->loss = db_int(rows, 11);
	c->reason = row_text(rows, 12, arena);
	c->title = row_text(rows, 13, arena);
	if (c->title[0] == '\0')
		c->title = confirm_by_name(c->name) != 0
			       ? confirm_text(confirm_by_name(c->name))
			       : c->name;
}

/* Whose name, phone and address is in what was corrected. */
static void
hide(const struct session *s, struct page *page)
{
	struct correction *c;
	size_t i;

	for (i = 0; i < page->n; i++) {
		c = (struct correction *)page->rows + i;
		if (strcmp(c->name, "name") == 0 && !contact_open(s)) {
			c->before = mask_name(&page->arena, c->before);
			c->after = mask_name(&page->arena, c->after);
		} else if (strcmp(c->name, "address") == 0 &&
			   !contact_open(s)) {
			c->before = mask_address(c->before);
			c->after = mask_address(c->after);
		}
		c->before = contact_hide_text(s, c->before, &page->arena);
		c->after = contact_hide_text(s, c->after, &page->arena);
		c->reason = contact_hide_text(s, c->reason, &page->arena);
	}
}

int
correction_page(struct session *s, const struct correction_filter *f,
    enum page_dir dir, const struct correction *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY(
	    "SELECT c.id, o.order_no, c.order_id, c.line_no, c.name, c.before,"
	    " c.after, t.name, st.name, c.at, c.placed, c.loss, c.reason,"
	    " (SELECT d.title FROM attr_def d WHERE c.line_no <> 0"
	    " AND d.name = c.name ORDER BY d.id LIMIT 1)"
	    " FROM correction c JOIN orders o ON o.id = c.order_id"
	    " JOIN staff st ON st.id = c.staff_id"
	    " LEFT JOIN staff t ON t.id = c.typed_by WHERE 1 = 1");
	const struct query_key key = { "c.id",
		db_i(from != NULL ? from->id : 0) };
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if (f->order_id != 0)
		query_and(&q, "c.order_id =", db_i(f->order_id));
	if (f->typed_by != 0)
		query_and(&q, "c.typed_by =", db_i(f->typed_by));
	if (f->since != 0)
		query_and(&q, "c.at >=", db_i(f->since));
	if (f->until != 0)
		query_and(&q, "c.at <", db_i(f->until));
	if (f->when != CORRECTION_ANY)
		query_and(&q, "c.placed =", db_i(f->when == CORRECTION_PLACED));
	/* Each was a mistake of somebody's: they are few. */
	query_add_lit(&q, " /*scan*/");
	query_page(&q, &key, 1, true, dir, limit);
	rc = query_fetch(
	    s->db, &q, dir, sizeof(struct correction), limit, take, out);
	if (rc == 0)
		hide(s, out);
	return rc;
}

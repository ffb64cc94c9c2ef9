/* SPDX-License-Identifier: MIT */
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"

/* What has to do with an order: other orders, money, papers. */

#define MORE_MAX 200 /* of each */

#define LINK(how) \
	"SELECT o.id, '" how "', o.order_no, o.state, o.held," \
	" (SELECT CAST(sum(l.qty) AS BIGINT) FROM order_line l" \
	" WHERE l.order_id = o.id AND l.kit <= 0), o.paid FROM "

/* Those in its parcel, itself left out; then the older one of a pair, then the
 * newer ones. */
static const char sql_links[] = LINK(
    "merged") "orders me JOIN orders o ON o.id = me.lead_id"
	      " WHERE me.id = $1 UNION ALL " LINK(
		  "merged") "orders me JOIN orders o ON o.lead_id = me.lead_id"
			    " WHERE me.id = $1 AND o.id <> $1 UNION ALL " LINK("merged") "orders o WHERE o.lead_id = $1 UNION ALL " LINK(
				"reissue_of") "order_link k JOIN orders o ON o.id = k.other_id"
					      " WHERE k.order_id = $1 AND k.how = 'reissue' UNION ALL " LINK(
						  "copy_of") "order_link k JOIN orders o ON o.id = k.other_id"
							     " WHERE k.order_id = $1 AND k.how = 'copy' UNION ALL " LINK(
								 "reissued_as") "order_link k JOIN orders o ON o.id = k.order_id"
										" WHERE k.other_id = $1 AND k.how = 'reissue' UNION ALL " LINK(
										    "copied_as") "order_link k JOIN orders o ON o.id = k.order_id"
												 " WHERE k.other_id = $1 AND k.how = 'copy' LIMIT $2";

static const char sql_payments[] =
    "SELECT p.id, p.method, CASE WHEN p.state = 0 THEN p.due_at ELSE p.at END,"
    " p.amount, p.ref, p.note, st.name, p.state FROM payment p"
    " LEFT JOIN staff st ON st.id = p.staff_id"
    " WHERE p.order_id = $1 ORDER BY p.id LIMIT $2";

static const char sql_documents[] =
    "SELECT d.id, d.kind, d.at, d.total, d.doc_no, d.reason, st.name,"
    " CASE WHEN d.cancelled_at = 0 THEN 1 ELSE 0 END FROM document d"
    " LEFT JOIN staff st ON st.id = d.staff_id"
    " WHERE d.order_id = $1 ORDER BY d.id LIMIT $2";

static void
take_link(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct order_link *l = out;

	l->id = db_int(rows, 0);
	l->how = row_text(rows, 1, arena);
	l->order_no = row_text(rows, 2, arena);
	l->state = db_int(rows, 3);
	l->held = db_int(rows, 4);
	l->qty = db_int(rows, 5);
	l->paid = db_int(rows, 6);
}

static void
take_entry(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct order_entry *e = out;

	e->id = db_int(rows, 0);
	e->kind = row_text(rows, 1, arena);
	e->at = db_int(rows, 2);
	e->amount = db_int(rows, 3);
	e->ref = row_text(rows, 4, arena);
	e->note = row_text(rows, 5, arena);
	e->staff = row_text(rows, 6, arena);
	e->state = db_int(rows, 7);
}

static int
part(struct session *s, const char *sql, int64_t id, size_t size,
    void (*take)(const struct db_rows *, void *, struct arena *),
    struct page *out)
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql, DB_ARGS(db_i(id), db_i(MORE_MAX)), &rows);

	if (rc < 0)
		return rc;
	page_init(out, size, MORE_MAX);
	while ((rc = db_next(rows)) > 0)
		take(rows, page_add(out), &out->arena);
	db_done(rows);
	return rc;
}

static const char *const sql_names[CHOICE_MAX] = {
	[CHOICE_SHOP] = "SELECT id, name, '' FROM shop WHERE $1 = 0"
			" ORDER BY platform, name"
			" LIMIT $2 /*scan*/ /*sort*/",
	[CHOICE_COURIER] = "SELECT id, name, '' FROM courier WHERE $1 = 0"
			   " ORDER BY id LIMIT $2 /*scan*/",
	[CHOICE_AGENT] = "SELECT id, name, login FROM staff WHERE active = 1"
			 " AND $1 = 0 ORDER BY name, id LIMIT $2"
			 " /*scan*/ /*sort*/",
	[CHOICE_WAREHOUSE] = "SELECT id, name, '' FROM warehouse WHERE $1 = 0"
			     " ORDER BY id LIMIT $2 /*scan*/",
};

static void
take_name(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct order_name *n = out;

	n->id = db_int(rows, 0);
	n->name = row_text(rows, 1, arena);
	n->login = row_text(rows, 2, arena);
}

int
order_names(struct session *s, enum order_choice what, struct page *out)
{
	int rc = session_need(s, PERM_ORDER_VIEW);

	return rc < 0 ? rc
		      : part(s, sql_names[what], 0, sizeof(struct order_name),
			    take_name, out);
}

/* What somebody wrote may hold a number. */
static void
hide_notes(const struct session *s, struct page *entries)
{
	struct order_entry *e = entries->rows;
	size_t i;

	for (i = 0; i < entries->n; i++)
		e[i].note = contact_hide_text(s, e[i].note, &entries->arena);
}

int
order_more(struct session *s, int64_t id, struct order_more *out)
{
	struct order_more more = { { 0 }, { 0 }, { 0 } };
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	rc = part(s, sql_links, id, sizeof(struct order_link), take_link,
	    &more.links);
	if (rc == 0 && session_may(s, PERM_PAYMENT_VIEW))
		rc = part(s, sql_payments, id, sizeof(struct order_entry),
		    take_entry, &more.payments);
	if (rc == 0)
		rc = part(s, sql_documents, id, sizeof(struct order_entry),
		    take_entry, &more.documents);
	if (rc < 0) {
		order_more_free(&more);
		return rc;
	}
	hide_notes(s, &more.payments);
	hide_notes(s, &more.documents);
	*out = more;
	return 0;
}

void
order_more_free(struct order_more *more)
{
	page_free(&more->links);
	page_free(&more->payments);
	page_free(&more->documents);
}

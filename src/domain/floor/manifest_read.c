/* SPDX-License-Identifier: MIT */

#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "manifest_priv.h"

/* Manifests as they are read. */

static void
take_manifest(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct manifest *m = out;

	m->id = db_int(rows, 0);
	m->manifest_no = row_text(rows, 1, arena);
	m->courier = row_text(rows, 2, arena);
	m->staff = row_text(rows, 3, arena);
	m->closed_by = row_text(rows, 4, arena);
	m->driver = row_text(rows, 5, arena);
	m->at = db_int(rows, 6);
	m->closed_at = db_int(rows, 7);
	m->parcels = db_int(rows, 8);
	m->weight = db_int(rows, 9);
	m->missing = db_int(rows, 10);
}

#define SELECT \
	"SELECT m.id, m.manifest_no, co.name, st.name, cl.name, m.driver," \
	" m.at, m.closed_at," \
	" (SELECT count(*) FROM parcel p WHERE p.manifest_id = m.id)," \
	" coalesce((SELECT sum(p.weight) FROM parcel p" \
	" WHERE p.manifest_id = m.id), 0)," \
	" CASE WHEN m.closed_at = 0 THEN (SELECT count(*) FROM parcel p" \
	" WHERE p.courier_id = m.courier_id AND p.handed_at = 0" \
	" AND p.manifest_id IS NULL) ELSE 0 END" \
	" FROM manifest m JOIN courier co ON co.id = m.courier_id" \
	" JOIN staff st ON st.id = m.staff_id" \
	" LEFT JOIN staff cl ON cl.id = m.closed_by WHERE 1 = 1"

int
manifest_page(struct session *s, bool open_only, enum page_dir dir,
    const struct manifest *from, size_t limit, struct page *out)
{
	struct query q = QUERY(SELECT);
	const struct query_key keys[] = {
		{ "m.id", db_i(from != NULL ? from->id : 0) },
	};
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	/* One a courier at most. */
	if (open_only)
		query_lit(&q, " AND m.closed_at = 0 /*scan*/ /*sort*/");
	query_page(&q, keys, 1, true, dir, limit);
	return query_fetch(
	    s->db, &q, dir, sizeof(struct manifest), limit, take_manifest, out);
}

int
manifest_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT);
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(&q, "m.id =", db_i(id));
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct manifest), 1,
	    take_manifest, out);
	if (rc == 0 && out->n == 0) {
		page_free(out);
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such manifest"));
	}
	return rc;
}

static const char sql_by_no[] =
    "SELECT id FROM manifest WHERE manifest_no = $1";

int
manifest_by_no(struct session *s, const char *no, int64_t *id)
{
	char typed[32];
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	trim_number(typed, sizeof(typed), no);
	rc = db_get1(s->db, sql_by_no, DB_ARGS(db_t(typed)), id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_NOTFOUND, "manifest_no",
		    _("There is no manifest %s"), typed);
	return rc;
}

static void
take_handed(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct handed *h = out;

	h->id = db_int(rows, 0);
	h->waybill_no = row_text(rows, 1, arena);
	h->order_no = row_text(rows, 2, arena);
	h->packer = row_text(rows, 3, arena);
	h->weight = db_int(rows, 4);
	h->shipped_at = db_int(rows, 5);
}

#define PARCELS \
	"SELECT p.id, p.waybill_no, o.order_no, st.name, p.weight," \
	" p.shipped_at FROM parcel p JOIN orders o ON o.id = p.order_id" \
	" JOIN staff st ON st.id = p.packer_id WHERE "

static int
fetch(struct session *s, struct query *q, enum page_dir dir,
    const struct handed *from, size_t limit, struct page *out)
{
	const struct query_key keys[] = {
		{ "p.id", db_i(from != NULL ? from->id : 0) },
	};

	query_page(q, keys, 1, false, dir, limit);
	return query_fetch(
	    s->db, q, dir, sizeof(struct handed), limit, take_handed, out);
}

int
manifest_parcels(struct session *s, int64_t id, enum page_dir dir,
    const struct handed *from, size_t limit, struct page *out)
{
	struct query q = QUERY(PARCELS "1 = 1");
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(&q, "p.manifest_id =", db_i(id));
	return fetch(s, &q, dir, from, limit, out);
}

static const char sql_courier[] =
    "SELECT courier_id FROM manifest WHERE id = $1";

int
manifest_missing(struct session *s, int64_t id, enum page_dir dir,
    const struct handed *from, size_t limit, struct page *out)
{
	struct query q =
	    QUERY(PARCELS "p.handed_at = 0 AND p.manifest_id IS NULL");
	int64_t courier;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	rc = db_get1(s->db, sql_courier, DB_ARGS(db_i(id)), &courier);
	if (rc == ERR_NOTFOUND)
		return err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such manifest"));
	if (rc < 0)
		return rc;
	query_and(&q, "p.courier_id =", db_i(courier));
	if (s->floor != 0)
		query_and(&q, "coalesce(p.warehouse_id, 1) =", db_i(s->floor));
	return fetch(s, &q, dir, from, limit, out);
}

/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/settings.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "bins_priv.h"
#include "stock_priv.h"

/* Where goods that came in are to be put, and which wait for that. */

static const char sql_home[] =
    "SELECT s.bin FROM stock s JOIN bin b ON b.warehouse_id = s.warehouse_id"
    " AND b.code = s.bin WHERE s.variant_id = $2 AND s.warehouse_id = $1"
    " AND s.bin <> '' AND b.active = 1 AND b.kind < 2";
static const char sql_beside[] =
    "SELECT b.code FROM bin_stock l JOIN bin b ON b.id = l.bin_id"
    " WHERE l.variant_id = $2 AND b.warehouse_id = $1 AND b.kind < 2"
    " AND b.code <> '' AND b.active = 1 AND l.qty > 0"
    " ORDER BY b.kind, b.walk, b.along LIMIT 1 /*sort*/";
static const char sql_empty[] =
    "SELECT b.code FROM bin b WHERE b.warehouse_id = $1 AND b.kind = 0"
    " AND b.active = 1 AND b.code <> '' AND NOT EXISTS"
    " (SELECT 1 FROM bin_stock l WHERE l.bin_id = b.id) AND NOT EXISTS"
    " (SELECT 1 FROM stock s WHERE s.bin = b.code AND s.bin <> ''"
    " AND s.warehouse_id = b.warehouse_id) ORDER BY b.walk, b.along LIMIT 1";

int
put_where(struct session *s, int64_t warehouse_id, int64_t variant_id,
    struct put_proposal *out)
{
	static const struct {
		const char *sql;
		enum put_why why;
	} ways[] = {
		{ sql_home, PUT_HOME },
		{ sql_beside, PUT_BESIDE },
		{ sql_empty, PUT_EMPTY },
	};
	struct db_val of[] = { db_i(warehouse_id), db_i(variant_id) };
	struct db_rows *rows;
	size_t i;
	int rc = 0;

	out->why = PUT_NOWHERE;
	out->bin[0] = '\0';
	for (i = 0; rc == 0 && i < 3; i++) {
		rc = db_query(s->db, ways[i].sql, of, i == 2 ? 1 : 2, &rows);
		if (rc < 0)
			return rc;
		if ((rc = db_next(rows)) > 0) {
			copy_text(out->bin, sizeof(out->bin), db_text(rows, 0));
			out->why = ways[i].why;
		}
		db_done(rows);
	}
	return rc < 0 ? rc : 0;
}

static const char sql_waits[] =
    "SELECT v.sku_code, v.name, coalesce(s.to_put, 0) FROM variant v"
    " LEFT JOIN stock s ON s.variant_id = v.id AND s.warehouse_id = $1"
    " WHERE v.id = $2";

int
put_propose(struct session *s, const char *code, const char *warehouse,
    struct put_proposal *out)
{
	struct db_rows *rows;
	int rc;

	*out = (struct put_proposal){ .why = PUT_NOWHERE };
	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0 ||
	    (rc = code_variant(s, code, &out->variant_id)) < 0 ||
	    (rc = warehouse_find(s, warehouse, &out->warehouse_id)) < 0)
		return rc;
	rc = db_query(s->db, sql_waits,
	    DB_ARGS(db_i(out->warehouse_id), db_i(out->variant_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		copy_text(
		    out->sku_code, sizeof(out->sku_code), db_text(rows, 0));
		copy_text(out->name, sizeof(out->name), db_text(rows, 1));
		out->rest = db_int(rows, 2);
	}
	db_done(rows);
	if (rc < 0)
		return rc;
	if (out->rest == 0)
		return err_set(&s->err, ERR_STATE, "sku",
		    _("Nothing of %s waits to be put away"), out->sku_code);
	return put_where(s, out->warehouse_id, out->variant_id, out);
}

static void
take_wait(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct put_wait *w = out;
	int c = 0;

	w->id = db_int(rows, c++);
	w->slip_id = db_int(rows, c++);
	w->variant_id = db_int(rows, c++);
	w->warehouse_id = db_int(rows, c++);
	w->slip_no = row_text(rows, c++, arena);
	w->warehouse = row_text(rows, c++, arena);
	w->sku_code = row_text(rows, c++, arena);
	w->name = row_text(rows, c++, arena);
	w->qty = db_int(rows, c++);
	w->rest = db_int(rows, c++);
	w->at = db_int(rows, c++);
	w->to = "";
}

/* What is known of it only by looking about: where to, and is it late? */
static int
tell_waits(struct session *s, struct page *page)
{
	struct put_wait *w = page->rows;
	struct put_proposal where;
	int64_t hours;
	size_t i;
	int rc = setting_int(s, SETTING_PUT_AWAY_H, &hours);

	for (i = 0; rc == 0 && i < page->n; i++) {
		rc = put_where(s, w[i].warehouse_id, w[i].variant_id, &where);
		if (rc == 0)
			w[i].to = arena_strdup(&page->arena, where.bin);
		w[i].late = hours > 0 && time_now() - w[i].at > hours * 3600;
	}
	return rc;
}

/* The worklist is what waits: as much as a dock holds. */
#define WAITS \
	"SELECT p.id, p.slip_id, p.variant_id, p.warehouse_id, sl.slip_no," \
	" w.name, v.sku_code, v.name, p.qty, p.rest, p.at FROM put_wait p" \
	" JOIN stock_slip sl ON sl.id = p.slip_id" \
	" JOIN warehouse w ON w.id = p.warehouse_id" \
	" JOIN variant v ON v.id = p.variant_id WHERE p.rest > 0" \
	" /*scan*/ /*sort*/"

int
put_wait_page(struct session *s, int64_t warehouse_id, enum page_dir dir,
    const struct put_wait *from, size_t limit, struct page *out)
{
	struct query q = QUERY(WAITS);
	const struct query_key key = { "p.id",
		db_i(from != NULL ? from->id : 0) };
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	if (warehouse_id != 0)
		query_and(&q, "p.warehouse_id =", db_i(warehouse_id));
	query_page(&q, &key, 1, false, dir, limit);
	rc = query_fetch(
	    s->db, &q, dir, sizeof(struct put_wait), limit, take_wait, out);
	if (rc < 0)
		return rc;
	if ((rc = tell_waits(s, out)) < 0)
		page_free(out);
	return rc;
}

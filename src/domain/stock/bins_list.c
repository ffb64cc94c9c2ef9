/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../core/sort_priv.h"
#include "bins_priv.h"
#include "stock_priv.h"

/* Bins in walking order, and what lies where. */

static void
take_bin(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct bin *b = out;
	int c = 0;

	b->id = db_int(rows, c++);
	b->version = db_int(rows, c++);
	b->warehouse_id = db_int(rows, c++);
	b->warehouse = row_text(rows, c++, arena);
	b->code = row_text(rows, c++, arena);
	b->kind = db_int(rows, c++);
	b->walk = db_int(rows, c++);
	b->active = db_int(rows, c++);
	b->note = row_text(rows, c++, arena);
	b->goods = db_int(rows, c++);
	b->pieces = db_int(rows, c++);
}

#define BIN_SELECT \
	"SELECT b.id, b.version, b.warehouse_id, w.name, b.code, b.kind," \
	" b.walk, b.active, b.note, (SELECT count(*) FROM bin_stock l" \
	" WHERE l.bin_id = b.id), coalesce((SELECT sum(l.qty) FROM bin_stock l" \
	" WHERE l.bin_id = b.id), 0) FROM bin b" \
	" JOIN warehouse w ON w.id = b.warehouse_id WHERE 1 = 1"

int
bin_page(struct session *s, const struct bin_filter *f, enum page_dir dir,
    const struct bin *from, size_t limit, struct page *out)
{
	char along[BIN_ALONG];
	struct query q = QUERY(BIN_SELECT);
	const struct query_key keys[] = {
		{ "b.walk", db_i(from != NULL ? from->walk : 0) },
		{ "b.along",
		    db_t(bin_along(along, from != NULL ? from->code : "")) },
	};
	char end[BIN_CODE + 8];
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	query_and(&q, "b.warehouse_id =",
	    db_i(f->warehouse_id != 0 ? f->warehouse_id : WAREHOUSE_MAIN));
	if (f->code != NULL && f->code[0] != '\0') {
		snprintf(
		    end, sizeof(end), "%.*s%s", BIN_CODE, f->code, PREFIX_END);
		query_and(&q, "b.code >=", db_t(f->code));
		query_and(&q, "b.code <", db_t(end));
		/* Few enough to be put in order. */
		query_lit(&q, " /*sort*/");
	}
	if (f->kind >= 0)
		query_and(&q, "b.kind =", db_i(f->kind));
	if (!f->closed_too)
		query_lit(&q, " AND b.active = 1");
	if (f->empty_only)
		query_lit(&q, " AND NOT EXISTS (SELECT 1 FROM bin_stock l"
			      " WHERE l.bin_id = b.id)");
	query_page(&q, keys, 2, false, dir, limit);
	return query_fetch(
	    s->db, &q, dir, sizeof(struct bin), limit, take_bin, out);
}

int
bin_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(BIN_SELECT);
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	query_and(&q, "b.id =", db_i(id));
	rc = query_fetch(
	    s->db, &q, PAGE_FIRST, sizeof(struct bin), 1, take_bin, out);
	return page_one(s, rc, out, "bin", _("There is no such bin"));
}

static void
take_goods(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct bin_goods *g = out;
	int c = 0;

	g->id = db_int(rows, c++);
	g->variant_id = db_int(rows, c++);
	g->bin_id = db_int(rows, c++);
	g->warehouse_id = db_int(rows, c++);
	g->sku_code = row_text(rows, c++, arena);
	g->name = row_text(rows, c++, arena);
	g->warehouse = row_text(rows, c++, arena);
	g->code = row_text(rows, c++, arena);
	g->kind = db_int(rows, c++);
	g->qty = db_int(rows, c++);
	g->home = db_int(rows, c++);
}

#define GOODS_SELECT(id) \
	"SELECT " id ", l.variant_id, l.bin_id, b.warehouse_id, v.sku_code," \
	" v.name, w.name, b.code, b.kind, l.qty, CASE WHEN b.code = s.bin" \
	" THEN 1 ELSE 0 END FROM bin_stock l JOIN bin b ON b.id = l.bin_id" \
	" JOIN warehouse w ON w.id = b.warehouse_id" \
	" JOIN variant v ON v.id = l.variant_id" \
	" LEFT JOIN stock s ON s.variant_id = l.variant_id" \
	" AND s.warehouse_id = b.warehouse_id WHERE 1 = 1"

int
bin_goods_page(struct session *s, int64_t bin_id, enum page_dir dir,
    const struct bin_goods *from, size_t limit, struct page *out)
{
	struct query q = QUERY(GOODS_SELECT("l.variant_id"));
	const struct query_key key = { "l.variant_id",
		db_i(from != NULL ? from->variant_id : 0) };
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	query_and(&q, "l.bin_id =", db_i(bin_id));
	query_page(&q, &key, 1, false, dir, limit);
	return query_fetch(
	    s->db, &q, dir, sizeof(struct bin_goods), limit, take_goods, out);
}

#define BINS_MAX 1000 /* of one product */

int
variant_bins(struct session *s, int64_t variant_id, int64_t warehouse_id,
    struct page *out)
{
	struct query q = QUERY(GOODS_SELECT("l.bin_id"));
	const struct query_key key = { "l.bin_id", db_i(0) };
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	query_and(&q, "l.variant_id =", db_i(variant_id));
	if (warehouse_id != 0)
		query_and(&q, "b.warehouse_id =", db_i(warehouse_id));
	query_page(&q, &key, 1, false, PAGE_FIRST, BINS_MAX);
	return query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct bin_goods),
	    BINS_MAX, take_goods, out);
}

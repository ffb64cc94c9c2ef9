/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/shipping.h"

#include "row_priv.h"
#include "session_priv.h"

static void
take_parcel(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct parcel *p = out;

	p->id = db_int(rows, 0);
	p->order_no = row_text(rows, 1, arena);
	p->platform = row_text(rows, 2, arena);
	p->shop = row_text(rows, 3, arena);
	p->waybill_no = row_text(rows, 4, arena);
	p->courier = row_text(rows, 5, arena);
	p->weight = db_int(rows, 6);
	p->shipped_at = db_int(rows, 7);
	p->packer = row_text(rows, 8, arena);
	p->exported_at = db_int(rows, 9);
}

int
parcel_page(struct session *s, const struct parcel_filter *filter,
    enum page_dir dir, const struct parcel *from, size_t limit,
    struct page *out)
{
	struct query q =
	    QUERY("SELECT p.id, o.order_no, sh.platform, sh.name,"
		  " p.waybill_no, co.name, p.weight, p.shipped_at, st.name,"
		  " p.exported_at FROM parcel p"
		  " LEFT JOIN orders o ON o.id = p.order_id"
		  " LEFT JOIN shop sh ON sh.id = o.shop_id"
		  " LEFT JOIN courier co ON co.id = p.courier_id"
		  " LEFT JOIN staff st ON st.id = p.packer_id WHERE 1 = 1");
	const struct query_key keys[] = {
		{ "p.shipped_at", db_i(from != NULL ? from->shipped_at : 0) },
		{ "p.id", db_i(from != NULL ? from->id : 0) },
	};
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if (filter->platform != NULL)
		query_and(&q, "sh.platform =", db_t(filter->platform));
	if (filter->since != 0)
		query_and(&q, "p.shipped_at >=", db_i(filter->since));
	if (filter->until != 0)
		query_and(&q, "p.shipped_at <", db_i(filter->until));
	/* Ids grow with time: what waits is in order by its own small index. */
	if (filter->unexported)
		query_lit(&q, " AND p.exported_at = 0");
	if (filter->exported)
		query_lit(&q, " AND p.exported_at > 0");
	if (filter->unexported)
		query_page(&q, &keys[1], 1, true, dir, limit);
	else
		query_page(&q, keys, 2, true, dir, limit);
	return query_fetch(
	    s->db, &q, dir, sizeof(struct parcel), limit, take_parcel, out);
}

static const char sql_tally[] =
    "SELECT count(*) FROM parcel WHERE shipped_at >= $2 AND packer_id = $1";

int
pack_tally(struct session *s, int64_t *today, int64_t *hour)
{
	int64_t now = time_now(), n;
	int rc;

	rc = db_get1(s->db, sql_tally,
	    DB_ARGS(db_i(s->staff_id), db_i(day_start(time_day(now)))), &n);
	if (rc < 0)
		return rc;
	rc = db_get1(s->db, sql_tally,
	    DB_ARGS(db_i(s->staff_id), db_i(now - 3600)), hour);
	if (rc == 0)
		*today = n;
	return rc;
}

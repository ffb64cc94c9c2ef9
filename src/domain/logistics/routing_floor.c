/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/routing.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"

/* In which warehouse one works. */

#define PLACES_MAX 50

static void
take_place(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct floor_place *p = out;

	p->id = db_int(rows, 0);
	p->name = row_text(rows, 1, arena);
}

int
floor_places(struct session *s, struct page *out)
{
	struct query q =
	    QUERY("SELECT w.id, w.name FROM warehouse w WHERE w.active = 1");
	const struct query_key key = { "w.id", db_i(0) };
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_page(&q, &key, 1, false, PAGE_FIRST, PLACES_MAX);
	query_lit(&q, " /*scan*/");
	return query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct floor_place),
	    PLACES_MAX, take_place, out);
}

static const char sql_open[] =
    "SELECT count(*) FROM warehouse WHERE id = $1 AND active = 1";

int
floor_choose(struct session *s, int64_t warehouse_id)
{
	int64_t n = 1;
	int rc = 0;

	if (warehouse_id != 0)
		rc = db_get1(s->db, sql_open, DB_ARGS(db_i(warehouse_id)), &n);
	if (rc == 0 && n == 0)
		rc = err_set(&s->err, ERR_STATE, "warehouse",
		    _("There is no such warehouse"));
	if (rc == 0)
		s->floor = warehouse_id;
	return rc;
}

int64_t
floor_place(const struct session *s)
{
	return s->floor;
}

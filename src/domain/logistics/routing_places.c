/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/shipping.h"

#include "../core/edit_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../stock/stock_priv.h"
#include "freight_priv.h"

/* Warehouses. */

static const struct op op_add = { "warehouse-add", PERM_WAREHOUSE_EDIT,
	"warehouse" };
static const struct op op_save = { "warehouse-save", PERM_WAREHOUSE_EDIT,
	"warehouse" };

static void
take_warehouse(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct warehouse *w = out;

	w->id = db_int(rows, 0);
	w->version = db_int(rows, 1);
	w->name = row_text(rows, 2, arena);
	w->province = row_text(rows, 3, arena);
	w->hub = row_text(rows, 4, arena);
	w->below_zero = db_int(rows, 5);
	w->active = db_int(rows, 6);
	w->away = db_int(rows, 7);
	w->put_away = db_int(rows, 8);
	w->address = row_text(rows, 9, arena);
}

#define SELECT \
	"SELECT w.id, w.version, w.name, w.province, c.name, w.below_zero," \
	" w.active, w.kind, w.put_away, w.address FROM warehouse w LEFT JOIN courier c" \
	" ON c.id = w.courier_id WHERE 1 = 1"

int
warehouse_page(struct session *s, enum page_dir dir,
    const struct warehouse *from, size_t limit, struct page *out)
{
	struct query q = QUERY(SELECT);
	const struct query_key key = { "w.id",
		db_i(from != NULL ? from->id : 0) };
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	query_page(&q, &key, 1, false, dir, limit);
	return query_fetch(s->db, &q, dir, sizeof(struct warehouse), limit,
	    take_warehouse, out);
}

int
warehouse_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT);
	int rc;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	query_and(&q, "w.id =", db_i(id));
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct warehouse), 1,
	    take_warehouse, out);
	return page_one(s, rc, out, "", _("There is no such warehouse"));
}

static const char sql_find[] = "SELECT id FROM warehouse WHERE name = $1";

int
warehouse_find(struct session *s, const char *name, int64_t *id)
{
	char typed[NAME_ROOM];
	int rc;

	copy_text(typed, sizeof(typed), name);
	(void)trim_text(typed, sizeof(typed), typed);
	if (typed[0] == '\0') {
		*id = WAREHOUSE_MAIN;
		return 0;
	}
	rc = db_get1(s->db, sql_find, DB_ARGS(db_t(typed)), id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_INVALID, "warehouse",
		    _("There is no warehouse %s"), typed);
	return rc;
}

void
warehouse_edit_from(struct warehouse_edit *e, const struct warehouse *w)
{
	*e = (struct warehouse_edit){
		.below_zero = w->below_zero != 0,
		.active = w->active != 0,
		.away = w->away != 0,
		.put_away = w->put_away != 0,
	};
	copy_text(e->name, sizeof(e->name), w->name);
	copy_text(e->province, sizeof(e->province), w->province);
	copy_text(e->hub, sizeof(e->hub), w->hub);
	copy_text(e->address, sizeof(e->address), w->address);
}

/* What was typed is tidied in place; *@hub: the courier's, 0 for none. */
static int
check_edit(struct session *s, struct warehouse_edit *e, int64_t *hub)
{
	char brief[32] = "";
	int rc;

	*hub = 0;
	if ((rc = edit_text(s, "name", e->name, sizeof(e->name))) < 0)
		return rc;
	if (e->name[0] == '\0')
		return err_set(
		    &s->err, ERR_INVALID, "name", _("The name is missing"));
	if (!utf8_valid(e->address, strlen(e->address)))
		return err_set(&s->err, ERR_INVALID, "address",
		    _("The text is not valid UTF-8"));
	if (e->province[0] != '\0' && province_brief(e->province, brief) == 0)
		return err_set(&s->err, ERR_INVALID, "province",
		    _("%s is no province"), e->province);
	copy_text(e->province, sizeof(e->province), brief);
	if (e->hub[0] != '\0' && (rc = courier_find(s, e->hub, hub)) < 0)
		copy_text(s->err.field, sizeof(s->err.field), "hub");
	return rc;
}

static const char sql_taken[] =
    "SELECT count(*) FROM warehouse WHERE name = $1 AND id <> $2";
static const char sql_holds[] =
    "SELECT count(*) FROM stock WHERE warehouse_id = $1"
    " AND (on_hand <> 0 OR reserved <> 0 OR in_transit <> 0) /*scan*/";

static int
check_now(struct session *s, struct txn *txn, const struct warehouse_edit *e,
    int64_t id)
{
	int64_t n;
	int rc;

	rc = db_fetch1(txn, sql_taken, DB_ARGS(db_t(e->name), db_i(id)), &n);
	if (rc == 0 && n > 0)
		return err_set(&s->err, ERR_CONFLICT, "name",
		    _("There is a warehouse %s already"), e->name);
	if (rc < 0 || id == 0 || e->active)
		return rc;
	if (id == WAREHOUSE_MAIN)
		return err_set(
		    &s->err, ERR_STATE, "", _("The main warehouse stays open"));
	rc = db_fetch1(txn, sql_holds, DB_ARGS(db_i(id)), &n);
	if (rc == 0 && n > 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("%s still holds stock, or stock there is promised"),
		    e->name);
	return rc;
}

static const char sql_add[] =
    "INSERT INTO warehouse (name, province, courier_id, below_zero, active,"
    " kind, put_away, address) VALUES ($3, $4, $5, $6, $7, $8, $9, $10)";
static const char sql_save[] =
    "UPDATE warehouse SET name = $3, province = $4, courier_id = $5,"
    " below_zero = $6, active = $7, kind = $8, put_away = $9, address = $10,"
    " version = version + 1 WHERE id = $1 AND ($2 = 0 OR version = $2)";

int
warehouse_write(struct session *s, struct txn *txn, int64_t *id,
    int64_t version, struct warehouse_edit *e)
{
	int64_t hub, changed;
	int rc;

	if ((rc = check_edit(s, e, &hub)) < 0 ||
	    (rc = check_now(s, txn, e, *id)) < 0)
		return rc;
	const struct db_val vals[] = { db_i(*id), db_i(version), db_t(e->name),
		db_t(e->province), db_id(hub), db_i(e->below_zero),
		db_i(e->active), db_i(e->away), db_i(e->put_away),
		db_t(e->address) };

	if (*id == 0)
		return db_insert(txn, sql_add, vals, 10, id);
	rc = db_exec(txn, sql_save, vals, 10, &changed);
	if (rc == 0 && changed == 0)
		rc = err_set(&s->err, ERR_CONFLICT, "",
		    _("The warehouse %s was changed by someone else meanwhile"),
		    e->name);
	return rc;
}

static int
keep(struct session *s, const struct op *op, int64_t *id, int64_t version,
    const struct warehouse_edit *edit)
{
	struct warehouse_edit e = *edit;
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, op, &txn)) < 0)
		return rc;
	rc = warehouse_write(s, txn, id, version, &e);
	if (rc == 0)
		rc = op_commit(s, op, &txn, *id, "%s %s%s", e.name, e.province,
		    e.active ? "" : ", closed");
	op_abort(s, &txn);
	return rc;
}

int
warehouse_add(struct session *s, const struct warehouse_edit *e, int64_t *id)
{
	int64_t added = 0;
	int rc = keep(s, &op_add, &added, 0, e);

	if (rc == 0)
		*id = added;
	return rc;
}

int
warehouse_save(struct session *s, int64_t id, int64_t version,
    const struct warehouse_edit *e)
{
	return keep(s, &op_save, &id, version, e);
}

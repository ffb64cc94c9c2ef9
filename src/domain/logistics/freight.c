/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/shipping.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "freight_priv.h"

/* Templates: a courier's prices, from some day on, from some warehouse. */

static const struct op op_add = { "freight-add", PERM_FREIGHT_EDIT,
	"freight-template" };
static const struct op op_save = { "freight-save", PERM_FREIGHT_EDIT,
	"freight-template" };

#define DIVISOR_MAX 100000

static void
take_template(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct freight_template *t = out;

	t->id = db_int(rows, 0);
	t->version = db_int(rows, 1);
	t->courier_id = db_int(rows, 2);
	t->courier = row_text(rows, 3, arena);
	t->name = row_text(rows, 4, arena);
	t->warehouse = row_text(rows, 5, arena);
	t->basis = db_int(rows, 6);
	t->divisor = db_int(rows, 7);
	t->active = db_int(rows, 8);
	t->since = db_int(rows, 9);
	t->zones = db_int(rows, 10);
}

#define SELECT \
	"SELECT t.id, t.version, t.courier_id, c.name, t.name, w.name," \
	" t.basis, t.divisor, t.active, t.since, (SELECT count(*)" \
	" FROM freight_zone z WHERE z.template_id = t.id)" \
	" FROM freight_template t JOIN courier c ON c.id = t.courier_id" \
	" LEFT JOIN warehouse w ON w.id = t.warehouse_id WHERE 1 = 1"

int
freight_template_page(struct session *s, enum page_dir dir,
    const struct freight_template *from, size_t limit, struct page *out)
{
	struct query q = QUERY(SELECT);
	struct query_key keys[] = { { .column = "t.courier_id" },
		{ .column = "t.name" } };
	int rc;

	if ((rc = session_need(s, PERM_FREIGHT_VIEW)) < 0)
		return rc;
	if (from != NULL) {
		keys[0].from = db_i(from->courier_id);
		keys[1].from = db_t(from->name);
	}
	query_page(&q, keys, 2, false, dir, limit);
	return query_fetch(s->db, &q, dir, sizeof(struct freight_template),
	    limit, take_template, out);
}

int
freight_template_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT);
	int rc;

	if ((rc = session_need(s, PERM_FREIGHT_VIEW)) < 0)
		return rc;
	query_and(&q, "t.id =", db_i(id));
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct freight_template),
	    1, take_template, out);
	return page_one(s, rc, out, "", _("There is no such freight template"));
}

static const char sql_named[] =
    "SELECT min(id), count(*) FROM freight_template WHERE courier_id = $1"
    " AND ($2 = '' OR name = $2)";

int
freight_template_find(
    struct session *s, const char *courier, const char *name, int64_t *id)
{
	struct db_rows *rows;
	int64_t courier_id, found = 0, n = 0;
	int rc;

	if ((rc = session_need(s, PERM_FREIGHT_VIEW)) < 0 ||
	    (rc = courier_find(s, courier, &courier_id)) < 0)
		return rc;
	rc = db_query(
	    s->db, sql_named, DB_ARGS(db_i(courier_id), db_t(name)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		found = db_int(rows, 0);
		n = db_int(rows, 1);
	}
	db_done(rows);
	if (rc < 0)
		return rc;
	if (n == 0)
		return err_set(&s->err, ERR_NOTFOUND, "name",
		    _("%s has no such freight template"), courier);
	if (n > 1)
		return err_set(&s->err, ERR_INVALID, "name",
		    _("%s has several freight templates: say the name of one"),
		    courier);
	*id = found;
	return 0;
}

void
freight_template_edit_from(
    struct freight_template_edit *e, const struct freight_template *t)
{
	*e = (struct freight_template_edit){
		.divisor = t->divisor,
		.since = t->since != 0 ? time_day(t->since) : 0,
		.active = t->active != 0,
	};
	copy_text(e->courier, sizeof(e->courier), t->courier);
	copy_text(e->name, sizeof(e->name), t->name);
	copy_text(e->warehouse, sizeof(e->warehouse), t->warehouse);
	copy_text(e->basis, sizeof(e->basis), freight_basis_name(t->basis));
}

/* What was typed, as it is stored. */
struct template_now {
	char name[64];
	int64_t courier_id, warehouse_id, basis, since;
};

static int
check_edit(struct session *s, const struct freight_template_edit *e,
    struct template_now *out)
{
	int rc;

	if ((rc = courier_find(s, e->courier, &out->courier_id)) < 0)
		return rc;
	if (!trim_text(out->name, sizeof(out->name), e->name) ||
	    out->name[0] == '\0' || !utf8_valid(out->name, strlen(out->name)))
		return err_set(
		    &s->err, ERR_INVALID, "name", _("The name is missing"));
	out->warehouse_id = 0;
	if (e->warehouse[0] != '\0' &&
	    (rc = warehouse_find(s, e->warehouse, &out->warehouse_id)) < 0)
		return rc;
	for (out->basis = 0; out->basis < BASIS_MAX; out->basis++)
		if (strcmp(freight_bases[out->basis], e->basis) == 0)
			break;
	if (out->basis == BASIS_MAX)
		return err_set(&s->err, ERR_INVALID, "basis",
		    _("Freight goes by piece, weight or volume"));
	if (e->divisor < 0 || e->divisor > DIVISOR_MAX)
		return err_set(&s->err, ERR_INVALID, "divisor",
		    _("The divisor is between 0 and %d cm3 a kilogram"),
		    DIVISOR_MAX);
	out->since = e->since > 0 ? day_start(e->since) : 0;
	return 0;
}

static const char sql_taken[] =
    "SELECT count(*) FROM freight_template WHERE courier_id = $1"
    " AND name = $2 AND id <> $3";

static int
check_free(struct session *s, struct txn *txn, const struct template_now *t,
    int64_t id)
{
	int64_t n;
	int rc;

	rc = db_fetch1(txn, sql_taken,
	    DB_ARGS(db_i(t->courier_id), db_t(t->name), db_i(id)), &n);
	if (rc < 0 || n == 0)
		return rc;
	return err_set(&s->err, ERR_CONFLICT, "name",
	    _("This courier has a template %s already"), t->name);
}

static const char sql_add[] =
    "INSERT INTO freight_template (courier_id, name, warehouse_id, basis,"
    " divisor, since, active) VALUES ($1, $2, $3, $4, $5, $6, $7)";

static const char sql_save[] =
    "UPDATE freight_template SET courier_id = $1, name = $2,"
    " warehouse_id = $3, basis = $4, divisor = $5, since = $6, active = $7,"
    " version = version + 1 WHERE id = $8 AND ($9 = 0 OR version = $9)";

int
freight_template_write(struct session *s, struct txn *txn, int64_t *id,
    int64_t version, const struct freight_template_edit *e)
{
	struct template_now t;
	int64_t changed;
	int rc;

	if ((rc = check_edit(s, e, &t)) < 0 ||
	    (rc = check_free(s, txn, &t, *id)) < 0)
		return rc;
	const struct db_val vals[] = { db_i(t.courier_id), db_t(t.name),
		db_id(t.warehouse_id), db_i(t.basis), db_i(e->divisor),
		db_i(t.since), db_i(e->active), db_i(*id), db_i(version) };

	if (*id == 0)
		return db_insert(txn, sql_add, vals, 7, id);
	rc = db_exec(txn, sql_save, vals, 9, &changed);
	if (rc == 0 && changed == 0)
		rc = err_set(&s->err, ERR_CONFLICT, "",
		    _("The template %s was changed by someone else meanwhile"),
		    t.name);
	return rc;
}

int
freight_template_add(
    struct session *s, const struct freight_template_edit *e, int64_t *id)
{
	struct txn *txn;
	int rc;

	*id = 0;
	if ((rc = op_begin(s, &op_add, &txn)) < 0)
		return rc;
	rc = freight_template_write(s, txn, id, 0, e);
	if (rc == 0)
		rc = op_commit(s, &op_add, &txn, *id, "%s %s, %s", e->courier,
		    e->name, e->basis);
	op_abort(s, &txn);
	return rc;
}

int
freight_template_save(struct session *s, int64_t id, int64_t version,
    const struct freight_template_edit *e)
{
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_save, &txn)) < 0)
		return rc;
	rc = freight_template_write(s, txn, &id, version, e);
	if (rc == 0)
		rc = op_commit(s, &op_save, &txn, id, "%s %s, %s%s", e->courier,
		    e->name, e->basis, e->active ? "" : ", not used");
	op_abort(s, &txn);
	return rc;
}

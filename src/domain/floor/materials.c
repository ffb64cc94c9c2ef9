/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/shipping.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "ship_priv.h"

/* Boxes, bags, foil: what parcels are packed in. */

static const struct op op_add = { "material-add", PERM_FREIGHT_EDIT,
	"material" };
static const struct op op_save = { "material-save", PERM_FREIGHT_EDIT,
	"material" };

#define GRAMS_MAX 100000
#define COST_MAX  1000000 /* fen */

static void
take_material(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct material *m = out;

	m->id = db_int(rows, 0);
	m->version = db_int(rows, 1);
	m->code = row_text(rows, 2, arena);
	m->name = row_text(rows, 3, arena);
	m->weight = db_int(rows, 4);
	m->cost = db_int(rows, 5);
	m->active = db_int(rows, 6);
}

#define MATERIALS \
	"SELECT m.id, m.version, m.code, m.name, m.weight, m.cost, m.active" \
	" FROM material m WHERE 1 = 1"

static void
hide_costs(const struct session *s, struct page *materials)
{
	struct material *m = materials->rows;
	size_t i;

	for (i = 0; !session_may(s, PERM_COST_VIEW) && i < materials->n; i++)
		m[i].cost = 0;
}

int
material_page(struct session *s, enum page_dir dir, const struct material *from,
    size_t limit, struct page *out)
{
	struct query q = QUERY(MATERIALS);
	const struct query_key key = { "m.code",
		db_t(from != NULL ? from->code : "") };
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_page(&q, &key, 1, false, dir, limit);
	rc = query_fetch(
	    s->db, &q, dir, sizeof(struct material), limit, take_material, out);
	if (rc == 0)
		hide_costs(s, out);
	return rc;
}

int
material_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(MATERIALS);
	const struct query_key key = { "m.id", db_i(0) };
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(&q, "m.id =", db_i(id));
	query_page(&q, &key, 1, false, PAGE_FIRST, 1);
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct material), 1,
	    take_material, out);
	if (rc < 0)
		return rc;
	hide_costs(s, out);
	if (out->n > 0)
		return 0;
	page_free(out);
	return err_set(
	    &s->err, ERR_NOTFOUND, "", _("There is no such packing material"));
}

void
material_edit_from(struct material_edit *e, const struct material *m)
{
	*e = (struct material_edit){
		.weight = m->weight,
		.cost = m->cost,
		.active = m->active != 0,
	};
	copy_text(e->code, sizeof(e->code), m->code);
	copy_text(e->name, sizeof(e->name), m->name);
}

static const char sql_by_code[] = "SELECT id FROM material WHERE code = $1";

int
material_by_code(struct session *s, const char *code, int64_t *id)
{
	char typed[64];
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if (!trim_text(typed, sizeof(typed), code))
		typed[0] = '\0';
	rc = db_get1(s->db, sql_by_code, DB_ARGS(db_t(typed)), id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_NOTFOUND, "code",
		    _("No packing material has the code %s"), typed);
	return rc;
}

/* What was typed is tidied in place. */
static int
check_edit(struct session *s, struct material_edit *e)
{
	if (!trim_text(e->code, sizeof(e->code), e->code) ||
	    e->code[0] == '\0' || !utf8_valid(e->code, strlen(e->code)))
		return err_set(&s->err, ERR_INVALID, "code",
		    _("A packing material has a code that can be scanned"));
	if (!trim_text(e->name, sizeof(e->name), e->name) ||
	    e->name[0] == '\0' || !utf8_valid(e->name, strlen(e->name)))
		return err_set(
		    &s->err, ERR_INVALID, "name", _("The name is missing"));
	if (e->weight < 0 || e->weight > GRAMS_MAX)
		return err_set(&s->err, ERR_INVALID, "weight",
		    _("The weight is between 0 and %d grams"), GRAMS_MAX);
	if (e->cost < 0 || e->cost > COST_MAX)
		return err_set(&s->err, ERR_INVALID, "cost",
		    _("That is too much for packing material"));
	return 0;
}

static const char sql_taken[] =
    "SELECT (SELECT count(*) FROM material WHERE code = $1 AND id <> $2)"
    " + (SELECT count(*) FROM barcode WHERE code = $1)"
    " + (SELECT count(*) FROM variant WHERE sku_code = $1)";

/* At the bench a code is either goods or what they go in. */
static int
check_code(struct session *s, struct txn *txn, int64_t id, const char *code)
{
	int64_t n;
	int rc;

	rc = db_fetch1(txn, sql_taken, DB_ARGS(db_t(code), db_i(id)), &n);
	if (rc < 0 || n == 0)
		return rc;
	return err_set(&s->err, ERR_CONFLICT, "code",
	    _("The code %s is taken: by a product or a packing material"),
	    code);
}

static const char sql_add[] =
    "INSERT INTO material (code, name, weight, cost, active)"
    " VALUES ($3, $4, $5, $6, $7)";
/* Who sees no costs leaves them as they are. */
static const char sql_save[] =
    "UPDATE material SET code = $3, name = $4, weight = $5,"
    " cost = CASE WHEN $8 = 1 THEN $6 ELSE cost END, active = $7,"
    " version = version + 1 WHERE id = $1 AND ($2 = 0 OR version = $2)";

int
material_write(struct session *s, struct txn *txn, int64_t *id, int64_t version,
    struct material_edit *e)
{
	int64_t changed;
	int rc;

	if ((rc = check_edit(s, e)) < 0 ||
	    (rc = check_code(s, txn, *id, e->code)) < 0)
		return rc;
	const struct db_val vals[] = { db_i(*id), db_i(version), db_t(e->code),
		db_t(e->name), db_i(e->weight), db_i(e->cost), db_i(e->active),
		db_i(session_may(s, PERM_COST_VIEW)) };

	if (*id == 0)
		return db_insert(txn, sql_add, vals, 7, id);
	rc = db_exec(txn, sql_save, vals, 8, &changed);
	if (rc == 0 && changed == 0)
		rc = err_set(&s->err, ERR_CONFLICT, "",
		    _("The packing material %s was changed by someone else "
		      "meanwhile"),
		    e->code);
	return rc;
}

static int
keep(struct session *s, const struct op *op, int64_t *id, int64_t version,
    const struct material_edit *edit)
{
	struct material_edit e = *edit;
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, op, &txn)) < 0)
		return rc;
	rc = material_write(s, txn, id, version, &e);
	if (rc == 0)
		rc = op_commit(s, op, &txn, *id, "%s %s, %" PRId64 " g%s",
		    e.code, e.name, e.weight, e.active ? "" : ", not used");
	op_abort(s, &txn);
	return rc;
}

int
material_add(struct session *s, const struct material_edit *e, int64_t *id)
{
	int64_t added = 0;
	int rc = keep(s, &op_add, &added, 0, e);

	if (rc == 0)
		*id = added;
	return rc;
}

int
material_save(struct session *s, int64_t id, int64_t version,
    const struct material_edit *e)
{
	return keep(s, &op_save, &id, version, e);
}

static const char sql_material[] =
    "SELECT id, weight, name FROM material WHERE code = $1 AND active = 1";

int
pack_material(struct session *s, struct packing *p, const char *code)
{
	struct db_rows *rows;
	char typed[64];
	int rc;

	if (!trim_text(typed, sizeof(typed), code))
		typed[0] = '\0';
	if (typed[0] == '\0') {
		p->material.id = p->material.weight = 0;
		p->material.name[0] = '\0';
		return 0;
	}
	rc = db_query(s->db, sql_material, DB_ARGS(db_t(typed)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		p->material.id = db_int(rows, 0);
		p->material.weight = db_int(rows, 1);
		copy_text(p->material.name, sizeof(p->material.name),
		    db_text(rows, 2));
		rc = 0;
	} else if (rc == 0) {
		rc = err_set(&s->err, ERR_NOTFOUND, "material",
		    _("No packing material has the code %s"), typed);
	}
	db_done(rows);
	return rc;
}

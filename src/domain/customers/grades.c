/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/grades.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "grades_priv.h"

/* The grades there are, and who has which. */

static const struct op op_add = { "grade-add", PERM_SALE_EDIT, "grade" };
static const struct op op_save = { "grade-save", PERM_SALE_EDIT, "grade" };
static const struct op op_customer = { "customer-grade", PERM_SALE_EDIT,
	"customer" };

#define GRADES   200
#define PAID_MAX 100000000000000LL

static void
take_grade(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct grade *g = out;

	g->id = db_int(rows, 0);
	g->version = db_int(rows, 1);
	g->name = row_text(rows, 2, arena);
	g->from_paid = db_int(rows, 3);
	g->permille = db_int(rows, 4);
	g->prices = db_int(rows, 5);
}

#define SELECT \
	"SELECT g.id, g.version, g.name, g.from_paid, g.permille," \
	" (SELECT count(*) FROM member_price m WHERE m.grade_id = g.id" \
	" /*scan*/) FROM grade g WHERE 1 = 1"

static int
fetch(struct session *s, const struct query *q, size_t limit, struct page *out)
{
	int rc;

	if ((rc = session_need(s, PERM_CUSTOMER_VIEW)) < 0)
		return rc;
	return query_fetch(
	    s->db, q, PAGE_FIRST, sizeof(struct grade), limit, take_grade, out);
}

int
grade_page(struct session *s, struct page *out)
{
	/* A handful. */
	const struct query q =
	    QUERY(SELECT " ORDER BY g.from_paid, g.id /*scan*/ /*sort*/");

	return fetch(s, &q, GRADES, out);
}

int
grade_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT);
	int rc;

	query_and(&q, "g.id =", db_i(id));
	rc = fetch(s, &q, 1, out);
	return page_one(s, rc, out, "", _("There is no such grade"));
}

static const char sql_by_name[] = "SELECT id FROM grade WHERE name = $1";

/* @rc of a name that is none. */
static int
named(struct session *s, const char *name, int rc, int64_t *id)
{
	char typed[64];
	int found = ERR_NOTFOUND;

	if (trim_text(typed, sizeof(typed), name))
		found = db_get1(s->db, sql_by_name, DB_ARGS(db_t(typed)), id);
	if (found == ERR_NOTFOUND)
		return err_set(&s->err, rc, "grade",
		    _("There is no grade called %.60s"), name);
	return found;
}

int
grade_by_name(struct session *s, const char *name, int64_t *id)
{
	int rc = session_need(s, PERM_CUSTOMER_VIEW);

	return rc < 0 ? rc : named(s, name, ERR_NOTFOUND, id);
}

void
grade_edit_from(struct grade_edit *e, const struct grade *g)
{
	*e = (struct grade_edit){ .from_paid = g->from_paid,
		.permille = g->permille };
	copy_text(e->name, sizeof(e->name), g->name);
}

static const char sql_taken[] =
    "SELECT count(*) FROM grade WHERE name = $1 AND id <> $2";

static int
prepare(struct session *s, struct txn *txn, struct grade_edit *e, int64_t id)
{
	int64_t n;
	int rc;

	if (!trim_text(e->name, sizeof(e->name), e->name) ||
	    e->name[0] == '\0' || !utf8_valid(e->name, strlen(e->name)))
		return err_set(
		    &s->err, ERR_INVALID, "name", _("The name is missing"));
	if (e->from_paid < 0 || e->from_paid > PAID_MAX)
		return err_set(&s->err, ERR_INVALID, "from_paid",
		    _("The amount is too small or too large"));
	if (e->permille < 1 || e->permille > 1000)
		return err_set(&s->err, ERR_INVALID, "permille",
		    _("Members pay from 1 to 1000 per mille of the price"));
	rc = db_fetch1(txn, sql_taken, DB_ARGS(db_t(e->name), db_i(id)), &n);
	if (rc < 0 || n == 0)
		return rc;
	return err_set(&s->err, ERR_CONFLICT, "name",
	    _("There is a grade called %s already"), e->name);
}

static const char sql_add[] =
    "INSERT INTO grade (name, from_paid, permille) VALUES ($3, $4, $5)";
static const char sql_save[] =
    "UPDATE grade SET name = $3, from_paid = $4, permille = $5,"
    " version = version + 1 WHERE id = $1 AND ($2 = 0 OR version = $2)";

int
grade_write(struct session *s, struct txn *txn, int64_t *id, int64_t version,
    struct grade_edit *e)
{
	int64_t changed;
	int rc = prepare(s, txn, e, *id);

	if (rc < 0)
		return rc;
	const struct db_val vals[] = { db_i(*id), db_i(version), db_t(e->name),
		db_i(e->from_paid), db_i(e->permille) };

	if (*id == 0)
		return db_insert(txn, sql_add, vals, 5, id);
	rc = db_exec(txn, sql_save, vals, 5, &changed);
	if (rc == 0 && changed == 0)
		rc = err_set(&s->err, ERR_CONFLICT, "",
		    _("The grade %s was changed by someone else meanwhile"),
		    e->name);
	return rc;
}

static int
keep(struct session *s, const struct op *op, int64_t *id, int64_t version,
    const struct grade_edit *edit)
{
	struct grade_edit e = *edit;
	char paid[MONEY_SIZE];
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, op, &txn)) < 0)
		return rc;
	rc = grade_write(s, txn, id, version, &e);
	if (rc == 0)
		rc = op_commit(s, op, &txn, *id,
		    "%s: %" PRId64 " per mille from %s", e.name, e.permille,
		    money_plain(e.from_paid, paid));
	op_abort(s, &txn);
	return rc;
}

int
grade_add(struct session *s, const struct grade_edit *e, int64_t *id)
{
	int64_t added = 0;
	int rc = keep(s, &op_add, &added, 0, e);

	if (rc == 0)
		*id = added;
	return rc;
}

int
grade_save(
    struct session *s, int64_t id, int64_t version, const struct grade_edit *e)
{
	return keep(s, &op_save, &id, version, e);
}

/* The one that was given, and the highest that was paid for. */
static const char sql_customer[] =
    "SELECT coalesce(g.name, ''), coalesce((SELECT p.name FROM grade p"
    " WHERE p.from_paid <= c.paid ORDER BY p.from_paid DESC, p.id DESC LIMIT 1"
    " /*scan*/ /*sort*/), '') FROM customer c"
    " LEFT JOIN grade g ON g.id = c.grade_id WHERE c.id = $1";

static int
grade_of(struct session *s, int64_t customer_id, struct customer_grade *out)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_customer, DB_ARGS(db_i(customer_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		copy_text(out->name, sizeof(out->name), db_text(rows, 0));
		copy_text(
		    out->proposed, sizeof(out->proposed), db_text(rows, 1));
	}
	db_done(rows);
	if (rc == 0)
		return err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such customer"));
	return rc < 0 ? rc : 0;
}

int
customer_grade(
    struct session *s, int64_t customer_id, struct customer_grade *out)
{
	int rc = session_need(s, PERM_CUSTOMER_VIEW);

	return rc < 0 ? rc : grade_of(s, customer_id, out);
}

static const char sql_give[] =
    "UPDATE customer SET grade_id = $2, version = version + 1 WHERE id = $1";

int
customer_grade_set(struct session *s, int64_t customer_id, const char *grade)
{
	struct customer_grade was = { .name = "" };
	struct txn *txn;
	int64_t id = 0;
	char name[64];
	int rc;

	if (!trim_text(name, sizeof(name), grade))
		name[0] = '\0';
	if ((rc = op_begin(s, &op_customer, &txn)) < 0)
		return rc;
	rc = grade_of(s, customer_id, &was);
	if (rc == 0 && grade[0] != '\0')
		rc = named(s, grade, ERR_INVALID, &id);
	if (rc == 0 && strcmp(was.name, name) != 0) {
		rc = db_exec(
		    txn, sql_give, DB_ARGS(db_i(customer_id), db_id(id)), NULL);
		if (rc == 0)
			rc = op_commit(s, &op_customer, &txn, customer_id,
			    "grade \"%s\" -> \"%s\"", was.name, name);
	}
	op_abort(s, &txn);
	return rc;
}

/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/routing.h"

#include "../core/codes_priv.h"
#include "../core/session_priv.h"
#include "inventory_priv.h"
#include "transfers_priv.h"

/* Transfers, written and changed. */

static const struct op op_add = { "transfer-add", PERM_STOCK_MOVE, "transfer" };
static const struct op op_save = { "transfer-save", PERM_STOCK_MOVE,
	"transfer" };

static int
check_edit(struct session *s, const struct transfer_edit *e)
{
	size_t i;
	int rc;

	if (e->n == 0)
		return err_set(&s->err, ERR_INVALID, "sku",
		    _("A slip has at least one line"));
	if ((rc = check_clean(s, "note", e->note)) < 0)
		return rc;
	for (i = 0; i < e->n; i++)
		if ((rc = check_qty(s, e->lines[i].qty)) < 0)
			return rc;
	return 0;
}

static int
find_ends(struct session *s, const struct transfer_edit *e, int64_t ends[2])
{
	int rc;

	if ((rc = warehouse_find(s, e->from, &ends[0])) < 0)
		return rc;
	if ((rc = warehouse_find(s, e->to, &ends[1])) < 0) {
		copy_text(s->err.field, sizeof(s->err.field), "to");
		return rc;
	}
	if (ends[0] == ends[1])
		return err_set(&s->err, ERR_INVALID, "to",
		    _("The goods are to go to another warehouse"));
	return 0;
}

static const char sql_no_lines[] =
    "DELETE FROM transfer_line WHERE transfer_id = $1";
static const char sql_line[] =
    "INSERT INTO transfer_line (transfer_id, variant_id, qty)"
    " VALUES ($1, $2, $3) ON CONFLICT (transfer_id, variant_id) DO UPDATE"
    " SET qty = transfer_line.qty + excluded.qty";
static const char sql_kit[] = "SELECT kit FROM variant WHERE id = $1";

static int
put_line(struct session *s, struct txn *txn, int64_t id,
    const struct transfer_piece *l)
{
	int64_t variant, kit = 0;
	int rc;

	rc = code_variant(s, l->sku, &variant);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_INVALID, "sku",
		    _("No product has the barcode or code %.60s"), l->sku);
	if (rc == 0)
		rc = db_fetch1(txn, sql_kit, DB_ARGS(db_i(variant)), &kit);
	if (rc < 0)
		return rc;
	if (kit != 0)
		return err_set(&s->err, ERR_STATE, "sku",
		    _("%s is a kit: only what it is made up of is in stock"),
		    l->sku);
	return db_exec(txn, sql_line,
	    DB_ARGS(db_i(id), db_i(variant), db_i(l->qty)), NULL);
}

static int
put_lines(struct session *s, struct txn *txn, int64_t id,
    const struct transfer_edit *e)
{
	size_t i;
	int rc;

	rc = db_exec(txn, sql_no_lines, DB_ARGS(db_i(id)), NULL);
	for (i = 0; rc == 0 && i < e->n; i++)
		rc = put_line(s, txn, id, &e->lines[i]);
	return rc;
}

static const char sql_next[] = "SELECT coalesce(max(id), 0) + 1 FROM transfer";
static const char sql_add[] =
    "INSERT INTO transfer (transfer_no, from_id, to_id, note, staff_id, at)"
    " VALUES ($1, $2, $3, $4, $5, $6)";

static int
add(struct session *s, struct txn *txn, const struct transfer_edit *e,
    char no[32], int64_t *id)
{
	int64_t ends[2], next;
	int rc;

	if ((rc = find_ends(s, e, ends)) < 0 ||
	    (rc = db_fetch1(txn, sql_next, DB_NOARGS, &next)) < 0)
		return rc;
	snprintf(no, 32, "TO-%06" PRId64, next);
	rc = db_insert(txn, sql_add,
	    DB_ARGS(db_t(no), db_i(ends[0]), db_i(ends[1]), db_t(e->note),
		db_i(s->staff_id), db_i(time_now())),
	    id);
	return rc < 0 ? rc : put_lines(s, txn, *id, e);
}

int
transfer_add(struct session *s, const struct transfer_edit *e, int64_t *id)
{
	struct txn *txn;
	char no[32];
	int rc;

	if ((rc = check_edit(s, e)) < 0 ||
	    (rc = op_begin(s, &op_add, &txn)) < 0)
		return rc;
	rc = add(s, txn, e, no, id);
	if (rc == 0)
		rc = op_commit(s, &op_add, &txn, *id, "%s", no);
	op_abort(s, &txn);
	return rc;
}

static const char sql_read[] =
    "SELECT transfer_no, from_id, to_id, state FROM transfer WHERE id = $1";

int
transfer_read(struct session *s, int64_t id, struct transfer_now *t)
{
	struct db_rows *rows;
	int rc;

	*t = (struct transfer_now){ .id = id };
	if ((rc = db_query(s->db, sql_read, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		copy_text(t->no, sizeof(t->no), db_text(rows, 0));
		t->from_id = db_int(rows, 1);
		t->to_id = db_int(rows, 2);
		t->state = (enum transfer_state)db_int(rows, 3);
	}
	db_done(rows);
	if (rc == 0)
		return err_set(&s->err, ERR_NOTFOUND, "transfer_no",
		    _("There is no such transfer"));
	return rc < 0 ? rc : 0;
}

int
transfer_need(
    struct session *s, const struct transfer_now *t, enum transfer_state state)
{
	if (t->state == state)
		return 0;
	return err_set(&s->err, ERR_STATE, "", _("Transfer %s is %s"), t->no,
	    transfer_state_text(t->state));
}

static const char sql_save[] =
    "UPDATE transfer SET from_id = $3, to_id = $4, note = $5,"
    " version = version + 1 WHERE id = $1 AND version = $2";

static int
save(struct session *s, struct txn *txn, const struct transfer_now *t,
    int64_t version, const struct transfer_edit *e)
{
	int64_t ends[2], changed;
	int rc;

	if ((rc = transfer_need(s, t, TRANSFER_WRITTEN)) < 0 ||
	    (rc = find_ends(s, e, ends)) < 0)
		return rc;
	rc = db_exec(txn, sql_save,
	    DB_ARGS(db_i(t->id), db_i(version), db_i(ends[0]), db_i(ends[1]),
		db_t(e->note)),
	    &changed);
	if (rc == 0 && changed == 0)
		return err_set(&s->err, ERR_CONFLICT, "",
		    _("Transfer %s was changed by someone else meanwhile"),
		    t->no);
	return rc < 0 ? rc : put_lines(s, txn, t->id, e);
}

int
transfer_save(struct session *s, int64_t id, int64_t version,
    const struct transfer_edit *e)
{
	struct transfer_now t;
	struct txn *txn;
	int rc;

	if ((rc = check_edit(s, e)) < 0 ||
	    (rc = op_begin(s, &op_save, &txn)) < 0)
		return rc;
	rc = transfer_read(s, id, &t);
	if (rc == 0)
		rc = save(s, txn, &t, version, e);
	if (rc == 0)
		rc = op_commit(s, &op_save, &txn, id, "%s", t.no);
	op_abort(s, &txn);
	return rc;
}

static const struct code states_v[] = {
	{ "written", N_("being written") },
	{ "sent", N_("in transit") },
	{ "arrived", N_("all arrived") },
	{ "cancelled", N_("cancelled") },
};
static const struct codes states = CODES(states_v);

const char *
transfer_state_name(int64_t state)
{
	return code_name(&states, state);
}

const char *
transfer_state_text(int64_t state)
{
	return code_text(&states, state);
}

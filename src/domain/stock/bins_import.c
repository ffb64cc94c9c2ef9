/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/io/sheet_in.h"

#include "../core/session_priv.h"
#include "bins_edit.h"

/* A list of bins out of a file, whole or not at all. */

static const struct op op_import = { "bin-import", PERM_WAREHOUSE_EDIT, "bin" };

enum { C_WAREHOUSE, C_CODE, C_KIND, C_WALK, C_NOTE, COLUMNS };
static const char *const names[COLUMNS][3] = {
	[C_WAREHOUSE] = { "warehouse", "仓库", "仓库名称" },
	[C_CODE] = { "bin", "库位", "库位编码" },
	[C_KIND] = { "kind", "类型", "库位类型" },
	[C_WALK] = { "walk", "顺序", "拣货顺序" },
	[C_NOTE] = { "note", "备注", "说明" },
};

struct reading {
	int col[COLUMNS]; /* -1: the file has it not */
	struct bin_import *sum;
};

static const char *
field(const struct sheet_row *row, int col)
{
	size_t len;

	if (col < 0 || (size_t)col >= row->n)
		return "";
	len = row->lens[col];
	return field_clean((char *)row->fields[col], &len);
}

static int
read_header(struct session *s, struct sheet *sh, struct reading *r)
{
	struct sheet_row row;
	const char *name;
	size_t i, k, c;
	int rc;

	for (c = 0; c < COLUMNS; c++)
		r->col[c] = -1;
	if ((rc = sheet_next(sh, &row)) < 0)
		return rc;
	for (i = 0; rc > 0 && i < row.n; i++) {
		name = field(&row, (int)i);
		for (c = 0; c < COLUMNS; c++)
			for (k = 0; k < 3; k++)
				if (strcmp(name, names[c][k]) == 0)
					r->col[c] = (int)i;
	}
	if (r->col[C_CODE] < 0)
		return err_set(&s->err, ERR_INVALID, "bin",
		    _("The file has no column \"bin\""));
	return 0;
}

static const char sql_there[] =
    "SELECT id, version, kind, walk, note, active FROM bin"
    " WHERE warehouse_id = $1 AND code = $2";

struct there {
	int64_t id, version;
	bool same;
};

static int
look(struct session *s, int64_t warehouse_id, const struct bin_words *w,
    const struct bin_edit *e, struct there *t)
{
	struct db_rows *rows;
	int rc;

	*t = (struct there){ .id = 0 };
	rc = db_query(s->db, sql_there,
	    DB_ARGS(db_i(warehouse_id), db_t(w->code)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		t->id = db_int(rows, 0);
		t->version = db_int(rows, 1);
		t->same = db_int(rows, 2) == (int64_t)w->kind &&
			  db_int(rows, 3) == w->walk &&
			  strcmp(db_text(rows, 4), e->note) == 0 &&
			  db_int(rows, 5) == 1;
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
take_row(struct session *s, struct txn *txn, const struct reading *r,
    const struct sheet_row *row)
{
	struct bin_edit e = { .active = true };
	struct bin_words w;
	struct there t;
	int64_t warehouse;
	int rc;

	copy_text(
	    e.warehouse, sizeof(e.warehouse), field(row, r->col[C_WAREHOUSE]));
	copy_text(e.code, sizeof(e.code), field(row, r->col[C_CODE]));
	copy_text(e.kind, sizeof(e.kind), field(row, r->col[C_KIND]));
	copy_text(e.walk, sizeof(e.walk), field(row, r->col[C_WALK]));
	copy_text(e.note, sizeof(e.note), field(row, r->col[C_NOTE]));
	if ((rc = bin_check(s, &e, &w)) < 0 ||
	    (rc = warehouse_find(s, e.warehouse, &warehouse)) < 0 ||
	    (rc = look(s, warehouse, &w, &e, &t)) < 0)
		return rc;
	r->sum->added += t.id == 0;
	r->sum->same += t.id != 0 && t.same;
	r->sum->changed += t.id != 0 && !t.same;
	if (t.id == 0)
		return bin_put(txn, warehouse, &w, &e, &t.id);
	return t.same ? 0 : bin_change(s, txn, t.id, t.version, &w, &e);
}

static int
take_rows(struct session *s, struct txn *txn, struct sheet *sh,
    const struct reading *r)
{
	struct sheet_row row;
	struct err was;
	int rc;

	while ((rc = sheet_next(sh, &row)) > 0) {
		if (row.bad != NULL)
			rc = err_set(&s->err, ERR_INVALID, "", "%s", row.bad);
		else
			rc = take_row(s, txn, r, &row);
		if (rc >= 0)
			continue;
		was = s->err;
		return err_set(&s->err, (enum err_code)rc, was.field,
		    _("Line %" PRId64 ": %s"), row.line, was.text);
	}
	return rc;
}

int
bins_import(struct session *s, const char *path, struct bin_import *sum)
{
	struct reading r = { .sum = sum };
	struct sheet *sh;
	struct txn *txn;
	int rc;

	*sum = (struct bin_import){ .added = 0 };
	if ((rc = session_need(s, op_import.perm)) < 0 ||
	    (rc = sheet_open(&sh, path, &s->err)) < 0)
		return rc;
	txn = NULL;
	rc = read_header(s, sh, &r);
	if (rc == 0)
		rc = op_begin(s, &op_import, &txn);
	if (rc == 0)
		rc = take_rows(s, txn, sh, &r);
	if (rc == 0)
		rc = op_commit(s, &op_import, &txn, 0,
		    "%" PRId64 " added, %" PRId64 " changed", sum->added,
		    sum->changed);
	op_abort(s, &txn);
	sheet_close(sh);
	return rc;
}

/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"

#include "../core/codes_priv.h"
#include "../core/edit_priv.h"
#include "../core/session_priv.h"
#include "bins_priv.h"

/* Bins by id, by code and by kind, made at need. */

#define BIN_SELECT "SELECT id, warehouse_id, kind, active, code FROM bin"

static int
read_one(struct session *s, const char *sql, const struct db_val *args,
    size_t nargs, struct bin_now *b)
{
	struct db_rows *rows;
	int rc;

	*b = (struct bin_now){ .id = 0 };
	if ((rc = db_query(s->db, sql, args, nargs, &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		b->id = db_int(rows, 0);
		b->warehouse_id = db_int(rows, 1);
		b->kind = (enum bin_kind)db_int(rows, 2);
		b->active = db_int(rows, 3) != 0;
		copy_text(b->code, sizeof(b->code), db_text(rows, 4));
	}
	db_done(rows);
	if (rc == 0)
		return ERR_NOTFOUND;
	return rc < 0 ? rc : 0;
}

static const char sql_by_id[] = BIN_SELECT " WHERE id = $1";

int
bin_read(struct session *s, int64_t id, struct bin_now *b)
{
	int rc = read_one(s, sql_by_id, DB_ARGS(db_i(id)), b);

	if (rc == ERR_NOTFOUND)
		return err_set(
		    &s->err, ERR_NOTFOUND, "bin", _("There is no such bin"));
	return rc;
}

static const char sql_by_code[] =
    BIN_SELECT " WHERE warehouse_id = $1 AND code = $2";

int
bin_find(struct session *s, int64_t warehouse_id, const char *code,
    struct bin_now *b)
{
	int rc = read_one(
	    s, sql_by_code, DB_ARGS(db_i(warehouse_id), db_t(code)), b);

	if (rc == ERR_NOTFOUND)
		return err_set(
		    &s->err, ERR_INVALID, "bin", _("There is no bin %s"), code);
	return rc;
}

int
bin_open(struct session *s, int64_t warehouse_id, const char *code,
    struct bin_now *b)
{
	char typed[BIN_CODE];
	size_t i;
	int rc;

	copy_text(typed, sizeof(typed), code);
	rc = read_one(
	    s, sql_by_code, DB_ARGS(db_i(warehouse_id), db_t(typed)), b);
	if (rc == ERR_NOTFOUND) {
		for (i = 0; typed[i] != '\0'; i++)
			typed[i] = (char)toupper((unsigned char)typed[i]);
		rc = read_one(s, sql_by_code,
		    DB_ARGS(db_i(warehouse_id), db_t(typed)), b);
	}
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_NOTFOUND, "to_bin",
		    _("There is no bin %s"), code);
	if (rc == 0 && !b->active)
		return err_set(&s->err, ERR_STATE, "to_bin",
		    _("Bin %s is closed"), b->code);
	return rc;
}

static const char sql_add[] =
    "INSERT INTO bin (warehouse_id, code, kind, note, along)"
    " VALUES ($1, $2, $3, $4, $5)";

static int
make(struct txn *txn, int64_t warehouse_id, const char *code,
    enum bin_kind kind, const char *note, struct bin_now *b)
{
	char along[BIN_ALONG];

	*b = (struct bin_now){
		.warehouse_id = warehouse_id, .kind = kind, .active = true
	};
	copy_text(b->code, sizeof(b->code), code);
	return db_insert(txn, sql_add,
	    DB_ARGS(db_i(warehouse_id), db_t(code), db_i(kind), db_t(note),
		db_t(bin_along(along, code))),
	    &b->id);
}

int
bin_need(struct session *s, struct txn *txn, int64_t warehouse_id,
    const char *code, struct bin_now *b)
{
	int rc;

	char named[BIN_CODE];

	if ((rc = edit_name(s, "bin", named, code)) < 0)
		return rc;
	rc = read_one(
	    s, sql_by_code, DB_ARGS(db_i(warehouse_id), db_t(code)), b);
	if (rc == ERR_NOTFOUND)
		return make(txn, warehouse_id, code, BIN_PICK, "", b);
	if (rc == 0 && !b->active)
		return err_set(
		    &s->err, ERR_STATE, "bin", _("Bin %s is closed"), code);
	return rc;
}

static const char sql_by_kind[] =
    BIN_SELECT " WHERE warehouse_id = $1 AND kind = $2 AND active = 1"
	       " ORDER BY walk, along LIMIT 1";

/* Codes that any scanner reads, whatever the language. */
static const struct {
	const char *code, *note;
} own[BIN_KINDS] = {
	[BIN_PICK] = { "", "" },
	[BIN_RESERVE] = { "RESERVE", N_("reserve") },
	[BIN_DEFECTIVE] = { "DEFECT", N_("defective goods") },
	[BIN_TO_PUT] = { "DOCK", N_("goods to be put away") },
};

int
bin_of_kind(struct session *s, struct txn *txn, int64_t warehouse_id,
    enum bin_kind kind, struct bin_now *b)
{
	char code[BIN_CODE];
	int rc, i;

	if (kind == BIN_PICK)
		return bin_need(s, txn, warehouse_id, "", b);
	rc = read_one(
	    s, sql_by_kind, DB_ARGS(db_i(warehouse_id), db_i(kind)), b);
	/* The code may be taken by a bin of another kind, or a closed one. */
	for (i = 1; rc == ERR_NOTFOUND; i++) {
		if (i == 1)
			copy_text(code, sizeof(code), own[kind].code);
		else
			snprintf(
			    code, sizeof(code), "%s-%d", own[kind].code, i);
		rc = read_one(
		    s, sql_by_code, DB_ARGS(db_i(warehouse_id), db_t(code)), b);
		if (rc == ERR_NOTFOUND)
			return make(txn, warehouse_id, code, kind,
			    _(own[kind].note), b);
		if (rc == 0)
			rc = ERR_NOTFOUND;
	}
	return rc;
}

static const char sql_holds[] =
    "SELECT coalesce((SELECT qty FROM bin_stock WHERE variant_id = $2"
    " AND bin_id = $1), 0)";

int
bin_holds(struct session *s, int64_t bin_id, int64_t variant_id, int64_t *qty)
{
	return db_get1(
	    s->db, sql_holds, DB_ARGS(db_i(bin_id), db_i(variant_id)), qty);
}

static const struct code kinds_v[] = {
	{ "pick", N_("pick bin") },
	{ "reserve", N_("reserve") },
	{ "defective", N_("defective goods") },
	{ "to_put", N_("goods to be put away") },
};
static const struct codes kinds = CODES(kinds_v);

const char *
bin_kind_name(int64_t kind)
{
	return code_name(&kinds, kind);
}

const char *
bin_kind_text(int64_t kind)
{
	return code_text(&kinds, kind);
}

int
bin_kind_by_name(const char *word)
{
	return code_by_name(&kinds, word);
}

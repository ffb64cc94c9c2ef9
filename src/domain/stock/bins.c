/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/routing.h"

#include "../core/edit_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "bins_edit.h"
#include "bins_priv.h"
#include "stock_priv.h"

/* Bins, added and changed. */

static const struct op op_add = { "bin-add", PERM_WAREHOUSE_EDIT, "bin" };
static const struct op op_save = { "bin-save", PERM_WAREHOUSE_EDIT, "bin" };

/* A number's digits behind how many there are. */
static size_t
put_number(char *out, const char *digits, size_t n)
{
	while (n > 0 && *digits == '0')
		digits++, n--;
	out[0] = '0';
	out[1] = (char)('A' + (n < 60 ? n : 60));
	memcpy(out + 2, digits, n);
	return n + 2;
}

const char *
bin_along(char out[BIN_ALONG], const char *code)
{
	const char *c = code;
	size_t n = 0, digits;

	while (*c != '\0') {
		digits = strspn(c, "0123456789");
		if (digits > 0)
			n += put_number(out + n, c, digits);
		else
			out[n++] = *c;
		c += digits > 0 ? digits : 1;
	}
	/* are two. */
	out[n++] = '\t';
	memcpy(out + n, code, strlen(code) + 1);
	return out;
}

int
bin_compare(
    int64_t walk, const char *code, int64_t other_walk, const char *other_code)
{
	char a[BIN_ALONG], b[BIN_ALONG];

	if (walk != other_walk)
		return walk < other_walk ? -1 : 1;
	return strcmp(bin_along(a, code), bin_along(b, other_code));
}

static const char sql_codes[] =
    "SELECT id, code FROM bin WHERE along = '' /*scan*/";
static const char sql_along[] = "UPDATE bin SET along = $2 WHERE id = $1";

static int
write_along(struct session *s, struct txn *txn)
{
	char along[BIN_ALONG];
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_codes, NULL, 0, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		bin_along(along, db_text(rows, 1));
		rc = db_exec(txn, sql_along,
		    DB_ARGS(db_i(db_int(rows, 0)), db_t(along)), NULL);
		if (rc < 0)
			break;
	}
	db_done(rows);
	return rc;
}

int
bins_along_due(struct session *s)
{
	return session_due(s, "bins_along_due", write_along);
}

void
bin_edit_from(struct bin_edit *e, const struct bin *b)
{
	*e = (struct bin_edit){ .active = b->active != 0 };
	copy_text(e->warehouse, sizeof(e->warehouse), b->warehouse);
	copy_text(e->code, sizeof(e->code), b->code);
	copy_text(e->kind, sizeof(e->kind), bin_kind_text(b->kind));
	snprintf(e->walk, sizeof(e->walk), "%" PRId64, b->walk);
	copy_text(e->note, sizeof(e->note), b->note);
}

static bool
is_number(const char *text, int64_t *n)
{
	char *end;

	*n = strtoll(text, &end, 10);
	while (*end == ' ')
		end++;
	return *end == '\0' && *n >= 0 && *n <= 1000000000;
}

int
bin_check(struct session *s, const struct bin_edit *e, struct bin_words *out)
{
	char kind[sizeof(e->kind)];
	int rc, k = BIN_PICK;

	*out = (struct bin_words){ .walk = 0 };
	if ((rc = edit_name(s, "code", out->code, e->code)) < 0)
		return rc;
	if (out->code[0] == '\0')
		return err_set(
		    &s->err, ERR_INVALID, "code", _("The bin has no code"));
	if (!trim_text(kind, sizeof(kind), e->kind) ||
	    (kind[0] != '\0' && (k = bin_kind_by_name(kind)) < 0))
		return err_set(&s->err, ERR_INVALID, "kind",
		    _("%s is no kind of bin: pick bin, reserve, defective "
		      "goods or goods to be put away"),
		    e->kind);
	out->kind = (enum bin_kind)k;
	if (!is_number(e->walk, &out->walk))
		return err_set(&s->err, ERR_INVALID, "walk",
		    _("The walking order is a number: 10, 20, 30"));
	if (!utf8_valid(e->note, strlen(e->note)))
		return err_set(&s->err, ERR_INVALID, "note",
		    _("The text is not valid UTF-8"));
	return 0;
}

static const char sql_taken[] =
    "SELECT count(*) FROM bin WHERE warehouse_id = $1 AND code = $2"
    " AND id <> $3";

static int
check_free(struct session *s, struct txn *txn, int64_t warehouse_id,
    const char *code, int64_t id)
{
	int64_t n;
	int rc;

	rc = db_fetch1(txn, sql_taken,
	    DB_ARGS(db_i(warehouse_id), db_t(code), db_i(id)), &n);
	if (rc == 0 && n > 0)
		return err_set(&s->err, ERR_CONFLICT, "code",
		    _("There is a bin %s already"), code);
	return rc;
}

static const char sql_add[] =
    "INSERT INTO bin (warehouse_id, code, kind, walk, active, note, along)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";

int
bin_put(struct txn *txn, int64_t warehouse_id, const struct bin_words *w,
    const struct bin_edit *e, int64_t *id)
{
	char along[BIN_ALONG];

	return db_insert(txn, sql_add,
	    DB_ARGS(db_i(warehouse_id), db_t(w->code), db_i(w->kind),
		db_i(w->walk), db_i(e->active), db_t(e->note),
		db_t(bin_along(along, w->code))),
	    id);
}

int
bin_add(struct session *s, const struct bin_edit *e, int64_t *id)
{
	struct bin_words w;
	struct txn *txn;
	int64_t warehouse;
	int rc;

	if ((rc = bin_check(s, e, &w)) < 0 ||
	    (rc = op_begin(s, &op_add, &txn)) < 0)
		return rc;
	rc = warehouse_find(s, e->warehouse, &warehouse);
	if (rc == 0)
		rc = check_free(s, txn, warehouse, w.code, 0);
	if (rc == 0)
		rc = bin_put(txn, warehouse, &w, e, id);
	if (rc == 0)
		rc = op_commit(s, &op_add, &txn, *id, "%s %s", w.code,
		    bin_kind_name(w.kind));
	op_abort(s, &txn);
	return rc;
}

static const char sql_used[] =
    "SELECT (SELECT count(*) FROM (SELECT 1 FROM bin_stock"
    " WHERE bin_id = $1 LIMIT 1) a)";
static const char sql_home[] =
    "SELECT count(*) FROM (SELECT 1 FROM stock WHERE bin = $2 AND bin <> ''"
    " AND warehouse_id = $1 LIMIT 1) b";

/* Another kind, or closed: nothing may lie there, nor be at home. */
static int
check_empty(struct session *s, struct txn *txn, const struct bin_now *b)
{
	int64_t n;
	int rc;

	rc = db_fetch1(txn, sql_used, DB_ARGS(db_i(b->id)), &n);
	if (rc == 0 && n > 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Goods lie in bin %s: move them first"), b->code);
	if (rc == 0)
		rc = db_fetch1(txn, sql_home,
		    DB_ARGS(db_i(b->warehouse_id), db_t(b->code)), &n);
	if (rc == 0 && n > 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Bin %s is where a product is picked from: give that "
		      "another bin first"),
		    b->code);
	return rc;
}

static const char sql_save[] =
    "UPDATE bin SET code = $3, kind = $4, walk = $5, active = $6, note = $7,"
    " along = $8, version = version + 1 WHERE id = $1 AND version = $2";
/* Products that are at home there go along with a new code. */
static const char sql_renamed[] =
    "UPDATE stock SET bin = $3 WHERE bin = $2 AND bin <> ''"
    " AND warehouse_id = $1";

int
bin_change(struct session *s, struct txn *txn, int64_t id, int64_t version,
    const struct bin_words *w, const struct bin_edit *e)
{
	char along[BIN_ALONG];
	struct bin_now b;
	int64_t changed;
	int rc;

	if ((rc = bin_read(s, id, &b)) < 0)
		return rc;
	if (b.code[0] == '\0')
		return err_set(&s->err, ERR_STATE, "",
		    _("What is no bin in particular stays as it is"));
	if ((rc = check_free(s, txn, b.warehouse_id, w->code, id)) < 0)
		return rc;
	if ((w->kind != b.kind || (b.active && !e->active)) &&
	    (rc = check_empty(s, txn, &b)) < 0)
		return rc;
	rc = db_exec(txn, sql_save,
	    DB_ARGS(db_i(id), db_i(version), db_t(w->code), db_i(w->kind),
		db_i(w->walk), db_i(e->active), db_t(e->note),
		db_t(bin_along(along, w->code))),
	    &changed);
	if (rc == 0 && changed == 0)
		return err_set(&s->err, ERR_CONFLICT, "",
		    _("Bin %s was changed by someone else meanwhile"), b.code);
	if (rc == 0 && strcmp(w->code, b.code) != 0)
		rc = db_exec(txn, sql_renamed,
		    DB_ARGS(db_i(b.warehouse_id), db_t(b.code), db_t(w->code)),
		    NULL);
	return rc;
}

int
bin_save(
    struct session *s, int64_t id, int64_t version, const struct bin_edit *e)
{
	struct bin_words w;
	struct txn *txn;
	int rc;

	if ((rc = bin_check(s, e, &w)) < 0 ||
	    (rc = op_begin(s, &op_save, &txn)) < 0)
		return rc;
	rc = bin_change(s, txn, id, version, &w, e);
	if (rc == 0)
		rc = op_commit(s, &op_save, &txn, id, "%s %s%s", w.code,
		    bin_kind_name(w.kind), e->active ? "" : ", closed");
	op_abort(s, &txn);
	return rc;
}

static const char sql_scan[] =
    "SELECT id FROM bin WHERE warehouse_id = $1 AND code = $2 AND code <> ''";
/* In this warehouse before any other. */
static const char sql_anywhere[] =
    "SELECT b.id FROM warehouse w JOIN bin b ON b.warehouse_id = w.id"
    " AND b.code = $2 WHERE b.code <> ''"
    " ORDER BY CASE WHEN w.id = $1 THEN 0 ELSE w.id END LIMIT 1"
    " /*scan*/ /*sort*/";

static int
scan(struct session *s, const char *sql, int64_t warehouse_id, const char *code,
    int64_t *id)
{
	int64_t of = warehouse_id != 0 ? warehouse_id : WAREHOUSE_MAIN;
	char typed[BIN_CODE];
	size_t i;
	int rc, pass;

	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	rc = ERR_NOTFOUND;
	if (trim_text(typed, sizeof(typed), code))
		for (pass = 0; pass < 2 && rc == ERR_NOTFOUND; pass++) {
			rc = db_get1(
			    s->db, sql, DB_ARGS(db_i(of), db_t(typed)), id);
			for (i = 0; typed[i] != '\0'; i++)
				typed[i] =
				    (char)toupper((unsigned char)typed[i]);
		}
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_NOTFOUND, "bin",
		    _("There is no bin %.60s"), code);
	return rc;
}

int
bin_scan(struct session *s, int64_t warehouse_id, const char *code, int64_t *id)
{
	return scan(s, sql_scan, warehouse_id, code, id);
}

int
bin_scan_anywhere(struct session *s, const char *code, int64_t *id)
{
	return scan(s, sql_anywhere, s->floor, code, id);
}

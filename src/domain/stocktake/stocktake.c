/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/routing.h"

#include "../core/codes_priv.h"
#include "../core/session_priv.h"
#include "../stock/bins_priv.h"
#include "../stock/inventory_priv.h"
#include "stocktake_priv.h"

/* Counts, begun: which products in which bins are to be counted. */

static const struct op op_start = { "count-start", PERM_COUNT, "stocktake" };

static const struct code kinds_v[] = {
	[STOCKTAKE_FULL] = { "full", N_("full count") },
	{ "spot", N_("spot check") },
	{ "bin", N_("by bin") },
	{ "month", N_("of the month") },
	{ "year", N_("of the year") },
};
static const struct code states_v[] = {
	{ "counting", N_("being counted") },
	{ "counted", N_("all counted") },
	{ "posted", N_("posted") },
	{ "cancelled", N_("cancelled") },
};
static const struct code line_states_v[] = {
	{ "to_count", N_("to be counted") },
	{ "counted", N_("is counted") },
	{ "again", N_("to be counted again") },
	{ "recounted", N_("counted again") },
};
static const struct codes kinds = CODES(kinds_v), states = CODES(states_v),
			  line_states = CODES(line_states_v);

const char *
stocktake_kind_name(int64_t kind)
{
	return code_name(&kinds, kind);
}

const char *
stocktake_kind_text(int64_t kind)
{
	return code_text(&kinds, kind);
}

int
stocktake_kind_by_name(const char *word)
{
	return code_by_name(&kinds, word);
}

const char *
stocktake_state_name(int64_t state)
{
	return code_name(&states, state);
}

const char *
stocktake_state_text(int64_t state)
{
	return code_text(&states, state);
}

const char *
stocktake_line_state_name(int64_t state)
{
	return code_name(&line_states, state);
}

const char *
stocktake_line_state_text(int64_t state)
{
	return code_text(&line_states, state);
}

static const char sql_read[] =
    "SELECT count_no, kind, warehouse_id, state, blind, line_n, counted_n"
    " FROM stocktake WHERE id = $1";

int
stocktake_read(struct session *s, int64_t id, struct stocktake_now *t)
{
	struct db_rows *rows;
	int rc;

	*t = (struct stocktake_now){ .id = id };
	if ((rc = db_query(s->db, sql_read, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		copy_text(t->no, sizeof(t->no), db_text(rows, 0));
		t->kind = db_int(rows, 1);
		t->warehouse_id = db_int(rows, 2);
		t->state = (enum stocktake_state)db_int(rows, 3);
		t->blind = db_int(rows, 4) != 0;
		t->line_n = db_int(rows, 5);
		t->counted_n = db_int(rows, 6);
	}
	db_done(rows);
	if (rc == 0)
		return err_set(&s->err, ERR_NOTFOUND, "count_no",
		    _("There is no such count"));
	return rc < 0 ? rc : 0;
}

int
stocktake_need(struct session *s, const struct stocktake_now *t,
    enum stocktake_state state)
{
	if (t->state == state)
		return 0;
	return err_set(&s->err, ERR_STATE, "", _("Count %s is %s"), t->no,
	    stocktake_state_text(t->state));
}

static const char sql_sums[] =
    "UPDATE stocktake SET version = version + 1, line_n = (SELECT count(*)"
    " FROM stocktake_line WHERE stocktake_id = $1), counted_n = (SELECT"
    " count(*) FROM stocktake_line WHERE stocktake_id = $1"
    " AND state IN (1, 3)), gain = (SELECT coalesce(sum(value), 0)"
    " FROM stocktake_line WHERE stocktake_id = $1 AND value > 0),"
    " loss = (SELECT -coalesce(sum(value), 0) FROM stocktake_line"
    " WHERE stocktake_id = $1 AND value < 0) WHERE id = $1";

int
stocktake_sums(struct txn *txn, int64_t id)
{
	return db_exec(txn, sql_sums, DB_ARGS(db_i(id)), NULL);
}

#define GOODS_OF \
	"INSERT INTO stocktake_line (stocktake_id, bin_id, variant_id)" \
	" SELECT $1, b.id, v.id FROM bin b JOIN bin_stock l ON l.bin_id = b.id" \
	" JOIN variant v ON v.id = l.variant_id WHERE b.warehouse_id = $2" \
	" AND v.kit = 0 AND l.qty <> 0"
#define AS_ONE_WALKS " ORDER BY b.walk, b.along, v.sku_code /*sort*/"
/* Everything that lies in the warehouse. */
static const char sql_all[] = GOODS_OF AS_ONE_WALKS;
/* A product, wherever it lies or is at home. */
static const char sql_product[] =
    "INSERT INTO stocktake_line (stocktake_id, bin_id, variant_id)"
    " SELECT $1, b.id, $3 FROM bin b WHERE b.warehouse_id = $2 AND (b.id IN"
    " (SELECT bin_id FROM bin_stock WHERE variant_id = $3 AND qty <> 0)"
    " OR b.code = coalesce((SELECT bin FROM stock WHERE variant_id = $3"
    " AND warehouse_id = $2), '')) ORDER BY b.walk, b.along /*sort*/"
    " ON CONFLICT (stocktake_id, bin_id, variant_id) DO NOTHING";
static const char sql_kit[] = "SELECT kit FROM variant WHERE id = $1";

static int
add_product(struct session *s, struct txn *txn, const struct stocktake_now *t,
    const char *code)
{
	int64_t variant, kit = 0;
	int rc = code_variant(s, code, &variant);

	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_INVALID, "codes",
		    _("No product has the barcode or code %.60s"), code);
	if (rc == 0)
		rc = db_fetch1(txn, sql_kit, DB_ARGS(db_i(variant)), &kit);
	if (rc < 0)
		return rc;
	if (kit != 0)
		return err_set(&s->err, ERR_STATE, "codes",
		    _("%s is a kit: only what it is made up of is in stock"),
		    code);
	return db_exec(txn, sql_product,
	    DB_ARGS(db_i(t->id), db_i(t->warehouse_id), db_i(variant)), NULL);
}

static const char sql_bin[] =
    "INSERT INTO stocktake_bin (stocktake_id, bin_id) VALUES ($1, $2)"
    " ON CONFLICT (stocktake_id, bin_id) DO NOTHING";
/* What lies in those that were named. */
static const char sql_bin_goods[] = GOODS_OF
    " AND b.id IN (SELECT bin_id FROM stocktake_bin WHERE stocktake_id = $1)" AS_ONE_WALKS;

static int
add_bin(struct session *s, struct txn *txn, const struct stocktake_now *t,
    const char *code)
{
	int64_t bin;
	int rc = bin_scan(s, t->warehouse_id, code, &bin);

	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_INVALID, "codes",
		    _("There is no bin %.60s"), code);
	return rc < 0 ? rc
		      : db_exec(txn, sql_bin, DB_ARGS(db_i(t->id), db_i(bin)),
			    NULL);
}

#define BLANKS " ,;\t\n"

/* Each of the codes, which have blanks between. */
static int
add_named(struct session *s, struct txn *txn, const struct stocktake_now *t,
    const char *codes)
{
	char code[64];
	size_t len;
	int rc = 0;

	for (codes += strspn(codes, BLANKS); rc == 0 && codes[0] != '\0';
	     codes += len, codes += strspn(codes, BLANKS)) {
		len = strcspn(codes, BLANKS);
		snprintf(code, sizeof(code), "%.*s", (int)len, codes);
		rc = t->kind == STOCKTAKE_BINS ? add_bin(s, txn, t, code)
					       : add_product(s, txn, t, code);
	}
	return rc;
}

static const char sql_next[] = "SELECT coalesce(max(id), 0) + 1 FROM stocktake";
static const char sql_add[] =
    "INSERT INTO stocktake (count_no, kind, warehouse_id, blind, note,"
    " staff_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
static const char sql_line_n[] =
    "SELECT line_n + (SELECT count(*) FROM stocktake_bin"
    " WHERE stocktake_id = $1) FROM stocktake WHERE id = $1";

static int
start(struct session *s, struct txn *txn, const struct stocktake_edit *e,
    struct stocktake_now *t)
{
	int64_t n;
	int rc;

	if ((rc = warehouse_find(s, e->warehouse, &t->warehouse_id)) < 0 ||
	    (rc = db_fetch1(txn, sql_next, DB_NOARGS, &n)) < 0)
		return rc;
	snprintf(t->no, sizeof(t->no), "CT-%06" PRId64, n);
	rc = db_insert(txn, sql_add,
	    DB_ARGS(db_t(t->no), db_i(t->kind), db_i(t->warehouse_id),
		db_i(strcmp(e->blind, "no") != 0), db_t(e->note),
		db_i(s->staff_id), db_i(time_now())),
	    &t->id);
	if (rc == 0 && (t->kind == STOCKTAKE_SPOT || t->kind == STOCKTAKE_BINS))
		rc = add_named(s, txn, t, e->codes);
	if (rc == 0 && t->kind != STOCKTAKE_SPOT)
		rc = db_exec(txn,
		    t->kind == STOCKTAKE_BINS ? sql_bin_goods : sql_all,
		    DB_ARGS(db_i(t->id), db_i(t->warehouse_id)), NULL);
	if (rc == 0)
		rc = stocktake_sums(txn, t->id);
	if (rc == 0)
		rc = db_fetch1(txn, sql_line_n, DB_ARGS(db_i(t->id)), &n);
	if (rc == 0 && n == 0)
		return err_set(&s->err, ERR_STATE, "codes",
		    _("There is nothing to be counted"));
	return rc;
}

static int
check(struct session *s, const struct stocktake_edit *e, int kind)
{
	int rc;

	if (kind < 0)
		return err_set(&s->err, ERR_INVALID, "kind",
		    _("%s is no kind of count: full, spot, bin, month or year"),
		    e->kind);
	if (kind == STOCKTAKE_SPOT && e->codes[strspn(e->codes, BLANKS)] == 0)
		return err_set(&s->err, ERR_INVALID, "codes",
		    _("Which products are to be counted?"));
	if (kind == STOCKTAKE_BINS && e->codes[strspn(e->codes, BLANKS)] == 0)
		return err_set(&s->err, ERR_INVALID, "codes",
		    _("Which bins are to be counted?"));
	if ((rc = check_clean(s, "codes", e->codes)) < 0)
		return rc;
	return check_clean(s, "note", e->note);
}

int
stocktake_start(struct session *s, const struct stocktake_edit *e, int64_t *id)
{
	int kind = stocktake_kind_by_name(e->kind);
	struct stocktake_now t = { .kind = kind };
	struct txn *txn;
	int rc;

	if ((rc = check(s, e, kind)) < 0 ||
	    (rc = op_begin(s, &op_start, &txn)) < 0)
		return rc;
	rc = start(s, txn, e, &t);
	if (rc == 0)
		rc = op_commit(s, &op_start, &txn, t.id, "%s %s", t.no,
		    stocktake_kind_name(kind));
	op_abort(s, &txn);
	if (rc == 0)
		*id = t.id;
	return rc;
}

/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../orders/order_priv.h"
#include "../stock/stock_priv.h"
#include "waves_priv.h"

/* Picking by scan: each counts at once, and for all who are at the wave. */

static const struct op op_pick = { "wave-pick", PERM_ORDER_SHIP, "wave" };
static const struct op op_paper = { "wave-picked", PERM_ORDER_SHIP, "wave" };

static bool
lacks(const struct wave_line *l)
{
	return l->picked < l->need;
}

/* What to take next, going on from line @at; NULL: everything is there. */
static const struct wave_line *
line_next(const struct page *lines, size_t at)
{
	const struct wave_line *l = lines->rows;
	size_t i;

	for (i = at; i < lines->n; i++)
		if (lacks(&l[i]))
			return &l[i];
	for (i = 0; i < at && i < lines->n; i++)
		if (lacks(&l[i]))
			return &l[i];
	return NULL;
}

static void
tell_line(struct wave_scan *out, const struct wave_line *l)
{
	copy_text(out->sku, sizeof(out->sku), l->sku_code);
	copy_text(out->name, sizeof(out->name), l->name);
	copy_text(out->bin, sizeof(out->bin), l->bin);
	out->have = l->picked;
	out->need = l->need;
}

static void
tell_next(struct wave_scan *out, const struct page *lines, size_t at)
{
	const struct wave_line *next = line_next(lines, at), *l = lines->rows;
	size_t i;

	out->left = 0;
	for (i = 0; i < lines->n; i++)
		out->left += l[i].need - l[i].picked;
	if (next == NULL)
		return;
	copy_text(out->next_sku, sizeof(out->next_sku), next->sku_code);
	copy_text(out->next_name, sizeof(out->next_name), next->name);
	copy_text(out->next_bin, sizeof(out->next_bin), next->bin);
}

/* Is it a bin of this wave? Then what to take there is told. */
static bool
is_bin(const struct page *lines, const char *code, struct wave_scan *out)
{
	const struct wave_line *l = lines->rows;
	size_t i, at = 0;
	bool bin = false;

	if (code[0] == '\0')
		return false;
	for (i = 0; i < lines->n; i++) {
		if (strcasecmp(l[i].bin, code) != 0)
			continue;
		if (!bin || (!lacks(&l[at]) && lacks(&l[i])))
			at = i;
		bin = true;
	}
	if (!bin)
		return false;
	out->said = lacks(&l[at]) ? WAVE_BIN : WAVE_EMPTY;
	tell_line(out, &l[at]);
	tell_next(out, lines, at);
	return true;
}

static const char sql_pick[] =
    "UPDATE wave_line SET picked = picked + $3"
    " WHERE wave_id = $1 AND variant_id = $2 AND picked + $3 <= need";
static const char sql_picker[] =
    "UPDATE wave SET picker_id = $2 WHERE id = $1 AND picker_id IS NULL";

/* The name of a product that the wave has not. */
static const char sql_name[] =
    "SELECT sku_code, name FROM variant WHERE id = $1";

static int
tell_other(struct session *s, int64_t variant_id, struct wave_scan *out)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_name, DB_ARGS(db_i(variant_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		copy_text(out->sku, sizeof(out->sku), row_text(rows, 0, NULL));
		copy_text(
		    out->name, sizeof(out->name), row_text(rows, 1, NULL));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* Which line a product is of; .n: none. */
static size_t
line_of(const struct page *lines, int64_t variant_id)
{
	const struct wave_line *l = lines->rows;
	size_t i;

	for (i = 0; i < lines->n; i++)
		if (l[i].variant_id == variant_id)
			break;
	return i;
}

/* 1 when something was counted. */
static int
pick_line(struct session *s, struct txn *txn, const struct wave_now *w,
    struct page *lines, size_t at, int64_t qty, struct wave_scan *out)
{
	struct wave_line *l = (struct wave_line *)lines->rows + at;
	int64_t changed = 0;
	int rc;

	rc = db_exec(txn, sql_pick,
	    DB_ARGS(db_i(w->id), db_i(l->variant_id), db_i(qty)), &changed);
	if (rc < 0)
		return rc;
	if (changed > 0)
		l->picked += qty;
	tell_line(out, l);
	tell_next(out, lines, at);
	out->said = changed == 0               ? WAVE_MANY
		    : out->next_sku[0] == '\0' ? WAVE_ALL
					       : WAVE_OK;
	if (changed == 0)
		return 0;
	rc = db_exec(
	    txn, sql_picker, DB_ARGS(db_i(w->id), db_i(s->staff_id)), NULL);
	if (rc == 0)
		rc = wave_settle(s, txn, w->id);
	return rc < 0 ? rc : 1;
}

static int
pick(struct session *s, struct txn *txn, const struct wave_now *w,
    const char *code, int64_t qty, struct wave_scan *out)
{
	struct page lines;
	int64_t variant;
	size_t at;
	int rc;

	if ((rc = wave_lines_read(s, w->id, &lines)) < 0)
		return rc;
	if (is_bin(&lines, code, out)) {
		page_free(&lines);
		return 0;
	}
	rc = code_variant(s, code, &variant);
	at = rc == 0 ? line_of(&lines, variant) : lines.n;
	if (rc == 0 && at < lines.n) {
		rc = pick_line(s, txn, w, &lines, at, qty, out);
	} else if (rc == 0 || rc == ERR_NOTFOUND) {
		out->said = rc == 0 ? WAVE_WRONG : WAVE_UNKNOWN;
		tell_next(out, &lines, 0);
		rc = rc == 0 ? tell_other(s, variant, out) : 0;
	}
	page_free(&lines);
	return rc;
}

int
wave_not_open(struct session *s, const struct wave_now *w)
{
	/* TRANSLATORS: wave number, its state */
	return err_set(&s->err, ERR_STATE, "", _("Wave %s is %s"), w->wave_no,
	    wave_state_text(w->state));
}

#define QTY_MAX 100000

int
wave_pick(struct session *s, int64_t id, const char *code, int64_t qty,
    struct wave_scan *out)
{
	struct wave_now w = { 0 };
	struct txn *txn;
	char typed[64];
	int rc;

	*out = (struct wave_scan){ .said = WAVE_UNKNOWN };
	if (qty < 1 || qty > QTY_MAX)
		return err_set(&s->err, ERR_INVALID, "qty",
		    _("How many were picked? A number above zero"));
	if (!trim_text(typed, sizeof(typed), code))
		typed[0] = '\0';
	if ((rc = op_begin(s, &op_pick, &txn)) < 0)
		return rc;
	if ((rc = wave_now(s, txn, id, &w)) == 0 && w.state != WAVE_OPEN)
		rc = wave_not_open(s, &w);
	if (rc == 0)
		rc = pick(s, txn, &w, typed, qty, out);
	if (rc > 0)
		rc = op_commit(s, &op_pick, &txn, id, "%s %s x %" PRId64,
		    w.wave_no, out->sku, qty);
	op_abort(s, &txn);
	return rc;
}

static const char sql_left[] =
    "SELECT coalesce(sum(need - picked), 0) FROM wave_line WHERE wave_id = $1";
static const char sql_all[] =
    "UPDATE wave_line SET picked = need WHERE wave_id = $1 AND picked < need";

static int
pick_all(struct session *s, struct txn *txn, int64_t id, int64_t *pieces)
{
	int rc = db_fetch1(txn, sql_left, DB_ARGS(db_i(id)), pieces);

	if (rc == 0)
		rc = db_exec(txn, sql_all, DB_ARGS(db_i(id)), NULL);
	if (rc == 0)
		rc = db_exec(txn, sql_picker,
		    DB_ARGS(db_i(id), db_i(s->staff_id)), NULL);
	return rc < 0 ? rc : wave_settle(s, txn, id);
}

int
wave_picked(struct session *s, int64_t id, int64_t *pieces)
{
	struct wave_now w = { 0 };
	struct txn *txn;
	int64_t n = 0;
	int rc;

	if ((rc = op_begin(s, &op_paper, &txn)) < 0)
		return rc;
	if ((rc = wave_now(s, txn, id, &w)) == 0 && w.state != WAVE_OPEN)
		rc = wave_not_open(s, &w);
	if (rc == 0)
		rc = pick_all(s, txn, id, &n);
	if (rc == 0)
		rc = op_commit(
		    s, &op_paper, &txn, id, "%s, %" PRId64, w.wave_no, n);
	op_abort(s, &txn);
	if (rc == 0)
		*pieces = n;
	return rc;
}

/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../orders/order_priv.h"
#include "../stock/stock_priv.h"
#include "waves_priv.h"

/* The shelf holds less than the wave needs: who gets what there is. */

static const struct op op_short = { "wave-short", PERM_ORDER_SHIP, "wave" };

#define SLOTS_MAX 20000 /* settings bound a wave to far fewer */

/* A slot that wants more of it; the parts of an order stop together. */
struct wish {
	struct wave_fate fate;
	int64_t order_id;
	int64_t lies; /* pieces that lie in the slot */
};

static void
take_wish(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct wish *w = out;
	const char *no = row_text(rows, 2, arena);

	w->fate.slot = db_int(rows, 0);
	w->order_id = db_int(rows, 1);
	w->fate.order_no =
	    db_int(rows, 3) > 0
		? arena_printf(arena, "%s-%lld", no, (long long)db_int(rows, 3))
		: no;
	w->fate.need = db_int(rows, 4);
	w->lies = db_int(rows, 5);
}

/* By slot, and so by urgency. */
static int
read_wishes(
    struct session *s, int64_t wave_id, int64_t variant_id, struct page *out)
{
	struct query q =
	    QUERY("SELECT x.slot, x.order_id, o.order_no, x.part,"
		  " i.need - i.sent, CASE WHEN i.sorted > i.sent"
		  " THEN i.sorted - i.sent ELSE 0 END FROM wave_order x"
		  " JOIN wave_item i ON i.wave_id = x.wave_id"
		  " AND i.slot = x.slot JOIN orders o ON o.id = x.order_id"
		  " WHERE x.state = 0 AND o.lead_id IS NULL"
		  " AND i.sent < i.need");
	const struct query_key keys[] = { { "x.slot", db_i(0) },
		{ "x.order_id", db_i(0) } };

	query_and(&q, "x.wave_id =", db_i(wave_id));
	query_and(&q, "i.variant_id =", db_i(variant_id));
	query_page(&q, keys, 2, false, PAGE_FIRST, SLOTS_MAX);
	return query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct wish),
	    SLOTS_MAX, take_wish, out);
}

/* What all parts of its order want; 0: an earlier slot stands for them. */
static int64_t
wanted(const struct page *wishes, size_t at)
{
	const struct wish *w = wishes->rows;
	int64_t n = 0;
	size_t i;

	for (i = 0; i < wishes->n; i++) {
		if (w[i].order_id != w[at].order_id)
			continue;
		if (i < at)
			return 0;
		n += w[i].fate.need;
	}
	return n;
}

/* Who gets of the @left pieces: the first that they suffice for, then the next
 * that the rest does. */
static void
choose(struct page *wishes, int64_t left)
{
	struct wish *w = wishes->rows;
	int64_t n;
	size_t i, k;

	for (i = 0; i < wishes->n; i++) {
		n = wanted(wishes, i);
		if (n == 0 || n > left)
			continue;
		left -= n;
		for (k = i; k < wishes->n; k++)
			if (w[k].order_id == w[i].order_id)
				w[k].fate.goes_on = 1;
	}
}

static const char sql_take_out[] =
    "UPDATE wave_item SET sorted = sorted - $4"
    " WHERE wave_id = $1 AND slot = $2 AND variant_id = $3";
static const char sql_unsorted[] = "UPDATE wave_line SET sorted = sorted - $3"
				   " WHERE wave_id = $1 AND variant_id = $2";

/* What lies in its slot is for others: it is to be sorted anew. */
static int
take_out(struct txn *txn, const struct wave_now *w, int64_t variant_id,
    const struct wish *wish)
{
	struct db_val wave = db_i(w->id), variant = db_i(variant_id);
	int rc;

	if (wish->lies == 0)
		return 0;
	rc = db_exec(txn, sql_take_out,
	    DB_ARGS(wave, db_i(wish->fate.slot), variant, db_i(wish->lies)),
	    NULL);
	return rc < 0 ? rc
		      : db_exec(txn, sql_unsorted,
			    DB_ARGS(wave, variant, db_i(wish->lies)), NULL);
}

/* Held for stock; the hold kicks it out. */
static int
go_without(struct session *s, struct txn *txn, const struct wave_now *w,
    int64_t order_id, const char *sku)
{
	struct order_now now;
	char note[128];
	int rc;

	if ((rc = order_now(s, txn, order_id, &now)) < 0)
		return rc;
	snprintf(note, sizeof(note), "%s %s", w->wave_no, sku);
	rc = hold_open(s, txn, &now, "stock", note, NULL);
	if (rc == 0)
		rc = op_note(
		    s, &op_short, txn, "order", order_id, "stock: %s", note);
	return rc;
}

/* All that goes without, the least urgent first. */
static int
kick(struct session *s, struct txn *txn, const struct wave_now *w,
    int64_t variant_id, const struct page *wishes, struct wave_lack *out)
{
	const struct wish *v = wishes->rows;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < wishes->n; i++) {
		out->go_on += v[i].fate.goes_on;
		out->kicked += !v[i].fate.goes_on;
		if (!v[i].fate.goes_on) {
			out->again += v[i].lies;
			rc = take_out(txn, w, variant_id, &v[i]);
		}
	}
	for (i = wishes->n; rc == 0 && i-- > 0;)
		if (!v[i].fate.goes_on && wanted(wishes, i) > 0)
			rc = go_without(s, txn, w, v[i].order_id, out->sku);
	return rc;
}

static const char sql_last_back[] = "SELECT coalesce(max(id), 0) FROM put_back";

/* What is told of it: who goes on, and what goes back where. */
static int
tell(struct session *s, const struct page *wishes, int64_t before,
    struct wave_lack *out)
{
	const struct wish *v = wishes->rows;
	const struct put_back *b;
	struct wave_fate *fate;
	size_t i;
	int rc;

	page_init(&out->fates, sizeof(*fate), wishes->n);
	for (i = 0; i < wishes->n; i++) {
		fate = page_add(&out->fates);
		*fate = v[i].fate;
		fate->row = (int64_t)i + 1;
		fate->order_no =
		    arena_strdup(&out->fates.arena, v[i].fate.order_no);
	}
	rc = put_back_since(s, before, &out->backs);
	for (i = 0, b = out->backs.rows; rc == 0 && i < out->backs.n; i++)
		if (strcmp(b[i].sku_code, out->sku) == 0)
			out->again -= b[i].qty;
	if (out->again < 0)
		out->again = 0;
	return rc;
}

static int
share(struct session *s, struct txn *txn, const struct wave_now *w,
    int64_t variant_id, int64_t missing, struct wave_lack *out)
{
	struct page wishes = { 0 };
	const struct wish *v;
	int64_t left = -missing, before = 0;
	size_t i;
	int rc;

	if ((rc = read_wishes(s, w->id, variant_id, &wishes)) < 0)
		return rc;
	for (i = 0, v = wishes.rows; i < wishes.n; i++)
		left += v[i].fate.need;
	choose(&wishes, left);
	rc = db_fetch1(txn, sql_last_back, DB_NOARGS, &before);
	if (rc == 0)
		rc = kick(s, txn, w, variant_id, &wishes, out);
	if (rc == 0)
		rc = tell(s, &wishes, before, out);
	page_free(&wishes);
	return rc;
}

static const char sql_line[] =
    "SELECT l.need - l.picked, v.sku_code, v.name FROM wave_line l"
    " JOIN variant v ON v.id = l.variant_id"
    " WHERE l.wave_id = $1 AND l.variant_id = $2";

/* Is anything of it missing? Then how many, and what it is called. */
static int
read_line(struct session *s, int64_t wave_id, int64_t variant_id,
    int64_t *missing, struct wave_lack *out)
{
	struct db_rows *rows;
	int rc;

	*missing = 0;
	rc = db_query(
	    s->db, sql_line, DB_ARGS(db_i(wave_id), db_i(variant_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*missing = db_int(rows, 0);
		copy_text(out->sku, sizeof(out->sku), row_text(rows, 1, NULL));
		copy_text(
		    out->name, sizeof(out->name), row_text(rows, 2, NULL));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static int
check_short(struct session *s, const struct wave_now *w, const char *code,
    int64_t *variant_id, int64_t *missing, struct wave_lack *out)
{
	int rc;

	if (w->state != WAVE_OPEN)
		return wave_not_open(s, w);
	if ((rc = code_variant(s, code, variant_id)) < 0)
		return rc;
	rc = read_line(s, w->id, *variant_id, missing, out);
	if (rc == 0 && *missing <= 0)
		return err_set(&s->err, ERR_STATE, "code",
		    _("Nothing of %s is missing in wave %s"), code, w->wave_no);
	return rc;
}

void
wave_lack_free(struct wave_lack *lack)
{
	page_free(&lack->fates);
	page_free(&lack->backs);
}

int
wave_short(
    struct session *s, int64_t id, const char *code, struct wave_lack *out)
{
	struct wave_now w = { 0 };
	int64_t variant = 0, missing = 0;
	struct txn *txn;
	int rc;

	*out = (struct wave_lack){ .kicked = 0 };
	if ((rc = op_begin(s, &op_short, &txn)) < 0)
		return rc;
	if ((rc = wave_now(s, txn, id, &w)) == 0 &&
	    (rc = check_short(s, &w, code, &variant, &missing, out)) == 0 &&
	    (rc = share(s, txn, &w, variant, missing, out)) == 0)
		rc = wave_settle(s, txn, w.id);
	if (rc == 0)
		rc = op_commit(s, &op_short, &txn, id,
		    "%s %s, kicked out: %" PRId64, w.wave_no, out->sku,
		    out->kicked);
	op_abort(s, &txn);
	if (rc < 0)
		wave_lack_free(out);
	return rc;
}

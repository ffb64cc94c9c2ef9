/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"

#include "../core/session_priv.h"
#include "stock_moves.h"
#include "stock_priv.h"

/* From bin to bin, and the home bin. */

static int
check_bins(struct session *s, int64_t warehouse_id, const struct bin_now *from,
    const struct bin_now *to, int64_t there, int64_t qty)
{
	if (from->warehouse_id != warehouse_id ||
	    to->warehouse_id != warehouse_id)
		return err_set(&s->err, ERR_INVALID, "bin",
		    _("Bin %s is in another warehouse"),
		    from->warehouse_id != warehouse_id ? from->code : to->code);
	if (from->id == to->id)
		return err_set(&s->err, ERR_INVALID, "to_bin",
		    _("It is in bin %s already"), to->code);
	if (!to->active)
		return err_set(&s->err, ERR_STATE, "to_bin",
		    _("Bin %s is closed"), to->code);
	if (qty <= 0 || qty > there)
		return err_set(&s->err, ERR_STATE, "qty",
		    _("In bin %s are %" PRId64 ", %" PRId64 " are wanted"),
		    from->code, there > 0 ? there : 0, qty);
	return 0;
}

/* At what a piece costs; not more than there is on the books. */
static int
worth(struct session *s, const struct stock_key *k, const struct stock_now *now,
    int64_t qty, int64_t *value)
{
	if (now->on_hand <= 0)
		return stock_last_cost(s, k, qty, value);
	*value = qty >= now->on_hand ? now->value
				     : share_of(now->value, qty, now->on_hand);
	return 0;
}

static int
post_two(struct session *s, struct txn *txn, const struct stock_key *k,
    struct stock_now *now, const struct bin_now bins[2], int64_t qty)
{
	struct leg legs[2] = { { .qty = -qty }, { .qty = qty } };
	size_t i, j;
	int rc;

	for (i = 0; i < 2; i++) {
		legs[i].bin_id = bins[i].id;
		legs[i].kind = bins[i].kind;
		copy_text(legs[i].code, sizeof(legs[i].code), bins[i].code);
		for (j = 0; j < now->n; j++)
			if (now->v[j].bin_id == bins[i].id)
				legs[i].was = now->v[j].qty;
	}
	rc = check_bins(
	    s, k->warehouse_id, &bins[0], &bins[1], legs[0].was, qty);
	if (rc == 0)
		rc = worth(s, k, now, qty, &legs[1].value);
	if (rc < 0)
		return rc;
	legs[0].value = -legs[1].value;
	if (bins[1].kind == BIN_PICK &&
	    (now->home[0] == '\0' ||
		(bins[0].id == now->home_id && legs[0].was == qty)))
		copy_text(now->home, sizeof(now->home), bins[1].code);
	return stock_post(s, txn, k, now, legs, 2);
}

int
bin_move(struct session *s, struct txn *txn, int64_t slip_id,
    int64_t warehouse_id, int64_t variant_id, int64_t from_bin, int64_t to_bin,
    int64_t qty)
{
	const struct stock_key k = { slip_id, warehouse_id, variant_id };
	struct bin_now bins[2];
	struct stock_now now;
	int rc;

	if ((rc = bin_read(s, from_bin, &bins[0])) < 0 ||
	    (rc = bin_read(s, to_bin, &bins[1])) < 0)
		return rc;
	rc = stock_now(s, txn, &k, &now);
	if (rc == 0)
		rc = post_two(s, txn, &k, &now, bins, qty);
	stock_now_done(&now);
	return rc;
}

static const char sql_lies[] =
    "INSERT INTO bin_stock (variant_id, bin_id, qty) VALUES ($1, $2, $3)"
    " ON CONFLICT (variant_id, bin_id) DO UPDATE"
    " SET qty = bin_stock.qty + excluded.qty";
static const char sql_lies_no_more[] =
    "DELETE FROM bin_stock WHERE variant_id = $1 AND bin_id = $2";
static const char sql_home[] =
    "UPDATE stock SET bin = $3 WHERE variant_id = $1 AND warehouse_id = $2";

static int
new_home(struct session *s, struct txn *txn, int64_t variant_id,
    const struct stock_now *now, const char *code)
{
	struct bin_now to;
	int64_t qty = 0;
	size_t i;
	int rc;

	if ((rc = bin_need(s, txn, WAREHOUSE_MAIN, code, &to)) < 0)
		return rc;
	if (to.kind >= BIN_DEFECTIVE)
		return err_set(&s->err, ERR_STATE, "bin",
		    _("Bin %s is not for goods that are sold"), code);
	for (i = 0; i < now->n; i++)
		if (now->v[i].bin_id == now->home_id)
			qty = now->v[i].qty;
	if (qty != 0 && to.id != now->home_id) {
		rc = db_exec(txn, sql_lies_no_more,
		    DB_ARGS(db_i(variant_id), db_i(now->home_id)), NULL);
		if (rc == 0)
			rc = db_exec(txn, sql_lies,
			    DB_ARGS(db_i(variant_id), db_i(to.id), db_i(qty)),
			    NULL);
	}
	if (rc < 0)
		return rc;
	return db_exec(txn, sql_home,
	    DB_ARGS(db_i(variant_id), db_i(WAREHOUSE_MAIN), db_t(code)), NULL);
}

int
stock_bin(
    struct session *s, struct txn *txn, int64_t variant_id, const char *bin)
{
	const struct stock_key k = { 0, WAREHOUSE_MAIN, variant_id };
	struct stock_now now;
	int rc;

	rc = stock_now(s, txn, &k, &now);
	if (rc == 0 && strcmp(now.home, bin) != 0)
		rc = new_home(s, txn, variant_id, &now, bin);
	stock_now_done(&now);
	return rc;
}

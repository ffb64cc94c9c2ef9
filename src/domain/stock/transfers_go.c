/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "bins_priv.h"
#include "inventory_priv.h"
#include "transfers_priv.h"

/* Transfers on their way. */

static const struct op op_send = { "transfer-send", PERM_STOCK_MOVE,
	"transfer" };
static const struct op op_arrive = { "transfer-arrive", PERM_STOCK_MOVE,
	"transfer" };
static const struct op op_lose = { "transfer-lose", PERM_STOCK_ADJUST,
	"transfer" };
static const struct op op_cancel = { "transfer-cancel", PERM_STOCK_MOVE,
	"transfer" };

struct line {
	int64_t variant_id, qty, open, value;
	char sku[64];
};
struct going {
	struct transfer_now t;
	struct line *v;
	size_t n, cap;
	int64_t slip_id;
};

static const char sql_lines[] =
    "SELECT l.variant_id, l.qty, l.sent - l.arrived - l.lost, l.value,"
    " v.sku_code FROM transfer_line l JOIN variant v ON v.id = l.variant_id"
    " WHERE l.transfer_id = $1 ORDER BY l.variant_id";

static int
read_going(struct session *s, int64_t id, struct going *g)
{
	struct db_rows *rows;
	struct line *l;
	int rc;

	if ((rc = transfer_read(s, id, &g->t)) < 0 ||
	    (rc = db_query(s->db, sql_lines, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (g->n == g->cap) {
			g->cap = g->cap != 0 ? g->cap * 2 : 8;
			g->v = xreallocarray(g->v, g->cap, sizeof(*g->v));
		}
		l = &g->v[g->n++];
		*l = (struct line){ .variant_id = db_int(rows, 0),
			.qty = db_int(rows, 1),
			.open = db_int(rows, 2),
			.value = db_int(rows, 3) };
		copy_text(l->sku, sizeof(l->sku), db_text(rows, 4));
	}
	db_done(rows);
	return rc;
}

static int
open_slip(struct session *s, struct txn *txn, struct going *g, const char *kind,
    int64_t warehouse_id, const char *reason)
{
	return slip_open(s, txn,
	    &(struct slip){ .kind = kind,
		.warehouse_id = warehouse_id,
		.transfer_id = g->t.id,
		.reason = reason },
	    &g->slip_id);
}

static const char sql_state[] =
    "UPDATE transfer SET state = $2, sent_at = CASE WHEN $2 = 1 THEN $3"
    " ELSE sent_at END, arrived_at = CASE WHEN $2 = 2 THEN $3"
    " ELSE arrived_at END, version = version + 1 WHERE id = $1";

static int
set_state(struct txn *txn, const struct going *g, enum transfer_state state)
{
	return db_exec(txn, sql_state,
	    DB_ARGS(db_i(g->t.id), db_i(state), db_i(time_now())), NULL);
}

static const char sql_sent[] = "UPDATE transfer_line SET sent = $3, value = $4"
			       " WHERE transfer_id = $1 AND variant_id = $2";

static int
set_sent(struct txn *txn, const struct going *g, const struct line *l,
    int64_t sent, int64_t value)
{
	return db_exec(txn, sql_sent,
	    DB_ARGS(
		db_i(g->t.id), db_i(l->variant_id), db_i(sent), db_i(value)),
	    NULL);
}

static int
send_line(struct session *s, struct txn *txn, const struct going *g,
    const struct line *l)
{
	struct err was;
	int64_t value;
	int rc;

	rc = slip_move(s, txn,
	    &(struct slip_move){ .slip_id = g->slip_id,
		.warehouse_id = g->t.from_id,
		.variant_id = l->variant_id,
		.qty = -l->qty },
	    &value);
	if (rc == ERR_STATE) {
		was = s->err;
		return err_set(&s->err, ERR_STATE, was.field, _("%s: %s"),
		    l->sku, was.text);
	}
	if (rc == 0)
		rc = set_sent(txn, g, l, l->qty, -value);
	return rc < 0 ? rc
		      : stock_in_transit(
			    s, txn, g->t.to_id, l->variant_id, l->qty);
}

static int
send_all(struct session *s, struct txn *txn, struct going *g)
{
	size_t i;
	int rc;

	if ((rc = transfer_need(s, &g->t, TRANSFER_WRITTEN)) < 0 ||
	    (rc = open_slip(s, txn, g, "send", g->t.from_id, g->t.no)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < g->n; i++)
		rc = send_line(s, txn, g, &g->v[i]);
	return rc < 0 ? rc : set_state(txn, g, TRANSFER_SENT);
}

/* The end that all of them have. */
static int
commit(struct session *s, const struct op *op, struct txn **txn, int rc,
    const struct going *g, const char *kind, const char *reason,
    int64_t *slip_id)
{
	char no[SLIP_NO_SIZE] = "";

	if (rc == 0 && g->slip_id != 0)
		slip_no(kind, g->slip_id, no);
	if (rc == 0)
		rc = op_commit(s, op, txn, g->t.id, "%s %s%s%s", g->t.no, no,
		    reason[0] != '\0' ? ": " : "", reason);
	op_abort(s, txn);
	free(g->v);
	if (rc == 0 && slip_id != NULL)
		*slip_id = g->slip_id;
	return rc;
}

int
transfer_send(struct session *s, int64_t id, int64_t *slip_id)
{
	struct going g = { .n = 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_send, &txn)) < 0)
		return rc;
	rc = read_going(s, id, &g);
	if (rc == 0)
		rc = send_all(s, txn, &g);
	return commit(s, &op_send, &txn, rc, &g, "send", "", slip_id);
}

static const char sql_came[] =
    "UPDATE transfer_line SET arrived = arrived + $3, lost = lost + $4,"
    " value = value - $5 WHERE transfer_id = $1 AND variant_id = $2";

/* No longer under way; at the end of all lines the transfer is done. */
static int
off_the_way(struct session *s, struct txn *txn, struct going *g, struct line *l,
    int64_t arrived, int64_t lost, int64_t value)
{
	size_t i;
	int rc;

	l->open -= arrived + lost;
	l->value -= value;
	rc = db_exec(txn, sql_came,
	    DB_ARGS(db_i(g->t.id), db_i(l->variant_id), db_i(arrived),
		db_i(lost), db_i(value)),
	    NULL);
	if (rc == 0)
		rc = stock_in_transit(
		    s, txn, g->t.to_id, l->variant_id, -arrived - lost);
	for (i = 0; i < g->n; i++)
		if (g->v[i].open > 0)
			return rc;
	return rc < 0 ? rc : set_state(txn, g, TRANSFER_ARRIVED);
}

static int
arrive_line(struct session *s, struct txn *txn, struct going *g, struct line *l,
    int64_t qty, const char *bin)
{
	int64_t value;
	int rc;

	if (qty > l->open)
		return err_set(&s->err, ERR_STATE, "qty",
		    _("%s: only %" PRId64 " are under way, not %" PRId64),
		    l->sku, l->open, qty);
	/* The last piece takes the rest. */
	value = share_of(l->value, qty, l->open);
	rc = slip_move(s, txn,
	    &(struct slip_move){ .slip_id = g->slip_id,
		.warehouse_id = g->t.to_id,
		.variant_id = l->variant_id,
		.bin = bin[0] != '\0' ? bin : NULL,
		.qty = qty,
		.priced = true,
		.value = value },
	    &value);
	return rc < 0 ? rc : off_the_way(s, txn, g, l, qty, 0, value);
}

static struct line *
line_of(struct going *g, int64_t variant_id)
{
	size_t i;

	for (i = 0; i < g->n; i++)
		if (g->v[i].variant_id == variant_id)
			return &g->v[i];
	return NULL;
}

static int
arrive_piece(struct session *s, struct txn *txn, struct going *g,
    const struct transfer_piece *p, const char *bin)
{
	struct line *l;
	int64_t variant;
	int rc;

	if ((rc = check_qty(s, p->qty)) < 0 ||
	    (rc = code_variant(s, p->sku, &variant)) < 0)
		return rc;
	if ((l = line_of(g, variant)) == NULL)
		return err_set(&s->err, ERR_STATE, "sku",
		    _("%s is not in transfer %s"), p->sku, g->t.no);
	return arrive_line(s, txn, g, l, p->qty, bin);
}

static int
arrive(struct session *s, struct txn *txn, struct going *g,
    const struct transfer_piece *lines, size_t n, const char *bin)
{
	size_t i;
	int rc;

	if ((rc = transfer_need(s, &g->t, TRANSFER_SENT)) < 0 ||
	    (rc = open_slip(s, txn, g, "arrive", g->t.to_id, g->t.no)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < n; i++)
		rc = arrive_piece(s, txn, g, &lines[i], bin);
	for (i = 0; rc == 0 && n == 0 && i < g->n; i++)
		if (g->v[i].open > 0)
			rc =
			    arrive_line(s, txn, g, &g->v[i], g->v[i].open, bin);
	return rc;
}

int
transfer_arrive(struct session *s, int64_t id,
    const struct transfer_piece *lines, size_t n, const char *bin,
    int64_t *slip_id)
{
	struct going g = { .n = 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_arrive, &txn)) < 0)
		return rc;
	rc = read_going(s, id, &g);
	if (rc == 0)
		rc = arrive(s, txn, &g, lines, n, bin);
	return commit(s, &op_arrive, &txn, rc, &g, "arrive", "", slip_id);
}

/* On record as pieces that came and are gone at once. */
static int
lose_line(struct session *s, struct txn *txn, struct going *g, struct line *l)
{
	struct slip_move m = { .slip_id = g->slip_id,
		.warehouse_id = g->t.to_id,
		.variant_id = l->variant_id,
		.qty = l->open,
		.priced = true,
		.value = l->value };
	struct bin_now b;
	int64_t value = 0;
	int rc;

	rc = bin_of_kind(s, txn, g->t.to_id, BIN_PICK, &b);
	m.bin_id = b.id;
	if (rc == 0)
		rc = slip_move(s, txn, &m, &value);
	m.qty = -l->open;
	m.value = -l->value;
	if (rc == 0)
		rc = slip_move(s, txn, &m, NULL);
	return rc < 0 ? rc : off_the_way(s, txn, g, l, 0, l->open, value);
}

static int
lose(struct session *s, struct txn *txn, struct going *g, const char *reason)
{
	size_t i;
	int rc;

	if ((rc = transfer_need(s, &g->t, TRANSFER_SENT)) < 0 ||
	    (rc = open_slip(s, txn, g, "scrap", g->t.to_id, reason)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < g->n; i++)
		if (g->v[i].open > 0)
			rc = lose_line(s, txn, g, &g->v[i]);
	return rc;
}

int
transfer_lose(
    struct session *s, int64_t id, const char *reason, int64_t *slip_id)
{
	struct going g = { .n = 0 };
	struct txn *txn;
	int rc;

	if ((rc = check_reason(s, reason)) < 0 ||
	    (rc = check_clean(s, "reason", reason)) < 0 ||
	    (rc = op_begin(s, &op_lose, &txn)) < 0)
		return rc;
	rc = read_going(s, id, &g);
	if (rc == 0)
		rc = lose(s, txn, &g, reason);
	return commit(s, &op_lose, &txn, rc, &g, "scrap", reason, slip_id);
}

static const char sql_send_slip[] =
    "SELECT id FROM stock_slip WHERE transfer_id = $1 AND kind = 'send'"
    " AND reverses_id IS NULL ORDER BY id DESC LIMIT 1";

static int
call_back(
    struct session *s, struct txn *txn, struct going *g, const char *reason)
{
	int64_t slip, qty = 0;
	size_t i;
	int rc;

	for (i = 0; i < g->n; i++)
		qty += g->v[i].qty - g->v[i].open;
	if (qty != 0)
		return err_set(&s->err, ERR_STATE, "",
		    _("Some of transfer %s has arrived: take in the rest, or "
		      "write it off"),
		    g->t.no);
	rc = db_get1(s->db, sql_send_slip, DB_ARGS(db_i(g->t.id)), &slip);
	if (rc == 0)
		rc = slip_reverse(s, txn, slip, reason, &g->slip_id);
	for (i = 0; rc == 0 && i < g->n; i++) {
		rc = set_sent(txn, g, &g->v[i], 0, 0);
		if (rc == 0)
			rc = stock_in_transit(s, txn, g->t.to_id,
			    g->v[i].variant_id, -g->v[i].open);
	}
	return rc;
}

int
transfer_cancel(struct session *s, int64_t id, const char *reason)
{
	struct going g = { .n = 0 };
	struct txn *txn;
	int rc;

	if ((rc = check_reason(s, reason)) < 0 ||
	    (rc = check_clean(s, "reason", reason)) < 0 ||
	    (rc = op_begin(s, &op_cancel, &txn)) < 0)
		return rc;
	rc = read_going(s, id, &g);
	if (rc == 0 && g.t.state == TRANSFER_SENT)
		rc = call_back(s, txn, &g, reason);
	else if (rc == 0)
		rc = transfer_need(s, &g.t, TRANSFER_WRITTEN);
	if (rc == 0)
		rc = set_state(txn, &g, TRANSFER_CANCELLED);
	return commit(s, &op_cancel, &txn, rc, &g, "send", reason, NULL);
}

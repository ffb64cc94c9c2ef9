/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/settings.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../stock/bins_priv.h"
#include "../stock/inventory_priv.h"
#include "receipts_priv.h"

/* Goods come in against an order. */

static const struct op op_receive = { "purchase-receive", PERM_STOCK_RECEIVE,
	"purchase" };
static const struct op op_over = { "purchase-receive-over", PERM_PURCHASE_ORDER,
	"purchase" };

static int
can_come(struct session *s, const struct purchase_now *now)
{
	if (now->state >= PURCHASE_ORDERED && now->state <= PURCHASE_RECEIVED)
		return 0;
	return err_set(&s->err, ERR_STATE, "",
	    _("%s is %s: nothing of it is received"), now->no,
	    purchase_state_text(now->state));
}

int
receipt_order(struct session *s, const char *no, int64_t *purchase_id)
{
	struct purchase_now now;
	int rc;

	if ((rc = session_need(s, PERM_STOCK_RECEIVE)) < 0 ||
	    (rc = purchase_by_no(s, no, purchase_id)) < 0 ||
	    (rc = purchase_now(s, *purchase_id, 0, &now)) < 0)
		return rc;
	return can_come(s, &now);
}

static const char sql_line[] = "SELECT line_no FROM purchase_line"
			       " WHERE purchase_id = $1 AND variant_id = $2";

static int
find_line(struct session *s, const struct purchase_now *now, const char *code,
    struct purchase_line_now *out)
{
	int64_t variant_id, line_no;
	int rc = code_variant(s, code, &variant_id);

	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_INVALID, "sku",
		    _("No product has the barcode or code %.60s"), code);
	if (rc < 0)
		return rc;
	rc = db_get1(s->db, sql_line, DB_ARGS(db_i(now->id), db_i(variant_id)),
	    &line_no);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_INVALID, "sku",
		    _("%.60s was not ordered with %s: set it aside"), code,
		    now->no);
	return rc < 0 ? rc : purchase_line_now(s, now->id, line_no, out);
}

/* Pieces of a line that may be here in all. */
static int
most_of(struct session *s, const struct purchase_line_now *l, int64_t *most)
{
	int64_t percent = 0;
	int rc = setting_int(s, SETTING_OVER_RECEIPT_PERCENT, &percent);

	*most = rc == 0 ? l->qty + l->qty * percent / 100 : 0;
	return rc;
}

static const char sql_words[] =
    "SELECT v.sku_code, v.name FROM variant v WHERE v.id = $1";

static int
tell_goods(struct session *s, int64_t variant_id, struct receipt_scan *out)
{
	struct db_rows *rows;
	int rc = db_query(s->db, sql_words, DB_ARGS(db_i(variant_id)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		copy_text(
		    out->sku_code, sizeof(out->sku_code), db_text(rows, 0));
		copy_text(out->name, sizeof(out->name), db_text(rows, 1));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* "12*CODE" */
static int
split(struct session *s, const char *text, char code[64],
    struct receipt_scan *out)
{
	const char *star = strchr(text, '*');
	char n[24];

	out->qty = 1;
	if (star != NULL && star > text && (size_t)(star - text) < sizeof(n)) {
		memcpy(n, text, (size_t)(star - text));
		n[star - text] = '\0';
		if (count_parse(n, &out->qty) == 0) {
			out->counted = true;
			text = star + 1;
		}
	}
	if (out->qty < 0 || out->qty > STOCK_QTY_MAX)
		return check_qty(s, out->qty);
	if (!trim_text(code, 64, text) || code[0] == '\0')
		return err_set(&s->err, ERR_INVALID, "sku",
		    _("Scan a product, or type its code"));
	return 0;
}

int
receipt_scan(struct session *s, int64_t purchase_id, const char *text,
    struct receipt_scan *out)
{
	struct purchase_line_now l = { .line_no = 0 };
	struct purchase_now now;
	char code[64];
	int64_t most;
	int rc;

	*out = (struct receipt_scan){ .line_no = 0 };
	if ((rc = session_need(s, PERM_STOCK_RECEIVE)) < 0 ||
	    (rc = purchase_now(s, purchase_id, 0, &now)) < 0 ||
	    (rc = can_come(s, &now)) < 0 ||
	    (rc = split(s, text, code, out)) < 0 ||
	    (rc = find_line(s, &now, code, &l)) < 0 ||
	    (rc = most_of(s, &l, &most)) < 0)
		return rc;
	out->line_no = l.line_no;
	out->ordered = l.qty;
	out->received = l.received;
	out->open = l.qty > l.received ? l.qty - l.received : 0;
	out->most = most > l.received ? most - l.received : 0;
	return tell_goods(s, l.variant_id, out);
}

int
arrival_of(struct session *s, const struct coming *c, size_t n, int rc)
{
	struct err was = s->err;

	if (rc >= 0 || n == 1 || (rc != ERR_STATE && rc != ERR_INVALID))
		return rc;
	return err_set(&s->err, (enum err_code)rc, was.field, "%.60s: %s",
	    c->code, was.text);
}

static int
read_line(struct session *s, const struct receipt_line *l, struct arrival *a)
{
	struct coming *c = &a->v[a->n];
	size_t i;
	int rc;

	*c = (struct coming){ .code = l->code };
	if ((rc = check_qty(s, l->qty)) < 0)
		return rc;
	if (l->bad < 0 || l->bad > l->qty)
		return err_set(&s->err, ERR_INVALID, "bad",
		    _("Not more can be defective than there are"));
	if ((rc = find_line(s, &a->order, l->code, &c->line)) < 0)
		return rc;
	for (i = 0; a->v[i].line.line_no != c->line.line_no; i++)
		continue;
	a->v[i].qty += l->qty;
	a->v[i].bad += l->bad;
	a->pieces += l->qty;
	a->bad += l->bad;
	a->n += i == a->n;
	return check_qty(s, a->v[i].qty);
}

int
arrival_read(
    struct session *s, const struct receipt_doc *doc, struct arrival *a)
{
	size_t i;
	int rc;

	*a = (struct arrival){ .v = NULL };
	if (doc->n == 0)
		return err_set(&s->err, ERR_INVALID, "sku",
		    _("A slip has at least one line"));
	if ((rc = check_clean(s, "note", doc->note)) < 0 ||
	    (rc = purchase_now(s, doc->purchase_id, 0, &a->order)) < 0)
		return rc;
	a->v = xcalloc(doc->n, sizeof(*a->v));
	for (i = 0; rc == 0 && i < doc->n; i++) {
		const struct coming c = { .code = doc->lines[i].code };

		rc = arrival_of(s, &c, doc->n, read_line(s, &doc->lines[i], a));
	}
	return rc;
}

void
arrival_done(struct arrival *a)
{
	free(a->v);
	arena_done(&a->words);
}

static const char sql_keep[] =
    "INSERT INTO purchase_slip_line (slip_id, purchase_id, line_no, qty, bad,"
    " value) VALUES ($1, $2, $3, $4, $5, $6)";

int
arrival_keep(struct txn *txn, int64_t slip_id, const struct arrival *a,
    const struct coming *c, int sign)
{
	return db_exec(txn, sql_keep,
	    DB_ARGS(db_i(slip_id), db_i(a->order.id), db_i(c->line.line_no),
		db_i(sign * c->qty), db_i(sign * c->bad),
		db_i(sign * c->value)),
	    NULL);
}

static int
check_over(struct session *s, const struct coming *c)
{
	int64_t most;
	int rc = most_of(s, &c->line, &most);

	if (rc < 0 || c->line.received + c->qty <= most)
		return rc;
	return err_set(&s->err, ERR_STATE, "qty",
	    _("%lld were ordered and %lld came before: %lld more are too many "
	      "unless that is allowed"),
	    (long long)c->line.qty, (long long)c->line.received,
	    (long long)c->qty);
}

static const char sql_carried[] =
    "SELECT coalesce(sum(a.freight), 0) FROM stock_slip a"
    " WHERE a.purchase_id = $1 AND " CARRIES_FREIGHT;
static const char sql_open_worth[] =
    "SELECT coalesce(sum((qty - received) * price), 0) FROM purchase_line"
    " WHERE purchase_id = $1 AND qty > received";
static const char sql_open[] =
    "SELECT coalesce(sum(qty - received), 0) FROM purchase_line"
    " WHERE purchase_id = $1 AND qty > received";

/* Of the order's freight what no receipt has carried yet: as much of it as of
 * the goods; what comes last carries the rest. */
static int
freight_of(struct session *s, const struct receipt_doc *doc,
    const struct arrival *a, int64_t *freight)
{
	int64_t carried, open, worth = 0;
	size_t i;
	int rc;

	*freight = doc->freight;
	if (doc->freight != RECEIPT_FREIGHT_KNOWN)
		return doc->freight >= 0 && doc->freight <= STOCK_COST_MAX
			   ? 0
			   : err_set(&s->err, ERR_INVALID, "freight",
				 _("Freight cannot be below zero or that "
				   "high"));
	if ((rc = db_get1(s->db, sql_carried, DB_ARGS(db_i(a->order.id)),
		 &carried)) < 0 ||
	    (rc = db_get1(
		 s->db, sql_open_worth, DB_ARGS(db_i(a->order.id)), &open)) < 0)
		return rc;
	for (i = 0; i < a->n; i++)
		worth += a->v[i].qty * a->v[i].line.price;
	*freight = a->order.freight > carried ? a->order.freight - carried : 0;
	if (worth < open)
		*freight = share_of(*freight, worth, open);
	return 0;
}

/* Each line at the order's price, and its share of the freight. */
static void
price(struct arrival *a, int64_t freight)
{
	int64_t *weight = xcalloc(a->n, sizeof(*weight));
	int64_t *share = xcalloc(a->n, sizeof(*share));
	int64_t worth = 0;
	size_t i;

	for (i = 0; i < a->n; i++) {
		a->v[i].value = a->v[i].qty * a->v[i].line.price;
		worth += a->v[i].value;
	}
	for (i = 0; i < a->n; i++)
		weight[i] = worth != 0 ? a->v[i].value : a->v[i].qty;
	share_out(freight, weight, a->n, share);
	for (i = 0; i < a->n; i++)
		a->v[i].value += share[i];
	free(weight);
	free(share);
}

static int
post_line(struct session *s, struct txn *txn, int64_t slip_id,
    const struct arrival *a, const struct coming *c)
{
	struct slip_move m = { .slip_id = slip_id,
		.warehouse_id = a->order.warehouse_id,
		.variant_id = c->line.variant_id,
		.qty = c->qty - c->bad,
		.priced = true };
	struct bin_now bad;
	int rc;

	if ((rc = purchase_received(
		 s, txn, a->order.id, c->line.line_no, c->qty, c->bad)) < 0 ||
	    (rc = arrival_keep(txn, slip_id, a, c, 1)) < 0)
		return rc;
	m.value = share_of(c->value, m.qty, c->qty);
	if (m.qty > 0 && (rc = slip_move(s, txn, &m, NULL)) < 0)
		return rc;
	if (c->bad == 0)
		return 0;
	rc = bin_of_kind(s, txn, m.warehouse_id, BIN_DEFECTIVE, &bad);
	m.value = c->value - m.value;
	m.qty = c->bad;
	m.bin_id = bad.id;
	return rc < 0 ? rc : slip_move(s, txn, &m, NULL);
}

static int
post(struct session *s, struct txn *txn, const struct receipt_doc *doc,
    struct arrival *a, int64_t *slip_id)
{
	struct slip slip = { .kind = "receipt",
		.warehouse_id = a->order.warehouse_id,
		.supplier = a->order.company,
		.reason = doc->note,
		.company_id = a->order.company_id,
		.purchase_id = a->order.id };
	size_t i;
	int rc;

	if ((rc = can_come(s, &a->order)) < 0 ||
	    (rc = freight_of(s, doc, a, &slip.freight)) < 0)
		return rc;
	for (i = 0; !doc->over && i < a->n; i++)
		if ((rc = check_over(s, &a->v[i])) < 0)
			return arrival_of(s, &a->v[i], a->n, rc);
	price(a, slip.freight);
	if ((rc = slip_open(s, txn, &slip, slip_id)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < a->n; i++)
		rc = arrival_of(s, &a->v[i], a->n,
		    post_line(s, txn, *slip_id, a, &a->v[i]));
	return rc < 0 ? rc : invoices_rematch(s, txn, a->order.id);
}

/* The lines of @doc, or what was scanned. */
static int
receive(struct session *s, struct txn *txn, const struct receipt_doc *doc,
    const struct scanned *open, struct arrival *a, struct receipt_said *out)
{
	int rc = open != NULL ? receiving_arrival(s, open, a)
			      : arrival_read(s, doc, a);

	if (rc < 0 || (rc = post(s, txn, doc, a, &out->slip_id)) < 0)
		return rc;
	slip_no("receipt", out->slip_id, out->slip_no);
	out->pieces = a->pieces;
	out->bad = a->bad;
	if (open != NULL)
		rc = receiving_end(txn, open->id, RECEIVING_DONE, out->slip_id);
	return rc < 0 ? rc
		      : db_get1(s->db, sql_open, DB_ARGS(db_i(a->order.id)),
			    &out->open);
}

/* @id 0: what was scanned does not matter. */
static int
commit(struct session *s, const struct receipt_doc *doc, int64_t id,
    int64_t version, struct receipt_said *said)
{
	const struct op *op = doc->over ? &op_over : &op_receive;
	struct receipt_said out = { .slip_id = 0 };
	struct arrival a = { .v = NULL };
	struct scanned open = { .id = 0 };
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, op, &txn)) < 0)
		return rc;
	rc = session_need(s, PERM_STOCK_RECEIVE);
	if (rc == 0)
		rc = check_clean(s, "note", doc->note);
	if (rc == 0 && id != 0)
		rc = receiving_read(s, id, version, &open);
	if (rc == 0)
		rc = receive(s, txn, doc, id != 0 ? &open : NULL, &a, &out);
	if (rc == 0)
		rc = op_commit(s, op, &txn, a.order.id,
		    "%s: %s, %" PRId64 ", defective %" PRId64 "%s%s",
		    a.order.no, out.slip_no, a.pieces, a.bad,
		    doc->note[0] != '\0' ? ": " : "", doc->note);
	op_abort(s, &txn);
	arrival_done(&a);
	if (rc == 0)
		*said = out;
	return rc;
}

int
receipt_post(
    struct session *s, const struct receipt_doc *doc, struct receipt_said *said)
{
	return commit(s, doc, 0, 0, said);
}

int
receiving_post(struct session *s, int64_t id, int64_t version,
    const struct receipt_doc *doc, struct receipt_said *said)
{
	return commit(s, doc, id, version, said);
}

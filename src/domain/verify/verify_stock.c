/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/map.h"
#include "shopmgr/base/time.h"

#include "verify_priv.h"

/* Bins, what waits to be put away, what is under way, and the sales of days. */

#define IN_BINS(of) \
	"coalesce((SELECT sum(l.qty) FROM bin_stock l JOIN bin b " \
	"ON b.id = l.bin_id WHERE l.variant_id = s.variant_id " \
	"AND b.warehouse_id = s.warehouse_id" of "), 0)"
#define WAITS \
	"coalesce((SELECT sum(p.rest) FROM put_wait p " \
	"WHERE p.warehouse_id = s.warehouse_id " \
	"AND p.variant_id = s.variant_id AND p.rest > 0), 0)"
/* Of purchases that are ordered, and of transfers under way. */
#define ON_THE_WAY \
	"coalesce((SELECT sum(l.qty - l.received) FROM purchase_line l " \
	"JOIN purchase p ON p.id = l.purchase_id " \
	"WHERE l.variant_id = s.variant_id AND p.warehouse_id = " \
	"s.warehouse_id AND p.state IN (1, 2) AND l.qty > l.received), 0) " \
	"+ coalesce((SELECT sum(l.sent - l.arrived - l.lost) " \
	"FROM transfer t JOIN transfer_line l ON l.transfer_id = t.id " \
	"WHERE t.state = 1 AND t.to_id = s.warehouse_id " \
	"AND l.variant_id = s.variant_id), 0)"
#define STOCK(a, b) \
	"SELECT v.sku_code, " a ", " b " FROM stock s JOIN variant v " \
	"ON v.id = s.variant_id WHERE " a " <> " b " /*scan*/"

/* The slips of a transfer, one kind's pieces and what they were worth. "+ 0":
 * not by all moves of the goods, which are many. */
#define SLIPS(what, kind, more) \
	"coalesce((SELECT sum(" what ") FROM stock_slip x JOIN stock_move m " \
	"ON m.slip_id = x.id WHERE x.transfer_id = t.id AND x.kind = '" kind \
	"' AND m.variant_id + 0 = l.variant_id" more "), 0)"
#define TRANSFER(a, b) \
	"SELECT t.transfer_no, v.sku_code, " a ", " b " FROM transfer t " \
	"JOIN transfer_line l ON l.transfer_id = t.id JOIN variant v " \
	"ON v.id = l.variant_id WHERE " a " <> " b " /*scan*/"
#define UNDER_WAY \
	"-" SLIPS("m.value", "send", "") " - " SLIPS("m.value", "arrive", \
	    "") " - " SLIPS("m.value", "scrap", " AND m.qty > 0")

const struct verify_rule verify_stock_rules[] = {
	{ N_("What is on hand lies in bins"),
	    N_("{1}: {2} are on hand, {3} lie in bins"),
	    STOCK("s.on_hand", IN_BINS("")) },
	{ N_("Defective goods lie in their bins"),
	    N_("{1}: {2} are defective, {3} lie in bins for that"),
	    STOCK("s.defective", IN_BINS(" AND b.kind = 2")) },
	{ N_("Bins stand where their codes say"),
	    N_("Bin {1} is not where one comes by it"),
	    "SELECT code FROM bin WHERE along = '' OR substr(along, "
	    "length(along) - length(code) + 1) <> code /*scan*/" },
	{ N_("Goods to be put away lie in their bins"),
	    N_("{1}: {2} are to be put away, {3} lie in bins for that"),
	    STOCK("s.to_put", IN_BINS(" AND b.kind = 3")) },
	{ N_("What is to be put away is on the worklist"),
	    N_("{1}: {2} are to be put away, {3} are on the worklist"),
	    STOCK("s.to_put", WAITS) },
	{ N_("What is in transit is ordered, or sent from elsewhere"),
	    N_("{1}: {2} are in transit, {3} are ordered or sent"),
	    STOCK("s.in_transit", ON_THE_WAY) },
	{ N_("Pieces sent to another warehouse have their slips"),
	    N_("{1}, {2}: {3} were sent, the slips make {4}"),
	    TRANSFER("l.sent", "-" SLIPS("m.qty", "send", "")) },
	{ N_("Pieces that came from another warehouse have their slips"),
	    N_("{1}, {2}: {3} arrived, the slips make {4}"),
	    TRANSFER("l.arrived", SLIPS("m.qty", "arrive", "")) },
	{ N_("Pieces lost on the way have their slips"),
	    N_("{1}, {2}: {3} were lost, the slips make {4}"),
	    TRANSFER("l.lost", SLIPS("m.qty", "scrap", " AND m.qty > 0")) },
	{ N_("What is under way is worth what was taken from stock for it"),
	    N_("{1}, {2}: {3} fen are under way, the slips make {4}"),
	    TRANSFER("l.value", UNDER_WAY) },
	{ NULL, NULL, NULL },
};

/* A day's sales and receipts. */
struct day {
	int64_t key[3]; /* variant, warehouse, day */
	int64_t sold, cost, came, sales;
};
struct days {
	struct map map;
	struct day *v;
	size_t n, cap;
};

static struct day *
day_of(struct days *d, int64_t variant, int64_t warehouse, int64_t day)
{
	const int64_t key[3] = { variant, warehouse, day };
	int64_t *slot;
	bool fresh;

	slot = map_put(&d->map, key, sizeof(key), &fresh);
	if (fresh) {
		if (d->n == d->cap) {
			d->cap = d->cap != 0 ? d->cap * 2 : 256;
			d->v = xreallocarray(d->v, d->cap, sizeof(*d->v));
		}
		*slot = (int64_t)d->n;
		d->v[d->n++] =
		    (struct day){ .key = { variant, warehouse, day } };
	}
	return &d->v[*slot];
}

static const char sql_moves[] =
    "SELECT m.variant_id, m.warehouse_id, m.at, m.qty, m.value, x.kind, "
    "m.sales FROM stock_move m JOIN stock_slip x ON x.id = m.slip_id /*scan*/";
static const char sql_days[] =
    "SELECT variant_id, warehouse_id, day, sold, cost, came, sales "
    "FROM stock_day /*scan*/";

static void
add_move(struct days *d, const struct db_rows *rows)
{
	const char *kind = db_text(rows, 5);
	bool came = strcmp(kind, "receipt") == 0;
	struct day *day;

	if (!came && strcmp(kind, "ship") != 0 && strcmp(kind, "return") != 0)
		return;
	day = day_of(
	    d, db_int(rows, 0), db_int(rows, 1), time_day(db_int(rows, 2)));
	if (came) {
		day->came += db_int(rows, 3);
		return;
	}
	day->sold -= db_int(rows, 3);
	day->cost -= db_int(rows, 4);
	day->sales += db_int(rows, 6);
}

static void
take_kept(struct days *d, const struct db_rows *rows)
{
	struct day *day =
	    day_of(d, db_int(rows, 0), db_int(rows, 1), db_int(rows, 2));

	day->sold -= db_int(rows, 3);
	day->cost -= db_int(rows, 4);
	day->came -= db_int(rows, 5);
	day->sales -= db_int(rows, 6);
}

static int
each(struct verify *v, const char *sql,
    void (*row)(struct days *d, const struct db_rows *rows), struct days *d)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(v->s->db, sql, DB_NOARGS, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) == 1)
		row(d, rows);
	db_done(rows);
	return rc;
}

int
verify_stock_days(struct verify *v)
{
	struct days d = { .n = 0 };
	char buf[TIME_SIZE];
	size_t i;
	int rc;

	rc = each(v, sql_moves, add_move, &d);
	if (rc == 0)
		rc = each(v, sql_days, take_kept, &d);
	for (i = 0; rc == 0 && i < d.n; i++)
		if (d.v[i].sold != 0 || d.v[i].cost != 0 || d.v[i].came != 0 ||
		    d.v[i].sales != 0)
			verify_badf(v,
			    _("Variant %" PRId64 ", %s: the pieces sold and "
			      "received and the sales are %" PRId64 ", %" PRId64
			      " and %" PRId64 " fen off"),
			    d.v[i].key[0], day_text(d.v[i].key[2], buf),
			    -d.v[i].sold, -d.v[i].came, -d.v[i].sales);
	map_done(&d.map);
	free(d.v);
	return rc;
}

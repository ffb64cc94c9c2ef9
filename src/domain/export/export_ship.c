/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../floor/ship_priv.h"
#include "../goods/kits_priv.h"
#include "../orders/order_rows.h"
#include "../record/record_priv.h"
#include "export_column.h"
#include "export_priv.h"

/* Files in others' layouts: shipments for platforms, labels for couriers. */

/* A file being filled. */
struct filling {
	struct exporting *ex;
	const struct out_layout *l;
	bool goods;         /* a column tells of them */
	struct arena arena; /* of the row */
	bool also;          /* the other orders in the parcels */
	struct written {
		int64_t parcel, order; /* 0: the parcel's own */
	} * done;                      /* what is in the file, to be marked */
	size_t ndone, cap;
};

static const char sql_platform[] =
    "SELECT count(*) FROM shop WHERE platform = $1";

/* A platform without a layout of its own gets the common one, if it is one. */
static int
layout_of(struct exporting *ex, struct arena *arena, struct out_layout *l)
{
	bool ships = strcmp(ex->kind, "shipments") == 0;
	const char *name = ex->opt->platform;
	struct session *s = ex->s;
	int64_t shops = 0;
	int rc;

	if (name == NULL)
		name = ships ? "taobao" : "qianniu";
	if ((rc = out_layout_find(s, ex->kind, name, arena, l)) != 0)
		return rc < 0 ? rc : 0;
	if (!ships)
		return err_set(&s->err, ERR_INVALID, "platform",
		    _("There is no list of labels by the name of %s"), name);
	rc = db_get1(s->db, sql_platform, DB_ARGS(db_t(name)), &shops);
	if (rc < 0)
		return rc;
	if (shops == 0)
		return err_set(&s->err, ERR_INVALID, "platform",
		    _("There is no platform %s"), name);
	rc = out_layout_find(s, ex->kind, "other", arena, l);
	l->platform = name;
	return rc < 0 ? rc : 0;
}

#define FACTS \
	"SELECT p.id, o.id, o.order_no, sh.platform, sh.name, cu.nick," \
	" co.name, co.code, co.phone, p.waybill_no, p.shipped_at," \
	" o.created_at, " ORDER_PAID_AT ", o.paid, p.weight, r.name, r.phone," \
	" r.province, r.city, r.district, r.address, o.memo, o.buyer_note"
#define OF_AN_ORDER \
	" LEFT JOIN shop sh ON sh.id = o.shop_id" \
	" LEFT JOIN receiver r ON r.id = o.receiver_id" \
	" LEFT JOIN customer cu ON cu.id = r.customer_id"

static void
take_fact(const struct db_rows *rows, struct export_fact *f, struct arena *a)
{
	*f = (struct export_fact){
		.parcel_id = db_int(rows, 0),
		.order_id = db_int(rows, 1),
		.order_no = row_text(rows, 2, a),
		.platform = row_text(rows, 3, a),
		.shop = row_text(rows, 4, a),
		.nick = row_text(rows, 5, a),
		.courier = row_text(rows, 6, a),
		.courier_code = row_text(rows, 7, a),
		.courier_phone = row_text(rows, 8, a),
		.waybill_no = row_text(rows, 9, a),
		.shipped_at = db_int(rows, 10),
		.created_at = db_int(rows, 11),
		.paid_at = db_int(rows, 12),
		.paid = db_int(rows, 13),
		.weight = db_int(rows, 14),
		.receiver = row_text(rows, 15, a),
		.phone = row_text(rows, 16, a),
		.province = row_text(rows, 17, a),
		.city = row_text(rows, 18, a),
		.district = row_text(rows, 19, a),
		.street = row_text(rows, 20, a),
		.memo = row_text(rows, 21, a),
		.buyer_note = row_text(rows, 22, a),
		.goods = { "", "", "", "", "", 0, 0, 0 },
	};
}

/* What is in the parcel; all of it, where there is none, or one of before. The
 * platform knows the kit, of which something is there, and not its parts. */
static const char sql_lines[] =
    "SELECT l.sub_order_no, li.title, li.attrs, li.item_no,"
    " coalesce(x.qty, l.qty), l.price, CASE WHEN v.kit = 1 AND v.weight = 0"
    " THEN " KIT_WEIGHT " ELSE v.weight END FROM order_line l"
    " LEFT JOIN parcel_line x ON x.parcel_id = $2"
    " AND x.order_id = l.order_id AND x.line_no = l.line_no"
    " LEFT JOIN listing li ON li.id = l.listing_id"
    " LEFT JOIN variant v ON v.id = l.variant_id WHERE l.order_id = $1"
    " AND l.kit <= 0 AND (x.qty IS NOT NULL OR NOT EXISTS (SELECT 1"
    " FROM parcel_line y WHERE y.parcel_id = $2 AND y.order_id = $1)"
    " OR (l.kit = -1 AND EXISTS (SELECT 1 FROM parcel_line y JOIN order_line p"
    " ON p.order_id = y.order_id AND p.line_no = y.line_no"
    " WHERE y.parcel_id = $2 AND y.order_id = $1 AND p.kit = l.line_no)))"
    " ORDER BY l.order_id, l.line_no";

static void
take_goods(const struct db_rows *rows, struct export_goods *g, struct arena *a)
{
	*g = (struct export_goods){
		.sub_order_no = row_text(rows, 0, a),
		.title = row_text(rows, 1, a),
		.spec = row_text(rows, 2, a),
		.item_no = row_text(rows, 3, a),
		.qty = db_int(rows, 4),
		.price = db_int(rows, 5),
		.weight = db_int(rows, 4) * db_int(rows, 6),
	};
	g->all = arena_printf(a, "%s%s%s×%" PRId64, g->title,
	    g->spec[0] != '\0' ? " " : "", g->spec, g->qty);
}

static const char *
joined(const char *one, const char *other, struct arena *a)
{
	if (one[0] == '\0' || other[0] == '\0')
		return one[0] == '\0' ? other : one;
	return arena_printf(a, "%s；%s", one, other);
}

static void
add_goods(
    struct export_goods *to, const struct export_goods *g, struct arena *a)
{
	to->sub_order_no = joined(to->sub_order_no, g->sub_order_no, a);
	to->title = joined(to->title, g->title, a);
	to->spec = joined(to->spec, g->spec, a);
	to->item_no = joined(to->item_no, g->item_no, a);
	to->all = joined(to->all, g->all, a);
	to->qty += g->qty;
	to->weight += g->weight;
	to->price = to->price == 0 ? g->price : to->price;
}

static int
write_fact(struct filling *to, const struct export_fact *f)
{
	const char *texts[LAYOUT_COLUMNS];
	size_t i;

	for (i = 0; i < to->l->ncolumns; i++)
		texts[i] = export_cell(to->l->columns[i], f, &to->arena);
	return export_row(to->ex, texts);
}

/* The goods of the order go into one row, or each into its own. */
static int
write_goods(struct filling *to, struct export_fact *f)
{
	struct export_goods g, all = f->goods;
	struct db_rows *rows;
	int rc;

	rc = db_query(to->ex->s->db, sql_lines,
	    DB_ARGS(db_i(f->order_id), db_i(f->parcel_id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		take_goods(rows, &g, &to->arena);
		add_goods(&all, &g, &to->arena);
		f->goods = g;
		if (to->l->of == OF_LINES && (rc = write_fact(to, f)) != 0)
			break;
	}
	db_done(rows);
	if (rc != 0 || (to->l->of == OF_LINES && all.qty > 0))
		return rc;
	f->goods = all;
	return write_fact(to, f);
}

/* False: there is no room for it any more. */
static bool
add_name(char names[EXPORT_NAMES], const char *order_no)
{
	size_t n = strlen(names), need = strlen(order_no) + 2;

	if (n + need >= EXPORT_NAMES)
		return false;
	snprintf(
	    names + n, EXPORT_NAMES - n, "%s%s", n > 0 ? ", " : "", order_no);
	return true;
}

static void
note_done(struct filling *to, const struct export_fact *f)
{
	if (to->ndone == to->cap) {
		to->cap = to->cap == 0 ? 256 : to->cap * 2;
		to->done = xreallocarray(to->done, to->cap, sizeof(*to->done));
	}
	to->done[to->ndone++] =
	    (struct written){ f->parcel_id, to->also ? f->order_id : 0 };
}

/* What no courier took: as the platform calls that, or it is told to who tells
 * the platform. True: it has no row. */
static bool
by_hand(struct filling *to, struct export_fact *f)
{
	struct export_result *r = &to->ex->told;

	if (strcmp(to->l->kind, "shipments") != 0 ||
	    !courier_is_nobody(f->courier))
		return false;
	if (to->l->hand != NULL) {
		f->courier = to->l->hand;
		f->courier_phone = f->waybill_no = "";
		return false;
	}
	r->by_hand++;
	if (add_name(r->hand_names, f->order_no))
		note_done(to, f);
	return true;
}

static int
take_row(struct filling *to, const struct db_rows *rows)
{
	struct export_fact f;
	int rc;

	arena_reset(&to->arena);
	take_fact(rows, &f, &to->arena);
	if (to->l->contacts && export_nobody(&f)) {
		to->ex->told.left_out++;
		(void)add_name(to->ex->told.left_names, f.order_no);
		return 0;
	}
	if (by_hand(to, &f))
		return 0;
	rc = to->goods ? write_goods(to, &f) : write_fact(to, &f);
	if (rc == 0)
		note_done(to, &f);
	return rc;
}

static int
check_filters(struct exporting *ex)
{
	const struct export_options *opt = ex->opt;
	size_t i;

	for (i = 0; i < opt->nfilters; i++) {
		const char *field = opt->filters[i].field;

		if (strcmp(field, "since") != 0 &&
		    strcmp(field, "until") != 0 && strcmp(field, "shop") != 0 &&
		    strcmp(field, "platform") != 0)
			return err_set(&ex->s->err, ERR_INVALID, field,
			    _("%s have no field %s"), ex->kind, field);
	}
	return 0;
}

/* A log of what is handed over is of the day, unless another is asked for. */
static int64_t
since_when(const struct exporting *ex, int64_t since, int64_t until)
{
	if (since != 0 || until != 0 || strcmp(ex->kind, "labels") != 0)
		return since;
	return day_start(time_day(time_now()));
}

static int
parcels_query(struct filling *to, struct query *q)
{
	struct exporting *ex = to->ex;
	const struct export_options *opt = ex->opt;
	const char *shop = rec_want(opt->filters, opt->nfilters, "shop");
	const char *of = rec_want(opt->filters, opt->nfilters, "platform");
	int64_t since = 0, until = 0;
	int rc;

	if ((rc = check_filters(ex)) < 0 ||
	    (rc = rec_want_time(
		 ex->s, opt->filters, opt->nfilters, "since", &since)) < 0 ||
	    (rc = rec_want_time(
		 ex->s, opt->filters, opt->nfilters, "until", &until)) < 0)
		return rc;
	since = since_when(ex, since, until);
	/* Both kinds of shop use the one seller's centre, which takes both. */
	if (strcmp(to->l->platform, "taobao") == 0)
		query_lit(q, " AND sh.platform IN ('taobao', 'tmall')");
	else if (to->l->platform[0] != '\0')
		query_and(q, "sh.platform =", db_t(to->l->platform));
	if (of != NULL)
		query_and(q, "sh.platform =", db_t(of));
	if (shop != NULL)
		query_and(q, "sh.name =", db_t(shop));
	if (since != 0)
		query_and(q, "p.shipped_at >=", db_i(since));
	if (until != 0)
		query_and(q, "p.shipped_at <", db_i(until));
	/* What was not sold there is nothing to tell a platform. */
	if (strcmp(ex->kind, "shipments") == 0)
		query_lit(q, " AND o.origin = 0");
	if (!opt->all && strcmp(ex->kind, "shipments") == 0) {
		if (to->also)
			query_lit(q, " AND a.exported_at = 0");
		else
			query_lit(q, " AND p.exported_at = 0");
	}
	query_lit(q, " ORDER BY p.id /*scan*/ /*sort*/");
	return 0;
}

static int
write_query(struct filling *to, const struct query *q)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(to->ex->s->db, q->sql, q->args, q->nargs, &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0)
		if ((rc = take_row(to, rows)) != 0)
			break;
	db_done(rows);
	return rc;
}

static int
write_parcels(struct filling *to)
{
	struct query q = QUERY(
	    FACTS " FROM parcel p LEFT JOIN orders o ON o.id = p.order_id"
		  " LEFT JOIN courier co ON co.id = p.courier_id" OF_AN_ORDER
		  " WHERE 1 = 1");
	/* Each order of those that go together is told its waybill. */
	struct query also = QUERY(
	    FACTS " FROM parcel_also a JOIN parcel p ON p.id = a.parcel_id"
		  " LEFT JOIN orders o ON o.id = a.order_id"
		  " LEFT JOIN courier co ON co.id = p.courier_id" OF_AN_ORDER
		  " WHERE 1 = 1");
	int rc;

	if ((rc = parcels_query(to, &q)) < 0 || (rc = write_query(to, &q)) != 0)
		return rc;
	if (strcmp(to->ex->kind, "shipments") != 0)
		return 0;
	to->also = true;
	if ((rc = parcels_query(to, &also)) < 0)
		return rc;
	return write_query(to, &also);
}

/* Those that wait have no parcel; they go as what is known of them. */
static int
write_order(struct filling *to, int64_t id)
{
	struct query q = QUERY(
	    FACTS " FROM orders o LEFT JOIN parcel p ON p.id = 0"
		  " LEFT JOIN courier co ON co.id = o.courier_id" OF_AN_ORDER
		  " WHERE 1 = 1");

	query_and(&q, "o.id =", db_i(id));
	return write_query(to, &q);
}

/* Row by row, of whatever kind: each begins with its id. */
static int
order_row(void *arg, const void *row)
{
	int64_t id;

	memcpy(&id, row, sizeof(id));
	return write_order(arg, id);
}

static int
write_orders(struct filling *to)
{
	const struct export_options *opt = to->ex->opt;
	struct rec_filter *filters;
	size_t i, n = opt->nfilters;
	int rc = 0;

	if ((rc = session_need(to->ex->s, PERM_ORDER_VIEW)) < 0)
		return rc;
	for (i = 0; rc == 0 && opt->ids != NULL && i < opt->nids; i++)
		rc = write_order(to, opt->ids[i]);
	if (opt->ids != NULL)
		return rc;
	filters = xcalloc(n + 1, sizeof(*filters));
	for (i = 0; i < n; i++)
		filters[i] = opt->filters[i];
	if (rec_want(filters, n, "tab") == NULL)
		filters[n++] = (struct rec_filter){ "tab", "to_ship" };
	rc = rec_orders.each(to->ex->s, filters, n, order_row, to);
	free(filters);
	return rc;
}

static const char sql_mark[] =
    "UPDATE parcel SET exported_at = $2 WHERE id = $1 AND exported_at = 0";
static const char sql_mark_also[] =
    "UPDATE parcel_also SET exported_at = $2"
    " WHERE parcel_id = $1 AND order_id = $3 AND exported_at = 0";

static int
mark(struct exporting *ex, struct txn *txn, void *arg)
{
	const struct filling *to = arg;
	int64_t now = time_now();
	size_t i;
	int rc = 0;

	(void)ex;
	for (i = 0; rc == 0 && i < to->ndone; i++) {
		const struct db_val args[] = { db_i(to->done[i].parcel),
			db_i(now), db_i(to->done[i].order) };

		rc = to->done[i].order == 0
			 ? db_exec(txn, sql_mark, args, 2, NULL)
			 : db_exec(txn, sql_mark_also, args, 3, NULL);
	}
	return rc;
}

static enum sheet_col
column_type(const char *name)
{
	const struct out_column *c = out_column(name);

	if (c == NULL)
		return COL_TEXT;
	if ((c->flags & COLUMN_ID) != 0)
		return COL_ID;
	return (c->flags & COLUMN_NUMBER) != 0 ? COL_COUNT : COL_TEXT;
}

static int
fill(struct exporting *ex, const struct out_layout *l)
{
	const char *const *headers[LAYOUT_HEADERS];
	enum sheet_col cols[LAYOUT_COLUMNS];
	struct filling to = { .ex = ex, .l = l };
	const struct out_column *c;
	bool ships = strcmp(ex->kind, "shipments") == 0;
	size_t i;
	int rc;

	for (i = 0; i < l->ncolumns; i++) {
		cols[i] = column_type(l->columns[i]);
		c = out_column(l->columns[i]);
		to.goods |= c != NULL && (c->flags & COLUMN_GOODS) != 0;
	}
	for (i = 0; i < l->nheaders; i++)
		headers[i] = l->headers[i];
	ex->cols = cols;
	ex->ncols = l->ncolumns;
	ex->headers = headers;
	ex->nheaders = l->nheaders;
	ex->rows_max = l->rows;
	ex->bytes_max = l->bytes;
	if ((rc = export_open(ex)) == 0)
		rc =
		    l->of == OF_ORDERS ? write_orders(&to) : write_parcels(&to);
	if (rc >= 0)
		rc = export_finish(ex, ships ? mark : NULL, &to);
	arena_done(&to.arena);
	free(to.done);
	return rc;
}

int
export_layout(struct exporting *ex)
{
	struct arena arena = { 0 };
	struct out_layout l;
	char note[96];
	int rc;

	if ((rc = layout_of(ex, &arena, &l)) == 0 && l.contacts)
		rc = session_need(ex->s, PERM_CONTACT_VIEW);
	if (rc == 0 && ex->opt->encoding == NULL)
		rc = export_encoding(ex->s, l.encoding, &ex->opts.encoding);
	if (rc == 0) {
		snprintf(note, sizeof(note), " %s%s", l.name,
		    l.contacts ? ", with names, phones and addresses" : "");
		ex->note = note;
		rc = fill(ex, &l);
		ex->note = "";
	}
	arena_done(&arena);
	return rc;
}

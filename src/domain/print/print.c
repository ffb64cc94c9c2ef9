/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/exchange.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/settings.h"
#include "shopmgr/io/printer.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../orders/order_priv.h"
#include "../orders/order_rows.h"
#include "print_priv.h"

static const struct op op_print = { "order-print", PERM_ORDER_SHIP, "order" };

static const char sql_order[] =
    "SELECT o.id, o.state, o.held, " ORDER_PAID_AT
    ", o.order_no, sh.name, c.nick,"
    " r.name, r.phone, r.province, r.city, r.district, r.address, co.name,"
    " o.waybill_no, o.buyer_note, CASE WHEN o.cod = 1 AND o.total > o.paid"
    " THEN o.total - o.paid ELSE 0 END FROM orders o"
    " JOIN shop sh ON sh.id = o.shop_id"
    " LEFT JOIN receiver r ON r.id = o.receiver_id"
    " LEFT JOIN customer c ON c.id = r.customer_id"
    " LEFT JOIN courier co ON co.id = o.courier_id WHERE o.id = $1";

static int
read_head(
    struct session *s, int64_t id, struct arena *arena, struct print_order *o)
{
	const char **const texts[] = { &o->order_no, &o->shop, &o->nick,
		&o->receiver, &o->phone, &o->province, &o->city, &o->district,
		&o->address, &o->courier, &o->waybill, &o->buyer_note };
	struct db_rows *rows;
	size_t i;
	int rc;

	if ((rc = db_query(s->db, sql_order, DB_ARGS(db_i(id)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		o->id = db_int(rows, 0);
		o->state = db_int(rows, 1);
		o->held = db_int(rows, 2);
		o->paid_at = db_int(rows, 3);
		for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
			*texts[i] = row_text(rows, (int)i + 4, arena);
		o->collect = db_int(rows, (int)i + 4);
		/* The number and the money at the door are of the parcel that
		 * went; this is for the next. */
		if (o->state == ORDER_PART_SHIPPED) {
			o->waybill = "";
			o->collect = 0;
		}
	}
	db_done(rows);
	if (rc == 0)
		return err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such order"));
	return rc < 0 ? rc : 0;
}

static const char sql_lines[] =
    "SELECT v.sku_code, coalesce(v.name, li.title), CASE WHEN l.kit > 0"
    " THEN coalesce((SELECT kv.name FROM order_line k JOIN variant kv"
    " ON kv.id = k.variant_id WHERE k.order_id = l.order_id"
    " AND k.line_no = l.kit), '') ELSE li.attrs END, st.bin, l.qty"
    " FROM order_line l JOIN listing li ON li.id = l.listing_id"
    " LEFT JOIN variant v ON v.id = l.variant_id"
    " LEFT JOIN stock st ON st.variant_id = l.variant_id"
    " AND st.warehouse_id = coalesce((SELECT o.warehouse_id FROM orders o"
    " WHERE o.id = l.order_id), 1)"
    " WHERE l.order_id = $1 AND l.refund_state <> 2 AND l.kit >= 0"
    " ORDER BY l.line_no";

static int
read_lines(struct session *s, struct arena *arena, struct print_order *o)
{
	struct print_line *lines = NULL;
	struct db_rows *rows;
	size_t cap = 0;
	int rc;

	rc = db_query(s->db, sql_lines, DB_ARGS(db_i(o->id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		if (lines == NULL || o->nlines == cap) {
			cap = cap == 0 ? 8 : cap * 2;
			lines = xreallocarray(lines, cap, sizeof(*lines));
		}
		lines[o->nlines++] = (struct print_line){
			.sku_code = row_text(rows, 0, arena),
			.name = row_text(rows, 1, arena),
			.attrs = row_text(rows, 2, arena),
			.bin = row_text(rows, 3, arena),
			.qty = db_int(rows, 4),
		};
	}
	db_done(rows);
	if (lines != NULL) {
		o->lines = arena_alloc(arena, o->nlines * sizeof(*lines));
		memcpy(o->lines, lines, o->nlines * sizeof(*lines));
	}
	free(lines);
	return rc;
}

int
print_order(
    struct session *s, int64_t id, struct arena *arena, struct print_order *out)
{
	int rc;

	*out = (struct print_order){ .id = id };
	rc = read_head(s, id, arena, out);
	return rc < 0 ? rc : read_lines(s, arena, out);
}

/* The printer of the settings if there is one, else a file. */
static int
choose_way(struct printing *pr, const char *stem)
{
	struct print_said *said = pr->said;
	struct session *s = pr->s;
	int rc;

	if (pr->job->path != NULL) {
		copy_text(said->path, sizeof(said->path), pr->job->path);
		return 0;
	}
	rc = setting_text(
	    s, SETTING_PRINT_QUEUE, said->queue, sizeof(said->queue));
	if (rc < 0)
		return rc;
	if (said->queue[0] != '\0' && printer_any())
		return 0;
	said->queue[0] = '\0';
	if (pr->job->dir == NULL)
		return err_set(&s->err, ERR_STATE, "",
		    _("There is no printer, and no folder for a file"));
	return exchange_path(
	    s, pr->job->dir, stem, "pdf", said->path, sizeof(said->path));
}

int
printing_begin(struct printing *pr, const char *stem, const char *title,
    const struct paper_format *format)
{
	int rc;

	pr->format = format;
	if ((rc = choose_way(pr, stem)) < 0)
		return rc;
	rc = paper_open(&pr->paper,
	    pr->said->queue[0] != '\0' ? NULL : pr->said->path, format,
	    &pr->s->err);
	if (rc == 0)
		paper_about(pr->paper, title, time_now());
	return rc;
}

static void
warn(struct printing *pr)
{
	struct print_said *said = pr->said;
	const char *text = NULL;
	uint32_t c = paper_missing(pr->paper, &text);

	if (c != 0)
		snprintf(said->warning, sizeof(said->warning),
		    _("No font has the character U+%04X of “%s”: write it by "
		      "hand"),
		    (unsigned)c, text != NULL ? text : "");
	else if ((text = paper_cut(pr->paper)) != NULL)
		snprintf(said->warning, sizeof(said->warning),
		    _("This did not fit: %s"), text);
}

int
printing_end(struct printing *pr, const char *title)
{
	struct print_said *said = pr->said;
	int rc = paper_finish(pr->paper);

	if (rc < 0)
		return rc;
	said->pages = paper_pages(pr->paper);
	warn(pr);
	if (said->queue[0] == '\0')
		return 0;
	return printer_send(
	    &(struct printer_job){
		.fd = paper_fd(pr->paper),
		.queue = said->queue,
		.title = title,
		.copies = pr->job->copies,
		.width = pr->format->width,
		.height = pr->format->height,
	    },
	    &pr->s->err);
}

void
printing_close(struct printing *pr)
{
	paper_close(pr->paper);
	arena_done(&pr->arena);
}

void
printing_leave(struct printing *pr, const char *order_no, const char *why)
{
	struct print_said *said = pr->said;
	size_t len = strlen(said->left_names);

	said->left_out++;
	snprintf(said->left_names + len, sizeof(said->left_names) - len,
	    "%s%s (%s)", len > 0 ? ", " : "", order_no, why);
}

/*
 * What is going to be printed is marked, and the log says whose address it was:
 * before the paper leaves, as that takes its time and cannot be taken back.
 */
static int
mark_printed(struct session *s, const int64_t *done, size_t n, const char *stem)
{
	struct txn *txn;
	size_t i;
	int rc;

	if ((rc = op_begin(s, &op_print, &txn)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < n; i++) {
		rc = order_did(s, txn, done[i], DONE_PRINTED, 0);
		if (rc == 0 && i > 0)
			rc = op_note(
			    s, &op_print, txn, "order", done[i], "%s", stem);
	}
	if (rc == 0)
		rc = op_commit(s, &op_print, &txn, done[0], "%s", stem);
	op_abort(s, &txn);
	return rc;
}

/* All that may be printed; *@n of them, their ids in @done. */
static int
print_each(struct printing *pr, const struct print_kind *kind,
    const int64_t *orders, size_t norders, int64_t *done, size_t *n)
{
	const char *why;
	size_t i;
	int rc;

	for (i = 0; i < norders; i++) {
		struct print_order o;

		rc = print_order(pr->s, orders[i], &pr->arena, &o);
		if (rc < 0)
			return rc;
		if ((why = kind->refused(&o)) != NULL) {
			printing_leave(pr, o.order_no, why);
			continue;
		}
		kind->one(pr, &o);
		done[(*n)++] = o.id;
	}
	if (*n == 0)
		return err_set(&pr->s->err, ERR_STATE, "",
		    _("Nothing is printed: %s"), pr->said->left_names);
	return 0;
}

int
print_orders(struct session *s, const int64_t *orders, size_t norders,
    const struct print_kind *kind, const struct print_job *job,
    struct print_said *said)
{
	struct printing pr = { .s = s, .job = job, .said = said };
	int64_t *done;
	size_t n = 0;
	int rc;

	*said = (struct print_said){ .printed = 0 };
	if ((rc = session_need(s, PERM_ORDER_SHIP)) < 0)
		return rc;
	done = xcalloc(norders + 1, sizeof(*done));
	rc = printing_begin(&pr, kind->stem, _(kind->title), kind->format);
	if (rc == 0)
		rc = print_each(&pr, kind, orders, norders, done, &n);
	if (rc == 0)
		rc = mark_printed(s, done, n, kind->stem);
	if (rc == 0)
		rc = printing_end(&pr, _(kind->title));
	printing_close(&pr);
	said->printed = rc == 0 ? (int64_t)n : 0;
	free(done);
	return rc;
}

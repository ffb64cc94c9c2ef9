/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"

#include "contact_priv.h"
#include "order_priv.h"
#include "row_priv.h"
#include "session_priv.h"
#include "ship_priv.h"
#include "stock_priv.h"

static int
refused_held(struct session *s, const struct order_now *now)
{
	char words[200];
	int rc;

	if ((rc = hold_words(s, now->id, words, sizeof(words))) < 0)
		return rc;
	return err_set(&s->err, ERR_STATE, "", _("Order %s is on hold: %s"),
	    now->order_no, words);
}

int
pack_refused(struct session *s, const struct order_now *now)
{
	switch ((enum order_state)now->state) {
	case ORDER_PAID:
	case ORDER_PART_SHIPPED:
		return now->held ? refused_held(s, now) : 0;
	case ORDER_UNPAID:
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s is not paid yet"), now->order_no);
	case ORDER_CLOSED:
		return err_set(&s->err, ERR_STATE, "", _("Order %s is closed"),
		    now->order_no);
	case ORDER_SHIPPED:
	case ORDER_DONE:
		break;
	}
	return order_shipped_error(s, now->id, now->order_no);
}

static const char sql_head[] =
    "SELECT r.name, r.province, r.city, o.buyer_note, o.memo FROM orders o"
    " LEFT JOIN receiver r ON r.id = o.receiver_id WHERE o.id = $1";

static const char *
place(struct session *s, const struct db_rows *rows, struct arena *arena)
{
	const char *province = row_text(rows, 1, arena);
	const char *city = row_text(rows, 2, arena);

	if (!contact_open(s)) {
		province = mask_place(province);
		city = mask_place(city);
	}
	return arena_printf(arena, "%s %s", province, city);
}

static void
hide_head(const struct session *s, struct packing *p)
{
	if (contact_open(s))
		return;
	p->receiver = mask_name(&p->arena, p->receiver);
	p->note = mask_text(&p->arena, p->note);
}

static int
read_head(struct session *s, struct packing *p)
{
	struct db_rows *rows;
	const char *note, *memo;
	int rc;

	rc = db_query(s->db, sql_head, DB_ARGS(db_i(p->order_id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		p->receiver = row_text(rows, 0, &p->arena);
		p->place = place(s, rows, &p->arena);
		note = row_text(rows, 3, &p->arena);
		memo = row_text(rows, 4, &p->arena);
		p->note = note[0] != '\0' && memo[0] != '\0'
			      ? arena_printf(&p->arena, "%s / %s", note, memo)
			  : note[0] != '\0' ? note
					    : memo;
		hide_head(s, p);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* What is still to be sent: not what was paid back, not what was sent. */
static const char sql_lines[] =
    "SELECT l.line_no, l.variant_id, l.qty, l.refund_state, v.sku_code,"
    " v.name, (SELECT min(b.code) FROM barcode b WHERE b.variant_id = v.id),"
    " st.bin FROM order_line l LEFT JOIN variant v ON v.id = l.variant_id"
    " LEFT JOIN stock st ON st.variant_id = v.id AND st.warehouse_id = 1"
    " WHERE l.order_id = $1 AND l.refund_state <> 2 AND l.cost IS NULL"
    " ORDER BY l.line_no";

static int
take_line(struct session *s, struct packing *p, const struct db_rows *rows)
{
	struct pack_line *l;

	if (db_int(rows, 3) == 1)
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s: the buyer asks for a refund"), p->order_no);
	if (db_isnull(rows, 1))
		return err_set(&s->err, ERR_STATE, "",
		    _("Order %s has an item that is not mapped to a product"),
		    p->order_no);
	p->lines = xreallocarray(p->lines, p->nlines + 1, sizeof(p->lines[0]));
	l = &p->lines[p->nlines++];
	*l = (struct pack_line){
		.line_no = db_int(rows, 0),
		.variant_id = db_int(rows, 1),
		.need = db_int(rows, 2),
		.sku_code = row_text(rows, 4, &p->arena),
		.name = row_text(rows, 5, &p->arena),
		.barcode = row_text(rows, 6, &p->arena),
		.bin = row_text(rows, 7, &p->arena),
	};
	return 0;
}

static int
read_lines(struct session *s, struct packing *p)
{
	struct db_rows *rows;
	int rc;

	rc = db_query(s->db, sql_lines, DB_ARGS(db_i(p->order_id)), &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0)
		if ((rc = take_line(s, p, rows)) < 0)
			break;
	db_done(rows);
	if (rc == 0 && p->nlines == 0)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Order %s has nothing to pack: its items were not "
		      "imported"),
		    p->order_no);
	return rc;
}

static int
read_order(struct session *s, const char *code, struct packing *p)
{
	struct order_now now;
	int rc;

	if ((rc = order_look_up(s, code, &p->order_id)) < 0 ||
	    (rc = order_now(s, NULL, p->order_id, &now)) < 0)
		return rc;
	p->version = now.version;
	p->order_no = arena_strdup(&p->arena, now.order_no);
	if ((rc = pack_refused(s, &now)) < 0 || (rc = read_head(s, p)) < 0)
		return rc;
	return read_lines(s, p);
}

int
pack_open(struct session *s, const char *code, struct packing **out)
{
	struct packing *p;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_SHIP)) < 0)
		return rc;
	if ((rc = db_snapshot(s->db)) < 0)
		return rc;
	p = xcalloc(1, sizeof(*p));
	rc = read_order(s, code, p);
	db_snapshot_end(s->db);
	if (rc < 0)
		pack_free(p);
	else
		*out = p;
	return rc;
}

void
pack_free(struct packing *p)
{
	if (p == NULL)
		return;
	free(p->lines);
	free(p->scans);
	arena_done(&p->arena);
	free(p);
}

int64_t
pack_order(const struct packing *p)
{
	return p->order_id;
}

const char *
pack_order_no(const struct packing *p)
{
	return p->order_no;
}

const char *
pack_receiver(const struct packing *p)
{
	return p->receiver;
}

const char *
pack_place(const struct packing *p)
{
	return p->place;
}

const char *
pack_note(const struct packing *p)
{
	return p->note;
}

const struct pack_line *
pack_lines(const struct packing *p, size_t *n)
{
	*n = p->nlines;
	return p->lines;
}

/* The first line that lacks something. */
static struct pack_line *
next_line(const struct packing *p)
{
	size_t i;

	for (i = 0; i < p->nlines; i++)
		if (p->lines[i].have < p->lines[i].need)
			return &p->lines[i];
	return NULL;
}

bool
pack_complete(const struct packing *p)
{
	return next_line(p) == NULL;
}

static void
count(struct packing *p, struct pack_line *l)
{
	if (p->nscans == p->cap) {
		p->cap = p->cap == 0 ? 16 : p->cap * 2;
		p->scans = xreallocarray(p->scans, p->cap, sizeof(p->scans[0]));
	}
	p->scans[p->nscans++] = (size_t)(l - p->lines);
	l->have++;
}

int
pack_scan(struct session *s, struct packing *p, const char *code,
    const struct pack_line **line)
{
	struct pack_line *full = NULL;
	int64_t variant;
	size_t i;
	int rc;

	if (line != NULL)
		*line = NULL;
	if ((rc = code_variant(s, code, &variant)) == ERR_NOTFOUND)
		return PACK_UNKNOWN;
	if (rc < 0)
		return rc;
	for (i = 0; i < p->nlines; i++) {
		struct pack_line *l = &p->lines[i];

		if (l->variant_id != variant)
			continue;
		full = l;
		if (l->have == l->need)
			continue;
		count(p, l);
		if (line != NULL)
			*line = l;
		return pack_complete(p) ? PACK_COMPLETE : PACK_OK;
	}
	if (line != NULL)
		*line = full != NULL ? full : next_line(p);
	return full != NULL ? PACK_TOO_MANY : PACK_WRONG;
}

int
pack_undo(struct packing *p)
{
	if (p->nscans == 0)
		return 0;
	p->lines[p->scans[--p->nscans]].have--;
	return 1;
}

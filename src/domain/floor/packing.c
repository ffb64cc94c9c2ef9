/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/kits.h"
#include "shopmgr/domain/shipping.h"

#include "../core/session_priv.h"
#include "../stock/stock_priv.h"
#include "ship_priv.h"

/* A packing in memory: what was scanned of what is to be sent. */

void
pack_free(struct packing *p)
{
	if (p == NULL)
		return;
	free(p->orders);
	free(p->lines);
	free(p->scans);
	arena_done(&p->arena);
	free(p);
}

int64_t
pack_order(const struct packing *p)
{
	return p->orders[0].id;
}

const char *
pack_order_no(const struct packing *p)
{
	return p->label;
}

int64_t
pack_part(const struct packing *p)
{
	return p->part;
}

const struct pack_order *
pack_orders(const struct packing *p, size_t *n)
{
	*n = p->norders;
	return p->orders;
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
count(struct packing *p, struct pack_line *l, bool along)
{
	if (p->nscans == p->cap) {
		p->cap = p->cap == 0 ? 16 : p->cap * 2;
		p->scans = xreallocarray(p->scans, p->cap, sizeof(p->scans[0]));
	}
	p->scans[p->nscans++] =
	    (size_t)(l - p->lines) | (along ? SCANNED_ALONG : 0);
	l->have++;
}

/* A kit in an order, as its line says. */
struct kit_line {
	int64_t order_id, line_no, qty;
	size_t parts;
};

/* All pieces of one kit at once, or none: where one of its parts is not in this
 * parcel, or enough already, which is *@line then. */
static int
count_kit(struct packing *p, const struct kit_line *kit,
    const struct pack_line **line)
{
	struct pack_line *part[KIT_PARTS_MAX];
	size_t before = p->nscans, n = 0, i;
	int64_t k, each;

	for (i = 0; i < p->nlines && n < KIT_PARTS_MAX; i++)
		if (p->lines[i].order_id == kit->order_id &&
		    p->lines[i].of_kit == kit->line_no)
			part[n++] = &p->lines[i];
	if (n == 0 || n < kit->parts)
		return PACK_WRONG;
	for (i = 0; i < n; i++)
		if (part[i]->have + part[i]->qty / kit->qty > part[i]->need) {
			*line = part[i];
			return PACK_TOO_MANY;
		}
	for (i = 0; i < n; i++) {
		each = part[i]->qty / kit->qty;
		for (k = 0; k < each; k++)
			count(p, part[i], p->nscans > before);
	}
	*line = part[n - 1];
	return pack_complete(p) ? PACK_COMPLETE : PACK_OK;
}

static const char sql_kits[] =
    "SELECT k.line_no, k.qty, (SELECT count(*) FROM order_line p"
    " WHERE p.order_id = $1 AND p.kit = k.line_no) FROM order_line k"
    " WHERE k.order_id = $1 AND k.kit = -1 AND k.variant_id = $2"
    " AND k.qty > 0 ORDER BY k.line_no";

/* The kit's own code, of one that was put together beforehand. */
static int
scan_kit(struct session *s, struct packing *p, int64_t variant,
    const struct pack_line **line)
{
	int rc = 0, said = PACK_WRONG, one;
	struct db_rows *rows;
	size_t i;

	for (i = 0; i < p->norders; i++) {
		struct kit_line kit = { .order_id = p->orders[i].id };

		rc = db_query(s->db, sql_kits,
		    DB_ARGS(db_i(kit.order_id), db_i(variant)), &rows);
		if (rc < 0)
			return rc;
		one = PACK_WRONG;
		while ((rc = db_next(rows)) > 0) {
			kit.line_no = db_int(rows, 0);
			kit.qty = db_int(rows, 1);
			kit.parts = (size_t)db_int(rows, 2);
			if ((one = count_kit(p, &kit, line)) != PACK_WRONG)
				said = one;
			if (one == PACK_OK || one == PACK_COMPLETE)
				break;
		}
		db_done(rows);
		if (rc < 0 || one == PACK_OK || one == PACK_COMPLETE)
			return rc < 0 ? rc : one;
	}
	return said;
}

int
pack_scan(struct session *s, struct packing *p, const char *code,
    const struct pack_line **line)
{
	const struct pack_line *full = NULL;
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
		count(p, l, false);
		if (line != NULL)
			*line = l;
		return pack_complete(p) ? PACK_COMPLETE : PACK_OK;
	}
	rc = full != NULL ? PACK_TOO_MANY : scan_kit(s, p, variant, &full);
	if (rc >= 0 && line != NULL)
		*line = rc == PACK_WRONG ? next_line(p) : full;
	return rc;
}

int
pack_undo(struct packing *p)
{
	size_t one;

	if (p->nscans == 0)
		return 0;
	do {
		one = p->scans[--p->nscans];
		p->lines[one & ~SCANNED_ALONG].have--;
	} while ((one & SCANNED_ALONG) != 0);
	return 1;
}

int64_t
pack_expected(const struct packing *p)
{
	int64_t sum = p->material.weight;
	size_t i;

	for (i = 0; i < p->nlines; i++) {
		const struct pack_line *l = &p->lines[i];

		if (l->have > 0 && l->weight <= 0)
			return 0;
		sum += l->have * l->weight;
	}
	return sum;
}

const char *
pack_material_name(const struct packing *p)
{
	return p->material.name;
}

const char *
pack_waybill(const struct packing *p)
{
	return p->waybill_no;
}

const char *
pack_courier(const struct packing *p)
{
	return p->courier;
}

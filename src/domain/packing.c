/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/shipping.h"

#include "session_priv.h"
#include "ship_priv.h"
#include "stock_priv.h"

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

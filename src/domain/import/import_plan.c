/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"

#include "import_priv.h"

/*
 * What a sift puts aside: rows of orders that differ, in memory, and when they
 * are many, in a temporary file. They are asked for again by order, those of
 * the order files and of the item files together: orders that are there in the
 * sequence in which the files have them, as they mostly came in it; new ones by
 * their customers, some thousands at a time, as then those and their receivers,
 * which are all over the place, are fetched and written once.
 */

struct piece {
	uint32_t order, len;
	uint64_t at; /* above: the file */
};

#define FILE_AT   56
#define HELD_MOST ((size_t)12 << 20)

struct plan {
	struct str held; /* the first of them */
	FILE *file;      /* those behind */
	uint64_t size;
	struct piece *v;
	size_t n, cap;
	struct lean numbers; /* hash of the number -> place from 1 */
	int64_t *ids;        /* of the orders; 0: not known; see plan_keep() */
	size_t norders, cap_orders;
	uint32_t last;
};

struct plan *
plan_new(void)
{
	return xcalloc(1, sizeof(struct plan));
}

void
plan_free(struct plan *p)
{
	if (p == NULL)
		return;
	if (p->file != NULL)
		fclose(p->file);
	str_done(&p->held);
	lean_done(&p->numbers);
	free(p->v);
	free(p->ids);
	free(p);
}

size_t
plan_orders(const struct plan *p)
{
	return p->norders;
}

size_t
plan_bytes(const struct plan *p)
{
	return p->size;
}

static uint32_t
add_order(struct plan *p)
{
	if (p->norders == p->cap_orders) {
		p->cap_orders = p->cap_orders != 0
				    ? p->cap_orders + p->cap_orders / 2
				    : 256;
		p->ids = xreallocarray(p->ids, p->cap_orders, sizeof(*p->ids));
	}
	p->ids[p->norders] = 0;
	return (uint32_t)p->norders++;
}

/* Rows without a number stay with those before them. Two numbers that were
 * taken for one would be done together: that does no harm. */
static uint32_t
place_of(struct plan *p, struct slice no)
{
	uint32_t *at;

	if (no.n == 0)
		return p->norders > 0 ? p->last : add_order(p);
	at = lean_put(&p->numbers, hash_bytes(no.s, no.n, 1), 0);
	if (*at == 0)
		*at = add_order(p) + 1;
	return *at - 1;
}

/* Rows of an order with this number were kept: more of them belong to those. */
bool
plan_has(const struct plan *p, struct slice no)
{
	return lean_get(&p->numbers, hash_bytes(no.s, no.n, 1), 0) != NULL;
}

static int
fails(struct err *err)
{
	return err_set(err, ERR_IO, "",
	    _("The temporary folder cannot be used: %s"), strerror(errno));
}

static int
keep_rows(struct plan *p, struct slice rows, struct err *err)
{
	if (p->file == NULL && p->held.len + rows.n <= HELD_MOST) {
		str_addn(&p->held, rows.s, rows.n);
		return 0;
	}
	if (p->file == NULL && (p->file = tmpfile()) == NULL)
		return fails(err);
	return fwrite(rows.s, 1, rows.n, p->file) != rows.n ? fails(err) : 0;
}

int
plan_keep(struct plan *p, size_t file, struct slice no, int64_t id,
    struct slice rows, struct err *err)
{
	int rc;

	if (rows.n == 0)
		return 0;
	if (rows.n > UINT32_MAX || file > UINT8_MAX)
		return err_set(err, ERR_INVALID, "file",
		    _("The lines of one order are too long"));
	if ((rc = keep_rows(p, rows, err)) < 0)
		return rc;
	if (p->n == p->cap) {
		p->cap = p->cap != 0 ? p->cap + p->cap / 2 : 1024;
		p->v = xreallocarray(p->v, p->cap, sizeof(*p->v));
	}
	p->last = place_of(p, no);
	if (id != 0)
		p->ids[p->last] = id;
	p->v[p->n++] = (struct piece){ .order = p->last,
		.len = (uint32_t)rows.n,
		.at = p->size | (uint64_t)file << FILE_AT };
	p->size += rows.n;
	return 0;
}

static int
by_order(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;

	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

#define SORTED 16384u /* orders that are put in order together */

struct place {
	int64_t customer, id;
	uint32_t was;
};

static int
by_customer(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->customer != y->customer)
		return x->customer < y->customer ? -1 : 1;
	return x->was < y->was ? -1 : x->was > y->was;
}

/* Orders @from to below @to; @becomes gets their new places, by the old. */
static void
sort_orders(struct job *j, struct plan *p, size_t from, size_t to,
    struct place *v, uint32_t *becomes)
{
	size_t i, n = to - from;
	int64_t id;

	for (i = 0; i < n; i++) {
		id = p->ids[from + i];
		v[i] = (struct place){ .was = (uint32_t)i };
		if (id < 0)
			v[i].customer = -id;
		/* Of which only a part differs: those were counted already. */
		else if (id > 0 && order_is_unchanged(j, id))
			v[i].id = id;
	}
	qsort(v, n, sizeof(*v), by_customer);
	for (i = 0; i < n; i++) {
		p->ids[from + i] = v[i].id;
		becomes[from + v[i].was] = (uint32_t)(from + i);
	}
}

int
plan_end(struct job *j, struct plan *p)
{
	struct place *v = xcalloc(SORTED, sizeof(*v));
	uint32_t *becomes = xcalloc(p->norders + 1, sizeof(*becomes));
	size_t i;

	for (i = 0; i < p->norders; i += SORTED)
		sort_orders(j, p, i,
		    p->norders - i < SORTED ? p->norders : i + SORTED, v,
		    becomes);
	for (i = 0; i < p->n; i++)
		p->v[i].order = becomes[p->v[i].order];
	free(v);
	free(becomes);
	if (p->n > 1)
		qsort(p->v, p->n, sizeof(*p->v), by_order);
	lean_done(&p->numbers);
	return p->file != NULL && fflush(p->file) != 0 ? fails(&j->s->err) : 0;
}

static int
add_piece(
    struct plan *p, const struct piece *v, struct str *out, struct err *err)
{
	uint64_t at = v->at & ((UINT64_C(1) << FILE_AT) - 1);
	size_t len = v->len;
	char *buf;
	ssize_t n;

	str_addc(out, (char)(v->at >> FILE_AT));
	pack_number(out, len);
	if (at < p->held.len) {
		str_addn(out, p->held.s + at, len);
		return 0;
	}
	buf = xmalloc(len);
	n = pread(fileno(p->file), buf, len, (off_t)(at - p->held.len));
	if (n == (ssize_t)len)
		str_addn(out, buf, len);
	free(buf);
	return n == (ssize_t)len ? 0 : fails(err);
}

/* The first piece of order @order or of one behind it. */
static size_t
first_piece(const struct plan *p, size_t order)
{
	size_t low = 0, high = p->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (p->v[mid].order < order)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

int
plan_read(
    struct plan *p, size_t from, size_t to, struct str *out, struct err *err)
{
	size_t i, n = 0;
	int rc = 0;

	if (to > p->norders)
		to = p->norders;
	for (i = from; i < to; i++)
		n += p->ids[i] != 0;
	if (n > 0) {
		str_addc(out, (char)PLAN_COUNTED);
		pack_number(out, n);
		for (i = from; i < to; i++)
			if (p->ids[i] != 0)
				pack_number(out, (uint64_t)p->ids[i]);
	}
	for (i = first_piece(p, from);
	     rc == 0 && i < p->n && p->v[i].order < to; i++)
		rc = add_piece(p, &p->v[i], out, err);
	return rc;
}

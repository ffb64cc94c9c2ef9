/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"

#include "../core/tsv_priv.h"
#include "demo_priv.h"

#define PEOPLE 230

const char *const demo_shops[DEMO_SHOPS] = { "留样店", "留样店旗舰店",
	"留样店厨具" };

int64_t
demo_dice(struct demo *d, int64_t n)
{
	assert(n > 0);
	d->seed ^= d->seed >> 12;
	d->seed ^= d->seed << 25;
	d->seed ^= d->seed >> 27;
	return (int64_t)((d->seed * 2685821657736338717u) >> 33) % n;
}

static const char *
keep(struct demo *d, const struct tsv *t, const char *column)
{
	return arena_strdup(&d->arena, tsv_get(t, column));
}

static int64_t
number(const struct tsv *t, const char *column)
{
	return strtoll(tsv_get(t, column), NULL, 10);
}

static int64_t
amount(const struct tsv *t, const char *column)
{
	int64_t fen = 0;
	int rc = money_parse(tsv_get(t, column), &fen);

	assert(rc == 0);
	(void)rc;
	return fen;
}

#define ITEMS 64

/* Sold before anybody told us what they are. */
static const struct demo_item strangers[] = {
	{ .name = "【新品】珐琅铸铁锅 24cm 奶油白",
	    .price = 32900,
	    .listed_only = true },
	{ .name = "章丘铁炒锅 32cm 送硅胶铲 限时套装",
	    .price = 24900,
	    .listed_only = true },
};
enum { STRANGER_NEW, STRANGER_OLD, STRANGERS };

static void
read_items(struct demo *d)
{
	struct demo_item *item, *pan = NULL;
	struct tsv t;
	size_t i;

	d->items = xcalloc(ITEMS, sizeof(*d->items));
	tsv_open(&t, "demo/products.tsv");
	while (tsv_next(&t) == 1) {
		assert(d->nitems < ITEMS - STRANGERS);
		item = &d->items[d->nitems++];
		item->sku = keep(d, &t, "sku");
		item->product = keep(d, &t, "product");
		item->name = keep(d, &t, "name");
		item->barcode = keep(d, &t, "barcode");
		item->bin = keep(d, &t, "bin");
		item->supplier = keep(d, &t, "supplier");
		item->price = amount(&t, "price");
		item->cost = amount(&t, "cost");
		item->weight = number(&t, "weight");
		item->heat = number(&t, "heat");
		item->spare = number(&t, "spare");
		item->reorder = number(&t, "reorder");
		item->target = number(&t, "target");
		if (strcmp(item->sku, "CG-32") == 0)
			pan = item;
	}
	tsv_done(&t);
	d->ours = d->nitems;
	for (i = 0; i < STRANGERS; i++) {
		d->items[d->nitems] = strangers[i];
		d->items[d->nitems++].sku = "";
	}
	d->items[d->ours + STRANGER_OLD].means = pan;
}

/* data/demo/words.tsv, by kind. */
struct words {
	const char *v[64];
	size_t n;
};

static void
read_words(struct demo *d, const char *kind, struct words *w)
{
	struct tsv t;

	w->n = 0;
	tsv_open(&t, "demo/words.tsv");
	while (tsv_next(&t) == 1) {
		if (strcmp(tsv_get(&t, "kind"), kind) != 0)
			continue;
		assert(w->n < sizeof(w->v) / sizeof(w->v[0]));
		w->v[w->n++] = keep(d, &t, "text");
	}
	tsv_done(&t);
	assert(w->n > 0);
}

static const char *
any(struct demo *d, const struct words *w)
{
	return w->v[demo_dice(d, (int64_t)w->n)];
}

static void
invent_places(struct demo *d)
{
	struct demo_person *p;
	struct tsv t;
	size_t i, n = 0;

	/* Place by place, so that all of them get people. */
	while (n < d->npeople) {
		tsv_open(&t, "demo/places.tsv");
		while (tsv_next(&t) == 1 && n < d->npeople) {
			p = &d->people[n++];
			p->province = keep(d, &t, "province");
			p->city = keep(d, &t, "city");
			p->district = keep(d, &t, "district");
			i = (size_t)demo_dice(d, 28) + 1;
			p->street =
			    arena_printf(&d->arena, "%s %zu 幢 %zu0%zu 室",
				tsv_get(&t, "street"), i, i % 7 + 1, i % 4 + 1);
		}
		tsv_done(&t);
	}
}

static void
invent_people(struct demo *d)
{
	static const char *const phones[] = { "1390013", "1580088", "1870066" };
	struct words surnames, given, nicks;
	struct demo_person *p;
	size_t i;

	read_words(d, "surname", &surnames);
	read_words(d, "given", &given);
	read_words(d, "nick", &nicks);
	d->npeople = PEOPLE;
	d->people = xcalloc(d->npeople, sizeof(*d->people));
	for (i = 0; i < d->npeople; i++) {
		p = &d->people[i];
		p->name = arena_printf(
		    &d->arena, "%s%s", any(d, &surnames), any(d, &given));
		p->nick =
		    arena_printf(&d->arena, "%s%zu", any(d, &nicks), i + 11);
		p->phone = arena_printf(&d->arena, "%s%04d",
		    phones[demo_dice(d, 3)], (int)demo_dice(d, 10000));
	}
	invent_places(d);
}

static const struct demo_item *
invent_item(struct demo *d)
{
	int64_t heat = 0, at;
	size_t i;

	for (i = 0; i < d->ours; i++)
		heat += d->items[i].heat;
	at = demo_dice(d, heat);
	for (i = 0; at >= d->items[i].heat; i++)
		at -= d->items[i].heat;
	return &d->items[i];
}

static void
invent_lines(struct demo *d, struct demo_order *o)
{
	int64_t n = demo_dice(d, 10) < 7 ? 1 : 2 + demo_dice(d, 2);
	const struct demo_item *item;
	size_t i;

	while ((int64_t)o->nlines < n) {
		item = invent_item(d);
		for (i = 0; i < o->nlines; i++)
			if (o->lines[i].item == item)
				break;
		if (i < o->nlines)
			continue;
		o->lines[o->nlines++] =
		    (struct demo_line){ item, demo_dice(d, 9) == 0 ? 2 : 1 };
	}
	/* What is new on the platform, and what was then: now and then. */
	i = d->norders;
	if (o->created_at > d->now - 3 * DAY && i % 9 == 4) {
		o->nlines = 1;
		o->lines[0].item = &d->items[d->ours + STRANGER_NEW];
	} else if (o->created_at > d->first + 12 * DAY &&
		   o->created_at < d->first + 15 * DAY && i % 8 == 2) {
		o->nlines = 1;
		o->lines[0].item = &d->items[d->ours + STRANGER_OLD];
	}
}

/* How it is going to go. */
static void
invent_fate(struct demo *d, struct demo_order *o)
{
	int64_t fate = demo_dice(d, 100);

	if (fate < 8) {
		o->closed_at =
		    o->created_at + 24 * HOUR + demo_dice(d, 48 * HOUR);
		return;
	}
	o->paid_at = o->created_at + 20 + demo_dice(d, 15 * MINUTE);
	if (fate < 11) {
		o->refund_at = o->paid_at + 120 + demo_dice(d, 900);
		o->closed_at = o->refund_at + 20 * HOUR;
	} else if (fate < 13) {
		o->address_at = o->paid_at + 300;
	} else if (fate < 16) {
		o->returned = true;
	}
	if (demo_dice(d, 4) == 0)
		o->discount = 500 * (1 + demo_dice(d, 2));
	if (strncmp(o->who->province, "新疆", strlen("新疆")) == 0)
		o->postage = 1500;
}

static void
invent_order(struct demo *d, const struct words *notes, int64_t at)
{
	static const unsigned char shops[] = { 0, 0, 0, 1, 1, 2 };
	struct demo_order *o;
	char day[TIME_SIZE];

	if (d->norders == d->cap) {
		d->cap = d->cap != 0 ? d->cap * 2 : 256;
		d->orders = xreallocarray(d->orders, d->cap, sizeof(*o));
	}
	o = &d->orders[d->norders];
	*o = (struct demo_order){ .created_at = at };
	o->shop = shops[demo_dice(d, sizeof(shops))];
	o->who = &d->people[demo_dice(d, (int64_t)d->npeople)];
	o->note = demo_dice(d, 9) == 0 ? any(d, notes) : "";
	if (o->shop == DEMO_SHOPS - 1) {
		day_text(time_day(at), day); /* "2024-05-28" */
		snprintf(o->no, sizeof(o->no), "%.2s%.2s%.2s-%09d%06d", day + 2,
		    day + 5, day + 8, (int)(at % 1000000000),
		    (int)(d->norders * 7919 % 1000000));
	} else {
		/* Which ends in who buys. */
		snprintf(o->no, sizeof(o->no), "43%010lld%03d%04d",
		    (long long)at, (int)(d->norders % 1000),
		    1001 + (int)(o->who - d->people) * 13);
	}
	invent_lines(d, o);
	invent_fate(d, o);
	d->norders++;
}

static int
by_time(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

#define BUSIEST 48

/* One day's orders: most of them before lunch, after it, and late at night. */
static void
invent_day(struct demo *d, const struct words *notes, int64_t day)
{
	static const unsigned char hours[] = { 0, 1, 7, 8, 8, 9, 9, 9, 10, 10,
		10, 10, 11, 11, 11, 12, 13, 13, 14, 14, 14, 15, 15, 16, 17, 18,
		19, 20, 20, 20, 21, 21, 21, 21, 22, 22, 22, 23 };
	int64_t start = day_start(day), at[BUSIEST];
	size_t i, n = 9 + (size_t)demo_dice(d, 6);

	n += (day + 4) % 7 % 6 == 0 ? 3 : 0; /* Saturday and Sunday */
	n += day == time_day(d->now) - 11 ? 14 : 0;
	assert(n <= BUSIEST);
	for (i = 0; i < n; i++) {
		at[i] = start + hours[demo_dice(d, sizeof(hours))] * HOUR;
		at[i] += demo_dice(d, HOUR);
	}
	qsort(at, n, sizeof(at[0]), by_time);
	for (i = 0; i < n; i++)
		if (at[i] < d->now - 5 * MINUTE)
			invent_order(d, notes, at[i]);
}

void
demo_invent(struct demo *d, int64_t now)
{
	int64_t today = time_day(now), day;
	struct words notes, memos;
	bool fresh;
	size_t i;

	*d = (struct demo){ .seed = 20240528, .now = now };
	d->first = day_start(today - DEMO_DAYS);
	read_items(d);
	invent_people(d);
	read_words(d, "buyer_note", &notes);
	for (day = today - DEMO_DAYS; day <= today; day++)
		invent_day(d, &notes, day);
	for (i = 0; i < d->norders; i++)
		*map_put(&d->by_no, d->orders[i].no, strlen(d->orders[i].no),
		    &fresh) = (int64_t)i;
	read_words(d, "memo", &memos);
	d->nmemos = memos.n;
	d->memos = arena_alloc(&d->arena, sizeof(memos.v));
	memcpy(d->memos, memos.v, sizeof(memos.v));
}

void
demo_done(struct demo *d)
{
	map_done(&d->by_no);
	free(d->items);
	free(d->people);
	free(d->orders);
	arena_done(&d->arena);
}

int64_t
demo_goods(const struct demo_order *o)
{
	int64_t fen = 0;
	size_t i;

	for (i = 0; i < o->nlines; i++)
		fen += o->lines[i].item->price * o->lines[i].qty;
	return fen;
}

int64_t
demo_paid(const struct demo_order *o)
{
	return demo_goods(o) + o->postage - o->discount;
}

struct demo_order *
demo_find(struct demo *d, const char *no)
{
	const int64_t *at = map_get(&d->by_no, no, strlen(no));

	return at != NULL ? &d->orders[*at] : NULL;
}

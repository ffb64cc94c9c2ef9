/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "gen.h"

uint64_t
mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15u;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

int64_t
pick(uint64_t h, unsigned k, int64_t n)
{
	return (int64_t)(mix(h ^ ((uint64_t)k << 48 | k)) % (uint64_t)n);
}

static double
unit(uint64_t h, unsigned k)
{
	return (double)(mix(h ^ ((uint64_t)k << 48 | k)) >> 11) * 0x1p-53;
}

const char *
word(uint64_t h, unsigned k, const char *const *words)
{
	int64_t n = 0;

	while (words[n] != NULL)
		n++;
	return words[pick(h, k, n)];
}

/* How many orders each day has: weeks, growth, 6.18, 11.11 and 12.12. */
void
plan_days(struct plan *p)
{
	double sum = 0;

	for (int d = 0; d < DAYS; d++) {
		double w = 1 + d / 500.0 + (d % 7 > 4 ? 0.15 : 0);

		if (d >= 152 && d <= 171)
			w *= d == 169 ? 8 : 1.6;
		if (d >= 305 && d <= 315)
			w *= d == 315 ? 14 : 2;
		if (d >= 344 && d <= 346)
			w *= d == 346 ? 5 : 1.5;
		if (d >= 38 && d <= 47) /* New Year: nobody sends */
			w *= 0.3;
		sum += w;
		p->upto[d] = sum;
	}
	for (int d = 0; d < DAYS; d++)
		p->upto[d] /= sum;
}

/* Later orders are made later. */
static int64_t
time_of(const struct plan *p, int64_t i)
{
	const int64_t start = 1704038400; /* 2024-01-01 in Shanghai */
	double u = ((double)i + 0.5) / (double)p->n, before, part;
	int lo = 0, hi = DAYS - 1, mid;

	if (i >= p->n)
		return start + DAYS * 86400LL +
		       (int64_t)((double)(i - p->n) / (double)p->n * DAYS *
				 86400);
	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (p->upto[mid] > u)
			hi = mid;
		else
			lo = mid + 1;
	}
	before = lo > 0 ? p->upto[lo - 1] : 0;
	part = (u - before) / (p->upto[lo] - before);
	/* Few at night: the day runs slowly at first. */
	return start + lo * 86400LL + (int64_t)(86399 * sqrt(part));
}

static int64_t
price_of(const struct plan *p, int variant)
{
	uint64_t h = mix(p->seed ^ UINT64_C(0x707269) ^ (uint64_t)variant);

	return 490 + 100 * pick(h, 1, 60) + 500 * pick(h, 2, 30);
}

/* The last tenth of the year is under way, the rest has come to an end. */
enum state
state_of(const struct plan *p, int64_t i, uint64_t h)
{
	int64_t r = pick(h, 3, 100);

	if (p->paid)
		return PAID;
	if (r < 6)
		return CLOSED;
	if (i < p->n - p->n / 10)
		return DONE;
	return r < 26   ? PAID
	       : r < 46 ? SHIPPED
	       : r < 56 ? UNPAID
	       : r < 66 ? PART
			: DONE;
}

static void
make_lines(const struct plan *p, struct order *o)
{
	static const int upto[] = { 725, 918, 973, 992, 1000 };
	int64_t r = pick(o->h, 4, 1000);
	int first = (int)(VARIANTS * pow(unit(o->h, 5), 2.2));

	o->nlines = 1;
	while (!p->single && r >= upto[o->nlines - 1])
		o->nlines++;
	for (int k = 0; k < o->nlines; k++) {
		struct line *l = &o->lines[k];

		l->variant = (first + k * 611) % VARIANTS;
		l->qty = 1;
		if (pick(o->h, 10 + (unsigned)k, 5) == 0)
			l->qty += (int)pick(o->h, 20 + (unsigned)k, 3);
		l->price = price_of(p, l->variant);
		o->goods += l->price * l->qty;
		o->pieces += l->qty;
	}
}

void
make_order(const struct plan *p, int64_t i, bool later, struct order *o)
{
	/* Some buy often: the shares of buyers fall like rank^-0.39. */
	int64_t buyers = p->n / 3 + 1;

	*o = (struct order){ .i = i, .h = mix(p->seed ^ mix((uint64_t)i)) };
	o->buyer = (int64_t)((double)buyers * pow(unit(o->h, 1), 1.63));
	o->at = time_of(p, i);
	o->state = state_of(p, i, o->h);
	if (later && o->state == PAID)
		o->state = SHIPPED;
	else if (later && o->state == SHIPPED)
		o->state = DONE;
	make_lines(p, o);
	o->postage = pick(o->h, 6, 8) == 0 ? 800 : 0;
	o->off = pick(o->h, 7, 6) == 0 ? o->goods / 10 : 0;
	if (o->state == UNPAID || (o->state == CLOSED && pick(o->h, 8, 2)))
		return;
	o->paid_at = o->at + 5 + pick(o->h, 9, 600);
	o->paid = o->goods - o->off + o->postage;
	if (o->state == CLOSED)
		o->refund = o->paid;
	if (o->state == PAID || (o->state == CLOSED && o->h % 2 != 0))
		return;
	o->sent_at = o->paid_at + 3600 + pick(o->h, 42, 2 * 86400);
	if (o->state == DONE)
		o->done_at = o->sent_at + 86400 + pick(o->h, 43, 6 * 86400);
}

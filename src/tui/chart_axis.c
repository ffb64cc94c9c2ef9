/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/utf8.h"

#include "chart_axis.h"
#include "chart_priv.h"

#define LAST_ROUND UINT64_C(10000000000000000000)

/* 1, 2, 5, 10, 20, 50, ...: the least that fits in at most @most times. */
static uint64_t
round_step(uint64_t span, uint64_t most)
{
	static const uint64_t next[] = { 2, 5, 10 };
	uint64_t ten = 1, step = 1;
	size_t i = 0;

	while (
	    span / step > most || (span / step == most && span % step != 0)) {
		if (step == LAST_ROUND)
			break;
		step = ten * next[i++];
		if (i == 3) {
			i = 0;
			ten = step;
		}
	}
	return step;
}

/* Down to a multiple of @step; the least there is, where that is beyond. */
static int64_t
round_down(int64_t v, uint64_t step)
{
	uint64_t size = v < 0 ? chart_above(0, v) : (uint64_t)v, rest;
	const uint64_t most = (uint64_t)INT64_MAX + 1;

	rest = size % step;
	if (v >= 0)
		return (int64_t)(size - rest);
	if (rest > 0 && step - rest > most - size)
		return INT64_MIN;
	size += rest > 0 ? step - rest : 0;
	return size == most ? INT64_MIN : -(int64_t)size;
}

static int64_t
round_up(int64_t v, uint64_t step)
{
	int64_t down = round_down(v, step);
	uint64_t rest = chart_above(v, down);

	if (rest == 0)
		return v;
	if (rest > step || step - rest > chart_above(INT64_MAX, v))
		return INT64_MAX;
	return chart_at(v, step - rest);
}

void
axis_init(struct axis *a, int64_t lo, int64_t hi, int rows)
{
	uint64_t most = rows > 4 ? (uint64_t)(rows + 1) / 2 : 2;

	/* All the same: it stands on something, or hangs. */
	if (lo == hi && lo > 0)
		lo = 0;
	else if (lo == hi)
		hi = lo < 0 ? 0 : 1;
	a->rows = rows;
	a->step = round_step(chart_above(hi, lo), most);
	a->lo = round_down(lo, a->step);
	a->hi = round_up(hi, a->step);
}

int
axis_dot(const struct axis *a, int64_t v, int dots)
{
	return chart_steps(
	    chart_above(v, a->lo), chart_above(a->hi, a->lo), dots - 1, false);
}

bool
axis_first(const struct axis *a, int64_t *v)
{
	/* It begins with one, unless the least int64_t is none. */
	uint64_t rest = a->lo < 0 ? chart_above(0, a->lo) % a->step : 0;

	*v = chart_at(a->lo, rest);
	return *v <= a->hi;
}

bool
axis_next(const struct axis *a, int64_t *v)
{
	if (chart_above(a->hi, *v) < a->step)
		return false;
	*v = chart_at(*v, a->step);
	return true;
}

int
axis_width(const struct axis *a, chart_text_fn *text)
{
	char buf[64];
	int64_t v;
	bool more;
	int w = 0;

	for (more = axis_first(a, &v); more; more = axis_next(a, &v)) {
		text(v, buf, sizeof(buf));
		if (text_width(buf) > w)
			w = text_width(buf);
	}
	return w;
}

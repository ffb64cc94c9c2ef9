/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/pace.h"

#define SECOND   INT64_C(1000000000)
#define TELLS_OF 50 /* a part so small says nothing of the whole */

/* a * b / c of what may be large. */
static int64_t
share(int64_t a, int64_t b, int64_t c)
{
	return c > 0 ? (int64_t)((double)a * (double)b / (double)c) : 0;
}

struct pace_told
pace_take(struct pace *p, const char *phase, int64_t done, int64_t total,
    int64_t rows, int64_t now)
{
	struct pace_told t = { .rows = rows, .speed = -1, .left = -1 };
	int64_t spent, gone, went;

	if (strncmp(p->phase, phase, sizeof(p->phase) - 1) != 0 ||
	    done < p->last) {
		copy_text(p->phase, sizeof(p->phase), phase);
		p->since = now;
		p->from = done;
		p->rows = rows;
	}
	p->last = done;
	spent = now - p->since;
	gone = done - p->from;
	went = rows - p->rows;
	/* All are read: it goes through them once more. */
	if (went == 0 && total > 0 && done <= total) {
		t.rows = share(rows, done, total);
		went = share(rows, gone, total);
	}
	if (spent < SECOND)
		return t;
	if (went > 0)
		t.speed = share(went, SECOND, spent);
	if (total > 0 && gone > 0 && gone >= total / TELLS_OF)
		t.left = share(spent / 1000000, total - done, gone) / 1000;
	return t;
}

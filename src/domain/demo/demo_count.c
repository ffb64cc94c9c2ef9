/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "shopmgr/domain/stocktake.h"

#include "demo_priv.h"

/* A spot check that is under way in the demo shop: one product is counted, and
 * a piece of it is missing. */

static int
count_one(struct demo_life *l, int64_t id)
{
	const struct stocktake_filter f = { .stocktake_id = id };
	const struct stocktake_line *line;
	struct stocktake_taken taken;
	struct page page;
	int rc;

	rc = stocktake_line_page(l->s, &f, PAGE_FIRST, NULL, 1, &page);
	if (rc < 0)
		return rc;
	line = page_row(&page, 0);
	if (line->book > 1)
		rc = stocktake_take(l->s, id, line->bin_id, line->sku_code,
		    STOCKTAKE_EXACTLY, line->book - 1, &taken);
	page_free(&page);
	return rc;
}

int
demo_count(struct demo_life *l)
{
	struct stocktake_edit e = {
		.kind = "spot", .note = "月底抽盘", .blind = "no"
	};
	int64_t id;
	int rc;

	if (l->d.ours < 2)
		return 0;
	snprintf(e.codes, sizeof(e.codes), "%s %s", l->d.items[0].sku,
	    l->d.items[1].sku);
	if ((rc = demo_at_work(l, l->d.now - 10 * MINUTE, STORE)) < 0 ||
	    (rc = stocktake_start(l->s, &e, &id)) < 0)
		return rc;
	return count_one(l, id);
}

/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/manifest.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/waves.h"

#include "demo_priv.h"

/* The floor of the demo shop: drivers come in the evening, and a wave is being
 * picked when the visitor comes in. */

#define COURIERS 8

struct couriers {
	char names[COURIERS][64];
	size_t n;
};

static void
add_courier(struct couriers *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (strcmp(c->names[i], name) == 0)
			return;
	if (c->n < COURIERS)
		copy_text(c->names[c->n++], sizeof(c->names[0]), name);
}

/* Whose parcels were packed in the last day. */
static int
couriers_of(struct demo_life *l, struct couriers *out)
{
	const struct parcel_filter filter = { .since = l->clock - DAY };
	struct page page;
	size_t i;
	int rc;

	*out = (struct couriers){ .n = 0 };
	rc = parcel_page(l->s, &filter, PAGE_FIRST, NULL, 500, &page);
	if (rc < 0)
		return rc;
	for (i = 0; i < page.n; i++)
		add_courier(
		    out, ((const struct parcel *)page_row(&page, i))->courier);
	page_free(&page);
	return 0;
}

int
demo_hand_over(struct demo_life *l)
{
	static const char *const drivers[] = { "王师傅", "小赵", "老孙",
		"陈师傅" };
	struct couriers c;
	int64_t id, n, left;
	size_t i;
	int rc;

	rc = couriers_of(l, &c);
	for (i = 0; rc == 0 && i < c.n; i++) {
		rc = manifest_open(l->s, c.names[i], &id);
		if (rc == 0)
			rc = manifest_all(l->s, id, &n, &left);
		if (rc == 0 && n > 0)
			rc = manifest_close(l->s, id, drivers[i % 4]);
	}
	return rc;
}

/* The first bins of it are done. */
static int
begin_picking(struct demo_life *l, int64_t wave)
{
	const struct wave_line *line;
	struct wave_scan scan;
	struct page lines;
	size_t i;
	int rc;

	if ((rc = wave_lines(l->s, wave, &lines)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < lines.n / 2; i++) {
		line = page_row(&lines, i);
		rc = wave_pick(l->s, wave, line->sku_code, line->need, &scan);
	}
	page_free(&lines);
	return rc;
}

int
demo_wave(struct demo_life *l)
{
	const struct wave_what what = { .kind = WAVE_SEVERAL, .most = 6 };
	int64_t wave;
	int rc;

	if ((rc = demo_at_work(l, l->d.now - 20 * MINUTE, MANAGER)) < 0)
		return rc;
	if ((rc = wave_make(l->s, &what, &wave)) == ERR_NOTFOUND)
		return 0;
	if (rc == 0)
		rc = demo_at_work(l, l->d.now - 15 * MINUTE, CLERK);
	return rc < 0 ? rc : begin_picking(l, wave);
}

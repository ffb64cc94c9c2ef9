/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/import.h"

#include "../core/session_priv.h"
#include "../core/tsv_priv.h"
#include "demo_priv.h"

/* What the demo shop agreed with its couriers, and what one of them asks for.
 */

/* The line's template; made with its first one. */
static int
template_of(
    struct demo_life *l, const struct tsv *t, int64_t *id, int64_t *version)
{
	struct freight_template_edit e = { .basis = "weight", .active = true };
	struct page page;
	int rc;

	copy_text(e.courier, sizeof(e.courier), tsv_get(t, "courier"));
	copy_text(e.name, sizeof(e.name), tsv_get(t, "name"));
	*version = 1;
	if (tsv_get(t, "province")[0] == '\0')
		return freight_template_add(l->s, &e, id);
	if ((rc = freight_template_find(l->s, e.courier, e.name, id)) < 0 ||
	    (rc = freight_template_get(l->s, *id, &page)) < 0)
		return rc;
	*version =
	    ((const struct freight_template *)page_row(&page, 0))->version;
	page_free(&page);
	return 0;
}

static int64_t
number(const struct tsv *t, const char *column)
{
	return strtoll(tsv_get(t, column), NULL, 10);
}

int
demo_freight(struct demo_life *l)
{
	struct freight_zone_edit e = { .served = true };
	int64_t id, version;
	struct tsv t;
	int rc = demo_at_work(l, l->d.first + 8 * HOUR, STORE);

	tsv_open(&t, "freight.tsv");
	while (rc == 0 && tsv_next(&t)) {
		copy_text(
		    e.province, sizeof(e.province), tsv_get(&t, "province"));
		e.first = number(&t, "first");
		e.first_fee = number(&t, "first_fee");
		e.step = number(&t, "step");
		e.step_fee = number(&t, "step_fee");
		e.days = number(&t, "days");
		rc = template_of(l, &t, &id, &version);
		if (rc == 0)
			rc = freight_zone_set(l->s, id, version, &e);
	}
	tsv_done(&t);
	return rc;
}

#define BILLED 120

/* As they are, but for a few: too heavy, twice, and nobody's. */
static void
write_line(FILE *f, const struct freight_profit *p, size_t i)
{
	char day[TIME_SIZE], fee[MONEY_SIZE];
	int64_t kg = (p->weight + 999) / 1000, fen = p->freight;
	int again = i == 7 ? 2 : 1;

	if (i % 23 == 5) {
		kg += 2;
		fen += 300;
	}
	while (again-- > 0)
		fprintf(f, "%s,%s,%s,%" PRId64 ",%s\n",
		    day_text(time_day(p->shipped_at), day), p->waybill_no,
		    p->province, kg, money_plain(fen, fee));
}

static int
write_bill(struct demo_life *l, const char *path)
{
	const struct freight_profit_filter filter = { .since = l->d.first };
	const struct freight_profit *p;
	struct page page;
	char day[TIME_SIZE];
	FILE *f;
	size_t i, n = 0;
	int rc;

	rc = freight_profit_page(
	    l->s, &filter, PAGE_LAST, NULL, 4 * BILLED, &page);
	if (rc < 0)
		return rc;
	if ((f = fopen(path, "w")) == NULL) {
		page_free(&page);
		return err_set(&l->s->err, ERR_IO, "", _("Cannot write %s: %s"),
		    path, strerror(errno));
	}
	fprintf(f, "日期,运单号,目的省份,计费重量(kg),快递费\n");
	for (i = 0; i < page.n && n < BILLED; i++) {
		p = page_row(&page, i);
		if (strcmp(p->courier, "圆通速递") == 0 && p->known)
			write_line(f, p, n++);
	}
	fprintf(f, "%s,YT5529999999999,江苏,1,3.20\n",
	    day_text(time_day(l->d.first), day));
	page_free(&page);
	return demo_written(f, path, &l->s->err);
}

int
demo_bill(struct demo_life *l)
{
	struct import_options opt = { 0 };
	const char *file;
	struct import *im;
	char path[300];
	int64_t id;
	int rc;

	snprintf(path, sizeof(path), "%s/圆通对账单.csv", l->dir);
	file = path;
	rc = demo_at_work(l, l->clock + 5 * MINUTE, MANAGER);
	if (rc == 0)
		rc = write_bill(l, path);
	if (rc == 0)
		rc = import_run(l->s, "freight-bill", &file, 1, &opt, &im);
	unlink(path);
	if (rc != 0)
		return rc;
	import_free(im);
	return freight_bill_take(l->s, "圆通速递", "", 0, &id);
}

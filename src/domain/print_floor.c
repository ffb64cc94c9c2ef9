/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/manifest.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/waves.h"

#include "print_priv.h"
#include "session_priv.h"

/* The papers of the floor: what to pick, and what the driver signs for. */

static const char *
number(struct printing *pr, int64_t n)
{
	return arena_printf(&pr->arena, "%" PRId64, n);
}

static const struct paper_col pick_cols[] = {
	{ .title = "", .width = 8, .flags = PAPER_TICK, .align = PAPER_CENTRE },
	{ .title = N_("Bin"), .width = 24, .flags = PAPER_BOLD, .pt = 12 },
	{ .title = N_("Item") },
	{ .title = N_("SKU"), .width = 34 },
	{ .title = N_("Qty"),
	    .width = 16,
	    .align = PAPER_RIGHT,
	    .flags = PAPER_BOLD,
	    .pt = 12 },
};

static void
pick_head(struct printing *pr, const struct wave *w)
{
	struct paper *p = pr->paper;
	char when[TIME_SIZE];

	paper_section(p, NULL, w->wave_no);
	paper_title(p, _("Pick list"), w->wave_no);
	paper_facts(p, 3);
	paper_fact(p, _("Kind"), wave_kind_text(w->kind));
	paper_fact(p, _("Warehouse"), w->warehouse);
	paper_fact(p, _("Made at"), time_full(w->at, when));
	paper_fact(p, _("Orders"), number(pr, w->slots));
	paper_fact(p, _("Pieces"), number(pr, w->need));
	paper_fact(p, _("Made by"), w->staff);
}

static int
pick_lines(struct printing *pr, const struct wave *w)
{
	struct paper *p = pr->paper;
	struct page lines;
	size_t i;
	int rc;

	if ((rc = wave_lines(pr->s, w->id, &lines)) < 0)
		return rc;
	paper_table(p, pick_cols, sizeof(pick_cols) / sizeof(pick_cols[0]));
	for (i = 0; i < lines.n; i++) {
		const struct wave_line *l = page_row(&lines, i);

		paper_row(
		    p, (const char *const[]){ "", l->bin, l->name, l->sku_code,
			   number(pr, l->need - l->picked) });
	}
	paper_total(p, (const char *const[]){ NULL, "", _("In all"), "",
			   number(pr, w->need - w->picked) });
	paper_table_end(p);
	page_free(&lines);
	return 0;
}

static const struct paper_col slot_cols[] = {
	{ .title = N_("Slot"),
	    .width = 16,
	    .align = PAPER_CENTRE,
	    .flags = PAPER_BOLD,
	    .pt = 14 },
	{ .title = N_("Item") },
	{ .title = N_("SKU"), .width = 34 },
	{ .title = N_("Qty"), .width = 16, .align = PAPER_RIGHT },
};

/* Which piece goes into which slot of the wall. */
static int
pick_slots(struct printing *pr, const struct wave *w)
{
	struct paper *p = pr->paper;
	struct page items;
	int64_t last = 0;
	size_t i;
	int rc;

	if (w->kind != WAVE_SEVERAL)
		return 0;
	if ((rc = wave_items(pr->s, w->id, &items)) < 0)
		return rc;
	paper_heading(p, _("Slots"));
	paper_table(p, slot_cols, sizeof(slot_cols) / sizeof(slot_cols[0]));
	for (i = 0; i < items.n; i++) {
		const struct wave_item *it = page_row(&items, i);

		paper_row(
		    p, (const char *const[]){
			   it->slot != last ? number(pr, it->slot) : "",
			   it->name, it->sku_code, number(pr, it->need) });
		last = it->slot;
	}
	paper_table_end(p);
	page_free(&items);
	return 0;
}

int
print_picks(struct session *s, int64_t wave_id, const struct print_job *job,
    struct print_said *said)
{
	struct printing pr = { .s = s, .job = job, .said = said };
	const struct wave *w;
	struct page page = { 0 };
	int rc;

	*said = (struct print_said){ .printed = 0 };
	if ((rc = session_need(s, PERM_ORDER_SHIP)) < 0 ||
	    (rc = wave_get(s, wave_id, &page)) < 0)
		return rc;
	w = page_row(&page, 0);
	rc = printing_begin(&pr, "picks", _("Pick list"), &paper_a4);
	if (rc == 0) {
		pick_head(&pr, w);
		rc = pick_lines(&pr, w);
	}
	if (rc == 0)
		rc = pick_slots(&pr, w);
	if (rc == 0)
		rc = printing_end(&pr, _("Pick list"));
	printing_close(&pr);
	page_free(&page);
	said->printed = rc == 0;
	return rc;
}

static const struct paper_col manifest_cols[] = {
	{ .title = "", .width = 12, .align = PAPER_RIGHT },
	{ .title = N_("Waybill no."), .width = 60 },
	{ .title = N_("Order number") },
	{ .title = N_("Weight"), .width = 24, .align = PAPER_RIGHT },
};

#define CHUNK 500

static int
manifest_rows(struct printing *pr, const struct manifest *m)
{
	struct handed from = { 0 };
	struct page rows;
	int64_t n = 0;
	size_t i, got;
	int rc;

	do {
		rc = manifest_parcels(pr->s, m->id,
		    n == 0 ? PAGE_FIRST : PAGE_AFTER, n == 0 ? NULL : &from,
		    CHUNK, &rows);
		if (rc < 0)
			return rc;
		for (i = 0; i < rows.n; i++) {
			const struct handed *h = page_row(&rows, i);

			from = (struct handed){ .id = h->id,
				.shipped_at = h->shipped_at };
			paper_row(
			    pr->paper, (const char *const[]){ number(pr, ++n),
					   h->waybill_no, h->order_no,
					   arena_printf(&pr->arena,
					       "%" PRId64 " g", h->weight) });
		}
		got = rows.n;
		page_free(&rows);
	} while (got == CHUNK);
	return 0;
}

static int
manifest_paper(struct printing *pr, const struct manifest *m)
{
	struct paper *p = pr->paper;
	char when[TIME_SIZE];
	int rc;

	paper_section(p, NULL, m->manifest_no);
	paper_title(p, _("Hand-over manifest"), m->manifest_no);
	paper_facts(p, 3);
	paper_fact(p, _("Courier"), m->courier);
	paper_fact(p, _("Made at"), time_full(m->at, when));
	paper_fact(p, _("Made by"), m->staff);
	paper_fact(p, _("Driver"), m->driver);
	paper_fact(p, _("Handed over at"),
	    m->closed_at != 0 ? time_full(m->closed_at, when) : "");
	paper_fact(p, _("Parcels"), number(pr, m->parcels));
	paper_table(
	    p, manifest_cols, sizeof(manifest_cols) / sizeof(manifest_cols[0]));
	if ((rc = manifest_rows(pr, m)) < 0)
		return rc;
	paper_total(
	    p, (const char *const[]){ number(pr, m->parcels), _("In all"), "",
		   arena_printf(&pr->arena, "%" PRId64 " g", m->weight) });
	paper_table_end(p);
	paper_blanks(
	    p, (const char *const[]){ _("Driver's signature"), _("Date") }, 2);
	return 0;
}

int
print_manifest(struct session *s, int64_t manifest_id,
    const struct print_job *job, struct print_said *said)
{
	struct printing pr = { .s = s, .job = job, .said = said };
	struct page page = { 0 };
	int rc;

	*said = (struct print_said){ .printed = 0 };
	if ((rc = session_need(s, PERM_ORDER_SHIP)) < 0 ||
	    (rc = manifest_get(s, manifest_id, &page)) < 0)
		return rc;
	rc =
	    printing_begin(&pr, "manifest", _("Hand-over manifest"), &paper_a4);
	if (rc == 0)
		rc = manifest_paper(&pr, page_row(&page, 0));
	if (rc == 0)
		rc = printing_end(&pr, _("Hand-over manifest"));
	printing_close(&pr);
	page_free(&page);
	said->printed = rc == 0;
	return rc;
}

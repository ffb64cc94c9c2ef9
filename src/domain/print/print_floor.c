/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/manifest.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/production.h"
#include "shopmgr/domain/waves.h"

#include "../core/session_priv.h"
#include "print_priv.h"

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
	bool all = w->picked >= w->need; /* for the file: what it was */
	struct page lines;
	int64_t left;
	size_t i;
	int rc;

	if ((rc = wave_lines(pr->s, w->id, &lines)) < 0)
		return rc;
	paper_table(p, pick_cols, sizeof(pick_cols) / sizeof(pick_cols[0]));
	for (i = 0; i < lines.n; i++) {
		const struct wave_line *l = page_row(&lines, i);

		left = all ? l->need : l->need - l->picked;
		if (left > 0)
			paper_row(p, (const char *const[]){ "", l->bin, l->name,
					 l->sku_code, number(pr, left) });
	}
	paper_total(p, (const char *const[]){ NULL, "", _("In all"), "",
			   number(pr, all ? w->need : w->need - w->picked) });
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

static const struct paper_col attr_cols[] = {
	{ .title = N_("What"), .width = 34 },
	{ .title = N_("Made to order as"), .flags = PAPER_BOLD, .pt = 13 },
	{ .title = N_("Checked"), .width = 40 },
};

/* Who typed it, and who again; or why the maker is not to trust it yet. */
static const char *
attr_checked(struct printing *pr, const struct line_attr *a)
{
	if (a->state == ATTR_AGREED && a->again_at != 0)
		return arena_printf(
		    &pr->arena, "%s, %s", a->typist, a->again_staff);
	if (a->state == ATTR_AGREED || !a->critical)
		return a->typist;
	return attr_state_text(a->state);
}

static void
production_attrs(struct printing *pr, const struct production_sheet *sh)
{
	struct paper *p = pr->paper;
	size_t i;

	paper_table(p, attr_cols, sizeof(attr_cols) / sizeof(attr_cols[0]));
	for (i = 0; i < sh->attrs.n; i++) {
		const struct line_attr *a = page_row(&sh->attrs, i);

		paper_row(p, (const char *const[]){ a->title,
				 a->state == ATTR_DIFFERS
				     ? arena_printf(&pr->arena, "%s ≠ %s",
					   a->words, a->again_words)
				     : a->words,
				 attr_checked(pr, a) });
	}
	paper_table_end(p);
}

static void
day_fact(struct printing *pr, const char *label, int64_t at)
{
	char day[TIME_SIZE];

	paper_fact(
	    pr->paper, label, at != 0 ? day_text(time_day(at), day) : "");
}

static void
production_paper(struct printing *pr, const struct production_sheet *sh)
{
	const struct production *o = page_row(&sh->own, 0);
	struct paper *p = pr->paper;

	paper_section(p, NULL, o->production_no);
	paper_title(p, _("Production order"), o->production_no);
	if (o->state == PRODUCTION_NEW || o->state == PRODUCTION_CANCELLED ||
	    sh->changed)
		paper_note(p,
		    &(const struct paper_style){ .pt = 14, .bold = true },
		    sh->changed ? _("Corrected after it was placed")
				: production_state_text(o->state));
	paper_facts(p, 2);
	paper_fact(p, _("Item"), o->item);
	paper_fact(p, _("Qty"), number(pr, o->qty));
	paper_fact(p, _("SKU"), o->sku_code);
	paper_fact(p, _("Maker"), o->maker);
	day_fact(pr, _("Due by"), o->due_at);
	day_fact(pr, _("Placed at"), o->placed_at);
	paper_fact(p, _("Order number"), o->order_no);
	paper_fact(p, _("Shop"), sh->shop);
	paper_fact(p, _("Buyer"), sh->nick);
	paper_fact(p, _("Agent"), o->agent);
	paper_fact(p, _("Delivery"), sh->delivery);
	day_fact(pr, _("Promised"), sh->promised_at);
	if (o->note[0] != '\0')
		paper_fact_wide(p, _("Note"), o->note);
	if (sh->memo[0] != '\0')
		paper_fact_wide(p, _("Remark"), sh->memo);
	if (sh->buyer_note[0] != '\0')
		paper_fact_wide(p, _("Buyer says"), sh->buyer_note);
	production_attrs(pr, sh);
	paper_blanks(p,
	    (const char *const[]){ _("Made by"), _("Checked by"), _("Date") },
	    3);
}

int
print_production(struct session *s, int64_t production_id,
    const struct print_job *job, struct print_said *said)
{
	struct printing pr = { .s = s, .job = job, .said = said };
	struct production_sheet sheet;
	int rc;

	*said = (struct print_said){ .printed = 0 };
	if ((rc = production_sheet(s, production_id, &sheet)) < 0)
		return rc;
	rc =
	    printing_begin(&pr, "production", _("Production order"), &paper_a4);
	if (rc == 0) {
		production_paper(&pr, &sheet);
		rc = printing_end(&pr, _("Production order"));
	}
	printing_close(&pr);
	production_sheet_free(&sheet);
	said->printed = rc == 0;
	return rc;
}

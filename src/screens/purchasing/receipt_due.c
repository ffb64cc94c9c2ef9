/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "../core/screens_priv.h"
#include "../core/show.h"
#include "purchase.h"
#include "receipt_due.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/receiving.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/transfers.h"

#define AT_ONCE 200 /* of a kind: more do not come to a door */

static const char *const heads[DUE_KINDS] = {
	N_("Scanned and not received yet; Enter goes on with it:"),
	N_("Expected; Enter begins to receive it, or scan its number:"),
	N_("On the way from other warehouses; Enter opens it:"),
};

static int
add_scanned(struct session *s, struct page *out)
{
	struct arena *a = &out->arena;
	const struct receiving *r;
	struct page page;
	char when[64];
	size_t i;
	int rc = receiving_page(
	    s, RECEIVING_OPEN, 0, PAGE_FIRST, NULL, AT_ONCE, &page);

	if (rc < 0)
		return rc;
	for (i = 0, r = page.rows; i < page.n; i++)
		*(struct due_row *)page_add(out) = (struct due_row){ r[i].id,
			DUE_SCANNED, arena_strdup(a, r[i].purchase_no),
			arena_strdup(a, r[i].company),
			arena_strdup(a, r[i].last_by), r[i].pieces,
			arena_strdup(
			    a, show_when(when, sizeof(when), r[i].last_at)),
			STYLE_TEXT };
	page_free(&page);
	return 0;
}

static bool
comes_here(struct session *s, int64_t warehouse_id)
{
	return floor_place(s) == 0 || floor_place(s) == warehouse_id;
}

static int
by_day(const void *a, const void *b)
{
	const struct purchase *const *x = a, *const *y = b;

	if ((*x)->expected_at != (*y)->expected_at)
		return (*x)->expected_at < (*y)->expected_at ? -1 : 1;
	return ((*x)->id > (*y)->id) - ((*x)->id < (*y)->id);
}

/* Of both pages, by the day they are expected. */
static void
add_purchases(struct session *s, const struct page pages[2], struct page *out)
{
	const struct purchase *all[2 * AT_ONCE] = { NULL }, *p;
	enum style style;
	char due[64];
	size_t n = 0, i, k;

	for (k = 0; k < 2; k++)
		for (i = 0, p = pages[k].rows; i < pages[k].n; i++)
			if (p[i].scanned == 0 &&
			    comes_here(s, p[i].warehouse_id))
				all[n++] = &p[i];
	qsort(all, n, sizeof(all[0]), by_day);
	for (i = 0; i < n; i++) {
		p = all[i];
		style = STYLE_TEXT;
		purchase_due(due, sizeof(due), p, &style);
		*(struct due_row *)page_add(out) = (struct due_row){ p->id,
			DUE_ORDER, arena_strdup(&out->arena, p->purchase_no),
			arena_strdup(&out->arena, p->company), "",
			p->pieces - p->received, arena_strdup(&out->arena, due),
			style };
	}
}

static int
add_expected(struct session *s, struct page *out)
{
	const struct purchase_filter ways[2] = { { .state = PURCHASE_ORDERED },
		{ .state = PURCHASE_PART } };
	struct page pages[2] = { { .n = 0 }, { .n = 0 } };
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < 2; i++)
		rc = purchase_page(
		    s, &ways[i], PAGE_FIRST, NULL, AT_ONCE, &pages[i]);
	if (rc == 0)
		add_purchases(s, pages, out);
	page_free(&pages[0]);
	page_free(&pages[1]);
	return rc;
}

static int
add_transfers(struct session *s, struct page *out)
{
	const struct transfer_filter sent = { .state = TRANSFER_SENT,
		.warehouse_id = floor_place(s) };
	struct arena *a = &out->arena;
	const struct transfer *t;
	struct page page;
	char when[64];
	size_t i;
	int rc;

	if (!session_may(s, PERM_STOCK_VIEW))
		return 0;
	rc = transfer_page(s, &sent, PAGE_FIRST, NULL, AT_ONCE, &page);
	if (rc < 0)
		return rc;
	for (i = 0, t = page.rows; i < page.n; i++)
		if (comes_here(s, t[i].to_id))
			*(struct due_row *)page_add(
			    out) = (struct due_row){ t[i].id, DUE_TRANSFER,
				arena_strdup(a, t[i].transfer_no),
				arena_printf(a, "%s → %s", t[i].from, t[i].to),
				arena_strdup(a, t[i].staff), t[i].open,
				arena_strdup(a, show_when(when, sizeof(when),
						    t[i].sent_at)),
				STYLE_TEXT };
	page_free(&page);
	return 0;
}

int
due_read(struct session *s, struct page *out)
{
	int rc;

	page_init(out, sizeof(struct due_row), 4 * AT_ONCE);
	if ((rc = add_scanned(s, out)) < 0 || (rc = add_expected(s, out)) < 0 ||
	    (rc = add_transfers(s, out)) < 0)
		page_free(out);
	return rc;
}

static void
draw_one(struct canvas *c, struct rect r, const struct due_row *d, bool here)
{
	char text[64];

	canvas_text(c, r.y, r.x, 2, STYLE_ACCENT, here ? cursor_mark() : "");
	canvas_text(c, r.y, r.x + 2, 10, STYLE_STRONG, d->no);
	canvas_ends(c, r.y, r.x + 13, r.w - 48, STYLE_TEXT, d->who);
	canvas_right(c, r.y, r.x + r.w - 34, 7, STYLE_STRONG,
	    show_count(text, sizeof(text), d->pieces));
	canvas_ends(c, r.y, r.x + r.w - 25, 11, STYLE_TEXT, d->by);
	canvas_right(c, r.y, r.x + r.w - 13, 13, d->style, d->when);
}

/* Does a heading stand above row @i? */
static bool
begins(const struct due_row *d, size_t i)
{
	return i == 0 || d[i].kind != d[i - 1].kind;
}

/* A blank line and a heading with another stand above the first of a kind. */
static int
lines_to(const struct due_row *d, size_t i)
{
	return i == 0 ? 2 : begins(d, i) ? 4 : 1;
}

void
draw_due(const struct page *due, size_t at, struct canvas *c, struct rect r)
{
	const struct due_row *d = due->rows;
	int y = 0, below;
	size_t i;

	if (due->n == 0) {
		canvas_center(c, r.y + r.h / 3, r.x, r.w, STYLE_DIM,
		    _("No order is under way. Which one did the goods come "
		      "for?"));
		return;
	}
	for (i = 0; i <= at; i++)
		y += lines_to(d, i);
	below = y < r.h ? 0 : y - r.h + 1;
	for (i = 0, y = -below; i < due->n && y < r.h; i++) {
		y += lines_to(d, i);
		if (begins(d, i) && y >= 2 && y - 2 < r.h)
			canvas_text(c, r.y + y - 2, r.x, r.w, STYLE_DIM,
			    _(heads[d[i].kind]));
		if (y >= 0 && y < r.h)
			draw_one(c, (struct rect){ r.y + y, r.x, 1, r.w },
			    &d[i], i == at);
	}
}

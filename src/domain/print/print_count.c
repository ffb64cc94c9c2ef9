/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/stocktake.h"

#include "../core/session_priv.h"
#include "print_priv.h"

/* A count on paper: what is to be counted, as one walks along the bins, with
 * room to write. Who counts blind is not told what the books say. */

#define CHUNK 500
#define BARS  38         /* mm */
#define ROOM  "________" /* to write in */

enum { COL_BIN, COL_BARS, COL_SKU, COL_NAME, COL_BOOK, COL_COUNTED };

static const struct paper_col blind_cols[] = {
	{ .title = N_("Bin"), .width = 22, .flags = PAPER_BOLD },
	{ .title = "", .width = BARS, .flags = PAPER_BARS },
	{ .title = N_("SKU"), .width = 32 },
	{ .title = N_("Item") },
	{ .title = N_("Counted"), .width = 28, .pt = 12 },
};
static const struct paper_col open_cols[] = {
	{ .title = N_("Bin"), .width = 22, .flags = PAPER_BOLD },
	{ .title = "", .width = BARS, .flags = PAPER_BARS },
	{ .title = N_("SKU"), .width = 32 },
	{ .title = N_("Item") },
	{ .title = N_("In the books"), .width = 20, .align = PAPER_RIGHT },
	{ .title = N_("Counted"), .width = 28, .pt = 12 },
};

static void
head(struct printing *pr, const struct stocktake *t)
{
	struct paper *p = pr->paper;
	char when[TIME_SIZE];

	paper_section(p, NULL, t->count_no);
	paper_title(p, _("Count sheet"), t->count_no);
	paper_facts(p, 3);
	paper_fact(p, _("Kind"), stocktake_kind_text(t->kind));
	paper_fact(p, _("Warehouse"), t->warehouse);
	paper_fact(p, _("Begun"), time_full(t->at, when));
	if (t->note[0] != '\0')
		paper_fact_wide(p, _("Note"), t->note);
}

/* A bin's code for the scanner, NULL when no scanner reads it. */
static const char *
bars(const char *code)
{
	struct err err;

	return code[0] != '\0' &&
		       paper_encodes(PAPER_CODE128, code, BARS, &err) == 0
		   ? code
		   : NULL;
}

/* Of a bin its first line says which. */
static void
line(struct printing *pr, const struct stocktake *t,
    const struct stocktake_line *l, bool first)
{
	const char *cells[COL_COUNTED + 1] = {
		[COL_SKU] = l->sku_code, [COL_NAME] = l->name
	};

	cells[COL_BIN] = !first ? "" : l->bin[0] != '\0' ? l->bin : _("no bin");
	cells[COL_BARS] = first ? bars(l->bin) : NULL;
	if (!t->blind)
		cells[COL_BOOK] =
		    arena_printf(&pr->arena, "%" PRId64, l->book + l->picked);
	cells[t->blind ? COL_BOOK : COL_COUNTED] = ROOM;
	paper_row(pr->paper, cells);
}

static int
lines(struct printing *pr, const struct stocktake *t, int64_t *n)
{
	const struct stocktake_filter f = { .stocktake_id = t->id,
		.which =
		    t->state == STOCKTAKE_COUNTING ? LINES_OPEN : LINES_AGAIN };
	struct stocktake_line from = { .bin_id = 0 };
	struct page rows;
	size_t i, got;
	int rc;

	do {
		rc = stocktake_line_page(pr->s, &f,
		    *n == 0 ? PAGE_FIRST : PAGE_AFTER, *n == 0 ? NULL : &from,
		    CHUNK, &rows);
		if (rc < 0)
			return rc;
		for (i = 0; i < rows.n; i++, ++*n) {
			const struct stocktake_line *l = page_row(&rows, i);

			line(pr, t, l, l->bin_id != from.bin_id);
			from = (struct stocktake_line){ .id = l->id,
				.bin_id = l->bin_id };
		}
		got = rows.n;
		page_free(&rows);
	} while (got == CHUNK);
	return 0;
}

static int
sheet(struct printing *pr, const struct stocktake *t)
{
	struct paper *p = pr->paper;
	int64_t n = 0;
	int rc;

	head(pr, t);
	paper_table(p, t->blind ? blind_cols : open_cols,
	    t->blind ? sizeof(blind_cols) / sizeof(blind_cols[0])
		     : sizeof(open_cols) / sizeof(open_cols[0]));
	if ((rc = lines(pr, t, &n)) < 0)
		return rc;
	paper_table_end(p);
	if (n == 0)
		return err_set(&pr->s->err, ERR_STATE, "",
		    _("Nothing of %s is left to be counted"), t->count_no);
	paper_blanks(p, (const char *const[]){ _("Counted by"), _("Date") }, 2);
	return 0;
}

int
print_count_sheet(struct session *s, int64_t id, const struct print_job *job,
    struct print_said *said)
{
	struct printing pr = { .s = s, .job = job, .said = said };
	struct page own = { 0 };
	int rc;

	*said = (struct print_said){ .printed = 0 };
	if ((rc = stocktake_get(s, id, &own)) < 0)
		return rc;
	rc = printing_begin(&pr, "count", _("Count sheet"), &paper_a4);
	if (rc == 0)
		rc = sheet(&pr, page_row(&own, 0));
	if (rc == 0)
		rc = printing_end(&pr, _("Count sheet"));
	printing_close(&pr);
	page_free(&own);
	said->printed = rc == 0;
	return rc;
}

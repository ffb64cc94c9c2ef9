/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/stocktake.h"

#include "../core/session_priv.h"
#include "../record/record_priv.h"

/* Counts of the stock, and their lines, as rows. */

#define F(member, label, type) \
	{ \
#member, label, type, offsetof(ROW, member), NULL \
	}
#define CODE(member, label, name) \
	{ \
#member, label, REC_CODE, offsetof(ROW, member), name \
	}

#define ROW struct stocktake
static const struct rec_field count_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(count_no, N_("Count no."), REC_TEXT),
	CODE(kind, N_("Kind"), stocktake_kind_name),
	CODE(state, N_("State"), stocktake_state_name),
	F(blind, N_("Blind"), REC_BOOL),
	F(warehouse, N_("Warehouse"), REC_TEXT),
	F(lines, N_("Line count"), REC_INT),
	F(counted, N_("Counted"), REC_INT),
	F(again, N_("To count again"), REC_INT),
	F(gain, N_("Gain"), REC_COST),
	F(loss, N_("Stock loss"), REC_COST),
	F(net, N_("Net"), REC_COST),
	F(staff, N_("Who"), REC_TEXT),
	F(at, N_("Time"), REC_TIME),
	F(counted_at, N_("Counted at"), REC_TIME),
	F(posted_by, N_("Posted by"), REC_TEXT),
	F(posted_at, N_("Posted at"), REC_TIME),
	F(slip_no, N_("Slip"), REC_TEXT),
	F(reversed, N_("Reversed by"), REC_TEXT),
	F(note, N_("Note"), REC_TEXT),
	FIELD_END,
};
#undef ROW

static int
read_counts(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	(void)arg;
	return stocktake_page(s, STOCKTAKE_ALL, dir, from, limit, out);
}

static int
counts(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { NULL };
	const struct rec_sift sift = { &rec_counts, filters, n, done,
		read_counts, NULL };

	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_counts = {
	.name = "counts",
	.fields = count_fields,
	.row_size = sizeof(struct stocktake),
	.page = counts,
	.get = stocktake_get,
};

#define ROW struct stocktake_line
static const struct rec_field line_fields[] = {
	F(id, N_("Id"), REC_INT),
	F(count_no, N_("Count no."), REC_TEXT),
	F(bin, N_("Bin"), REC_TEXT),
	F(sku_code, N_("SKU code"), REC_TEXT),
	F(name, N_("Variant"), REC_TEXT),
	CODE(state, N_("State"), stocktake_line_state_name),
	F(shown, N_("Books shown"), REC_BOOL),
	F(book, N_("Books"), REC_INT),
	F(picked, N_("Picked, not shipped"), REC_INT),
	F(counted, N_("Counted"), REC_INT),
	F(off, N_("Difference"), REC_INT),
	F(value, N_("Value"), REC_COST),
	F(first, N_("Counted before"), REC_INT),
	F(reason, N_("Reason"), REC_TEXT),
	F(staff, N_("Who"), REC_TEXT),
	F(at, N_("Time"), REC_TIME),
	FIELD_END,
};
#undef ROW

static const struct rec_field line_filters[] = {
	{ "count", NULL, REC_TEXT, 0, NULL },
	FIELD_END,
};

static int
read_lines(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	return stocktake_line_page(s, arg, dir, from, limit, out);
}

static int
lines(struct session *s, const struct rec_filter *filters, size_t n,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
{
	static const char *const done[] = { "count", NULL };
	const char *count = rec_want(filters, n, "count");
	struct stocktake_filter f = { .by_value = true };
	const struct rec_sift sift = { &rec_count_lines, filters, n, done,
		read_lines, &f };
	int rc;

	if (count != NULL &&
	    (rc = stocktake_by_no(s, count, &f.stocktake_id)) < 0)
		return rc;
	return rec_sift(s, &sift, dir, from, limit, out);
}

const struct rec_kind rec_count_lines = {
	.name = "count_lines",
	.fields = line_fields,
	.row_size = sizeof(struct stocktake_line),
	.page = lines,
	.get = stocktake_line_get,
	.filters = line_filters,
};

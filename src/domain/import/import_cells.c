/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "import_line.h"
#include "import_priv.h"

/* Rows that have a cell for each line: "name:Mug|sku:FOX-1|quantity:2|...". */

static const struct {
	const char *name;
	enum imp_field field;
} keys[] = {
	{ "name", F_TITLE },
	{ "sku", F_SKU },
	{ "quantity", F_QTY },
	{ "sub_total", F_PRICE }, /* of the line, until it is divided */
	{ "total", F_LINE_PAID },
	{ "product_id", F_ITEM_NO },
	{ "item_id", F_SUB_ORDER_NO },
};

#define NKEYS (sizeof(keys) / sizeof(keys[0]))

static void
cell_key(struct imp_row *line, struct slice part)
{
	const char *colon = memchr(part.s, ':', part.n);
	size_t i, n;

	if (colon == NULL)
		return;
	n = (size_t)(colon - part.s);
	for (i = 0; i < NKEYS; i++)
		if (strlen(keys[i].name) == n &&
		    memcmp(keys[i].name, part.s, n) == 0 &&
		    line->f[keys[i].field].n == 0) {
			line->f[keys[i].field] = (struct slice){ .s = colon + 1,
				.n = part.n - n - 1 };
			if (part.n > n + 1)
				line->has |= BIT(keys[i].field);
		}
}

static bool
cell_read(struct job *j, struct imp_row *line, struct slice cell)
{
	struct slice part;
	const char *bar;

	while (cell.n > 0) {
		bar = memchr(cell.s, '|', cell.n);
		part.s = cell.s;
		part.n = bar != NULL ? (size_t)(bar - cell.s) : cell.n;
		cell_key(line, part);
		part.n += bar != NULL;
		cell.s += part.n;
		cell.n -= part.n;
	}
	if (((line->has & BIT(F_QTY)) && !row_number(j, line, F_QTY)) ||
	    ((line->has & BIT(F_PRICE)) && !row_money(j, line, F_PRICE)) ||
	    ((line->has & BIT(F_LINE_PAID)) &&
		!row_money(j, line, F_LINE_PAID)))
		return false;
	line->n[F_LINE_TOTAL] =
	    line->has & BIT(F_PRICE) ? line->n[F_PRICE] : line->n[F_LINE_PAID];
	line->has |= BIT(F_LINE_TOTAL);
	line->has &= ~BIT(F_PRICE);
	line->n[F_PRICE] = 0;
	return true;
}

static struct slice
cell_of(struct arena *scratch, const struct imp_row *row, size_t i)
{
	const struct sheet_row *raw = row->raw;
	size_t at = row->file->cells[i];

	return at < raw->n
		   ? slice_clean(scratch, raw->fields[at], raw->lens[at])
		   : (struct slice){ .s = "" };
}

int
each_cell(struct job *j, const struct imp_row *row,
    int (*each)(struct job *j, const struct imp_row *row))
{
	struct imp_row line;
	struct slice cell;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < row->file->ncells; i++) {
		cell = cell_of(&j->scratch, row, i);
		if (cell.n == 0)
			continue;
		row_bind(&line, row->file);
		line.raw = row->raw;
		memcpy(line.currency, row->currency, sizeof(line.currency));
		if (cell_read(j, &line, cell))
			rc = each(j, &line);
		else
			j->lines->bad = true;
	}
	return rc;
}

uint64_t
cells_hash(const struct imp_row *row, uint64_t hash)
{
	const struct sheet_row *raw = row->raw;
	size_t i, at;

	for (i = 0; i < row->file->ncells; i++) {
		at = row->file->cells[i];
		if (at < raw->n)
			hash = hash_bytes(raw->fields[at], raw->lens[at], hash);
	}
	return hash;
}

/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "../export/export_priv.h"
#include "stock_report_priv.h"

/* A report as a file. */

static enum sheet_col
column_of(const struct rec_field *f)
{
	switch (f->type) {
	case REC_INT:
		return COL_COUNT;
	case REC_MONEY:
	case REC_COST:
		return COL_MONEY;
	case REC_TIME:
		return COL_TIME;
	case REC_TEXT:
	case REC_CODE:
	case REC_BOOL:
	case REC_WORD:
		break;
	}
	return strcmp(f->name, "sku_code") == 0 ? COL_ID : COL_TEXT;
}

static int
write_rows(struct exporting *ex, const struct stock_report *r)
{
	const char *texts[STOCK_REPORT_COLS];
	struct str bufs[STOCK_REPORT_COLS];
	size_t i, k;
	int rc = 0;

	for (k = 0; k < ex->ncols; k++)
		bufs[k] = (struct str)STR_INIT;
	for (i = 0; rc == 0 && i < r->n; i++) {
		for (k = 0; k < ex->ncols; k++) {
			str_cut(&bufs[k], 0);
			record_plain(&r->fields[k], &r->rows[i], &bufs[k]);
			texts[k] = bufs[k].s;
		}
		rc = export_row(ex, texts);
	}
	for (k = 0; k < ex->ncols; k++)
		str_done(&bufs[k]);
	return rc;
}

/* A name that promises another format would be believed. */
static bool
is_table(const char *path)
{
	const char *end = strrchr(path, '.');

	return strcmp(path, "-") == 0 ||
	       (end != NULL && (strcasecmp(end, ".csv") == 0 ||
				   strcasecmp(end, ".xlsx") == 0));
}

int
stock_report_file(struct session *s, const struct stock_report *r,
    const char *path, bool english)
{
	static const struct export_options plain = { .encoding = NULL };
	const char *names[STOCK_REPORT_COLS];
	const char *const *header = names;
	enum sheet_col cols[STOCK_REPORT_COLS];
	struct exporting ex = { .s = s,
		.opt = &plain,
		.kind = stock_report_name(r->ask.kind),
		.note = "",
		.path = path,
		.cols = cols,
		.headers = &header,
		.nheaders = 1,
		.opts = { .encoding = SHEET_UTF8_BOM } };
	const struct rec_field *f;
	int rc;

	if ((rc = session_need(s, PERM_EXPORT)) < 0)
		return rc;
	if (!is_table(path))
		return err_set(&s->err, ERR_INVALID, "path",
		    _("%s: files are written as .csv or .xlsx, by their name"),
		    path);
	for (f = r->fields; f->name != NULL; f++) {
		names[ex.ncols] = english ? f->name : _(f->label);
		cols[ex.ncols++] = column_of(f);
	}
	if ((rc = export_open(&ex)) == 0)
		rc = write_rows(&ex, r);
	if (rc == 0)
		rc = export_finish(&ex, NULL, NULL);
	export_close(&ex);
	return rc;
}

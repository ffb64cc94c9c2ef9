/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "export_priv.h"

static const struct op op_export = { "export", PERM_EXPORT, "export" };

int
export_encoding(struct session *s, const char *name, enum sheet_encoding *out)
{
	static const struct {
		const char *name;
		enum sheet_encoding encoding;
	} known[] = {
		{ "utf-8-bom", SHEET_UTF8_BOM },
		{ "utf-8", SHEET_UTF8 },
		{ "gb18030", SHEET_GB18030 },
	};
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(known[i].name, name) != 0)
			continue;
		*out = known[i].encoding;
		return 0;
	}
	return err_set(&s->err, ERR_INVALID, "encoding",
	    _("There is no encoding %s: utf-8-bom, utf-8 or gb18030"), name);
}

static struct sheet_out *
last_part(const struct exporting *ex)
{
	return ex->parts[ex->nparts - 1];
}

int
export_open(struct exporting *ex)
{
	struct sheet_out *out;
	size_t i;
	int rc;

	rc = sheet_out_open(
	    &out, ex->path, &ex->opts, ex->cols, ex->ncols, &ex->s->err);
	if (rc < 0)
		return rc;
	ex->parts = xreallocarray(
	    ex->parts, ex->nparts + 1, sizeof(struct sheet_out *));
	ex->parts[ex->nparts++] = out;
	ex->part_rows = 0;
	for (i = 0; rc == 0 && i < ex->nheaders; i++)
		rc = sheet_out_row(out, ex->headers[i]);
	return rc;
}

/* Does the file take no more than it has? Each holds a row at least. */
static bool
is_full(struct exporting *ex, const char *const *fields)
{
	struct sheet_out *out = last_part(ex);

	if (ex->part_rows == 0)
		return false;
	if (ex->rows_max > 0 && ex->part_rows >= ex->rows_max)
		return true;
	return ex->bytes_max > 0 &&
	       sheet_out_size(out) + sheet_out_bound(out, fields) >
		   ex->bytes_max;
}

#define TELL_EVERY 2000

int
export_row(struct exporting *ex, const char *const *fields)
{
	const struct export_options *opt = ex->opt;
	int rc = 0;

	if (is_full(ex, fields)) {
		if (sheet_out_streams(last_part(ex)))
			return EXPORT_FULL;
		if ((rc = sheet_out_seal(last_part(ex))) < 0 ||
		    (rc = export_open(ex)) < 0)
			return rc;
	}
	if ((rc = sheet_out_row(last_part(ex), fields)) < 0)
		return rc;
	ex->rows++;
	ex->part_rows++;
	if (opt->progress == NULL || ex->rows % TELL_EVERY != 0 ||
	    opt->progress(opt->arg, ex->rows) == 0)
		return 0;
	return err_set(&ex->s->err, ERR_CANCELLED, "", _("Cancelled"));
}

/* "ship-2.csv" for the second of several. */
static int
part_name(const struct exporting *ex, size_t i, char buf[EXPORT_PATH])
{
	const char *base = strrchr(ex->path, '/');
	const char *end = strrchr(base != NULL ? base : ex->path, '.');
	int stem, n;

	if (end == NULL)
		end = ex->path + strlen(ex->path);
	stem = (int)(end - ex->path);
	if (ex->nparts == 1)
		n = snprintf(buf, EXPORT_PATH, "%s", ex->path);
	else
		n = snprintf(
		    buf, EXPORT_PATH, "%.*s-%zu%s", stem, ex->path, i + 1, end);
	if (n >= 0 && n < EXPORT_PATH)
		return 0;
	return err_set(&ex->s->err, ERR_IO, "", _("%s cannot be written: %s"),
	    ex->path, strerror(ENAMETOOLONG));
}

static int
name_parts(struct exporting *ex)
{
	char name[EXPORT_PATH];
	int rc = 0;

	for (; ex->named < ex->nparts; ex->named++) {
		if ((rc = part_name(ex, ex->named, name)) < 0)
			return rc;
		if (ex->opt->keep_files && access(name, F_OK) == 0)
			return err_set(&ex->s->err, ERR_IO, "",
			    _("There is a file %s already: choose another "
			      "name"),
			    name);
		rc = sheet_out_rename(ex->parts[ex->named], name);
		if (rc < 0)
			return rc;
	}
	return 0;
}

static void
take_back(struct exporting *ex)
{
	char name[EXPORT_PATH];

	if (sheet_out_streams(ex->parts[0]) || strcmp(ex->path, "-") == 0)
		return;
	while (ex->named > 0)
		if (part_name(ex, --ex->named, name) == 0)
			unlink(name);
}

static void
tell(struct exporting *ex)
{
	struct export_result *r = &ex->told;
	size_t i;

	r->rows = ex->rows;
	r->files = (int)ex->nparts;
	if (part_name(ex, 0, r->first) < 0 ||
	    part_name(ex, ex->nparts - 1, r->last) < 0)
		r->first[0] = r->last[0] = '\0';
	for (i = 0; i < ex->nparts; i++)
		r->lost += sheet_out_lost(ex->parts[i]);
}

static int
record(struct exporting *ex, struct txn **txn)
{
	if (ex->nparts == 1)
		return op_commit(ex->s, &op_export, txn, 0,
		    "%s%s, %" PRId64 " rows, %s", ex->kind, ex->note, ex->rows,
		    ex->path);
	return op_commit(ex->s, &op_export, txn, 0,
	    "%s%s, %" PRId64 " rows, %zu files, %s", ex->kind, ex->note,
	    ex->rows, ex->nparts, ex->path);
}

int
export_finish(struct exporting *ex,
    int (*mark)(struct exporting *ex, struct txn *txn, void *arg), void *arg)
{
	struct session *s = ex->s;
	bool streams = sheet_out_streams(last_part(ex));
	struct txn *txn;
	int rc;

	if ((rc = sheet_out_seal(last_part(ex))) < 0)
		return rc;
	tell(ex);
	if ((rc = op_begin(s, &op_export, &txn)) == 0 && mark != NULL)
		rc = mark(ex, txn, arg);
	if (rc == 0)
		rc = name_parts(ex);
	if (rc == 0)
		rc = record(ex, &txn);
	op_abort(s, &txn);
	if (rc < 0 && !streams)
		take_back(ex);
	return rc;
}

void
export_close(struct exporting *ex)
{
	size_t i;

	for (i = 0; i < ex->nparts; i++)
		sheet_out_close(ex->parts[i]);
	free(ex->parts);
	ex->parts = NULL;
	ex->nparts = 0;
}

/* A name that promises another format would be believed. */
static int
check_name(struct session *s, const char *path)
{
	static const char *const others[] = { ".xls", ".ods", ".pdf", ".json",
		".html" };
	const char *end = strrchr(path, '.');
	size_t i;

	for (i = 0; end != NULL && i < sizeof(others) / sizeof(others[0]); i++)
		if (strcasecmp(end, others[i]) == 0)
			return err_set(&s->err, ERR_INVALID, "path",
			    _("%s: files are written as .csv or .xlsx, by "
			      "their name"),
			    path);
	return 0;
}

int
export_run(struct session *s, const char *kind, const char *path,
    const struct export_options *opt, int64_t *rows)
{
	static const struct export_options plain = { .encoding = NULL };
	struct exporting ex = { .s = s,
		.opt = opt != NULL ? opt : &plain,
		.kind = kind,
		.note = "",
		.path = path,
		.opts = { .encoding = SHEET_UTF8_BOM } };
	const struct rec_kind *rk = record_kind(kind);
	int rc;

	ex.opts.protect_ids = ex.opt->protect_ids;
	ex.opts.protect_equals = ex.opt->protect_equals;
	if ((rc = session_need(s, PERM_EXPORT)) < 0 ||
	    (rc = check_name(s, path)) < 0)
		return rc;
	if (ex.opt->encoding != NULL &&
	    (rc = export_encoding(s, ex.opt->encoding, &ex.opts.encoding)) < 0)
		return rc;
	if (strcmp(kind, "shipments") == 0 || strcmp(kind, "labels") == 0)
		rc = export_layout(&ex);
	else if (rk != NULL)
		rc = export_list(&ex, rk);
	else
		return err_set(&s->err, ERR_INVALID, "kind",
		    _("There is no list of %s"), kind);
	export_close(&ex);
	if (rc == 0 && rows != NULL)
		*rows = ex.rows;
	if (rc == 0 && ex.opt->result != NULL)
		*ex.opt->result = ex.told;
	return rc;
}

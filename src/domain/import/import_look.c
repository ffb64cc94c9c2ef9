/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"

#include "import_header.h"
#include "import_priv.h"
#include "staged_priv.h"

/* A file before it is imported: what it is, and its first rows as they are
 * understood. */

#define LOOK_ROWS  20
#define CELL_SHOWN 200 /* bytes of one; there may be a megabyte */

static const struct import_options no_options;

struct looking {
	struct job j;
	struct imp_file *f;
	struct arena *arena; /* of what is handed out */
	bool paired;         /* the header that was guessed is of two rows */
	struct import_look *out;
};

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

static size_t
cells_filled(const struct sheet_row *row)
{
	size_t i, n = 0;

	for (i = 0; i < row->n; i++)
		n += row->lens[i] > 0;
	return n;
}

/* A row that may be the header of a file that nobody knows. */
struct candidate {
	int64_t line;
	size_t filled, joined; /* joined: with what stands above */
};

static int
candidates(struct looking *l, struct candidate *c, size_t *n)
{
	struct header_pair pair = { .n = 0 };
	struct sheet_row row, joined;
	int rc = 0;

	*n = 0;
	while (*n < HEADER_ROWS && (rc = sheet_next(l->f->sheet, &row)) > 0) {
		c[*n] = (struct candidate){ .line = row.line,
			.filled = cells_filled(&row) };
		if (header_join(&pair, &row, false, &l->j.scratch, &joined))
			c[*n].joined = cells_filled(&joined);
		header_above(&pair, &row);
		(*n)++;
	}
	header_pair_done(&pair);
	return rc < 0 ? rc : 0;
}

/* It may have one all the same: the first row that has nearly as many cells as
 * any, or that has them together with the row above it. */
static int
guess_header(struct looking *l)
{
	struct candidate c[HEADER_ROWS];
	size_t most = 1, n, i;
	int rc;

	if ((rc = sheet_rewind(l->f->sheet)) < 0 ||
	    (rc = candidates(l, c, &n)) < 0)
		return rc;
	for (i = 0; i < n; i++)
		if (c[i].filled > most)
			most = c[i].filled;
	l->f->header_line = 0;
	for (i = 0; i < n && l->f->header_line == 0; i++)
		if (c[i].filled * 5 >= most * 4 ||
		    (c[i].joined * 5 >= most * 4 && c[i].filled * 2 >= most))
			l->f->header_line = c[i].line;
	l->paired = l->f->header_line != 0 && c[i - 1].filled * 5 < most * 4;
	return 0;
}

static void
take_header(struct looking *l, const struct sheet_row *row)
{
	const char **header;
	size_t i, n;

	l->out->ncols = row->n;
	header = arena_alloc(l->arena, (row->n + 1) * sizeof(*header));
	for (i = 0; i < row->n; i++) {
		n = row->lens[i];
		header[i] =
		    field_clean(arena_strndup(l->arena, row->fields[i], n), &n);
	}
	l->out->header = header;
}

/* As it was recognised: perhaps out of two rows. */
static void
take_known_header(struct looking *l)
{
	const struct imp_file *f = l->f;
	const char **header;
	size_t i;

	l->out->ncols = f->nheader;
	header = arena_alloc(l->arena, (f->nheader + 1) * sizeof(*header));
	for (i = 0; i < f->nheader; i++)
		header[i] = arena_strdup(l->arena, f->header[i]);
	l->out->header = header;
}

/* What each column is: its field's name, what people call it, whether it is
 * something to be compared. */
static void
take_fields(struct looking *l)
{
	const struct imp_file *f = l->f;
	size_t n = l->out->ncols + 1, i, at;
	const char **fields = arena_alloc(l->arena, n * sizeof(*fields));
	const char **labels = arena_alloc(l->arena, n * sizeof(*labels));
	bool *figures = arena_alloc(l->arena, n * sizeof(*figures));
	const struct kept_field *kept;
	enum imp_field field;
	char label[64];

	for (i = 0; f->kept != NULL && i < f->kept->nfields; i++)
		if (f->kept_at[i] >= 0) {
			at = (size_t)f->kept_at[i];
			kept = &f->kept->fields[i];
			fields[at] = arena_strdup(l->arena, kept->name);
			labels[at] = arena_strdup(
			    l->arena, kept_label(kept, label, sizeof(label)));
			figures[at] = kept->type >= KEPT_MONEY &&
				      kept->type <= KEPT_DURATION;
		}
	for (i = f->nmap; f->layout != NULL && i-- > 0;)
		if ((at = f->map[i].at) < l->out->ncols) {
			field = (enum imp_field)f->map[i].field;
			fields[at] = field_name(field);
			labels[at] = field_label(field);
			figures[at] = field_is_figure(field);
		}
	l->out->fields = fields;
	l->out->labels = labels;
	l->out->figures = figures;
}

static const char *
shown(struct looking *l, const struct sheet_row *row, size_t col)
{
	char *buf;

	if (col >= row->n)
		return "";
	buf = arena_alloc(l->arena, CELL_SHOWN + 1);
	copy_text(buf, CELL_SHOWN + 1,
	    arena_strndup(&l->j.scratch, row->fields[col], row->lens[col]));
	return buf;
}

/* What was understood of the row: of a cell that was not, nothing. */
static void
read_row(struct looking *l, struct imp_row *row, const struct sheet_row *raw,
    const char **read)
{
	const struct imp_file *f = l->f;
	size_t i;

	row_slices(&l->j, row, raw);
	for (i = f->nmap; i-- > 0;) {
		enum imp_field field = (enum imp_field)f->map[i].field;

		if (row->f[field].n > 0 && f->map[i].at < l->out->ncols &&
		    row_value(&l->j, row, field) &&
		    (BIT(field) == 0 || (row->has & BIT(field))))
			read[f->map[i].at] = row_show(l->arena, row, field);
	}
}

/* False: it is the header once more, in the words of a machine. */
static bool
read_kept(struct looking *l, const struct sheet_row *raw, const char **read)
{
	const struct imp_file *f = l->f;
	struct kept_row row;
	size_t i;

	kept_bind(&row, f);
	row.raw = raw;
	if (kept_is_header(&l->j, &row))
		return false;
	if (!kept_read(&l->j, &row, raw))
		return true;
	for (i = 0; i < f->kept->nfields; i++)
		if (f->kept_at[i] >= 0)
			read[f->kept_at[i]] =
			    arena_strndup(l->arena, row.v[i].s, row.v[i].n);
	return true;
}

static int
take_rows(struct looking *l)
{
	size_t ncols = l->out->ncols, most = LOOK_ROWS * ncols + 1, i;
	const char **raw = arena_alloc(l->arena, most * sizeof(*raw));
	const char **read = arena_alloc(l->arena, most * sizeof(*read));
	struct sheet_row sheet;
	struct imp_row row;
	int rc = 0;

	for (i = 0; i < most; i++)
		raw[i] = read[i] = "";
	row_bind(&row, l->f);
	while (
	    l->out->nrows < LOOK_ROWS && (rc = file_next(l->f, &sheet)) > 0) {
		size_t at = l->out->nrows++ * ncols;

		arena_reset(&l->j.scratch);
		for (i = 0; i < ncols; i++)
			raw[at + i] = shown(l, &sheet, i);
		if (l->f->kept != NULL && !read_kept(l, &sheet, read + at))
			l->out->nrows--;
		else if (l->f->layout != NULL)
			read_row(l, &row, &sheet, read + at);
	}
	l->out->raw = raw;
	l->out->read = read;
	return rc < 0 ? rc : 0;
}

/* To the header again, then the rows below it. */
static int
take_table(struct looking *l)
{
	struct header_pair pair = { .n = 0 };
	struct sheet_row row, joined;
	int64_t below = l->f->layout != NULL ? l->f->layout->below : 0;
	int rc;

	if ((rc = sheet_rewind(l->f->sheet)) < 0)
		return rc;
	l->out->header_line =
	    l->f->header_line > below ? l->f->header_line - below : 0;
	if (l->out->header_line == 0)
		return 0;
	while ((rc = sheet_next(l->f->sheet, &row)) > 0 &&
	       row.line < l->out->header_line)
		header_above(&pair, &row);
	if (rc > 0 && l->out->kind != NULL)
		take_known_header(l);
	else if (rc > 0 && l->paired &&
		 header_join(&pair, &row, false, &l->j.scratch, &joined))
		take_header(l, &joined);
	else if (rc > 0)
		take_header(l, &row);
	header_pair_done(&pair);
	if (rc <= 0)
		return rc;
	take_fields(l);
	return take_rows(l);
}

static int
look_at(struct looking *l)
{
	struct import_look *out = l->out;
	struct err why;
	int rc;

	out->encoding = arena_strdup(l->arena, sheet_encoding(l->f->sheet));
	out->doubtful = sheet_doubtful(l->f->sheet);
	out->size = sheet_size(l->f->sheet);
	rc = file_find(&l->j, l->f);
	out->container = arena_strdup(l->arena, sheet_container(l->f->sheet));
	if (rc == ERR_INVALID) {
		why = l->j.s->err;
		out->text = arena_strdup(l->arena, why.text);
		l->f->layout = NULL;
		l->f->nmap = 0;
		rc = guess_header(l);
	} else if (rc == 0) {
		out->kind = arena_strdup(l->arena, file_kind(l->f));
		out->text = arena_strdup(l->arena, l->f->text);
		out->what = arena_strdup(
		    l->arena, l->f->kept != NULL ? _(l->f->kept->text)
						 : layout_text(l->f->layout));
	}
	return rc < 0 ? rc : take_table(l);
}

int
import_look(struct session *s, const char *path,
    const struct import_options *opt, struct import_look *out)
{
	struct import im = { .nfiles = 1 };
	struct imp_file file = { .path = path, .name = base_name(path) };
	struct looking l = { .f = &file, .out = out };
	const struct sheet_in_opts how = {
		.encoding = opt != NULL ? opt->encoding : NULL
	};
	int rc;

	*out = (struct import_look){ .hold = xcalloc(1, sizeof(*l.arena)) };
	l.arena = out->hold;
	l.j = (struct job){ .im = &im,
		.s = s,
		.opt = opt != NULL ? opt : &no_options,
		.now = time_now(),
		.phase = N_("reading"),
		.quiet = true,
		.claim = -1 };
	im.files = &file;
	out->name = arena_strdup(l.arena, file.name);
	out->what = "";
	if ((rc = session_need(s, PERM_IMPORT)) == 0 &&
	    (rc = formats_of(&l.j)) == 0 &&
	    (rc = sheet_open_as(&file.sheet, path, &how, &s->err)) == 0)
		rc = look_at(&l);
	sheet_close(file.sheet);
	regroup_free(file.regroup);
	formats_done(&l.j.fmt);
	arena_done(&l.j.arena);
	arena_done(&l.j.scratch);
	arena_done(&im.arena);
	free(im.warnings);
	if (rc < 0)
		import_look_free(out);
	return rc;
}

void
import_look_free(struct import_look *look)
{
	if (look->hold != NULL)
		arena_done(look->hold);
	free(look->hold);
	*look = (struct import_look){ 0 };
}

/* SPDX-License-Identifier: MIT */
#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "source.h"

/*
 * libcsv is fed line by line. So each row's place is known, and after a quote
 * that is never closed reading can go on behind the line where it opened.
 */

/*
 * libcsv looks at each byte several times, though most mean nothing to it: only
 * blanks, quotes, delimiters and ends of lines do. Of the others the first of a
 * run makes it go on in a field, and what follows changes nothing more. So it
 * is shown a skeleton, in which one byte stands for each run; what it says are
 * the fields of the skeleton become those of the row when the runs are put
 * back, one after the other.
 */
struct run {
	uint32_t at, len; /* in the row's text */
};

struct skeleton {
	char *text;
	size_t len, cap;
	struct run *runs;
	size_t nruns, cap_runs, next; /* next: to be put back */
	bool means[256];              /* something to libcsv */
};

/* Reading lines twice is for accidents, not for files made to hurt. */
#define REDO_MIN ((int64_t)16 << 20)

struct rows {
	struct source *src;
	struct ring *ring;
	struct batch *batch;
	struct csv_parser csv;
	struct skeleton bones;
	unsigned char delim, eol;
	size_t row, at, end; /* in the window: the row, the line, its end */
	int64_t row_line, line;
	size_t field0, text0; /* where the row begins in the batch */
	size_t ncols;         /* of the row so far */
	size_t usual;         /* columns of the last row on a single line */
	bool ended;           /* the line that was fed ended its row */
	bool skipping;        /* to the end of a line that is too long */
	bool bare;            /* libcsv leaves this row's quotes alone */
	size_t resume;        /* where to go on after a broken row, or 0 */
	int64_t resume_line;
	int64_t redone;
};

/* The quoted fields of a row, as libcsv takes them. */
struct quotes {
	bool open;         /* the last one is not closed */
	bool odd;          /* one went on after a quote on a later line */
	int64_t line;      /* where it opened, counted from 0 */
	size_t next;       /* the line after that one */
	bool first_broken; /* the first field runs over a line's end */
	size_t col;        /* delimiters so far */
};

static bool
quote_closes(const struct rows *r, const char *s, size_t i, size_t n)
{
	while (i < n && (s[i] == ' ' || s[i] == '\t') &&
	       (unsigned char)s[i] != r->delim)
		i++;
	return i == n || (unsigned char)s[i] == r->delim || s[i] == '\n' ||
	       s[i] == '\r';
}

/* Go through s[0..n), a row or its beginning; stop at what is wrong. */
static void
check_quotes(const struct rows *r, const char *s, size_t n, struct quotes *q)
{
	bool fresh = true;
	int64_t line = 0;

	*q = (struct quotes){ 0 };
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == r->eol) {
			line++;
			if (q->open && q->next == 0) {
				q->next = i + 1;
				q->first_broken |= q->col == 0;
			}
		}
		if (!q->open) {
			if (c == '"' && fresh)
				*q = (struct quotes){ .open = true,
					.line = line,
					.first_broken = q->first_broken,
					.col = q->col };
			q->col += c == r->delim;
			fresh = c == r->delim || c == '\n' || c == '\r' ||
				(fresh && (c == ' ' || c == '\t'));
		} else if (c == '"' && i + 1 < n && s[i + 1] == '"') {
			i++;
		} else if (c == '"') {
			q->open = !quote_closes(r, s, i + 1, n);
			q->odd = q->open && q->next != 0;
			if (q->odd)
				return;
			fresh = false;
		}
	}
}

/* The first bad byte from @at on; there may be very many. */
static size_t
bad_from(const struct decoder *d, size_t at)
{
	size_t low = 0, high = d->nbad, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (d->bad[mid].at < at)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The column that @at, within the row, is in; 1 is the first. */
static size_t
column_of(const struct rows *r, size_t at)
{
	struct quotes q;

	check_quotes(r, r->src->text + r->row, at - r->row, &q);
	return q.col + 1;
}

/* What the decoder could not read in this row, or NULL. */
static const char *
bad_bytes(const struct rows *r)
{
	const struct decoder *d = &r->src->dec;
	size_t i = bad_from(d, r->row);
	const struct decode_bad *b = &d->bad[i];

	if (i == d->nbad || b->at >= r->end)
		return NULL;
	if (b->byte == 0)
		return arena_printf(&r->batch->words,
		    _("There is a zero byte in column %zu (position %lld of "
		      "the file)"),
		    column_of(r, b->at), (long long)b->place);
	return arena_printf(&r->batch->words,
	    _("Byte %02X in column %zu (position %lld of the file) is not %s "
	      "text"),
	    b->byte, column_of(r, b->at), (long long)b->place,
	    charset_name(d->charset));
}

/* The fields so far are a row. */
static void
commit(struct rows *r, const char *bad)
{
	struct batch *b = r->batch;

	if (r->ncols > MAX_COLUMNS)
		bad = arena_printf(&b->words,
		    _("The row has %zu columns; at most %d are read"), r->ncols,
		    MAX_COLUMNS);
	*batch_add_row(b) = (struct batch_row){ .first = r->field0,
		.n = b->nfields - r->field0,
		.line = r->row_line,
		.bytes = r->src->bytes,
		.bad = bad };
	if (r->line == r->row_line)
		r->usual = r->ncols;
	r->field0 = b->nfields;
	r->text0 = b->used;
	r->ncols = 0;
}

/* The quote @q is not closed where it should be: that row is lost, and the
 * lines after it are read again as rows, if there is no end of such quotes. */
static void
commit_unclosed(struct rows *r, const struct quotes *q)
{
	int64_t line = r->row_line + q->line;
	size_t next = r->row + q->next, upto = r->end;

	r->redone += (int64_t)(upto - next);
	if (q->next != 0 && r->redone <= REDO_MIN + r->src->bytes) {
		r->resume = next;
		r->resume_line = line + 1;
		commit(
		    r, arena_printf(&r->batch->words,
			   _("The quote that opens on line %lld is not closed; "
			     "reading goes on with the next line"),
			   (long long)line));
		return;
	}
	r->resume = upto;
	r->resume_line = r->line + 1;
	commit(r,
	    arena_printf(&r->batch->words,
		_("The quote that opens on line %lld is not closed; lines up "
		  "to %lld are lost"),
		(long long)line, (long long)r->line));
}

/*
 * Goods data packs are separated by TABs and do not double the quotes within a
 * field: "<h3 style="x">". There a quote ends a field only before a TAB or the
 * line's end. That holds for a row where each field that begins with a quote
 * ends with one; any other row (a cell of several lines, say) is libcsv's.
 */
static bool
quotes_frame_fields(const char *s, size_t n)
{
	const char *end = s + n, *tab, *p;

	for (; s < end; s = tab + 1) {
		tab = memchr(s, '\t', (size_t)(end - s));
		if (tab == NULL)
			tab = end;
		for (p = tab; p > s && strchr(" \r\n", p[-1]) != NULL; p--)
			;
		while (s < p && *s == ' ')
			s++;
		if (s < p && *s == '"' && (p - s < 2 || p[-1] != '"'))
			return false;
	}
	return true;
}

/* The field without the quotes around it; if all others are doubled, they are
 * meant to be half as many. */
static size_t
unframe(char *s, size_t len)
{
	size_t n = 0, run = 0;
	bool doubled = true;

	if (len < 2 || s[0] != '"' || s[len - 1] != '"')
		return len;
	memmove(s, s + 1, len -= 2);
	for (size_t i = 0; i <= len; i++) {
		if (i < len && s[i] == '"') {
			run++;
			continue;
		}
		doubled = doubled && run % 2 == 0;
		run = 0;
	}
	for (size_t i = 0; doubled && i < len; i++) {
		s[n++] = s[i];
		i += s[i] == '"';
	}
	return doubled ? n : len;
}

/* The line, for libcsv; a row's lines are put to it one by one. */
static void
strip_line(struct rows *r)
{
	struct skeleton *k = &r->bones;
	const char *row = r->src->text + r->row, *s = row + (r->at - r->row),
		   *end = r->src->text + r->end, *from;

	if (r->at == r->row)
		k->nruns = k->next = 0;
	k->len = 0;
	if (k->cap < r->end - r->at) {
		k->cap = 2 * (r->end - r->at);
		k->text = xrealloc(k->text, k->cap);
	}
	/* The line's end means something, so no run goes beyond. */
	while (s < end) {
		k->text[k->len++] = *s;
		if (k->means[(unsigned char)*s]) {
			s++;
			continue;
		}
		from = s;
		while (!k->means[(unsigned char)*s])
			s++;
		if (k->nruns == k->cap_runs) {
			k->cap_runs = k->cap_runs != 0 ? 2 * k->cap_runs : 256;
			k->runs = xreallocarray(
			    k->runs, k->cap_runs, sizeof(*k->runs));
		}
		k->runs[k->nruns++] =
		    (struct run){ .at = (uint32_t)(from - row),
			    .len = (uint32_t)(s - from) };
	}
}

/* Put the runs of the skeleton's field s[0..n) back; the length. */
static size_t
flesh_out(struct rows *r, const char *s, size_t n, char *to)
{
	struct skeleton *k = &r->bones;
	const char *row = r->src->text + r->row;
	char *begin = to;

	for (size_t i = 0; i < n; i++) {
		if (k->means[(unsigned char)s[i]]) {
			*to++ = s[i];
			continue;
		}
		memcpy(to, row + k->runs[k->next].at, k->runs[k->next].len);
		to += k->runs[k->next++].len;
	}
	return (size_t)(to - begin);
}

static void
on_field(void *s, size_t len, void *arg)
{
	struct rows *r = arg;
	struct batch *b = r->batch;
	char *text = b->text + b->used;

	len = flesh_out(r, s, len, text);
	if (r->ncols++ >= MAX_COLUMNS)
		return;
	if (b->nfields == b->cap_fields)
		batch_reserve_field(b);
	if (r->bare)
		len = unframe(text, len);
	b->fields[b->nfields] = text;
	b->lens[b->nfields++] = len;
	text[len] = '\0';
	b->used += len + 1;
}

static void
on_row(int c, void *arg)
{
	struct rows *r = arg;
	struct quotes q;

	r->ended = c == r->eol;
	if (r->ncols == 0 || r->resume != 0)
		return;
	if (r->line > r->row_line && r->usual != 0) {
		check_quotes(r, r->src->text + r->row, r->end - r->row, &q);
		if (q.odd && (r->ncols != r->usual || q.first_broken)) {
			commit_unclosed(r, &q);
			return;
		}
	}
	commit(r, r->src->dec.nbad > 0 ? bad_bytes(r) : NULL);
}

/* A new batch; the row that has begun comes along. */
static bool
turn_over(struct rows *r)
{
	struct batch *b = r->batch;
	size_t n = b->nfields - r->field0, ntext = b->used - r->text0;
	char *text = xmalloc(ntext + 1);
	size_t *lens = xmalloc((n + 1) * sizeof(*lens));

	memcpy(text, b->text + r->text0, ntext);
	memcpy(lens, b->lens + r->field0, n * sizeof(*lens));
	b->hash = r->src->hash;
	ring_put(r->ring);
	b = r->batch = ring_fresh(r->ring);
	if (b != NULL) {
		batch_reserve(b, ntext);
		memcpy(b->text, text, ntext);
		for (size_t i = 0; i < n; i++) {
			batch_reserve_field(b);
			b->fields[i] = b->text + b->used;
			b->lens[i] = lens[i];
			b->nfields++;
			b->used += lens[i] + 1;
		}
		r->field0 = r->text0 = 0;
	}
	free(text);
	free(lens);
	return b != NULL;
}

/* The line [at, end) to libcsv. False: nobody wants more. */
static bool
feed(struct rows *r)
{
	/* A field takes no more room than in the file: its delimiter pays for
	 * the terminator. */
	size_t need = r->text0 + (r->end - r->row) + 2;

	if (need > r->batch->cap && r->batch->nrows > 0) {
		if (!turn_over(r))
			return false;
		need = r->end - r->row + 2;
	}
	batch_reserve(r->batch, need);
	r->ended = false;
	if (r->delim == '\t' && r->at == r->row) {
		r->bare =
		    quotes_frame_fields(r->src->text + r->at, r->end - r->at);
		/* There are no zeros in the text. */
		csv_set_quote(&r->csv, r->bare ? '\0' : CSV_QUOTE);
	}
	strip_line(r);
	csv_parse(&r->csv, r->bones.text, r->bones.len, on_field, on_row, r);
	r->at = r->end;
	r->line++;
	if (r->resume != 0) {
		csv_fini(&r->csv, NULL, NULL, NULL);
		r->at = r->resume;
		r->line = r->resume_line;
		r->resume = 0;
		r->ended = true;
	}
	if (r->ended) {
		r->row = r->at;
		r->row_line = r->line;
	}
	return true;
}

/* The row cannot end within what is kept, or the file has ended in it. */
static void
give_up_row(struct rows *r)
{
	struct quotes q;

	r->end = r->at;
	if (r->line == r->row_line) {
		commit(r, arena_printf(&r->batch->words,
			      _("The line is longer than %d bytes"),
			      (int)SOURCE_KEEP));
		r->skipping = true;
		return;
	}
	r->line--; /* the last one that was fed */
	check_quotes(r, r->src->text + r->row, r->at - r->row, &q);
	commit_unclosed(r, &q);
	csv_fini(&r->csv, NULL, NULL, NULL);
	r->row = r->at = r->resume;
	r->row_line = r->line = r->resume_line;
	r->resume = 0;
}

/* Find the end of the next line. 1; 0: the file has ended; or a failure. */
static int
next_line(struct rows *r, struct err *err)
{
	struct source *src = r->src;
	const char *p;
	int rc;

	for (;;) {
		p = memchr(src->text + r->at, r->eol, src->len - r->at);
		if (p != NULL && r->skipping) {
			r->row = r->at = (size_t)(p + 1 - src->text);
			r->row_line = ++r->line;
			r->skipping = false;
			continue;
		}
		if (p != NULL) {
			r->end = (size_t)(p + 1 - src->text);
			return 1;
		}
		if (r->skipping)
			r->row = r->at = src->len;
		if (src->len - r->row > SOURCE_KEEP) {
			give_up_row(r);
			continue;
		}
		rc = source_more(src, r->row, err);
		r->at -= r->row;
		r->row = 0;
		if (rc < 0)
			return rc;
		if (rc > 0)
			continue;
		if (r->at < src->len)
			src->text[src->len++] = (char)r->eol;
		else if (r->row < r->at)
			give_up_row(r);
		else
			return 0;
	}
}

static int
parse_all(struct rows *r, struct err *err)
{
	int rc = source_more(r->src, 0, err);

	if (rc < 0)
		return rc;
	r->eol = rows_eol(r->src->text, r->src->len);
	csv_set_delim(&r->csv, r->delim);
	r->bones.means[r->delim] = true;
	while ((rc = next_line(r, err)) > 0)
		if (!feed(r))
			return ERR_CANCELLED;
	return rc;
}

void
rows_run(struct source *src, char delim, struct ring *ring)
{
	struct rows r = { .src = src,
		.ring = ring,
		.delim = (unsigned char)delim,
		.line = 1,
		.row_line = 1,
		.bones.means = { ['"'] = true,
		    [' '] = true,
		    ['\t'] = true,
		    ['\r'] = true,
		    ['\n'] = true } };
	struct err err = { 0 };
	int rc;

	r.batch = ring_fresh(ring);
	if (r.batch == NULL)
		return;
	csv_init(&r.csv, CSV_REPALL_NL);
	csv_set_realloc_func(&r.csv, xrealloc);
	csv_set_blk_size(&r.csv, 4096);
	rc = parse_all(&r, &err);
	csv_free(&r.csv);
	free(r.bones.text);
	free(r.bones.runs);
	if (r.batch == NULL)
		return;
	r.batch->rc = rc;
	r.batch->err = err;
	r.batch->hash = src->hash;
	ring_put(ring);
}

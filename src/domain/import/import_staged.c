/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"

#include "../goods/kits_priv.h"
#include "staged_priv.h"

/*
 * Rows are kept, each in its place by kind and key: the same again changes
 * nothing, what is newer takes the place. What was there before is noted with
 * the import that replaced it, so that this can be taken back.
 */

#define JD_FIRST 4 /* where its rows begin, whatever is above */

void
kept_count(struct job *j, enum kept_outcome what)
{
	j->im->sum.new_n += what == KEPT_MADE;
	j->im->sum.updated_n += what == KEPT_CHANGED;
	j->im->sum.unchanged_n += what == KEPT_SAME;
}

int
kept_each(struct job *j, struct imp_file *f, kept_take *take)
{
	int64_t skip = f->kept->skip;
	struct sheet_row raw;
	struct kept_row row;
	int rc;

	kept_bind(&row, f);
	while ((rc = job_next(j, f, &raw)) > 0) {
		arena_reset(&j->scratch);
		if (skip-- > 0 ||
		    (f->kept->shape == SHAPE_JD && raw.line < JD_FIRST))
			continue;
		/* Statements end with remarks. */
		if (raw.n > 0 && raw.fields[0][0] == '#')
			continue;
		row.raw = &raw;
		if (kept_is_header(j, &row) || !kept_read(j, &row, &raw))
			continue;
		if ((rc = take(j, &row)) < 0 || (rc = piece_row(j)) < 0)
			break;
	}
	if (rc == 0 && row.older > 0)
		warn(j,
		    _("%s: %lld rows are older than what is kept already, "
		      "which stays"),
		    f->name, (long long)row.older);
	return rc;
}

static void
add_escaped(struct str *out, const char *s, size_t n, bool name)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (s[i] == '\t')
			str_add(out, "\\t");
		else if (s[i] == '\n')
			str_add(out, "\\n");
		else if (s[i] == '\\' || (name && s[i] == '='))
			str_addf(out, "\\%c", s[i]);
		else if (s[i] != '\r')
			str_addc(out, s[i]);
	}
}

void
fields_add(struct str *out, const char *name, struct slice value)
{
	if (value.n == 0)
		return;
	if (out->len > 0)
		str_addc(out, '\t');
	add_escaped(out, name, strlen(name), true);
	str_addc(out, '=');
	add_escaped(out, value.s, value.n, false);
}

/* A column: by the layout's name for it, or as "*" and its header. */
static void
add_column(
    struct job *j, const struct kept_row *row, size_t column, struct str *out)
{
	const struct imp_file *f = row->file;
	const struct kept_layout *l = row->layout;
	struct slice v;
	size_t i;

	v = slice_clean(
	    &j->scratch, row->raw->fields[column], row->raw->lens[column]);
	for (i = 0; i < l->nfields; i++) {
		if (f->kept_at[i] != (int)column ||
		    kept_value(row, l->fields[i].name).s != row->v[i].s)
			continue;
		fields_add(out, l->fields[i].name, row->v[i]);
		if (l->fields[i].type == KEPT_REFUND)
			fields_add(out, "state_text", v);
	}
	if (!kept_uses(f, column) && f->header[column][0] != '\0')
		fields_add(out,
		    arena_printf(&j->scratch, "*%s", f->header[column]), v);
}

void
fields_rest(struct job *j, const struct kept_row *row, struct str *out)
{
	size_t i;

	for (i = 0; i < row->raw->n && i < row->file->nheader; i++)
		if (!kept_uses(row->file, i))
			add_column(j, row, i, out);
}

static void
fields_of(struct job *j, const struct kept_row *row, struct str *out)
{
	const struct imp_file *f = row->file;
	size_t i;

	for (i = 0; i < row->raw->n && i < f->nheader; i++)
		add_column(j, row, i, out);
	/* What is known of the row from elsewhere. */
	for (i = 0; i < row->layout->nfields; i++)
		if (f->kept_at[i] < 0)
			fields_add(out, row->layout->fields[i].name, row->v[i]);
}

/* "taobao|1280000000000000000" */
static void
key_of(const struct kept_row *row, struct str *out)
{
	const struct kept_layout *l = row->layout;
	size_t i;

	str_add(out, l->platform);
	for (i = 0; i < l->nfields; i++) {
		if (!l->fields[i].key)
			continue;
		str_addc(out, '|');
		str_addn(out, row->v[i].s, row->v[i].n);
	}
}

static const char sql_there[] =
    "SELECT id, batch_id, line, at, order_no, fields FROM staged"
    " WHERE kind = $1 AND key = $2";
static const char sql_make[] =
    "INSERT INTO staged (kind, key, batch_id, line, at, order_no, fields)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";
static const char sql_replace[] =
    "UPDATE staged SET batch_id = $2, line = $3, at = $4, order_no = $5,"
    " fields = $6 WHERE id = $1";
static const char sql_count[] =
    "INSERT INTO staged_count (kind, n, last_at) VALUES ($1, $2, $3)"
    " ON CONFLICT (kind) DO UPDATE SET n = staged_count.n + excluded.n,"
    " last_at = excluded.last_at";
/* image: what the row was, as BATCH TAB LINE TAB AT TAB ORDER TAB fields. */
static const char sql_was[] =
    "INSERT INTO import_change (batch_id, kind, subject, what, before, after,"
    " image) VALUES ($1, 'staged', $2, 'row', $3, $4, $5)";

struct there {
	int64_t id, batch, line, at;
	const char *order_no, *fields;
};

static int
look_up(struct job *j, const char *kind, const char *key, struct there *t)
{
	struct db_rows *rows;
	int rc;

	*t = (struct there){ 0 };
	rc = db_query(
	    j->s->db, sql_there, DB_ARGS(db_t(kind), db_t(key)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		t->id = db_int(rows, 0);
		t->batch = db_int(rows, 1);
		t->line = db_int(rows, 2);
		t->at = db_int(rows, 3);
		t->order_no = arena_strdup(&j->scratch, db_text(rows, 4));
		t->fields = arena_strdup(&j->scratch, db_text(rows, 5));
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static const char *
field_at(struct job *j, const char *fields, const char *other)
{
	size_t n = 0;

	/* From the field in which they begin to differ. */
	while (fields[n] != '\0' && fields[n] == other[n])
		n++;
	while (n > 0 && fields[n - 1] != '\t')
		n--;
	return arena_strndup(
	    &j->scratch, fields + n, strcspn(fields + n, "\t"));
}

static int
keep_image(struct job *j, const struct there *t, const char *fields)
{
	const char *image = arena_printf(&j->scratch,
	    "%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%s\t%s", t->batch, t->line,
	    t->at, t->order_no, t->fields);

	return db_exec(j->txn, sql_was,
	    DB_ARGS(db_i(j->batch), db_i(t->id),
		db_t(field_at(j, t->fields, fields)),
		db_t(field_at(j, fields, t->fields)), db_t(image)),
	    NULL);
}

static int
replace(struct job *j, const struct kept_as *as, const struct there *t)
{
	int rc = 0;

	/* Of what this import itself made, nothing is to come back. */
	if (t->batch != j->batch)
		rc = keep_image(j, t, as->fields);
	return rc < 0 ? rc
		      : db_exec(j->txn, sql_replace,
			    DB_ARGS(db_i(t->id), db_i(j->batch), db_i(as->line),
				db_i(as->at), slice_val(as->order_no),
				db_t(as->fields)),
			    NULL);
}

/* The newest time that kept fields say, by the layouts of their kind. */
static int64_t
age_of(const struct job *j, const char *kind, const char *fields)
{
	int64_t age = 0, at = 0;
	size_t i, k;

	for (k = 0; k < j->kept.n; k++) {
		const struct kept_layout *l = &j->kept.layouts[k];

		for (i = 0; strcmp(l->kind, kind) == 0 && i < l->nfields; i++)
			if (l->fields[i].age &&
			    fields_time(fields, l->fields[i].name, &at) &&
			    at > age)
				age = at;
	}
	return age;
}

/*
 * A file that was exported earlier may come later. By the times that its rows
 * say, what is kept stays when it is newer; a row that says none is as new as
 * its file. What is hidden in a file of ours hides nothing.
 */
static bool
is_older(const struct job *j, const struct kept_as *as, const char *fields)
{
	int64_t age = age_of(j, as->kind, as->fields);

	return age != 0 && age < age_of(j, as->kind, fields);
}

static bool
is_same(struct job *j, const struct kept_row *row, const struct kept_as *as,
    const char *fields)
{
	return strcmp(fields, as->fields) == 0 ||
	       (row->layout->shape == SHAPE_STAGED &&
		   strcmp(fields_hidden(&j->scratch, fields), as->fields) == 0);
}

int
staged_put_as(struct job *j, struct kept_row *row, const struct kept_as *as)
{
	enum kept_outcome what = KEPT_MADE;
	struct there t;
	int rc;

	if ((rc = look_up(j, as->kind, as->key, &t)) < 0)
		return rc;
	if (t.id != 0)
		what = is_same(j, row, as, t.fields) ? KEPT_SAME : KEPT_CHANGED;
	if (what == KEPT_CHANGED && is_older(j, as, t.fields)) {
		what = KEPT_SAME;
		row->older++;
	}
	/* When trying out, a piece does not see those before it. */
	if (what == KEPT_MADE && !job_first(j, 's', slice_of(as->key)))
		what = KEPT_CHANGED;
	kept_count(j, what);
	if (what == KEPT_SAME)
		return 0;
	j->im->sum.staged++;
	if (t.id != 0)
		rc = replace(j, as, &t);
	else
		rc = db_exec(j->txn, sql_make,
		    DB_ARGS(db_t(as->kind), db_t(as->key), db_i(j->batch),
			db_i(as->line), db_i(as->at), slice_val(as->order_no),
			db_t(as->fields)),
		    NULL);
	if (rc == 0)
		rc = db_exec(j->txn, sql_count,
		    DB_ARGS(db_t(as->kind), db_i(t.id == 0), db_i(j->now)),
		    NULL);
	if (rc == 0 && strcmp(as->kind, "refunds") == 0)
		rc = refund_touch(j, as->order_no);
	return rc;
}

int
staged_put(
    struct job *j, struct kept_row *row, const char *key, const char *fields)
{
	const struct kept_as as = { .kind = row->layout->kind,
		.key = key,
		.fields = fields,
		.order_no = kept_value(row, "order_no"),
		.line = row->raw->line,
		.at = j->now };

	return staged_put_as(j, row, &as);
}

/* A payment goes in or out. */
static bool
direction(struct job *j, const struct kept_row *row, struct str *key)
{
	int in = kept_at(row->layout, "income");
	int out = kept_at(row->layout, "expense");

	if (row->v[in].n == 0 && row->v[out].n == 0) {
		kept_refuse(j, row, in,
		    _("The row has neither an income nor an expense"));
		return false;
	}
	if (row->n[in] != 0 && row->n[out] != 0) {
		kept_refuse(j, row, out,
		    _("The row has an income and an expense at once"));
		return false;
	}
	str_add(key, row->n[out] != 0 ? "|out" : "|in");
	return true;
}

static int
keep_row(struct job *j, struct kept_row *row)
{
	struct str key = STR_INIT, fields = STR_INIT;
	int rc = 0;

	key_of(row, &key);
	fields_of(j, row, &fields);
	if (row->layout->shape != SHAPE_MONEY || direction(j, row, &key))
		rc = staged_put(j, row, key.s, fields.s);
	str_done(&key);
	str_done(&fields);
	return rc;
}

/* What no row says, but the file or whoever imports it. */
struct beside {
	const char *day, *shop;
};

static void
fill(struct kept_row *row, const char *name, const char *value)
{
	int at = kept_at(row->layout, name);

	if (at >= 0 && row->v[at].n == 0 && value != NULL)
		row->v[at] = slice_of(value);
}

static int
keep_day(struct job *j, struct kept_row *row)
{
	fill(row, "day", row->file->day);
	fill(row, "shop", j->opt->shop);
	return keep_row(j, row);
}

static int
keep_shop(struct job *j, struct kept_row *row)
{
	fill(row, "shop", j->opt->shop);
	return keep_row(j, row);
}

/* What is asked for twice, in a file or in two, must be seen to be: only the
 * same line of the same file is the same row. */
static int
keep_bill(struct job *j, struct kept_row *row)
{
	struct str key = STR_INIT, fields = STR_INIT;
	int rc;

	key_of(row, &key);
	str_addf(&key, "|%s|%" PRId64, row->file->name, row->raw->line);
	fields_of(j, row, &fields);
	rc = staged_put(j, row, key.s, fields.s);
	str_done(&key);
	str_done(&fields);
	return rc;
}

int
staged_file(struct job *j, struct imp_file *f)
{
	static kept_take *const takes[SHAPE_COURIERS] = {
		[SHAPE_DAY] = keep_day,
		[SHAPE_JD] = keep_day,
		[SHAPE_FREIGHT] = freight_row,
		[SHAPE_FREIGHT_LISTS] = freight_lists_row,
		[SHAPE_GOODS] = goods_row,
		[SHAPE_CUSTOMERS] = contact_row,
		[SHAPE_COMPANIES] = company_row,
		[SHAPE_STAGED] = staged_own_row,
		[SHAPE_BILL] = keep_bill,
	};
	const enum kept_shape shape = f->kept->shape;

	if (shape >= SHAPE_COURIERS)
		return typed_file(j, f);
	if (shape == SHAPE_KITS)
		return kits_file(j, f);
	if (takes[shape] == keep_day)
		staged_day(j, f);
	return kept_each(j, f, takes[shape] != NULL ? takes[shape] : keep_shop);
}

/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/kits.h"

#include "../import/staged_priv.h"
#include "../stock/stock_priv.h"
#include "kits_priv.h"

/*
 * Our list of kits: kit code, part code and quantity, a row each part, in
 * whatever order. Each kit that it names is made up of what it says, and of
 * nothing else; where one of its rows is wrong, it stays as it was.
 */

#define ROWS_MAX 100000
#define ONE      10000 /* of number_read() */

/* A row, in the job's memory. */
struct said {
	struct said *next;
	struct sheet_row raw;
	int64_t kit_id;
	struct kit_piece piece;
	const char *field, *why; /* not NULL: what is wrong with it */
};
struct list {
	const struct imp_file *f;
	struct said *v;
	size_t n;
};

static void
copy_row(struct arena *a, const struct sheet_row *row, struct sheet_row *to)
{
	const char **fields = arena_alloc(a, row->n * sizeof(*fields));
	size_t *lens = arena_alloc(a, row->n * sizeof(*lens)), i;

	for (i = 0; i < row->n; i++) {
		fields[i] = arena_strndup(a, row->fields[i], row->lens[i]);
		lens[i] = row->lens[i];
	}
	*to = *row;
	to->fields = fields;
	to->lens = lens;
}

static void
wrong(struct job *j, struct said *one, const char *field, const char *why)
{
	one->field = field;
	one->why = arena_strdup(&j->arena, why);
}

/* A code that no product has is the row's fault, and no failure. */
static int
look_up(struct job *j, const struct kept_row *row, const char *field,
    struct said *one, int64_t *id)
{
	const char *code = slice_text(&j->scratch, kept_value(row, field));
	int rc = code_variant(j->s, code, id);

	if (rc != ERR_NOTFOUND)
		return rc;
	wrong(j, one, field, j->s->err.text);
	return 0;
}

static int
take_row(struct job *j, struct list *list, const struct kept_row *row)
{
	const char *qty = slice_text(&j->scratch, kept_value(row, "qty"));
	struct said *one = arena_alloc(&j->arena, sizeof(*one));
	int64_t n;
	int rc;

	if (list->n == ROWS_MAX)
		return err_set(&j->s->err, ERR_INVALID, "file",
		    _("The list has more than %d rows"), ROWS_MAX);
	if (!number_read(qty, &n) || n % ONE != 0)
		wrong(j, one, "qty", _("That is no number of pieces"));
	else
		one->piece.qty = n / ONE;
	if ((rc = look_up(j, row, "part_sku", one, &one->piece.part_id)) < 0 ||
	    (rc = look_up(j, row, "kit_sku", one, &one->kit_id)) < 0)
		return rc;
	copy_row(&j->arena, row->raw, &one->raw);
	one->next = list->v;
	list->v = one;
	list->n++;
	return 0;
}

static int
read_list(struct job *j, struct imp_file *f, struct list *list)
{
	struct sheet_row raw;
	struct kept_row row;
	int rc;

	kept_bind(&row, f);
	while ((rc = job_next(j, f, &raw)) > 0) {
		arena_reset(&j->scratch);
		row.raw = &raw;
		if (kept_is_header(j, &row) || !kept_read(j, &row, &raw))
			continue;
		if ((rc = take_row(j, list, &row)) < 0 ||
		    (rc = piece_row(j)) < 0)
			break;
	}
	return rc;
}

static int
by_kit(const void *a, const void *b)
{
	const struct said *x = *(struct said *const *)a;
	const struct said *y = *(struct said *const *)b;

	if (x->kit_id != y->kit_id)
		return x->kit_id < y->kit_id ? -1 : 1;
	return x->raw.line < y->raw.line ? -1 : 1;
}

static void
refuse(struct job *j, const struct list *list, struct said *const *of, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		int at = of[i]->field == NULL
			     ? -1
			     : kept_at(list->f->kept, of[i]->field);

		reject_column(j, list->f, &of[i]->raw,
		    at < 0 ? "" : kept_header(list->f, (size_t)at), of[i]->why);
	}
}

/* What is wrong with one row is, for the rest, the reason that its kit stays
 * as it was. */
static bool
refuse_wrong(
    struct job *j, const struct list *list, struct said *const *of, size_t n)
{
	size_t i, k;

	for (i = 0; i < n && of[i]->why == NULL; i++)
		;
	if (i == n)
		return false;
	for (k = 0; k < n; k++)
		if (of[k]->why == NULL)
			of[k]->why = arena_printf(&j->arena,
			    _("Line %" PRId64 " of the same kit is refused, "
			      "and a kit is taken whole"),
			    of[i]->raw.line);
	refuse(j, list, of, n);
	return true;
}

static bool
same_parts(
    const struct kit_piece *a, size_t na, const struct kit_piece *b, size_t nb)
{
	size_t i, k;

	for (i = 0; i < na; i++) {
		for (k = 0; k < nb; k++)
			if (a[i].part_id == b[k].part_id &&
			    a[i].qty == b[k].qty)
				break;
		if (k == nb)
			return false;
	}
	return na == nb;
}

static int
note_kit(struct job *j, int64_t kit_id, const struct kit_piece *was,
    size_t nwas, const char *after)
{
	struct noted note = { .kind = "variant",
		.subject = kit_id,
		.what = "kit",
		.after = after };
	struct str image = STR_INIT, before = STR_INIT, parts = STR_INIT;
	size_t i;
	int rc = kit_words(j->s, was, nwas, &before);

	for (i = 0; i < nwas; i++)
		str_addf(&parts, "%s%" PRId64 ":%" PRId64, i > 0 ? "," : "",
		    was[i].part_id, was[i].qty);
	image_text(&image, "kit", slice_of(parts.s));
	note.before = before.s;
	note.image = image.s;
	if (rc == 0)
		rc = change_note(j, &note);
	if (rc == 0)
		rc = op_note(
		    j->s, &op_import, j->txn, "variant", kit_id, "%s", after);
	str_done(&image);
	str_done(&before);
	str_done(&parts);
	return rc;
}

static int
write_kit(struct job *j, int64_t kit_id, const struct kit_piece *v, size_t n,
    const struct kit_piece *was, size_t nwas)
{
	struct str words = STR_INIT;
	int rc;

	if ((rc = kit_words(j->s, v, n, &words)) == 0 &&
	    (rc = note_kit(j, kit_id, was, nwas, words.s)) == 0)
		rc = kit_write(j->s, j->txn, kit_id, v, n);
	str_done(&words);
	return rc;
}

/* All rows of one kit. */
static int
take_kit(
    struct job *j, const struct list *list, struct said *const *of, size_t n)
{
	struct kit_piece v[KIT_PARTS_MAX + 1], was[KIT_PARTS_MAX];
	size_t i, nwas, many = n <= KIT_PARTS_MAX ? n : KIT_PARTS_MAX + 1;
	int64_t kit_id = of[0]->kit_id;
	bool same;
	int rc;

	if (refuse_wrong(j, list, of, n))
		return 0;
	for (i = 0; i < many; i++)
		v[i] = of[i]->piece;
	if ((rc = kit_pieces(j->s, kit_id, was, &nwas)) < 0)
		return rc;
	same = same_parts(was, nwas, v, many);
	rc = same ? 0 : kit_check(j->s, kit_id, v, many);
	if (rc == ERR_INVALID || rc == ERR_STATE) {
		for (i = 0; i < n; i++)
			wrong(j, of[i], NULL, j->s->err.text);
		refuse(j, list, of, n);
		return 0;
	}
	for (i = 0; i < n; i++)
		kept_count(j, same        ? KEPT_SAME
			      : nwas == 0 ? KEPT_MADE
					  : KEPT_CHANGED);
	return rc < 0 || same ? rc : write_kit(j, kit_id, v, n, was, nwas);
}

int
kits_file(struct job *j, struct imp_file *f)
{
	struct list list = { .f = f };
	struct said **v, *one;
	size_t i, n;
	int rc;

	if ((rc = read_list(j, f, &list)) < 0 || list.n == 0)
		return rc;
	v = arena_alloc(&j->arena, list.n * sizeof(*v));
	for (i = 0, one = list.v; one != NULL; one = one->next)
		v[i++] = one;
	qsort(v, list.n, sizeof(*v), by_kit);
	for (i = 0; rc == 0 && i < list.n; i += n) {
		for (n = 1; i + n < list.n && v[i + n]->kit_id == v[i]->kit_id;
		     n++)
			;
		arena_reset(&j->scratch);
		/* Of no kit: each row by itself. */
		if (v[i]->kit_id == 0)
			refuse(j, &list, v + i, n);
		else if ((rc = take_kit(j, &list, v + i, n)) == 0)
			rc = piece_row(j);
	}
	return rc;
}

int
kit_put_back(struct job *j, int64_t kit_id, char *parts)
{
	struct kit_piece v[KIT_PARTS_MAX];
	size_t n;
	int rc;

	for (n = 0; n < KIT_PARTS_MAX && *parts != '\0'; n++) {
		v[n].part_id = strtoll(parts, &parts, 10);
		parts += *parts == ':';
		v[n].qty = strtoll(parts, &parts, 10);
		parts += *parts == ',';
	}
	rc = kit_check(j->s, kit_id, v, n);
	if (rc == ERR_INVALID || rc == ERR_STATE || rc == ERR_NOTFOUND)
		return 0;
	return rc < 0 ? rc : kit_write(j->s, j->txn, kit_id, v, n);
}

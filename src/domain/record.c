/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"

#include "record_priv.h"
#include "session_priv.h"

const struct rec_kind *const record_kinds[] = {
	&rec_orders,
	&rec_order_lines,
	&rec_customers,
	&rec_products,
	&rec_stock,
	&rec_ledger,
	&rec_parcels,
	&rec_couriers,
	&rec_listings,
	&rec_unmapped,
	&rec_staff,
	&rec_imports,
	&rec_audit,
	NULL,
};

/* Other words for the same. */
static const struct {
	const char *name;
	const struct rec_kind *kind;
} aliases[] = {
	{ "variants", &rec_products },
	{ "moves", &rec_ledger },
	{ "batches", &rec_imports },
};

const struct rec_kind *
record_kind(const char *name)
{
	size_t i;

	for (i = 0; record_kinds[i] != NULL; i++)
		if (strcmp(record_kinds[i]->name, name) == 0)
			return record_kinds[i];
	for (i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++)
		if (strcmp(aliases[i].name, name) == 0)
			return aliases[i].kind;
	return NULL;
}

static const struct rec_field *
named(const struct rec_field *f, const char *name)
{
	for (; f != NULL && f->name != NULL; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

const struct rec_field *
record_field(const struct rec_kind *kind, const char *name)
{
	const struct rec_field *f = named(kind->fields, name);

	return f != NULL ? f : named(kind->filters, name);
}

static int64_t
number(const struct rec_field *f, const void *row)
{
	int64_t n;

	memcpy(&n, (const char *)row + f->offset, sizeof(n));
	return n;
}

static const char *
text(const struct rec_field *f, const void *row)
{
	const char *s;

	memcpy(&s, (const char *)row + f->offset, sizeof(s));
	return s != NULL ? s : "";
}

void
record_plain(const struct rec_field *f, const void *row, struct str *out)
{
	char buf[MONEY_SIZE > TIME_SIZE ? MONEY_SIZE : TIME_SIZE];
	int64_t n;

	switch (f->type) {
	case REC_TEXT:
		str_add(out, text(f, row));
		break;
	case REC_INT:
		str_addf(out, "%" PRId64, number(f, row));
		break;
	case REC_MONEY:
		str_add(out, money_plain(number(f, row), buf));
		break;
	case REC_TIME:
		if ((n = number(f, row)) != 0)
			str_add(out, time_full(n, buf));
		break;
	case REC_CODE:
		str_add(out, f->code(number(f, row)));
		break;
	}
}

const char *
rec_want(const struct rec_filter *filters, size_t nfilters, const char *field)
{
	size_t i;

	for (i = 0; i < nfilters; i++)
		if (strcmp(filters[i].field, field) == 0)
			return filters[i].value;
	return NULL;
}

int
rec_want_time(struct session *s, const struct rec_filter *filters,
    size_t nfilters, const char *field, int64_t *out)
{
	const char *value = rec_want(filters, nfilters, field);
	int64_t t;

	*out = 0;
	if (value == NULL)
		return 0;
	if (time_parse(value, &t) < 0)
		return err_set(&s->err, ERR_INVALID, field,
		    _("%s is no time: write 2024-05-28 or "
		      "2024-05-28 09:12:33"),
		    value);
	if (strcmp(field, "until") == 0 && strchr(value, ':') == NULL)
		t = day_start(time_day(t) + 1);
	*out = t;
	return 0;
}

int
rec_want_yes(struct session *s, const struct rec_filter *filters,
    size_t nfilters, const char *field, bool *out)
{
	const char *value = rec_want(filters, nfilters, field);

	*out = false;
	if (value == NULL || strcmp(value, "0") == 0 ||
	    strcmp(value, "no") == 0)
		return 0;
	if (strcmp(value, "1") != 0 && strcmp(value, "yes") != 0)
		return err_set(&s->err, ERR_INVALID, field,
		    _("%s is yes or no, not %s"), field, value);
	*out = true;
	return 0;
}

static bool
is_done(const struct rec_sift *sift, const char *field)
{
	size_t i;

	for (i = 0; sift->done != NULL && sift->done[i] != NULL; i++)
		if (strcmp(sift->done[i], field) == 0)
			return true;
	return false;
}

int
rec_check(struct session *s, const struct rec_sift *sift)
{
	int left = 0;
	size_t i;

	for (i = 0; i < sift->nfilters; i++) {
		const char *field = sift->filters[i].field;

		if (is_done(sift, field))
			continue;
		if (named(sift->kind->fields, field) == NULL)
			return err_set(&s->err, ERR_INVALID, field,
			    _("%s have no field %s"), sift->kind->name, field);
		left = 1;
	}
	return left;
}

bool
rec_fits(const struct rec_sift *sift, const void *row)
{
	struct str plain = STR_INIT;
	bool fits = true;
	size_t i;

	for (i = 0; fits && i < sift->nfilters; i++) {
		const struct rec_filter *want = &sift->filters[i];

		if (is_done(sift, want->field))
			continue;
		str_cut(&plain, 0);
		record_plain(
		    named(sift->kind->fields, want->field), row, &plain);
		fits = strcmp(plain.s, want->value) == 0;
	}
	str_done(&plain);
	return fits;
}

void
rec_keep(const struct rec_kind *kind, const void *row, struct page *out)
{
	const struct rec_field *f;
	char *to = page_add(out);
	const char *copy;

	memcpy(to, row, kind->row_size);
	for (f = kind->fields; f->name != NULL; f++) {
		if (f->type != REC_TEXT)
			continue;
		copy = arena_strdup(&out->arena, text(f, row));
		memcpy(to + f->offset, &copy, sizeof(copy));
	}
}

/* Rows are looked at in the direction of reading, nearest first. */
#define SIFT_CHUNK 200

static int
sift_pages(struct session *s, const struct rec_sift *sift, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	bool back = dir == PAGE_BEFORE || dir == PAGE_LAST;
	struct page pages[2] = { { 0 }, { 0 } };
	int now = 0, rc;
	size_t i;

	do {
		struct page *p = &pages[now];

		page_free(p);
		rc = sift->read(s, sift->arg, dir, from, SIFT_CHUNK, p);
		if (rc < 0 || p->n == 0)
			break;
		for (i = 0; i < p->n && out->n < limit; i++) {
			const void *row = page_row(p, back ? p->n - 1 - i : i);

			if (rec_fits(sift, row))
				rec_keep(sift->kind, row, out);
		}
		from = page_row(p, back ? 0 : p->n - 1);
		dir = back ? PAGE_BEFORE : PAGE_AFTER;
		now = !now;
	} while (out->n < limit);
	page_free(&pages[0]);
	page_free(&pages[1]);
	if (back)
		page_reverse(out);
	return rc;
}

int
rec_sift(struct session *s, const struct rec_sift *sift, enum page_dir dir,
    const void *from, size_t limit, struct page *out)
{
	int rc;

	if ((rc = rec_check(s, sift)) < 0)
		return rc;
	if (rc == 0)
		return sift->read(s, sift->arg, dir, from, limit, out);
	page_init(out, sift->kind->row_size, limit);
	rc = sift_pages(s, sift, dir, from, limit, out);
	if (rc < 0)
		page_free(out);
	return rc;
}

int
rec_only(struct session *s, int64_t id, struct page *out)
{
	int64_t found;

	if (out->n == 1) {
		memcpy(&found, page_row(out, 0), sizeof(found));
		if (found == id)
			return 0;
	}
	page_free(out);
	return err_set(&s->err, ERR_NOTFOUND, "", _("There is no such record"));
}

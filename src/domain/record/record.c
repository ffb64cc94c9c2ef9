/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "record_priv.h"

const struct rec_kind *const record_kinds[] = {
	&rec_orders,
	&rec_order_lines,
	&rec_customers,
	&rec_products,
	&rec_categories,
	&rec_companies,
	&rec_supplier_items,
	&rec_supplier_prices,
	&rec_kits,
	&rec_stock,
	&rec_ledger,
	&rec_slips,
	&rec_bins,
	&rec_bin_goods,
	&rec_below_zero,
	&rec_put_waits,
	&rec_transfers,
	&rec_transfer_lines,
	&rec_parcels,
	&rec_tracking,
	&rec_couriers,
	&rec_materials,
	&rec_merge_candidates,
	&rec_waves,
	&rec_wave_lines,
	&rec_wave_orders,
	&rec_put_backs,
	&rec_manifests,
	&rec_low_stock,
	&rec_requests,
	&rec_request_lines,
	&rec_purchases,
	&rec_purchase_lines,
	&rec_purchase_changes,
	&rec_counts,
	&rec_count_lines,
	&rec_count_sums,
	&rec_receipts,
	&rec_receivings,
	&rec_invoices,
	&rec_invoice_lines,
	&rec_supplier_payments,
	&rec_defects,
	&rec_warehouses,
	&rec_freight_templates,
	&rec_freight_zones,
	&rec_freight_bills,
	&rec_freight_lines,
	&rec_freight_profit,
	&rec_payments,
	&rec_statements,
	&rec_statement_orders,
	&rec_held_money,
	&rec_documents,
	&rec_listings,
	&rec_unmapped,
	&rec_production,
	&rec_attrs,
	&rec_corrections,
	&rec_handover,
	&rec_staff,
	&rec_roles,
	&rec_settings,
	&rec_imports,
	&rec_import_changes,
	&rec_staged,
	&rec_review,
	&rec_review_rules,
	&rec_gift_rules,
	&rec_texts,
	&rec_unpaid,
	&rec_reminders,
	&rec_quotations,
	&rec_quotation_lines,
	&rec_grades,
	&rec_member_prices,
	&rec_audit,
	NULL,
};

/* Other words for the same. */
static const struct {
	const char *name;
	const struct rec_kind *kind;
} aliases[] = {
	{ "variants", &rec_products },
	{ "category", &rec_categories },
	{ "company", &rec_companies },
	{ "supplier-item", &rec_supplier_items },
	{ "supplier-price", &rec_supplier_prices },
	{ "moves", &rec_ledger },
	{ "batches", &rec_imports },
	{ "low-stock", &rec_low_stock },
	{ "request", &rec_requests },
	{ "purchase", &rec_purchases },
	{ "purchase-line", &rec_purchase_lines },
	{ "count", &rec_counts },
	{ "count-line", &rec_count_lines },
	{ "receipt", &rec_receipts },
	{ "receiving", &rec_receivings },
	{ "purchase-invoice", &rec_invoices },
	{ "purchase-payment", &rec_supplier_payments },
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

int64_t
rec_number(const struct rec_field *f, const void *row)
{
	int64_t n;

	memcpy(&n, (const char *)row + f->offset, sizeof(n));
	return n;
}

const char *
rec_text(const struct rec_field *f, const void *row)
{
	const char *s;

	memcpy(&s, (const char *)row + f->offset, sizeof(s));
	return s != NULL ? s : "";
}

bool
record_hidden(const struct session *s, const struct rec_field *f)
{
	return f->type == REC_COST && !session_may(s, PERM_COST_VIEW);
}

void
record_plain(const struct rec_field *f, const void *row, struct str *out)
{
	char buf[MONEY_SIZE > TIME_SIZE ? MONEY_SIZE : TIME_SIZE];
	int64_t n;

	switch (f->type) {
	case REC_TEXT:
	case REC_WORD:
		str_add(out, rec_text(f, row));
		break;
	case REC_INT:
		str_addf(out, "%" PRId64, rec_number(f, row));
		break;
	case REC_MONEY:
	case REC_COST:
		str_add(out, money_plain(rec_number(f, row), buf));
		break;
	case REC_TIME:
		if ((n = rec_number(f, row)) != 0)
			str_add(out, time_full(n, buf));
		break;
	case REC_CODE:
		str_add(out, f->code(rec_number(f, row)));
		break;
	case REC_BOOL:
		str_add(out, rec_number(f, row) != 0 ? "yes" : "no");
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

static int
parse_yes(const char *value, int64_t *yes)
{
	static const char *const words[] = { "no", "yes", "false", "true", "0",
		"1" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], value) == 0) {
			*yes = i % 2;
			return 0;
		}
	return -1;
}

static int
refuse_value(struct session *s, const char *field, const char *value)
{
	return err_set(&s->err, ERR_INVALID, field,
	    _("%s can have no such value: %.60s"), field, value);
}

int
rec_want_yes(struct session *s, const struct rec_filter *filters,
    size_t nfilters, const char *field, bool *out)
{
	const char *value = rec_want(filters, nfilters, field);
	int64_t yes;

	*out = false;
	if (value == NULL)
		return 0;
	if (parse_yes(value, &yes) < 0)
		return refuse_value(s, field, value);
	*out = yes != 0;
	return 0;
}

int
rec_want_sort(struct session *s, const struct rec_filter *filters,
    size_t nfilters, const char *const *names, int n, int *sort, bool *desc)
{
	const char *value = rec_want(filters, nfilters, "sort");
	bool down = value != NULL && value[0] == '-';
	struct str known = STR_INIT;
	int i;

	*sort = 0;
	*desc = down;
	if (value == NULL)
		return 0;
	for (i = 1; i < n; i++) {
		if (names[i] == NULL)
			continue;
		if (strcmp(names[i], value + down) == 0)
			*sort = i;
		str_addf(&known, "%s%s", known.len > 0 ? ", " : "", names[i]);
	}
	if (*sort == 0)
		i = err_set(&s->err, ERR_INVALID, "sort",
		    _("Sort by one of %s, not by %.40s"), known.s,
		    value + down);
	str_done(&known);
	return *sort == 0 ? i : 0;
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

/* What @value is in the rows; "" is 0. */
static int
parse_value(const struct rec_field *f, const char *value, int64_t *n)
{
	*n = 0;
	if (value[0] == '\0')
		return 0;
	switch (f->type) {
	case REC_INT:
		return count_parse(value, n);
	case REC_MONEY:
	case REC_COST:
		return money_parse(value, n);
	case REC_TIME:
		return time_parse(value, n);
	case REC_BOOL:
		return parse_yes(value, n);
	case REC_TEXT:
	case REC_WORD:
	case REC_CODE:
		break;
	}
	return 0;
}

int
rec_check(struct session *s, const struct rec_sift *sift)
{
	int left = 0;
	size_t i;

	for (i = 0; i < sift->nfilters; i++) {
		const char *field = sift->filters[i].field;
		const struct rec_field *f = named(sift->kind->fields, field);
		int64_t n;

		if (is_done(sift, field))
			continue;
		if (f == NULL)
			return err_set(&s->err, ERR_INVALID, field,
			    _("%s have no field %s"), sift->kind->name, field);
		if (record_hidden(s, f))
			return session_need(s, PERM_COST_VIEW);
		if (parse_value(f, sift->filters[i].value, &n) < 0)
			return refuse_value(s, field, sift->filters[i].value);
		left = 1;
	}
	return left;
}

/* As it is, whatever way it was written; of a day, when no hour is asked. */
static bool
value_fits(const struct rec_field *f, const void *row, const char *value)
{
	int64_t n, has;

	switch (f->type) {
	case REC_TEXT:
	case REC_WORD:
		return strcmp(rec_text(f, row), value) == 0;
	case REC_CODE:
		return strcmp(f->code(rec_number(f, row)), value) == 0;
	case REC_TIME:
		has = rec_number(f, row);
		if (parse_value(f, value, &n) < 0)
			return false;
		if (n != 0 && strchr(value, ':') == NULL)
			return has != 0 && time_day(has) == time_day(n);
		return has == n;
	case REC_INT:
	case REC_MONEY:
	case REC_COST:
	case REC_BOOL:
		break;
	}
	return parse_value(f, value, &n) == 0 && rec_number(f, row) == n;
}

bool
rec_fits(const struct rec_sift *sift, const void *row)
{
	bool fits = true;
	size_t i;

	for (i = 0; fits && i < sift->nfilters; i++) {
		const struct rec_filter *want = &sift->filters[i];

		if (!is_done(sift, want->field))
			fits =
			    value_fits(named(sift->kind->fields, want->field),
				row, want->value);
	}
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
		if (f->type != REC_TEXT && f->type != REC_WORD)
			continue;
		copy = arena_strdup(&out->arena, rec_text(f, row));
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

#define WALK_AT_ONCE 500

int
rec_each_back(struct session *s, const struct rec_kind *kind,
    const struct rec_filter *filters, size_t nfilters,
    int (*row)(void *arg, const void *row), void *arg)
{
	bool sorted = rec_want(filters, nfilters, "sort") != NULL;
	struct page pages[2] = { { 0 }, { 0 } };
	enum page_dir dir = sorted ? PAGE_FIRST : PAGE_LAST;
	const void *from = NULL;
	int now = 0, rc;
	size_t i;

	do {
		struct page *p = &pages[now];

		page_free(p);
		rc = kind->page(
		    s, filters, nfilters, dir, from, WALK_AT_ONCE, p);
		if (rc < 0 || p->n == 0)
			break;
		for (i = 0; rc == 0 && i < p->n; i++)
			rc = row(arg, page_row(p, sorted ? i : p->n - 1 - i));
		from = page_row(p, sorted ? p->n - 1 : 0);
		dir = sorted ? PAGE_AFTER : PAGE_BEFORE;
		now = !now;
	} while (rc == 0);
	page_free(&pages[0]);
	page_free(&pages[1]);
	return rc;
}

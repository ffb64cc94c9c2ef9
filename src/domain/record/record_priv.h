/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_RECORD_PRIV_H
#define DOMAIN_RECORD_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "shopmgr/domain/record.h"

/* Making record kinds: their rows' fields, pages and filters. */

#define FIELD_END \
	{ \
		NULL, NULL, REC_TEXT, 0, NULL \
	}

int64_t rec_number(const struct rec_field *f, const void *row);
const char *rec_text(const struct rec_field *f, const void *row);

/* The value asked for, or NULL. */
const char *rec_want(
    const struct rec_filter *filters, size_t nfilters, const char *field);
/* The same as a number or a time, 0 when it is not asked for; ERR_INVALID with
 * the field's name. "until" a day means to its end. */
int rec_want_time(struct session *s, const struct rec_filter *filters,
    size_t nfilters, const char *field, int64_t *out) MUST_CHECK;
int rec_want_yes(struct session *s, const struct rec_filter *filters,
    size_t nfilters, const char *field, bool *out) MUST_CHECK;

/*
 * In which order: "paid" or "-paid", down. *@sort gets where the name stands in
 * @names, which has NULL where there is none; 0 when it is not asked for.
 */
int rec_want_sort(struct session *s, const struct rec_filter *filters,
    size_t nfilters, const char *const *names, int n, int *sort, bool *desc)
    MUST_CHECK;

/*
 * A page of @kind's rows from @read (what the kind's own index can do), going
 * on through further pages until enough rows fit the filters that are not in
 * @done (names, NULL at the end).
 */
typedef int rec_read(struct session *s, const void *arg, enum page_dir dir,
    const void *from, size_t limit, struct page *out);
struct rec_sift {
	const struct rec_kind *kind;
	const struct rec_filter *filters;
	size_t nfilters;
	const char *const *done;
	rec_read *read;
	const void *arg;
};
int rec_sift(struct session *s, const struct rec_sift *sift, enum page_dir dir,
    const void *from, size_t limit, struct page *out) MUST_CHECK;
/* The parts of it. Filters by fields that the kind does not have are refused;
 * 1 when some are left to be looked at row by row. */
int rec_check(struct session *s, const struct rec_sift *sift) MUST_CHECK;
bool rec_fits(const struct rec_sift *sift, const void *row);
/* Copies the row with its texts. */
void rec_keep(const struct rec_kind *kind, const void *row, struct page *out);

/* Of a list of a few dozen that was read whole, the part that is asked for;
 * @all is freed. */
int rec_part(struct session *s, const struct rec_kind *kind, struct page *all,
    enum page_dir dir, const void *from, size_t limit, struct page *out)
    MUST_CHECK;

/* For get: @out, a page of one, is kept if its row has this id. */
int rec_only(struct session *s, int64_t id, struct page *out) MUST_CHECK;

extern const struct rec_kind rec_materials, rec_merge_candidates;
extern const struct rec_kind rec_production, rec_attrs, rec_corrections,
    rec_handover;
extern const struct rec_kind rec_warehouses, rec_freight_templates,
    rec_freight_bills, rec_freight_lines, rec_freight_profit;
extern const struct rec_kind rec_orders, rec_order_lines, rec_customers,
    rec_products, rec_stock, rec_parcels, rec_couriers, rec_listings,
    rec_unmapped, rec_ledger, rec_staff, rec_roles, rec_audit, rec_imports,
    rec_staged, rec_waves, rec_put_backs, rec_manifests, rec_tracking;

extern const struct rec_kind rec_bins, rec_slips, rec_transfers, rec_put_waits;
extern const struct rec_kind rec_categories, rec_companies, rec_supplier_items,
    rec_supplier_prices;
extern const struct rec_kind rec_payments, rec_statements, rec_statement_orders,
    rec_held_money, rec_documents;
extern const struct rec_kind rec_kits, rec_settings;
extern const struct rec_kind rec_counts, rec_count_lines;
extern const struct rec_kind rec_low_stock, rec_requests, rec_purchases,
    rec_purchase_lines;
extern const struct rec_kind rec_receivings;
extern const struct rec_kind rec_receipts, rec_invoices, rec_supplier_payments,
    rec_defects;
extern const struct rec_kind rec_review, rec_review_rules, rec_gift_rules,
    rec_texts, rec_unpaid, rec_reminders;
extern const struct rec_kind rec_import_changes, rec_bin_goods,
    rec_transfer_lines, rec_freight_zones, rec_wave_lines, rec_wave_orders,
    rec_quotation_lines, rec_request_lines, rec_invoice_lines,
    rec_purchase_changes, rec_count_sums, rec_below_zero;
extern const struct rec_kind rec_quotations, rec_grades, rec_member_prices;

/*
 * For rec_kind.each of a kind whose list has the newest first: from its end,
 * unless an order is asked for.
 */
int rec_each_back(struct session *s, const struct rec_kind *kind,
    const struct rec_filter *filters, size_t nfilters,
    int (*row)(void *arg, const void *row), void *arg) MUST_CHECK;

#endif

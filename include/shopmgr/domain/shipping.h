/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_SHIPPING_H
#define SHOPMGR_DOMAIN_SHIPPING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * From a paid order to a parcel in the courier's hands (核对, 打包, 发货). A
 * packing holds what was scanned so far, in memory; pack_ship() then does all
 * of it in one transaction: state, holds looked at again, stock, ledger,
 * parcel, audit. Weight is grams. Rules §3: a wrong item, one too many or one
 * missing is refused; a waybill is never used twice.
 */

struct session;
struct packing;

struct pack_line {
	int64_t line_no;
	int64_t variant_id;
	const char *sku_code, *name, *barcode, *bin;
	int64_t need, have;
};

enum pack_scan {
	PACK_OK,       /* counted */
	PACK_COMPLETE, /* counted, and that was the last */
	PACK_WRONG,    /* not in this order */
	PACK_TOO_MANY, /* enough of that */
	PACK_UNKNOWN,  /* no product has this code */
};

/*
 * Begin with the order's number or waybill. ERR_NOTFOUND; ERR_STATE when it is
 * held (with the reasons), unpaid, closed or already shipped (by whom, when).
 */
int pack_open(struct session *s, const char *code, struct packing **out)
    MUST_CHECK;
void pack_free(struct packing *p);
int64_t pack_order(const struct packing *p);
const char *pack_order_no(const struct packing *p);
/* Receiver's name, "province city", delivery words; for the head. */
const char *pack_receiver(const struct packing *p);
const char *pack_place(const struct packing *p);
const char *pack_note(const struct packing *p); /* buyer's note and memo */
const struct pack_line *pack_lines(const struct packing *p, size_t *n);
bool pack_complete(const struct packing *p);

/* Scan a barcode or sku_code. Below zero is a failure; else enum pack_scan, and
 * *@line (may be NULL) is the line it counted on, or for PACK_WRONG the line to
 * take next. */
int pack_scan(struct session *s, struct packing *p, const char *code,
    const struct pack_line **line) MUST_CHECK;
/* Take back the last scan; 0 when there was none. */
int pack_undo(struct packing *p);

struct pack_close {
	char courier[64]; /* name, alias or code */
	char waybill_no[64];
	int64_t weight; /* grams; 0: not weighed */
};

/*
 * Ship. ERR_INVALID names the field (courier, waybill_no, weight); ERR_STATE
 * when the order is incomplete, was held or shipped meanwhile (the sentence
 * says by whom), or stock is missing; ERR_CONFLICT when the waybill was used.
 * *@warning, if not NULL, gets a translated sentence or "" (an odd waybill).
 */
int pack_ship(struct session *s, struct packing *p,
    const struct pack_close *close, char warning[200]) MUST_CHECK;
/* The waybill and the courier as they were stored; "" until it is shipped. */
const char *pack_waybill(const struct packing *p);
const char *pack_courier(const struct packing *p);

/* Couriers there are. */
struct courier {
	int64_t id;
	const char *name, *code, *phone;
};
int courier_all(struct session *s, struct page *out) MUST_CHECK;
/* By name, alias or code, without regard to case; ERR_INVALID "courier". */
int courier_find(struct session *s, const char *text, int64_t *id) MUST_CHECK;

/*
 * Whose label is this? Where a waybill of @courier (its name) looks otherwise
 * and that of just one other looks like it, @name gets that other one's; else
 * it becomes "".
 */
int courier_by_waybill(struct session *s, const char *waybill_no,
    const char *courier, char name[64]) MUST_CHECK;

/* Parcels, newest first. */
struct parcel {
	int64_t id;
	const char *order_no, *platform, *shop;
	const char *waybill_no, *courier;
	int64_t weight, shipped_at;
	const char *packer;
	int64_t exported_at;
};
/* SHIPPED_AT and WAYBILL go through any number of parcels; the others up to
 * SORT_MAX of the period, see order_sort. */
enum parcel_sort {
	PARCEL_SORT_OWN, /* newest first */
	PARCEL_SORT_SHIPPED_AT,
	PARCEL_SORT_WAYBILL,
	PARCEL_SORT_NO, /* the order's number */
	PARCEL_SORT_COURIER,
	PARCEL_SORT_WEIGHT,
	PARCEL_SORT_PACKER,
	PARCEL_SORT_MAX
};
struct parcel_filter {
	const char *platform;      /* NULL: any */
	bool unexported, exported; /* only those */
	int64_t since, until;      /* shipped_at; 0: open */
	enum parcel_sort sort;
	bool desc;
};
int parcel_page(struct session *s, const struct parcel_filter *filter,
    enum page_dir dir, const struct parcel *from, size_t limit,
    struct page *out) MUST_CHECK;

/* Parcels whose waybill or order number is or begins with @text, newest first;
 * of a beginning that very many share, some. */
int parcel_find(struct session *s, const char *text, size_t limit,
    struct page *out) MUST_CHECK;

/* Parcels this person packed today, and in the last hour. */
int pack_tally(struct session *s, int64_t *today, int64_t *hour) MUST_CHECK;

#endif

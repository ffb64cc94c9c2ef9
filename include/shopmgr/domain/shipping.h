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
	int64_t order_id; /* whose line it is, when several go together */
	const char *order_no;
	int64_t weight;          /* of a piece, grams; 0: not known */
	const char *kit;         /* what it was sold as a part of; "": itself */
	int64_t of_kit;          /* the order's line that is that, 0 */
	int64_t paid, qty, sent; /* of the order's line, before this parcel */
};

enum pack_scan {
	PACK_OK,       /* counted */
	PACK_COMPLETE, /* counted, and that was the last */
	PACK_WRONG,    /* not in this order */
	PACK_TOO_MANY, /* enough of that */
	PACK_UNKNOWN,  /* no product has this code */
};

/*
 * Begin with the order's number or waybill: what is still to be sent of it, and
 * of all that it is merged with. Of a split order "NO-2" is the second part,
 * and the number alone the first that is not sent. ERR_NOTFOUND; ERR_STATE when
 * one of them is held (with the reasons), unpaid, closed, already shipped or
 * packed (by whom, when).
 */
int pack_open(struct session *s, const char *code, struct packing **out)
    MUST_CHECK;
void pack_free(struct packing *p);
int64_t pack_order(const struct packing *p);
/* As it is called at the bench: "NO", or "NO-2" for a part. */
const char *pack_order_no(const struct packing *p);
int64_t pack_part(const struct packing *p); /* 0: the order is not split */
/* The orders that go together: one, or all that were merged. */
struct pack_order {
	int64_t id, version;
	const char *order_no;
	bool rest; /* other pieces of it are packed, or in another part */
};
const struct pack_order *pack_orders(const struct packing *p, size_t *n);
/* Receiver's name, "province city", delivery words; for the head. */
const char *pack_receiver(const struct packing *p);
const char *pack_place(const struct packing *p);
const char *pack_note(const struct packing *p); /* buyer's note and memo */
const struct pack_line *pack_lines(const struct packing *p, size_t *n);
bool pack_complete(const struct packing *p);

/* Scan a barcode or sku_code; that of a kit counts all its parts. Below zero is
 * a failure; else enum pack_scan, and *@line (may be NULL) is the line it
 * counted on, or for PACK_WRONG the line to take next. */
int pack_scan(struct session *s, struct packing *p, const char *code,
    const struct pack_line **line) MUST_CHECK;
/* Take back the last scan; 0 when there was none. */
int pack_undo(struct packing *p);

/* What it is packed in, by its scanned code; ERR_NOTFOUND. "": nothing. */
int pack_material(struct session *s, struct packing *p, const char *code)
    MUST_CHECK;
const char *pack_material_name(const struct packing *p); /* "": none */
/* Grams that what is scanned so far weighs with its material; 0: the weight of
 * one of the products is not known. */
int64_t pack_expected(const struct packing *p);

struct pack_close {
	char courier[64]; /* name, alias or code */
	char waybill_no[64];
	int64_t weight;    /* grams; 0: not weighed */
	char material[64]; /* code; "": as pack_material() has it */
	bool more;         /* what is missing goes in another parcel */
	bool force;        /* whatever it weighs; needs pack.force */
};

/*
 * Ship: all orders that go together, in one transaction. ERR_INVALID names the
 * field (courier, waybill_no, weight, material); ERR_STATE when the order is
 * incomplete, was held or shipped meanwhile (the sentence says by whom), stock
 * is missing, or (field "weight") the weight is too far from what is expected,
 * see pack_too_far(); ERR_CONFLICT when the waybill was used. *@warning, if not
 * NULL, gets a translated sentence or "" (an odd waybill). With .more the
 * packing goes on with what was not scanned: pack_lines() has the rest.
 */
int pack_ship(struct session *s, struct packing *p,
    const struct pack_close *close, char warning[200]) MUST_CHECK;
/* Does it go without a courier? Always when the buyer collects it: neither a
 * courier nor a waybill is asked for; the parcel gets a number of its own
 * (pack_waybill()). What is brought to the building or installed may, and does
 * when none is named. */
enum pack_hand { HAND_NEVER, HAND_ALWAYS, HAND_MAY };
int pack_by_hand(struct session *s, const struct packing *p) MUST_CHECK;
/* 1 when @grams are further from what is expected than the settings weigh_grams
 * and weigh_percent, whichever is more, allow; 0 also when it is not known. */
int pack_too_far(struct session *s, const struct packing *p, int64_t grams)
    MUST_CHECK;

/*
 * For shops that weigh elsewhere: packed, with its waybill, the parcel waits
 * for the scale. The state stays as it is, and so does the stock; errors as of
 * pack_ship(), but nothing is weighed.
 */
int pack_keep(struct session *s, struct packing *p,
    const struct pack_close *close, char warning[200]) MUST_CHECK;
/*
 * At the scale, by the parcel's waybill or its order: it ships, if it still may
 * go. *@out, unless NULL, is what was in it, to be freed with pack_free().
 */
int pack_weigh(struct session *s, const char *code, int64_t grams, bool force,
    struct packing **out) MUST_CHECK;
/* Such a parcel is opened again: its goods are to be packed anew. */
int pack_unpack(struct session *s, const char *code) MUST_CHECK;

/*
 * Shipped by mistake, and still here: its goods are back on the books by a
 * counter-slip, its orders wait again with what was picked for them, and its
 * waybill is free. ERR_STATE: it is on a manifest, the platform or the courier
 * knows of it, or goods of it came back.
 */
int pack_unship(struct session *s, const char *waybill_no, const char *reason)
    MUST_CHECK;

/*
 * One scan a parcel: the oldest order (by its deadline) that waits for exactly
 * one piece of what was scanned, is free to go and in nobody else's hands is
 * taken, claimed for @place, and comes back complete. ERR_NOTFOUND: none waits,
 * or no product has this code.
 */
int pack_next_by_goods(struct session *s, const char *code, const char *place,
    struct packing **out) MUST_CHECK;

/* What parcels are packed in. */
struct material {
	int64_t id, version;
	const char *code, *name;
	int64_t weight, cost; /* grams, fen */
	int64_t active;
};
struct material_edit {
	char code[64], name[128];
	int64_t weight, cost;
	bool active;
};
int material_page(struct session *s, enum page_dir dir,
    const struct material *from, size_t limit, struct page *out) MUST_CHECK;
int material_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
void material_edit_from(struct material_edit *e, const struct material *m);
int material_by_code(struct session *s, const char *code, int64_t *id)
    MUST_CHECK;
/* ERR_INVALID names the field; ERR_CONFLICT: the code is taken, or somebody
 * else changed it since @version. */
int material_add(struct session *s, const struct material_edit *e, int64_t *id)
    MUST_CHECK;
int material_save(struct session *s, int64_t id, int64_t version,
    const struct material_edit *e) MUST_CHECK;

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
 * it becomes "". 1: not one of @courier's, by its looks; 0: it may be.
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
	const char *also; /* "NO NO": the other orders in it */
	int64_t expected; /* grams; 0: not known */
	const char *material;
	const char *picker, *checker, *shipper; /* "": not known */
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

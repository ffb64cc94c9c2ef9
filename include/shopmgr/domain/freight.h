/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_FREIGHT_H
#define SHOPMGR_DOMAIN_FREIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/utf8.h"

/*
 * What parcels cost (运费). A template (运费模板) is a courier's prices: by
 * pieces, weight or volume, for each province the first so much and every step
 * beyond it. From it come what a parcel will cost, which courier is proposed,
 * and whether a bill is right. Fees are fen, weights grams, volumes cm3, all
 * whole numbers; a begun step is a step. Rules §3.
 */

struct session;

/* By names in data and commands: "piece", "weight", "volume". */
enum freight_basis { BASIS_PIECE, BASIS_WEIGHT, BASIS_VOLUME, BASIS_MAX };
const char *freight_basis_name(int64_t basis);
const char *freight_basis_text(int64_t basis); /* translated */
extern const char *const freight_bases[];      /* the names; ends with NULL */

/*
 * The exact fee of a template's line. @amount is in what the basis counts. 0 or
 * less is as the first. Never beyond INT64_MAX.
 */
int64_t freight_fee(int64_t amount, int64_t first, int64_t first_fee,
    int64_t step, int64_t step_fee, int64_t least_fee);
/* Grams that are charged: the weight, or the volume by @divisor cm3 a kilogram
 * (0: it does not count), whichever is more; begun grams count. */
int64_t freight_charged(int64_t grams, int64_t cm3, int64_t divisor);

struct freight_template {
	int64_t id, version;
	int64_t courier_id;
	const char *courier, *name;
	const char *warehouse; /* "": any */
	int64_t basis;
	int64_t divisor; /* cm3 that count as a kilogram; 0: none */
	int64_t active, since;
	int64_t zones;
};
struct freight_template_edit {
	char courier[64], name[64], warehouse[NAME_ROOM];
	char basis[16];
	int64_t divisor;
	int64_t since; /* day number; 0: always */
	bool active;
};
/* By courier and name. Needs freight.view, as all the reading here. */
int freight_template_page(struct session *s, enum page_dir dir,
    const struct freight_template *from, size_t limit, struct page *out)
    MUST_CHECK;
int freight_template_get(struct session *s, int64_t id, struct page *out)
    MUST_CHECK;
/* "圆通速递" has one, or "圆通速递/2026"; ERR_NOTFOUND, and ERR_INVALID when
 * the name of the template is needed. */
int freight_template_find(struct session *s, const char *courier,
    const char *name, int64_t *id) MUST_CHECK;
void freight_template_edit_from(
    struct freight_template_edit *e, const struct freight_template *t);
int freight_template_add(struct session *s,
    const struct freight_template_edit *e, int64_t *id) MUST_CHECK;
int freight_template_save(struct session *s, int64_t id, int64_t version,
    const struct freight_template_edit *e) MUST_CHECK;

struct freight_zone {
	int64_t id;           /* the province's number; 0: everywhere else */
	const char *province; /* 浙江; "" */
	int64_t first, first_fee, step, step_fee, least_fee;
	int64_t days; /* 0: not said */
	int64_t served;
	const char *courier, *template;
};
struct freight_zone_edit {
	char province[400]; /* several with blanks, 、or | between; "": else */
	int64_t first, first_fee, step, step_fee, least_fee, days;
	bool served;
};
/* All of a template, everywhere else first. */
int freight_zones(struct session *s, int64_t template_id, struct page *out)
    MUST_CHECK;
void freight_zone_edit_from(
    struct freight_zone_edit *e, const struct freight_zone *z);
/* Put the same for each province that is named, in place of what was there;
 * @version is the template's. */
int freight_zone_set(struct session *s, int64_t template_id, int64_t version,
    const struct freight_zone_edit *e) MUST_CHECK;
int freight_zone_drop(struct session *s, int64_t template_id, int64_t version,
    const char *province) MUST_CHECK;
/* Provinces there are, in short, by gb code; ends with NULL. */
const char *const *freight_provinces(void);

/*
 * Templates from files that were imported and kept ("import
 * freight-templates"): each method of each template whose courier is told by
 * its name, or all of them for @courier when it is not "". What has the same
 * name is replaced.
 */
struct freight_taken {
	int64_t templates, zones;
	int64_t unknown; /* templates left out: which courier's? */
	int64_t places;  /* regions left out: no provinces, or another basis */
};
int freight_import(struct session *s, const char *courier,
    struct freight_taken *out) MUST_CHECK;

/* What is to be sent where. With an order, what is left 0 or "" is taken from
 * it: province, its goods' weight, volume, pieces, warehouse and deadline. */
struct freight_goods {
	int64_t order_id;
	char province[64], warehouse[NAME_ROOM];
	int64_t grams, cm3, pieces;
	int64_t by; /* to arrive by; 0: whenever */
};
struct freight_quote {
	int64_t id; /* of the courier */
	const char *courier, *template;
	int64_t fee;
	int64_t days;    /* 0: not said */
	int64_t charged; /* grams, pieces or cm3 */
	int64_t basis;
	int64_t keeps; /* 1: it is there in time, as far as is known */
};
/*
 * The couriers whose templates go there. Those that keep the promise first, the
 * cheapest of them first, then the quickest. The promise is the order's
 * deadline to ship and deliver_days (the setting) on the way. For an order
 * order.ship or order.view does, else freight.view is needed. ERR_INVALID
 * "province".
 */
int freight_quote(struct session *s, const struct freight_goods *g,
    struct page *out) MUST_CHECK;
/* The courier proposed for an order of that weight (0: by its goods); "" when
 * no template goes there. */
int freight_propose(struct session *s, int64_t order_id, int64_t grams,
    char name[64]) MUST_CHECK;

/* A courier's bill (快递对账). */
enum freight_line_state {
	BILL_AGREES, /* also when no template says what it should be */
	BILL_OVER,
	BILL_UNKNOWN, /* we handed that courier no such parcel */
	BILL_TWICE,   /* in this bill or an earlier one */
	BILL_UNDER,
	BILL_MAX
};
const char *freight_line_state_name(int64_t state); /* "over" */
const char *freight_line_state_text(int64_t state); /* translated */
/* settled: "" open, "paid", "disputed", "credited". */
extern const char *const freight_settlements[]; /* ends with NULL */
const char *freight_settled_text(const char *settled);

struct freight_bill {
	int64_t id, at;
	const char *courier, *bill_no, *staff;
	int64_t n, amount, due, wrong_n, open_n;
};
int freight_bill_page(struct session *s, enum page_dir dir,
    const struct freight_bill *from, size_t limit, struct page *out) MUST_CHECK;
int freight_bill_get(struct session *s, int64_t id, struct page *out)
    MUST_CHECK;
int freight_bill_find(struct session *s, const char *courier,
    const char *bill_no, int64_t *id) MUST_CHECK;
/*
 * Make a bill of what "import freight-bill" has kept: of import @batch, 0: the
 * newest that @courier has no bill of. Rows that name another courier are left
 * out. @bill_no "": the file's name. Every line is matched by its waybill and
 * rated anew; a difference of up to the setting freight_over agrees.
 * ERR_NOTFOUND: there is no such import; ERR_CONFLICT "bill_no": it is taken.
 */
int freight_bill_take(struct session *s, const char *courier,
    const char *bill_no, int64_t batch, int64_t *id) MUST_CHECK;
/* Away with it: the newest there is, with nothing settled; ERR_STATE. */
int freight_bill_drop(struct session *s, int64_t id) MUST_CHECK;

struct freight_line {
	int64_t id, version, state, bill_id;
	const char *courier, *bill_no, *waybill_no, *province;
	int64_t weight, amount; /* as billed */
	int64_t due;            /* 0 also when nothing is known */
	int64_t rated;          /* 1: due is by a template */
	int64_t ours;           /* grams by our scale */
	const char *order_no;   /* "": no such parcel */
	int64_t shipped_at;
	const char *settled, *note;
};
enum freight_line_tab {
	LINE_OPEN, /* wrong, and nothing was done about it */
	LINE_DISPUTED,
	LINE_CREDITED,
	LINE_PAID,
	LINE_ALL, /* of a bill */
	LINE_TABS
};
struct freight_line_filter {
	enum freight_line_tab tab;
	int64_t bill_id; /* 0: of all bills, but for LINE_ALL */
	int64_t state;   /* enum freight_line_state; 0: all that are wrong */
};
int freight_line_page(struct session *s,
    const struct freight_line_filter *filter, enum page_dir dir,
    const struct freight_line *from, size_t limit, struct page *out) MUST_CHECK;
int freight_line_get(struct session *s, int64_t id, struct page *out)
    MUST_CHECK;
struct freight_totals {
	int64_t n, amount, due;
};
int freight_line_totals(struct session *s,
    const struct freight_line_filter *filter, struct freight_totals *out)
    MUST_CHECK;
/* @how: of freight_settlements, "" opens it again. A credit means that we pay
 * what is due. ERR_STATE for a line that agrees. */
int freight_line_settle(struct session *s, int64_t id, const char *how,
    const char *note) MUST_CHECK;

/* What a parcel brought: the postage that the buyer paid, shared over the
 * parcels of the order, less freight (as billed, else by template), less what
 * it was packed in. */
struct freight_profit {
	int64_t id, shipped_at;
	const char *waybill_no, *order_no, *courier, *province;
	int64_t weight, postage, freight, material, profit;
	int64_t billed; /* 1: freight is the courier's word */
	int64_t known;  /* 0: neither bill nor template: freight is 0 */
};
struct freight_profit_filter {
	int64_t since, until; /* shipped_at; 0: open */
	int64_t courier_id;   /* 0: any */
	bool loss;            /* only those that cost more than they brought */
};
int freight_profit_page(struct session *s,
    const struct freight_profit_filter *filter, enum page_dir dir,
    const struct freight_profit *from, size_t limit, struct page *out)
    MUST_CHECK;
enum freight_group { GROUP_COURIER, GROUP_PROVINCE, GROUP_DAY, GROUP_MAX };
const char *freight_group_text(int64_t group); /* translated */
int freight_group_by_name(const char *name);   /* "courier"; -1 */
struct freight_sum {
	int64_t id;
	const char *name; /* courier, province or day */
	int64_t n, postage, freight, material, profit;
	int64_t unknown; /* parcels whose freight nobody knows */
};
/* Over a period, which must have a beginning; the dearest first, days in their
 * order. Rows: struct freight_sum. */
int freight_sums(struct session *s, const struct freight_profit_filter *filter,
    enum freight_group group, struct page *out) MUST_CHECK;

#endif

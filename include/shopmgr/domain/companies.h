/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_COMPANIES_H
#define SHOPMGR_DOMAIN_COMPANIES_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/utf8.h"

/*
 * Companies (公司信息): who sells to us, carries for us, buys as a business;
 * one can be all of it. What a supplier sells us are its items; every price
 * there ever was is kept. Reading needs company.view, prices cost.view, too:
 * without it they are 0.
 */

struct session;

#define COMPANY_SUPPLIER 1
#define COMPANY_COURIER  2
#define COMPANY_CUSTOMER 4

struct company {
	int64_t id, version;
	int64_t kind_bits; /* COMPANY_SUPPLIER and the like */
	const char *kinds; /* "supplier courier" */
	const char *name, *pinyin, *contact, *phone, *address, *bank, *account,
	    *tax_no, *note;
	int64_t lead_days;  /* from order to goods */
	int64_t cycle_days; /* how often is ordered there */
	int64_t min_total;  /* of an order, fen */
	int64_t terms_days; /* until payment */
	int64_t courier_id, customer_id;
	const char *courier;  /* "": not linked */
	const char *customer; /* nick, or name; "" for who sees no customers */
	int64_t active, created_at;
	int64_t items; /* what it sells us */
};

struct company_edit {
	char name[NAME_ROOM];
	char supplier[8], carrier[8], buyer[8]; /* "yes", "no" */
	char contact[NAME_ROOM], phone[64], address[300], bank[NAME_ROOM],
	    account[64], tax_no[40];
	int64_t lead_days, cycle_days, min_total, terms_days;
	char courier[64];         /* its name or code; of a carrier */
	char customer[NAME_ROOM]; /* nick or phone; of a buyer */
	char note[400];
	int64_t closed; /* 1: nothing new with it */
};

struct company_filter {
	unsigned kinds;   /* any of these; 0: all */
	bool open_only;   /* not those that were closed */
	const char *text; /* in the name, its pinyin initials, contact or
			     phone; NULL: all */
};

/* Of struct company.kinds: "supplier" in words. */
const char *company_kind_text(const char *word);
/* By name. @filter NULL: all. */
int company_page(struct session *s, const struct company_filter *filter,
    enum page_dir dir, const struct company *from, size_t limit,
    struct page *out) MUST_CHECK;
int company_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
/* By the whole name, else by the initials that one alone has. */
int company_by_name(struct session *s, const char *name, int64_t *id)
    MUST_CHECK;
void company_edit_from(struct company_edit *e, const struct company *c);
int company_add(struct session *s, const struct company_edit *e, int64_t *id)
    MUST_CHECK;
int company_save(struct session *s, int64_t id, int64_t version,
    const struct company_edit *e) MUST_CHECK;
/* Nothing new with it; and again. */
int company_close(struct session *s, int64_t id) MUST_CHECK;
int company_reopen(struct session *s, int64_t id) MUST_CHECK;

/* What a supplier sells us. */
struct supplier_item {
	int64_t id; /* see supplier_item_id() */
	int64_t version, variant_id, company_id;
	const char *sku_code, *name, *company;
	const char *code; /* theirs */
	int64_t price;    /* each, fen */
	int64_t min_qty, pack_qty;
	int64_t first;     /* 1: bought there unless said */
	int64_t priced_at; /* since when it is this price */
};
/* One number for both. */
static inline int64_t
supplier_item_id(int64_t variant_id, int64_t company_id)
{
	return variant_id << 24 | company_id;
}

struct supplier_item_edit {
	char sku_code[64]; /* or a barcode */
	char company[NAME_ROOM];
	char code[64];
	int64_t price, min_qty, pack_qty;
	char first[8]; /* "yes", "no" */
};

/* Of a variant, of a company, or all (both 0). */
int supplier_item_page(struct session *s, int64_t variant_id,
    int64_t company_id, enum page_dir dir, const struct supplier_item *from,
    size_t limit, struct page *out) MUST_CHECK;
int supplier_item_get(struct session *s, int64_t id, struct page *out)
    MUST_CHECK;
/* By what is typed: a code or barcode, a name or its initials. */
int supplier_item_find(struct session *s, const char *sku_code,
    const char *company, struct page *out) MUST_CHECK;
void supplier_item_edit_from(
    struct supplier_item_edit *e, const struct supplier_item *i);
/* Makes it or changes it; another price is kept. The first one of a variant is
 * its first choice; a new first choice ends the other. Needs company.edit and
 * cost.view. */
int supplier_item_set(struct session *s, const struct supplier_item_edit *e)
    MUST_CHECK;
/* They sell it no more; the prices stay. */
int supplier_item_drop(
    struct session *s, int64_t variant_id, int64_t company_id) MUST_CHECK;

/* A price that was agreed, the newest first. */
struct supplier_price {
	int64_t id, variant_id, company_id;
	const char *sku_code, *name, *company;
	int64_t price, before; /* 0: there was none */
	const char *purchase_no;
	const char *staff;
	int64_t at;
};
/* Needs cost.view, too. 0: of all. */
int supplier_price_page(struct session *s, int64_t variant_id,
    int64_t company_id, enum page_dir dir, const struct supplier_price *from,
    size_t limit, struct page *out) MUST_CHECK;

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_BINS_H
#define SHOPMGR_DOMAIN_BINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/utf8.h"

/*
 * Bins (库位) and what lies in them. A bin's kind says what its pieces are: to
 * be sold, in reserve, defective, or come in and to be put away (上架). Every
 * warehouse has one without a code: nowhere in particular. Where a product is
 * picked from is its home bin.
 */

struct session;

#define BIN_CODE NAME_ROOM

enum bin_kind { BIN_PICK, BIN_RESERVE, BIN_DEFECTIVE, BIN_TO_PUT, BIN_KINDS };
const char *bin_kind_name(int64_t kind); /* "to_put", for scripts */
const char *bin_kind_text(int64_t kind); /* translated */
/* -1 for a word that is none, in either language. */
int bin_kind_by_name(const char *word);

struct bin {
	int64_t id, version, warehouse_id;
	const char *warehouse, *code;
	int64_t kind; /* enum bin_kind */
	int64_t walk; /* the order in which one comes by */
	int64_t active;
	const char *note;
	int64_t goods, pieces; /* how many products lie there, and pieces */
};
struct bin_filter {
	int64_t warehouse_id; /* never 0 */
	const char *code;     /* begins with it; NULL or "": all */
	int kind;             /* enum bin_kind; -1: all */
	bool empty_only, closed_too;
};
/* In walking order. */
int bin_page(struct session *s, const struct bin_filter *f, enum page_dir dir,
    const struct bin *from, size_t limit, struct page *out) MUST_CHECK;
int bin_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
/* By its code, capitals or not, blanks around ignored; @warehouse_id 0: the
 * main one. ERR_NOTFOUND, field "bin". */
int bin_scan(struct session *s, int64_t warehouse_id, const char *code,
    int64_t *id) MUST_CHECK;
/* Of whichever warehouse, first the one where one works. */
int bin_scan_anywhere(struct session *s, const char *code, int64_t *id)
    MUST_CHECK;

struct bin_edit {
	char
	    warehouse[NAME_ROOM]; /* "": the main one; fixed once it is there */
	char code[BIN_CODE];
	char kind[24]; /* as bin_kind_name() or bin_kind_text() */
	char walk[12]; /* a number, "" 0 */
	char note[200];
	bool active;
};
void bin_edit_from(struct bin_edit *e, const struct bin *b);
int bin_add(struct session *s, const struct bin_edit *e, int64_t *id)
    MUST_CHECK;
/* ERR_STATE where goods forbid another kind or to close it: it must be empty,
 * and no product's home. */
int bin_save(struct session *s, int64_t id, int64_t version,
    const struct bin_edit *e) MUST_CHECK;

/* A list of bins: CSV or .xlsx with columns warehouse, bin, kind, walk, note;
 * those that are there are changed. Nothing is done when a row is bad. */
struct bin_import {
	int64_t added, changed, same;
};
int bins_import(struct session *s, const char *path, struct bin_import *sum)
    MUST_CHECK;

/* What lies in a bin: by variant, and where a variant lies. */
struct bin_goods {
	int64_t id; /* the variant, or the bin */
	int64_t variant_id, bin_id, warehouse_id;
	const char *sku_code, *name;
	const char *warehouse, *code;
	int64_t kind, qty;
	int64_t home; /* 1: it is picked from there */
};
int bin_goods_page(struct session *s, int64_t bin_id, enum page_dir dir,
    const struct bin_goods *from, size_t limit, struct page *out) MUST_CHECK;
/* All bins of a variant, @warehouse_id 0: in all warehouses. */
int variant_bins(struct session *s, int64_t variant_id, int64_t warehouse_id,
    struct page *out) MUST_CHECK;

/*
 * Putting away: scan the product, see where to, scan the bin. The worklist is
 * what came in, the oldest first.
 */
struct put_wait {
	int64_t id, slip_id, variant_id, warehouse_id;
	const char *slip_no, *warehouse, *sku_code, *name;
	int64_t qty, rest, at;
	int64_t late;   /* 1: longer than the settings have it */
	const char *to; /* the bin that is proposed, "" none */
};
int put_wait_page(struct session *s, int64_t warehouse_id, enum page_dir dir,
    const struct put_wait *from, size_t limit, struct page *out) MUST_CHECK;
enum put_why { PUT_NOWHERE, PUT_HOME, PUT_BESIDE, PUT_EMPTY };
struct put_proposal {
	int64_t variant_id, warehouse_id, rest;
	char sku_code[64], name[NAME_ROOM];
	char bin[BIN_CODE];
	enum put_why why;
};
/* For a product that was scanned; ERR_STATE when none of it waits. */
int put_propose(struct session *s, const char *code, const char *warehouse,
    struct put_proposal *out) MUST_CHECK;

#endif

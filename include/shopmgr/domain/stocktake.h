/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_STOCKTAKE_H
#define SHOPMGR_DOMAIN_STOCKTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/utf8.h"

/*
 * Counting the stock (盘点), while one sells: what the books say of a product
 * in a bin is frozen in the moment its counting begins, and the difference is
 * what is posted; what was picked and not shipped yet is none. Begun, counted
 * bin by bin, closed: what is far off is counted again, by somebody else where
 * there is somebody. Then another person than those who counted lets the books
 * follow, by one slip.
 */

struct session;

enum stocktake_kind {
	STOCKTAKE_FULL = 1, /* everything of a warehouse */
	STOCKTAKE_SPOT,     /* some products, in whichever bin */
	STOCKTAKE_BINS,     /* some bins, whatever lies there */
	STOCKTAKE_MONTH,
	STOCKTAKE_YEAR,
	STOCKTAKE_KINDS
};
enum stocktake_state {
	STOCKTAKE_COUNTING,
	STOCKTAKE_COUNTED, /* some of it to be counted again, maybe */
	STOCKTAKE_POSTED,
	STOCKTAKE_CANCELLED,
	STOCKTAKE_ALL
};
const char *stocktake_kind_name(int64_t kind); /* "full", for scripts */
const char *stocktake_kind_text(int64_t kind); /* translated */
/* -1 for a word that is none, in either language. */
int stocktake_kind_by_name(const char *word);
const char *stocktake_state_name(int64_t state);
const char *stocktake_state_text(int64_t state);

struct stocktake {
	int64_t id, version;
	const char *count_no;
	int64_t kind, state, blind, warehouse_id;
	const char *warehouse, *note, *staff;
	int64_t at, counted_at, posted_at;
	const char *posted_by, *slip_no, *reversed; /* by which slip */
	int64_t slip_id;
	int64_t lines, counted, again; /* to be counted once more */
	int64_t gain, loss, net;       /* fen; 0 while it may not be seen */
};
/* Newest first; @state STOCKTAKE_ALL: all. */
int stocktake_page(struct session *s, enum stocktake_state state,
    enum page_dir dir, const struct stocktake *from, size_t limit,
    struct page *out) MUST_CHECK;
int stocktake_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
/* "CT-000012", or "12". */
int stocktake_by_no(struct session *s, const char *no, int64_t *id) MUST_CHECK;
/* How many there are in each state. */
int stocktake_counts(struct session *s, int64_t n[STOCKTAKE_ALL]) MUST_CHECK;

enum stocktake_line_state {
	LINE_TO_COUNT,
	LINE_COUNTED,
	LINE_AGAIN, /* to be counted again */
	LINE_RECOUNTED,
	LINE_STATES
};
const char *stocktake_line_state_name(int64_t state);
const char *stocktake_line_state_text(int64_t state);

/* A product in a bin. */
struct stocktake_line {
	int64_t id, stocktake_id, bin_id, variant_id;
	const char *count_no, *bin, *sku_code, *name;
	int64_t state;
	int64_t shown; /* 0: what the books say is nobody's business yet */
	int64_t book, picked; /* of the books', not shipped yet */
	int64_t counted, off; /* counted + picked - book */
	int64_t first;
	int64_t value; /* of the difference, fen */
	const char *reason, *staff;
	int64_t at, weight;
};
enum stocktake_lines {
	LINES_ALL,
	LINES_OFF,  /* those with a difference */
	LINES_OPEN, /* not counted */
	LINES_AGAIN,
	LINES_KINDS
};
struct stocktake_filter {
	int64_t stocktake_id; /* 0: of all counts */
	enum stocktake_lines which;
	bool by_value; /* of one that is counted: what is furthest off first;
			  else as one walks along the bins */
};
int stocktake_line_page(struct session *s, const struct stocktake_filter *f,
    enum page_dir dir, const struct stocktake_line *from, size_t limit,
    struct page *out) MUST_CHECK;
int stocktake_line_get(struct session *s, int64_t id, struct page *out)
    MUST_CHECK;

struct stocktake_edit {
	char kind[24];             /* as stocktake_kind_name() or ..._text() */
	char warehouse[NAME_ROOM]; /* "": the main one */
	char note[200];
	char codes[2000]; /* products or bins, blanks between */
	char blind[8];    /* "no": who counts sees the books */
};
int stocktake_start(
    struct session *s, const struct stocktake_edit *e, int64_t *id) MUST_CHECK;

/* A bin that is being counted. */
struct stocktake_place {
	int64_t bin_id;
	char bin[NAME_ROOM];
	int64_t open, done;   /* products to count there, and counted */
	int64_t pieces;       /* counted */
	char next[NAME_ROOM]; /* where to go on; "": nowhere in particular */
	int64_t bins;         /* where something is left to be counted */
};
/* By its code, "" the one that has none; ERR_STATE for a bin that is not
 * counted. */
int stocktake_bin(struct session *s, int64_t id, const char *code,
    struct stocktake_place *out) MUST_CHECK;
/* How far it is counted now. */
int stocktake_place(struct session *s, int64_t id, int64_t bin_id,
    struct stocktake_place *out) MUST_CHECK;

/* @qty pieces more, or that many in all. */
enum stocktake_how { STOCKTAKE_MORE, STOCKTAKE_EXACTLY };
struct stocktake_taken {
	int64_t variant_id;
	char sku_code[64], name[NAME_ROOM];
	int64_t counted, book, picked;
	bool shown; /* book and picked may be told */
};
int stocktake_take(struct session *s, int64_t id, int64_t bin_id,
    const char *code, enum stocktake_how how, int64_t qty,
    struct stocktake_taken *out) MUST_CHECK;

/* All is counted. @zero: what nobody counted is not there; else it is left out.
 * What is off by the setting recount_over and more is to be counted again:
 * *@again lines. */
int stocktake_close(struct session *s, int64_t id, bool zero, int64_t *again)
    MUST_CHECK;
/* Counted again, too: what is off by @over fen and more; or one line. */
int stocktake_recount(
    struct session *s, int64_t id, int64_t over, int64_t *again) MUST_CHECK;
int stocktake_recount_line(struct session *s, int64_t line_id) MUST_CHECK;
/* Why it is off. */
int stocktake_reason(struct session *s, int64_t line_id, const char *reason)
    MUST_CHECK;
/* The books follow; *@slip_id 0 when there was no difference. ERR_STATE for who
 * counted, unless nobody else may. */
int stocktake_post(struct session *s, int64_t id, int64_t *slip_id) MUST_CHECK;
int stocktake_cancel(struct session *s, int64_t id, const char *reason)
    MUST_CHECK;

/* Differences by reason. */
struct stocktake_sum {
	int64_t id; /* from 1 */
	const char *reason;
	int64_t lines, pieces, gain, loss, net;
};
int stocktake_report(struct session *s, int64_t id, struct page *out)
    MUST_CHECK;

#endif

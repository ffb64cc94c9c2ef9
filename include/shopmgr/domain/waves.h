/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_WAVES_H
#define SHOPMGR_DOMAIN_WAVES_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/utf8.h"

/*
 * Pick waves (波次): many orders picked in one walk along the bins. What goes
 * in one parcel has a slot: an order, several that were merged, or a part of
 * one that was split. Each scan is kept as it comes, so several people can be
 * at one wave, and a crash loses nothing. An order that is held or ends
 * meanwhile is kicked out, and what was picked of it is to be put back.
 */

struct session;

enum wave_kind {
	WAVE_ONE = 1, /* orders of one piece */
	WAVE_SAME,    /* orders of one product only, the same for all */
	WAVE_SEVERAL, /* of several pieces, sorted into slots (播种) */
	WAVE_KINDS
};
enum wave_state {
	WAVE_OPEN = 1, /* being picked */
	WAVE_PICKED,
	WAVE_DONE, /* all of it went, or was kicked out */
	WAVE_CANCELLED,
	WAVE_STATES
};
const char *wave_kind_name(int64_t kind); /* "single": data, commands */
const char *wave_kind_text(int64_t kind); /* translated */
int wave_kind_by_name(const char *name);  /* 0: none */
const char *wave_state_name(int64_t state);
const char *wave_state_text(int64_t state);
/* Of an order's slot in it. */
const char *wave_slot_name(int64_t state);
const char *wave_slot_text(int64_t state);

/* What a wave is made of; 0 and "": any. */
struct wave_what {
	int64_t kind;
	int64_t warehouse_id; /* 0: where one works, or the main one */
	char courier[64];     /* name, alias or code */
	char shop[64];
	char province[64]; /* the receiver's, in short or whole */
	char sku[64];  /* WAVE_SAME: of this; "": what most orders wait for */
	int64_t until; /* to be shipped before then */
	int64_t most;  /* orders; never more than the settings allow */
};
struct wave_preview {
	int64_t orders, pieces, skus; /* that the wave would have */
	int64_t waiting; /* orders that fit it, however large it may be */
	int64_t lacking; /* orders left out as stock is missing */
	int64_t due;     /* the first deadline; 0: none */
	char sku[64];    /* WAVE_SAME: of what */
};
/* What each kind would hold, at the index of its number. */
int wave_preview(struct session *s, const struct wave_what *what,
    struct wave_preview out[WAVE_KINDS]) MUST_CHECK;
/* The most urgent first. ERR_INVALID names the field; ERR_NOTFOUND: there is no
 * order for it. */
int wave_make(struct session *s, const struct wave_what *what, int64_t *id)
    MUST_CHECK;
/* Its orders are free again, what was picked is to be put back. */
int wave_cancel(struct session *s, int64_t id) MUST_CHECK;

struct wave {
	int64_t id;
	const char *wave_no;
	int64_t kind, state;
	const char *warehouse, *staff, *picker;
	int64_t at, picked_at, done_at;
	int64_t slots, open, done, kicked; /* slots: the sum of the others */
	int64_t need, picked, sorted;      /* pieces */
};
/* Newest first; @state 0: all. Of where one works. */
int wave_page(struct session *s, int64_t state, enum page_dir dir,
    const struct wave *from, size_t limit, struct page *out) MUST_CHECK;
/* How many are open and picked, at the index of the state. */
int wave_counts(struct session *s, int64_t n[WAVE_STATES]) MUST_CHECK;
int wave_get(struct session *s, int64_t id, struct page *out) MUST_CHECK;
int wave_by_no(struct session *s, const char *no, int64_t *id) MUST_CHECK;

struct wave_order {
	int64_t row; /* 1 upwards: merged orders and parts repeat the others */
	int64_t order_id;
	const char *order_no; /* "NO-2": the second part */
	int64_t slot, state;  /* 0 open 1 done 2 kicked out */
	const char *why;      /* in words */
	int64_t at;
	int64_t need, sorted; /* pieces of the slot */
};
/* By slot. */
int wave_orders(struct session *s, int64_t id, struct page *out) MUST_CHECK;

struct wave_line {
	int64_t variant_id;
	const char *sku_code, *name, *bin;
	int64_t walk; /* of the bin */
	int64_t need, picked, sorted;
};
/* As one walks along the bins. */
int wave_lines(struct session *s, int64_t id, struct page *out) MUST_CHECK;
struct wave_item {
	int64_t variant_id;
	int64_t slot;
	const char *sku_code, *name;
	int64_t need, sorted;
};
/* What each slot that is not kicked out gets. */
int wave_items(struct session *s, int64_t id, struct page *out) MUST_CHECK;

enum wave_said {
	WAVE_OK,      /* counted */
	WAVE_BIN,     /* it was a bin: .line is what to take there */
	WAVE_FULL,    /* counted, and the slot is complete */
	WAVE_ALL,     /* counted, and that was the last */
	WAVE_WRONG,   /* nothing of that is wanted; .line is what is */
	WAVE_MANY,    /* more than is wanted */
	WAVE_UNKNOWN, /* no product and no bin has this code */
	WAVE_EMPTY    /* nothing is wanted from this bin (any more) */
};
struct wave_scan {
	enum wave_said said;
	int64_t slot;       /* wave_sort(): where it goes */
	int64_t have, need; /* of the line, or of the slot's pieces */
	int64_t left;       /* pieces of the wave that are missing yet */
	char sku[64], name[NAME_ROOM], bin[NAME_ROOM]; /* of what was scanned */
	char next_sku[64], next_name[NAME_ROOM],
	    next_bin[NAME_ROOM]; /* "": nothing */
};
/* @code: a bin, a barcode or an SKU. Refusals that one scans again after are
 * said in @out; ERR_STATE when the wave is picked, done or cancelled. */
int wave_pick(struct session *s, int64_t id, const char *code, int64_t qty,
    struct wave_scan *out) MUST_CHECK;
/* All that is missing was picked by the printed list, without a scan: *@pieces
 * of it. Nobody knows of such goods before somebody says so; from then on they
 * are no loss of a count. */
int wave_picked(struct session *s, int64_t id, int64_t *pieces) MUST_CHECK;
/* A piece that was picked goes to the slot that needs it first. */
int wave_sort(struct session *s, int64_t id, const char *code,
    struct wave_scan *out) MUST_CHECK;

/* What goes back where; of where one works. */
struct put_back {
	int64_t id;
	const char *wave_no, *order_no, *sku_code, *name, *bin;
	int64_t qty, at;
};
/* What is not back yet; the oldest first. */
int put_back_page(struct session *s, enum page_dir dir,
    const struct put_back *from, size_t limit, struct page *out) MUST_CHECK;
int put_back_count(struct session *s, int64_t *n) MUST_CHECK;
/* Of this order alone, up to @limit. */
int put_back_of(struct session *s, int64_t order_id, size_t limit,
    struct page *out) MUST_CHECK;
/*
 * The oldest of this product is put back, @qty pieces of it (0: all): @out, a
 * page of one, tells how many and where, and by its id what may be undone.
 * ERR_NOTFOUND: nothing of it has to; ERR_INVALID: there are not so many.
 */
int put_back_scan(struct session *s, const char *code, int64_t qty,
    struct page *out) MUST_CHECK;
/* It is not there after all: an entry against it, and it has to go back once
 * more. @out tells of it; ERR_STATE: it is undone already. */
int put_back_undo(struct session *s, int64_t id, struct page *out) MUST_CHECK;

/*
 * There is no more of it. What is there is for the orders that it suffices for,
 * the most urgent first; the others that want it are held for stock, and so
 * kicked out.
 */
struct wave_fate {
	int64_t row, slot;
	const char *order_no; /* "NO-2": the second part */
	int64_t need;         /* pieces of it */
	int64_t goes_on;      /* 1; 0: it is held */
};
struct wave_lack {
	struct page fates;     /* of who wanted it, by slot */
	struct page backs;     /* struct put_back: what goes back for it */
	int64_t go_on, kicked; /* slots */
	int64_t again; /* pieces to be taken out of slots, and sorted anew */
	char sku[64], name[NAME_ROOM];
};
int wave_short(struct session *s, int64_t id, const char *code,
    struct wave_lack *out) MUST_CHECK;
void wave_lack_free(struct wave_lack *lack);

/*
 * Whose hands an order is in: no lock. A claim ends when it was not heard of
 * for the setting claim_min, or when its terminal is gone.
 */
#define CLAIM_PLACE 64
char *claim_place(char buf[CLAIM_PLACE]); /* this terminal */
/* The next order that is free to go, of a wave or (0) of all: first what this
 * clerk had before a crash, then waves that are picked, then what waits. Of
 * those merged the one in whose parcel they go. ERR_NOTFOUND: there is none. */
int claim_next(struct session *s, int64_t wave_id, const char *place,
    int64_t *order_id) MUST_CHECK;
/* Still at it: 1, or 0 when it is claimed no more. */
int claim_touch(struct session *s, int64_t order_id, const char *place)
    MUST_CHECK;
/* @order_id 0: all that this terminal has. */
int claim_drop(struct session *s, int64_t order_id, const char *place)
    MUST_CHECK;

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_TRACKING_H
#define SHOPMGR_DOMAIN_TRACKING_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/*
 * Parcels on their way (物流跟踪): what couriers tell of them, the worklists of
 * those that somebody must see to, and the cases that somebody sees to already.
 * A parcel is watched from the hand-over until it arrived, or came back. Rules
 * §3: parcels that have not moved for N days, or are past the promised day, are
 * exceptions; how many days is a setting. Times are seconds UTC.
 */

struct session;

/* The order matters: lists take ranges. */
enum track_state {
	TRACK_NONE, /* nothing was told yet */
	TRACK_COLLECTED,
	TRACK_MOVING,
	TRACK_DELIVERING,
	TRACK_SIGNED,
	TRACK_REFUSED,
	TRACK_RETURNING,
	TRACK_RETURNED,
	TRACK_TROUBLE,
	TRACK_LOST,
	TRACK_MAX
};
const char *track_name(int64_t state); /* "signed": data, commands */
const char *track_text(int64_t state); /* translated */
/* What a courier's words mean ("快件已被本人签收"), by data/track-states.tsv;
 * TRACK_MOVING for words that say nothing known: something happened. */
enum track_state track_by_words(const char *words);
/* TRACK_MAX for a name that is none. */
enum track_state track_by_name(const char *name);

/* What the courier told of one parcel, newest first; few. Needs order.view. */
struct track_event {
	int64_t id, at, state;
	const char *place, *text;
};
int track_events(struct session *s, int64_t parcel_id, struct page *out)
    MUST_CHECK;

/* The parcel with this waybill; ERR_NOTFOUND. */
int track_parcel(struct session *s, const char *waybill_no, int64_t *id)
    MUST_CHECK;

struct track_taken {
	int64_t events;  /* that are new */
	int64_t parcels; /* they are of */
	int64_t unknown; /* rows of waybills that were not packed here */
};
/*
 * Take in what imported tracking files tell (kept rows, see staged.h), in
 * slices, each once; a state only follows a newer event. What arrived is no
 * longer watched, its exceptions close by themselves; an order made here is
 * done when all its parcels are signed for.
 */
int track_take(struct session *s, struct track_taken *out) MUST_CHECK;
/* The same for what somebody learnt on the phone. ERR_INVALID with its field
 * ("state", "at"). A wrong one is put right by another, newer one. */
int track_add(struct session *s, int64_t parcel_id, enum track_state state,
    int64_t at, const char *text) MUST_CHECK;

/* The worklists. */
enum track_list {
	TRACK_UNCOLLECTED, /* handed over, and the courier says nothing */
	TRACK_STILL,       /* has not moved for days */
	TRACK_BACK,        /* refused, on its way back, returned */
	TRACK_BAD,         /* in trouble, lost */
	TRACK_LATE,        /* should have arrived */
	TRACK_CASES,       /* somebody sees to it */
	TRACK_LISTS
};
#define TRACK_COUNTED 999 /* beyond that: as many and more */

struct track_row {
	int64_t parcel_id, order_id;
	const char *waybill_no, *courier, *phone; /* the courier's */
	const char *order_no, *receiver, *province;
	int64_t state, at; /* the newest event; 0: none */
	int64_t shipped_at;
	int64_t case_id; /* open one, the oldest; 0: none */
	int64_t case_at;
	const char *kind, *staff, *note; /* of it */
};
/* Oldest first. Needs order.view. */
int track_page(struct session *s, enum track_list list, enum page_dir dir,
    const struct track_row *from, size_t limit, struct page *out) MUST_CHECK;
int track_counts(struct session *s, int64_t n[TRACK_LISTS]) MUST_CHECK;

/*
 * A case: what somebody does about a parcel. Kinds: not_collected, still,
 * refused, returned, not_received (signed for, the buyer says no), late, lost,
 * intercept (to be stopped and brought back), other.
 */
extern const char *const track_kinds[];    /* ends with NULL */
extern const char *const track_outcomes[]; /* ends with NULL */
const char *track_kind_text(const char *kind);
const char *track_outcome_text(const char *outcome);
/* What is to be done after it, a sentence; "": nothing. */
const char *track_outcome_next(const char *outcome);
/* ERR_CONFLICT, with the name of who has it, when one of this kind is open;
 * ERR_STATE for "intercept" once it is signed for, and for "not_received"
 * before. */
int track_case_open(struct session *s, int64_t parcel_id, const char *kind,
    const char *note, int64_t *id) MUST_CHECK;
/* Add what was done to its note, and take it over. */
int track_case_note(struct session *s, int64_t id, const char *note) MUST_CHECK;
/* With one of track_outcomes; ERR_STATE when it is closed already. */
int track_case_close(struct session *s, int64_t id, const char *outcome,
    const char *note) MUST_CHECK;
int track_case_reopen(struct session *s, int64_t id) MUST_CHECK;

/* From payment to shipment, by the day of shipment: parcels that are the first
 * of their order. At most 366 days; needs order.view. */
struct ship_hours {
	int64_t day;        /* see time_day() */
	int64_t n, minutes; /* orders, and what they took together */
	int64_t in_time;    /* within the setting ship_hours */
	int64_t most;       /* minutes */
};
int ship_hours(struct session *s, int64_t since, int64_t until,
    struct page *out) MUST_CHECK;

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_LIST_H
#define SCREENS_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/tui/canvas.h"
#include "shopmgr/tui/key.h"
#include "shopmgr/tui/line.h"

/*
 * What every screen with a list does the same way. Such a screen's state begins
 * with its struct list, so that these can stand in its screen_ops.
 */

struct cmd_set;
struct screen;
struct table;
struct table_source;

/* A line above a list in which one types what is looked for; the list follows
 * every key. */
struct finder {
	bool on;
	bool rests; /* what is typed holds, but keys are the list's */
	struct line line;
	char text[64];
};

/* What is a list's own. */
struct list_kind {
	/* All rows, for a source whose fetch is list_fetch(): shown are those
	 * in which every word of what is sought stands. */
	int (*fetch)(void *arg, enum page_dir dir, const void *from,
	    size_t limit, struct page *out);
	const char *hint; /* N_(): what can be looked for; NULL: nothing can */
	bool own_order;   /* what is found comes in an order of its own */
	/* What is typed is another; NULL: list_restart(). */
	int (*restart)(struct screen *sc);
	/* Finding begins or ends; NULL: as restart. */
	int (*turn)(struct screen *sc);
	/* Enter, while one types. */
	int (*enter)(struct screen *sc);
	/* A scan, while one types: 1 taken, 0 it is what is looked for, or a
	 * failure. NULL: it opens what it is of. */
	int (*scan)(struct screen *sc, const char *code);
	/* Why there is no row, translated; NULL: as the source says. Where
	 * list_fetch() finds nothing, it says so itself. */
	const char *(*empty)(struct screen *sc);
	/* The line on top, while nothing is looked for. */
	void (*head)(struct screen *sc, struct canvas *c, struct rect r);
	/* Beside the list, on terminals of @pane_from columns and more: more
	 * of the selected row. */
	int pane_from;
	void (*pane)(struct screen *sc, struct canvas *c, struct rect r,
	    const void *row);
	/* Beneath the list: what narrow columns cut of the selected row. */
	void (*whole)(const void *row, char *buf, size_t size);
	/* For files: the kind of record that the rows are, and begin with, and
	 * the fields that each column tells of, ";" between. NULL: none. */
	const char *record;
	const char *const *fields;
	bool own_export; /* a command of its own does it */
};

struct list {
	struct table *table;
	const struct list_kind *kind; /* NULL: nothing but a table */
	const struct table_source *source;
	const char *view; /* how the person likes it is kept by this name */
	struct finder finder;
	int sort; /* that of before finding began */
	bool desc;
	bool cut; /* list_sieve() did not look at every row */
};

/* Another table, as the person likes it; nothing is read. */
void list_open(struct screen *sc, const struct list_kind *kind,
    const struct table_source *src, const char *view);
void list_close(struct screen *sc);
/* Read from the first row; and again, keeping to the selected one. Too many
 * rows for the order that was asked for: says so, and reads them in their own.
 */
int list_restart(struct screen *sc);
int list_refresh(struct screen *sc);

const void *list_row(const struct screen *sc); /* NULL: empty */
bool list_has_row(struct screen *sc);
/* Every row begins with what tells it from the others. */
int64_t list_row_id(const void *row);
/* A scanned code opens what it is of; the rest is the finder's and the
 * table's. */
int list_key(struct screen *sc, const struct key *k);
void list_draw(struct screen *sc, struct canvas *c, struct rect r);
bool list_typing(struct screen *sc);

/* What a fetch() was asked for, of rows that were all read at once; @rc is what
 * reading them said. */
int list_window(int rc, enum page_dir dir, const void *from, size_t limit,
    struct page *out) MUST_CHECK;

/* The order asked for, for a fetch(). */
int list_sort(const struct screen *sc, bool *desc);
/* What is looked for; "": everything is shown. */
const char *list_sought(const struct screen *sc);
/* Begin to look for @text; nothing is read. */
void list_seek(struct screen *sc, const char *text);
/* The same by a command. */
int cmd_list_find(struct screen *sc);
/* Everything again; nothing is read. */
void list_seek_end(struct screen *sc);
/* Of what the list's own @fetch reads, the rows in which every word of what is
 * sought stands; looks at so many rows and no further. Nothing sought: all. */
int list_sieve(struct screen *sc, const struct table_source *src,
    int (*fetch)(void *arg, enum page_dir dir, const void *from, size_t limit,
	struct page *out),
    enum page_dir dir, const void *from, size_t limit, struct page *out)
    MUST_CHECK;
int list_fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out) MUST_CHECK;
const char *list_nothing_fits(const struct screen *sc);

/* Sort, columns, selecting: screen_ops.shared of every list. */
extern const struct cmd_set list_cmds;

/*
 * One thing after the other done to the rows that are selected, each in a
 * transaction of its own. Those that are refused stay selected, and are told
 * with their reasons; Esc stops.
 */
struct list_job {
	const char *doing; /* translated, beside the bar: _("Holding") */
	/* A refusal of its own is in @err, else in the session's. */
	int (*one)(struct screen *sc, int64_t id, void *arg, struct err *err);
	/* What people call it. */
	void (*name)(struct screen *sc, int64_t id, char *buf, size_t size);
	/* "12 orders are on hold." */
	void (*said)(char *buf, size_t size, size_t n);
	void *arg;
};
size_t list_marked(struct screen *sc); /* 0: the one row is meant */
int list_each(struct screen *sc, const struct list_job *job) MUST_CHECK;

enum finding {
	FIND_OTHER,   /* not a key of the finder */
	FIND_TAKEN,   /* nothing is to be done */
	FIND_CHANGED, /* another list */
	FIND_OPEN,    /* the selected row is meant */
	FIND_END,     /* the whole list again */
};

void finder_init(struct finder *f);
void finder_done(struct finder *f);
void finder_begin(struct finder *f, const char *text);
/* Below zero: a failure. A scan, or a line typed so fast that it looks like
 * one, is what is looked for now. */
int finder_key(struct finder *f, struct table *t, const struct key *k);
/* @label in front of it, @hint behind. */
void finder_draw(struct finder *f, struct canvas *c, struct rect r,
    const char *label, const char *hint);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_IMPORT_PRIV_H
#define SCREENS_IMPORT_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../core/report.h"
#include "shopmgr/base/pace.h"
#include "shopmgr/base/page.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/tui/canvas.h"
#include "shopmgr/tui/key.h"

/*
 * Taking files in, in steps that show themselves: which files; how they are
 * understood; what will change, proved without changing anything; done, with
 * the refused rows to be mended. Columns that are not known are named between.
 *
 *	import.c		the steps, and the keys
 *	import_files.c		the exchange folder
 *	import_look.c		a file's first rows, as understood
 *	import_map.c		the columns of an unknown file
 *	import_result.c		a run, tried out or in earnest
 *	import_report.c		what came of it, in lines
 *	import_rejects.c	the refused rows
 */

#define FILES_MAX 16

enum step {
	STEP_FILES,
	STEP_LOOK,
	STEP_MAP,
	STEP_PROVED,
	STEP_DONE,
	STEP_REJECTS
};

struct screen;
struct table;

/* What a file in the folder is; looked at once, as long as it stays the same.
 */
struct known_file {
	struct known_file *next;
	char *path, *text; /* text: what it is, "" when it is not known */
	enum { WHAT_UNKNOWN, WHAT_KNOWN, WHAT_UNREADABLE, WHAT_EMPTY } what;
	int64_t size, mtime;
	int64_t imported; /* when the same was imported; 0: never */
	bool looked, compared;
};

/* A file to be imported. */
struct marked {
	char *path;
	char encoding[16];     /* "": as it looks */
	int64_t proved, bytes; /* as it was when it was tried: ns, bytes */
};

/* The refused rows there still are, of the import and of what was retried. */
struct refused {
	struct refused_row {
		struct import *im;
		size_t at;    /* among its rejects */
		char *mended; /* put right: a CSV line, or NULL */
	} * v;
	size_t n;
	struct import **retried;
	size_t nretried;
	struct table *table; /* NULL: not looked at yet */
};

/* The columns of an unknown file being named. */
struct mapper {
	struct page columns; /* struct map_column */
	struct page fields;  /* struct import_field, of the kind */
	struct table *table;
	size_t kind, platform;
};

struct state {
	enum step step;
	struct table *table; /* of the files */
	struct known_file *known;
	struct marked marked[FILES_MAX];
	size_t nmarked;
	size_t nrun;   /* of them, the first so many go together */
	bool by_enter; /* the one marked is only what the cursor was on */

	struct import_look looks[FILES_MAX]; /* of the marked */
	size_t nlooks, at;                   /* at: the one that is seen */
	bool raw;                            /* as in the file */
	size_t left;                         /* first column seen */
	char shop[128]; /* "": as the file says, or the default */

	struct import *im; /* of the last run */
	bool urgent;       /* it changed orders that are still to be shipped */
	struct report report;
	struct refused refused;

	struct mapper mapper;
};

/* import.c */
int import_to_files(struct screen *sc);

/* import_result.c */
/* A run, with its progress on the screen. */
struct run {
	struct ui *ui;
	struct pace pace;
};
int run_progress(void *arg, const struct import_progress *p);
int result_run(struct screen *sc, bool dry);
int result_tell(struct screen *sc);
void result_drop(struct state *st);
void result_draw(struct screen *sc, struct canvas *c, struct rect r);
int result_changes(struct screen *sc);
/* What is most urgent of it; else on to the next files. */
int result_next(struct screen *sc);

/* import_files.c */
int files_open_step(struct screen *sc);
void files_close(struct screen *sc);
/* Where @path is among the marked; st->nmarked: it is not. */
size_t files_mark_of(const struct state *st, const char *path);
int files_toggle(struct screen *sc, const char *path);
void files_unmark_first(struct state *st, size_t n);
/* The path the cursor is on; NULL: none. */
/* Which were imported is to be seen again. */
void files_forget(struct state *st);
const char *files_selected(const struct screen *sc);
void files_draw(struct screen *sc, struct canvas *c, struct rect r);

/* import_look.c */
/* Look at all that are marked. */
int look_at_marked(struct screen *sc);
void look_clear(struct state *st);
int look_key(struct screen *sc, const struct key *k);
int look_next(struct screen *sc); /* of several files */
int look_turn(struct screen *sc); /* understood, or as in the file */
void look_draw(struct screen *sc, struct canvas *c, struct rect r);
int look_pick_encoding(struct screen *sc);
int look_pick_shop(struct screen *sc);
/* Those of one kind go together, what others need first: they are put in
 * front. */
void look_choose(struct state *st);
/* Which of them is not recognised; st->nlooks: all are. */
size_t look_unknown(const struct state *st);

/* import_map.c */
int map_open(struct screen *sc);
void map_close(struct state *st);
int map_key(struct screen *sc, const struct key *k);
void map_draw(struct screen *sc, struct canvas *c, struct rect r);
int map_pick_field(struct screen *sc);
int map_pick_kind(struct screen *sc);
int map_pick_platform(struct screen *sc);
int map_clear_field(struct screen *sc);
/* 1: it is recognised from now on; 0: given up. */
int map_teach(struct screen *sc);
int map_taught(struct screen *sc);

/* import_rejects.c */
int rejects_open(struct screen *sc);
bool rejects_any(const struct state *st);
void rejects_close(struct state *st);
int rejects_key(struct screen *sc, const struct key *k);
void rejects_draw(struct screen *sc, struct canvas *c, struct rect r);
int rejects_mend(struct screen *sc);
int rejects_retry(struct screen *sc);
int rejects_write(struct screen *sc);
/* What would be lost; NULL: nothing. */
const char *rejects_unsaved(const struct state *st);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_UI_PRIV_H
#define SHOPMGR_TUI_UI_PRIV_H

#include "shopmgr/base/time.h"
#include "shopmgr/tui/line.h"
#include "shopmgr/tui/ui.h"

/*
 * What the parts of the ui share: ui.c steps, screens.c keeps the screens,
 * cmd.c finds the command behind a key, cmd_help.c tells of them, frame.c draws
 * what is the same for all screens, dialog.c and form.c ask.
 */

#define SCREENS_OPEN 32
#define CLOSED_MAX   (4 * SCREENS_OPEN)
#define TICK_MS      1000
#define MIN_H        24
#define MIN_W        80
#define SCANS_WAIT   100

struct dialog;

/* A key and what it does, for the help line; both are ready to be shown. */
struct hint {
	const char *key;
	const char *label;
};

struct dialog_ops {
	void (*draw)(struct dialog *d, struct canvas *c, struct rect r);
	/* 1: the key was used. */
	int (*key)(struct dialog *d, const struct key *k);
};

struct dialog {
	const struct dialog_ops *ops;
	struct ui *ui;
	void *state;
	const struct hint *hints; /* ends with key NULL */
	/* What would be lost with it, translated; NULL: nothing. */
	const char *(*unsaved)(const struct dialog *d);
	bool live;   /* draws time going by */
	bool scans;  /* scans are its own: no badge goes round it */
	bool enters; /* an Enter is meant just now, however fast it comes */
	bool secret; /* a burst is a password just now, no badge */
	bool seeks;  /* an overlay: there is no other above it */
	bool amid;   /* scans wait until it is answered */
	bool done;
	int result;
	struct dialog *below;
};

/* Steps until the dialog is done; its result, or @otherwise when the ui ends
 * first. */
int dialog_run(struct ui *ui, struct dialog *d, int otherwise);
void dialog_end(struct dialog *d, int result);
/* The two halves of dialog_run(), for what does more between its steps. */
void dialog_push(struct ui *ui, struct dialog *d);
int dialog_pop(struct ui *ui, struct dialog *d, int otherwise);
/* A place in the middle for @h lines of @w columns, and the box around it;
 * returns the place within. */
struct rect dialog_box(
    struct canvas *c, struct rect r, int h, int w, const char *title);
/* The first of @n lines that are shown, of which @sel is one: where they begin
 * stays, but no place is left empty when there is more room than before. */
int dialog_top(int top, int sel, int shown, int n);
/* Says that the last key had no room, so that nobody types on blindly. */
void dialog_tell_full(struct ui *ui, const struct line *l);

struct ui {
	struct ui_host host;
	struct ui_port port;
	const struct screen_ops *const *screens;
	struct canvas *canvas;
	struct screen *open[SCREENS_OPEN]; /* the last is on top */
	int nopen;
	struct screen *closed[CLOSED_MAX]; /* to be freed */
	int nclosed;
	/* What stands still while a screen is visited above a dialog. */
	struct ui_floor {
		int nopen, nclosed, depth;
		struct dialog *dialog;
	} floor;
	struct dialog *dialog;  /* the top one */
	struct dialog *beneath; /* while locked: what the top one was */
	/* Scanned while a question stood amid scanning, oldest first. */
	char *scans[SCANS_WAIT];
	int nscans;
	bool locked;
	unsigned approved; /* perm that was allowed for this one command */
	char message[600];
	bool bad;          /* the message is an error */
	unsigned messages; /* how many there have been */
	int depth;         /* handlers that are running */
	bool dirty;        /* the next step draws */
	bool stale;        /* others have committed: read again */
	bool over;
	int64_t version;
	int64_t last_key;              /* when; 0: none yet */
	int64_t bad_bytes;             /* when the last came; 0: none yet */
	int64_t used;                  /* when somebody was there last */
	int64_t idle_since;            /* last key, or last call of host.idle */
	int64_t bar_drawn, esc_looked; /* ui_progress() */
	char clock[TIME_SIZE];
};

struct screen *ui_top(const struct ui *ui);
bool ui_may(const struct ui *ui, unsigned perm);
bool ui_too_small(const struct ui *ui);

/* screens.c */
void screen_free(struct screen *sc);
/* Free those that were closed, but what stands still. */
void screens_reap(struct ui *ui);
/* Let the top one read its rows again. */
int screens_refresh(struct ui *ui);

/* A command that the role may not run: once, if somebody allows it, else it is
 * told. 1, or the command's failure. */
int ui_run_denied(struct ui *ui, struct screen *sc, const struct cmd *cmd);

/* cmd.c, cmd_help.c. 1: the key was a command's; 0; or a failure. */
int cmd_dispatch(struct ui *ui, const struct key *k);
bool cmd_is_lock(const struct ui *ui, uint32_t code);
/* What the help line shows, at most @max hints; the last two of them are the
 * help and the way out. Keys are in @buf. */
struct cmd_hint {
	char key[24];
	const char *label;
	bool grey;
};
int cmd_hints(struct ui *ui, struct cmd_hint *out, int max);
/* The help page; the caller frees it. */
char *cmd_help(struct ui *ui);

/* Every command there is on the top screen: its own, those it shares, those of
 * all. @label NULL: the help says what it is. @why NULL: it can run. */
typedef void cmd_seen_fn(void *arg, const struct cmd *cmd, const char *label,
    uint32_t key, const char *why);
void cmd_each(struct ui *ui, cmd_seen_fn *seen, void *arg);
uint32_t cmd_go_key(const struct ui *ui, const struct screen_ops *ops);
/* As its key would. */
int cmd_run(struct ui *ui, const struct cmd *cmd);
/* Find anything or the palette, if this key opens one of them; or NULL. */
const struct cmd *cmd_overlay(const struct ui *ui, uint32_t code);

/* overlay.c: the keys that open a window above everything. Was it one? */
bool overlay_key(struct ui *ui, const struct key *k);

/* palette.c */
int palette_open(struct ui *ui);
/* The same with nothing but the screens there are. */
int palette_departments(struct ui *ui);

/* frame.c */
void frame_draw(struct ui *ui);
void frame_clock(char *buf, size_t size);
void frame_bar(
    struct ui *ui, const char *what, int64_t done, int64_t total, bool stops);

#endif

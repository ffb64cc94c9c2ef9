/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_UI_H
#define SHOPMGR_TUI_UI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/tui/canvas.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/key.h"
#include "shopmgr/tui/screen.h"

/* What the widgets must ask the application, which they know nothing about. */
struct ui_host {
	bool (*may)(void *app, unsigned perm);
	const struct err *(*err)(void *app);
	/* Title line: the shop; "Li Na · agent". */
	const char *(*shop)(void *app);
	const char *(*who)(void *app);
	/* The keys bound to a command in shopmgr.ini, or NULL. */
	const char *(*binding)(void *app, const char *screen, const char *cmd);
	/* Grows when others have committed; NULL: never. */
	int64_t (*version)(void *app);
	void (*idle)(void *app); /* nothing to do for a while; may be NULL */
	/* A command that the role may not run: may somebody else allow it here,
	 * once? Asks by dialogs; true: the command runs now, and end() follows
	 * when it is over. Both may be NULL. */
	bool (*step_up)(
	    void *app, struct ui *ui, unsigned perm, const char *what);
	void (*step_end)(void *app);
	/* The terminal was left alone (ui_lock()): steps the ui by dialogs
	 * until the same person is back. False: the ui is to end. NULL: no
	 * lock. */
	bool (*lock)(void *app, struct ui *ui);
	int64_t lock_after; /* nanoseconds without a key; 0: only by the key */
	/* A scan, before a screen or a dialog gets it: true when it is dealt
	 * with. Not while locked, nor while ui_who() asks. May be NULL. */
	bool (*scan)(void *app, struct ui *ui, const char *code);
	/* Find anything, above whatever is open. NULL: there is nothing to be
	 * found. A failure is told. */
	int (*find)(void *app, struct ui *ui);
	/* How the person likes a list (table_view_text()), by a name. May be
	 * NULL. The text is the caller's to free(); NULL: none. */
	char *(*view_get)(void *app, const char *name);
	void (*view_set)(void *app, const char *name, const char *value);
	void *app;
};

/*
 * Where keys come from and frames go: the terminal (term.h), or a test. wait()
 * returns one event, or KEY_TICK when @timeout_ms is over.
 */
struct ui_port {
	void (*wait)(void *arg, int timeout_ms, struct key *out);
	/* NULL: what is on the terminal is not to be trusted any more. */
	void (*show)(void *arg, const struct canvas *c);
	void (*bell)(void *arg, int kind); /* 0 wrong, 1 stop */
	/* A key is waiting: for long work that may be cancelled. */
	bool (*esc_waiting)(void *arg);
	void *arg;
};

struct ui *ui_new(const struct ui_host *host, const struct ui_port *port,
    const struct screen_ops *const *screens, int h, int w);
void ui_free(struct ui *ui);
/* Until the last screen is closed; opens the first there is if none is. */
int ui_run(struct ui *ui);
void ui_quit(struct ui *ui);
/* After the language or the size changed; the next frame is right. */
void ui_resize(struct ui *ui, int h, int w);
const struct canvas *ui_canvas(const struct ui *ui); /* the last frame */

/* Open a screen on top of this one; Esc comes back. @name of screen_ops. With
 * no @arg one that is open is gone to, as it was left; with an @arg it takes
 * the place of a top one of the same name. A role that may not is told so. */
int ui_open(struct ui *ui, const char *name, const void *arg);
/* The same from above a dialog, too: it waits beneath, as it is, until one has
 * come back from there. */
int ui_visit(struct ui *ui, const char *name, const void *arg);
void ui_close(struct ui *ui); /* the top screen */
const struct ui_host *ui_host_of(const struct ui *ui);

/*
 * Nobody may see or use what is on the screen until host.lock() says so. What
 * is open, also a half-filled form, stays as it is beneath: while locked only
 * the title line and the dialogs of host.lock() are drawn, and keys reach
 * nothing else.
 */
void ui_lock(struct ui *ui);
bool ui_locked(const struct ui *ui);
/* What would be lost if everything were closed now, a sentence, or NULL: of a
 * form that is open, or of a screen (screen_ops.unsaved). */
const char *ui_unsaved(const struct ui *ui);
/* The screen on top, by its name; NULL: none. */
const char *ui_top_name(const struct ui *ui);

/* The palette: every command there is here, those of the top screen first, with
 * what people look for it by. */
struct palette_entry {
	const char *label; /* translated: "Hold" */
	const char *help;  /* translated sentence */
	const char *other; /* the label in the other language, for typing */
	const char *name;  /* "order-hold"; "go-orders" opens a screen */
	char key[24];      /* as shown; "" for none */
	const char *why;   /* translated: why it cannot run now; NULL: it can */
};
size_t ui_palette(struct ui *ui, struct palette_entry *out, size_t max);
/* Runs one of them by its name: as its key would. */
int ui_command(struct ui *ui, const char *name);

/* The commands that every screen has, as "[keys.global]" names them; ends with
 * name NULL. "go-orders" opens the screen "orders" (screen_ops.go). */
const struct cmd *ui_globals(void);

/* One event: a key, a resize, a timer. Every loop there is, is over this.
 * Returns 0 when there is nothing left to do, else 1. */
int ui_step(struct ui *ui, int timeout_ms) MUST_CHECK;

/* The message line. It stays until the next key that does something. */
void ui_say(struct ui *ui, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* An error on the message line; stays until answered by a key. */
void ui_complain(struct ui *ui, const char *fmt, ...) PRINTF_LIKE(2, 3);
void ui_bell(struct ui *ui, int kind);

/*
 * Dialogs. Each returns when it is answered, stepping the same ui meanwhile,
 * so the screens beneath are resized and kept fresh. An Enter that comes within
 * 50 ms of another key (a scanner's) never answers one.
 */
bool ui_confirm(struct ui *ui, const char *verb, const char *fmt, ...)
    PRINTF_LIKE(3, 4); /* @verb: translated, what Enter does: _("Ship") */
void ui_tell(struct ui *ui, const char *title, const char *text);
bool ui_ask(struct ui *ui, const char *label, char *buf, size_t size);
/* The chosen index, or -1; typing filters. */
int ui_pick(struct ui *ui, const char *title, const char *const *choices,
    size_t n, int selected);
/* The same amid scanning: what is scanned meanwhile waits until it is
 * answered, and is played then. */
int ui_pick_amid(struct ui *ui, const char *title, const char *const *choices,
    size_t n, int selected);
/* Several of them: @on[i] says which are chosen, and then which have been.
 * False: given up, @on is as it was. */
bool ui_pick_many(struct ui *ui, const char *title, const char *const *choices,
    size_t n, bool *on);
/* Scrolling text in a window, for help, rejects, results. */
void ui_text(struct ui *ui, const char *title, const char *text);

/* Tell of the error the host holds. Returns 0, so that a command can end with
 * "return ui_failed(ui, rc)". ERR_CANCELLED is not told. */
int ui_failed(struct ui *ui, int rc);

/*
 * Fill in @record by a form, calling @save until it returns 0 (then 1) or the
 * user gives up (0). ERR_INVALID and ERR_CONFLICT from @save put the cursor on
 * err.field with the sentence beneath; nothing typed is lost.
 */
int ui_form(struct ui *ui, const char *title, const struct field *fields,
    void *record, int (*save)(void *arg, const void *record), void *arg)
    MUST_CHECK;

/*
 * Who is it? A name, by hand or by a badge, a password and, when check() wants
 * one, a one-time code; again and again until they are right or it is given up.
 * What was typed is wiped.
 */
struct ui_who {
	const char *title; /* all of these translated */
	const char *text;  /* what for, over several lines */
	const char *verb;  /* what Enter does: _("Unlock") */
	const char *other; /* another way out, by a key; NULL: none */
	const char *known; /* who it must be, in words; NULL: asked for */
	bool stay;         /* Esc does not give up */
	char name[64], password[128], code[16];
	/* 0: right. Else what the host's error says is shown at its field,
	 * "login", "password" or "code"; ERR_STATE at "code" asks for one. */
	int (*check)(void *arg, struct ui_who *who);
	/* A badge was scanned: 1 when who->name is filled in, 2 to take the
	 * other way out, 0 when it is none, or a failure. NULL: a scan is as
	 * good as typed. */
	int (*badge)(void *arg, struct ui_who *who, const char *code);
	/* A sentence that stands as long as it is true, and is asked for each
	 * second; false: none. May be NULL. */
	bool (*wait)(
	    void *arg, const struct ui_who *who, char *buf, size_t size);
	void *arg;
};
enum ui_who_end {
	UI_WHO_LEFT,  /* given up, or the ui has ended */
	UI_WHO_RIGHT, /* check() was 0 */
	UI_WHO_OTHER, /* the other way out */
};
enum ui_who_end ui_who(struct ui *ui, struct ui_who *who);

/* Long work: draws a bar on the message line when it is due; returns whether
 * Esc was pressed. @total 0: unknown. */
bool ui_progress(struct ui *ui, const char *what, int64_t done, int64_t total);
/* The same of what can not be stopped any more: Esc means nothing. */
void ui_finishing(struct ui *ui, const char *what, int64_t done, int64_t total);

#endif

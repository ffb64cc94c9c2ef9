/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/tui/ui.h"

#include "ui_priv.h"

#define MS        INT64_C(1000000)
#define BURST     (500 * MS)
#define ENTER_GAP (50 * MS)    /* a scanner's Enter comes sooner */
#define IDLE      (30000 * MS) /* host.idle */

struct ui *
ui_new(const struct ui_host *host, const struct ui_port *port,
    const struct screen_ops *const *screens, int h, int w)
{
	struct ui *ui = xcalloc(1, sizeof(*ui));

	ui->host = *host;
	ui->port = *port;
	ui->screens = screens;
	ui->canvas = canvas_new(h, w);
	ui->dirty = true;
	ui->idle_since = time_ticks();
	if (host->version != NULL)
		ui->version = host->version(host->app);
	return ui;
}

void
ui_free(struct ui *ui)
{
	if (ui == NULL)
		return;
	screens_reap(ui);
	while (ui->nscans > 0)
		free(ui->scans[--ui->nscans]);
	while (ui->nopen > 0)
		screen_free(ui->open[--ui->nopen]);
	canvas_free(ui->canvas);
	free(ui);
}

struct screen *
ui_top(const struct ui *ui)
{
	return ui->nopen > 0 ? ui->open[ui->nopen - 1] : NULL;
}

const struct canvas *
ui_canvas(const struct ui *ui)
{
	return ui->canvas;
}

bool
ui_may(const struct ui *ui, unsigned perm)
{
	return perm == 0 || perm == ui->approved || ui->host.may == NULL ||
	       ui->host.may(ui->host.app, perm);
}

const struct ui_host *
ui_host_of(const struct ui *ui)
{
	return &ui->host;
}

const char *
ui_top_name(const struct ui *ui)
{
	struct screen *sc = ui_top(ui);

	return sc != NULL ? sc->ops->name : NULL;
}

bool
ui_too_small(const struct ui *ui)
{
	return canvas_h(ui->canvas) < MIN_H || canvas_w(ui->canvas) < MIN_W;
}

void
ui_resize(struct ui *ui, int h, int w)
{
	canvas_resize(ui->canvas, h, w);
	ui->dirty = true;
}

void
ui_quit(struct ui *ui)
{
	ui->over = true;
}

static void PRINTF_LIKE(3, 0)
    say(struct ui *ui, bool bad, const char *fmt, va_list ap)
{
	format_text(ui->message, sizeof(ui->message), fmt, ap);
	ui->bad = bad;
	ui->messages++;
	ui->dirty = true;
}

void
ui_say(struct ui *ui, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(ui, false, fmt, ap);
	va_end(ap);
}

void
ui_complain(struct ui *ui, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(ui, true, fmt, ap);
	va_end(ap);
}

void
ui_bell(struct ui *ui, int kind)
{
	if (ui->port.bell != NULL)
		ui->port.bell(ui->port.arg, kind);
}

int
ui_failed(struct ui *ui, int rc)
{
	const struct err *err = ui->host.err(ui->host.app);

	if (rc >= 0 || rc == ERR_CANCELLED)
		return 0;
	assert(rc == (int)err->code);
	ui_complain(ui, "%s", err->text);
	ui_bell(ui, 0);
	return 0;
}

/* Returns whether it did something. */
static bool
key_for_screen(struct ui *ui, const struct key *k)
{
	struct screen *sc = ui_top(ui);
	int rc = 0;

	if (sc == NULL)
		return false;
	if (sc->ops->key != NULL)
		rc = sc->ops->key(sc, k);
	if (rc == 0)
		rc = cmd_dispatch(ui, k);
	if (rc < 0)
		ui_failed(ui, rc);
	if (rc == 0 && k->code == KEY_SCAN) {
		ui_complain(
		    ui, _("Nothing here takes the scanned code %s."), k->text);
		ui_bell(ui, 0);
		return true;
	}
	return rc != 0;
}

static bool
scan_waits(struct ui *ui, const struct key *k)
{
	if (k->code != KEY_SCAN || !ui->dialog->amid ||
	    ui->nscans == SCANS_WAIT)
		return false;
	ui->scans[ui->nscans++] = xstrdup(k->text);
	ui_say(ui,
	    ngettext("Answer this first: %d scanned code waits.",
		"Answer this first: %d scanned codes wait.",
		(unsigned long)ui->nscans),
	    ui->nscans);
	ui_bell(ui, 0);
	return true;
}

static bool
key_for_dialog(struct ui *ui, const struct key *k, int64_t gap)
{
	if (k->code == KEY_CLICK) /* beside it, as like as not */
		return false;
	if (k->code == KEY_ENTER_ && gap < ENTER_GAP && !ui->dialog->enters) {
		ui_bell(ui, 0);
		return false;
	}
	if (scan_waits(ui, k) || ui->dialog->ops->key(ui->dialog, k))
		return true;
	/* A scan never goes silently. */
	if (k->code == KEY_SCAN)
		ui_complain(ui,
		    _("The scanned code %s was not taken: answer this first."),
		    k->text);
	ui_bell(ui, 0);
	return k->code == KEY_SCAN;
}

/* A badge is one wherever it is scanned. */
static bool
scan_for_host(struct ui *ui, const struct key *k)
{
	return k->code == KEY_SCAN && ui->host.scan != NULL && !ui->locked &&
	       (ui->dialog == NULL ||
		   (!ui->dialog->scans && !ui->dialog->secret)) &&
	       ui->host.scan(ui->host.app, ui, k->text);
}

static bool
key_for_somebody(struct ui *ui, const struct key *k, int64_t gap)
{
	if (scan_for_host(ui, k))
		return true;
	return ui->dialog != NULL ? key_for_dialog(ui, k, gap)
				  : key_for_screen(ui, k);
}

/* Bytes of GBK come in a burst, and some of them look like other characters:
 * these are no answer to what is said. */
static void
tell_of_bad_bytes(struct ui *ui, int64_t at)
{
	ui->bad_bytes = at;
	ui_complain(ui, "%s",
	    _("The terminal sends bytes that are not UTF-8. Set it to UTF-8, "
	      "or Chinese cannot be typed."));
}

/* A message goes with the next key that does something; an error with the next
 * key there is. */
static void
pressed(struct ui *ui, const struct key *k)
{
	unsigned before = ui->messages;
	int64_t gap = ui->last_key > 0 ? k->at - ui->last_key : INT64_MAX;
	bool bad = ui->bad, did;

	ui->last_key = ui->idle_since = ui->used = k->at;
	if (k->code == KEY_CTRL('l')) {
		ui->port.show(ui->port.arg, NULL);
		ui->dirty = true;
		return;
	}
	if (k->code == UTF8_BAD)
		tell_of_bad_bytes(ui, k->at);
	if (ui_too_small(ui)) {
		if (k->code == 'q' || k->code == KEY_CTRL('q'))
			ui->over = true;
		return;
	}
	if (!ui->locked && cmd_is_lock(ui, k->code)) {
		ui_lock(ui);
		return;
	}
	ui->depth++;
	did = overlay_key(ui, k) || key_for_somebody(ui, k, gap);
	ui->depth--;
	if ((did || bad) && before == ui->messages &&
	    (ui->bad_bytes == 0 || k->at - ui->bad_bytes > BURST)) {
		ui->message[0] = '\0';
		ui->bad = false;
	}
	ui->dirty = true;
}

/* Nobody there for too long? */
static bool
left_alone(struct ui *ui, int64_t now)
{
	if (ui->used == 0)
		ui->used = now;
	return !ui->locked && ui->host.lock_after > 0 &&
	       now - ui->used >= ui->host.lock_after;
}

static bool
is_live(const struct ui *ui)
{
	const struct screen *sc = ui_top(ui);

	if (ui->dialog != NULL)
		return ui->dialog->live;
	return sc != NULL && sc->ops->live;
}

static void
tick(struct ui *ui, int64_t now)
{
	char clock[TIME_SIZE];

	frame_clock(clock, sizeof(clock));
	if (is_live(ui) || strcmp(clock, ui->clock) != 0)
		ui->dirty = true;
	if (ui->host.version != NULL) {
		int64_t version = ui->host.version(ui->host.app);

		if (version != ui->version)
			ui->stale = true;
		ui->version = version;
	}
	if (ui->host.idle != NULL && now - ui->idle_since >= IDLE) {
		ui->idle_since = now;
		ui->host.idle(ui->host.app);
	}
	if (left_alone(ui, now))
		ui_lock(ui);
}

static void
handle(struct ui *ui, struct key *k)
{
	char *text = NULL;

	switch (k->code) {
	case KEY_TICK:
		tick(ui, k->at);
		break;
	case KEY_RESIZE_:
		ui_resize(ui, k->h, k->w);
		break;
	case KEY_HANGUP:
		ui->over = true;
		break;
	default:
		if (k->code == KEY_CTRL('c'))
			k->code = KEY_ESC_;
		/* Its text is the port's, until the next wait(). */
		if (k->text != NULL)
			k->text = text = xstrdup(k->text);
		pressed(ui, k);
		free(text);
		break;
	}
}

/* The first of those scans, once who asked is done and nothing else asks; to be
 * freed. */
static char *
waited_scan(struct ui *ui)
{
	char *text;

	if (ui->nscans == 0 || ui->dialog != NULL || ui->locked ||
	    ui->floor.dialog != NULL || ui->depth > 0)
		return NULL;
	text = ui->scans[0];
	ui->nscans--;
	memmove(ui->scans, ui->scans + 1,
	    (size_t)ui->nscans * sizeof(ui->scans[0]));
	return text;
}

static bool
alive(const struct ui *ui)
{
	return !ui->over && (ui->nopen > 0 || ui->dialog != NULL);
}

int
ui_step(struct ui *ui, int timeout_ms)
{
	struct key k = { 0 };
	char *scan;

	if (ui->depth == ui->floor.depth)
		screens_reap(ui);
	if (!alive(ui))
		return 0;
	/* A command that asks holds a row of its screen: read again later. */
	if (ui->stale && ui->depth == ui->floor.depth && ui->dialog == NULL)
		ui_failed(ui, screens_refresh(ui));
	if (ui->dirty) {
		ui->dirty = false;
		frame_clock(ui->clock, sizeof(ui->clock));
		frame_draw(ui);
		ui->port.show(ui->port.arg, ui->canvas);
	}
	if ((scan = waited_scan(ui)) != NULL)
		k = (struct key){ KEY_SCAN, scan, .at = time_ticks() };
	else
		ui->port.wait(ui->port.arg, timeout_ms, &k);
	handle(ui, &k);
	free(scan);
	return alive(ui);
}

int
ui_run(struct ui *ui)
{
	int rc;

	if (ui->nopen == 0) {
		rc = ui_open(ui, ui->screens[0]->name, NULL);
		if (rc < 0)
			return rc;
	}
	while (ui_step(ui, TICK_MS))
		;
	screens_reap(ui);
	return 0;
}

/* Also with dialogs open: they wait beneath, as do the screens, until whoever
 * has opened them is back. */
void
ui_lock(struct ui *ui)
{
	char message[sizeof(ui->message)];
	bool bad = ui->bad, back;

	if (ui->host.lock == NULL || ui->locked || ui->over)
		return;
	copy_text(message, sizeof(message), ui->message);
	ui->message[0] = '\0';
	ui->bad = false;
	ui->beneath = ui->dialog;
	ui->dialog = NULL;
	ui->locked = true;
	ui->dirty = true;
	ui->depth++;
	back = ui->host.lock(ui->host.app, ui);
	ui->depth--;
	ui->locked = false;
	ui->dialog = ui->beneath;
	ui->beneath = NULL;
	copy_text(ui->message, sizeof(ui->message), message);
	ui->bad = bad;
	ui->used = ui->last_key;
	ui->stale = ui->dirty = true;
	if (!back)
		ui->over = true;
}

bool
ui_locked(const struct ui *ui)
{
	return ui->locked;
}

const char *
ui_unsaved(const struct ui *ui)
{
	const struct dialog *d = ui->locked ? ui->beneath : ui->dialog;
	const char *text = NULL;
	int i;

	for (; d != NULL && text == NULL; d = d->below)
		text = d->unsaved != NULL ? d->unsaved(d) : NULL;
	for (d = ui->floor.dialog; d != NULL && text == NULL; d = d->below)
		text = d->unsaved != NULL ? d->unsaved(d) : NULL;
	for (i = ui->nopen - 1; i >= 0 && text == NULL; i--)
		if (ui->open[i]->ops->unsaved != NULL)
			text = ui->open[i]->ops->unsaved(ui->open[i]);
	return text;
}

int
ui_run_denied(struct ui *ui, struct screen *sc, const struct cmd *cmd)
{
	const char *what = _(cmd->label != NULL ? cmd->label : cmd->help);
	int rc;

	if (ui->host.step_up == NULL ||
	    !ui->host.step_up(ui->host.app, ui, cmd->perm, what)) {
		if (alive(ui))
			ui_complain(
			    ui, _("Your role does not allow this: %s."), what);
		ui_bell(ui, 0);
		return 1;
	}
	ui->approved = cmd->perm;
	rc = cmd->run(sc);
	ui->approved = 0;
	if (ui->host.step_end != NULL)
		ui->host.step_end(ui->host.app);
	return rc < 0 ? rc : 1;
}

static bool
progress(
    struct ui *ui, const char *what, int64_t done, int64_t total, bool stops)
{
	int64_t now = time_ticks();

	/* The first of a long work: not yet worth telling. */
	if (now - ui->bar_drawn > 2000 * MS)
		ui->bar_drawn = now;
	else if (now - ui->bar_drawn > 100 * MS) {
		frame_bar(ui, what, done, total, stops);
		ui->port.show(ui->port.arg, ui->canvas);
		ui->bar_drawn = now;
		ui->dirty = true;
	}
	if (now - ui->esc_looked < 20 * MS)
		return false;
	ui->esc_looked = now;
	return ui->port.esc_waiting != NULL &&
	       ui->port.esc_waiting(ui->port.arg);
}

bool
ui_progress(struct ui *ui, const char *what, int64_t done, int64_t total)
{
	return progress(ui, what, done, total, true);
}

void
ui_finishing(struct ui *ui, const char *what, int64_t done, int64_t total)
{
	(void)progress(ui, what, done, total, false);
}

void
dialog_push(struct ui *ui, struct dialog *d)
{
	d->ui = ui;
	d->below = ui->dialog;
	ui->dialog = d;
	ui->dirty = true;
}

int
dialog_pop(struct ui *ui, struct dialog *d, int otherwise)
{
	ui->dialog = d->below;
	ui->dirty = true;
	return d->done ? d->result : otherwise;
}

int
dialog_run(struct ui *ui, struct dialog *d, int otherwise)
{
	dialog_push(ui, d);
	while (!d->done && ui_step(ui, TICK_MS))
		;
	return dialog_pop(ui, d, otherwise);
}

void
dialog_end(struct dialog *d, int result)
{
	d->done = true;
	d->result = result;
}

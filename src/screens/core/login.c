/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/staff.h"
#include "shopmgr/tui/line.h"
#include "shopmgr/tui/ui.h"

/*
 * The door: who are you? Everything else comes after. Whose password was given
 * by somebody else chooses an own one here, before anything else.
 */

#define FIELD_W 24

enum part { PART_NAME, PART_PASSWORD, PART_CODE, PART_NEW, PART_AGAIN, PARTS };

struct state {
	struct line line[PARTS];
	char name[SESSION_NAME], password[128], code[16], fresh[128],
	    again[128];
	enum part at;
	bool coded;    /* a one-time code is wanted */
	bool changing; /* the password must be changed */
	bool known;    /* the one that is to be changed was typed */
	char refused[420];
};

static bool
is_asked(const struct state *st, enum part part)
{
	switch (part) {
	case PART_NAME:
		return !st->changing;
	case PART_PASSWORD:
		return !st->changing || !st->known;
	case PART_CODE:
		return st->coded && !st->changing;
	case PART_NEW:
	case PART_AGAIN:
		return st->changing;
	case PARTS:
		break;
	}
	return false;
}

/* To the next line that is asked for; false: there is none. */
static bool
step(struct state *st, int by)
{
	int i;

	for (i = (int)st->at + by; i >= 0 && i < PARTS; i += by) {
		if (is_asked(st, (enum part)i)) {
			st->at = (enum part)i;
			return true;
		}
	}
	return false;
}

static void
must_change(struct screen *sc, bool known)
{
	struct state *st = sc->state;

	st->changing = true;
	st->known = known;
	st->at = known ? PART_NEW : PART_PASSWORD;
	line_set(&st->line[PART_NAME], session_login_name(session_of(sc)));
}

static int
open_login(struct screen *sc, const void *arg)
{
	struct app *app = sc->app;
	struct state *st = sc->state;

	(void)arg;
	line_init(&st->line[PART_NAME], st->name, sizeof(st->name));
	line_init(&st->line[PART_PASSWORD], st->password, sizeof(st->password));
	line_init(&st->line[PART_CODE], st->code, sizeof(st->code));
	line_init(&st->line[PART_NEW], st->fresh, sizeof(st->fresh));
	line_init(&st->line[PART_AGAIN], st->again, sizeof(st->again));
	st->line[PART_PASSWORD].secret = true;
	st->line[PART_NEW].secret = st->line[PART_AGAIN].secret = true;
	if (session_logged_in(app->session)) {
		must_change(sc, false);
	} else if (app->next.login[0] != '\0') {
		line_set(&st->line[PART_NAME], app->next.login);
		app->next.login[0] = '\0';
		st->at = PART_PASSWORD;
	}
	return 0;
}

static void
close_login(struct screen *sc)
{
	struct state *st = sc->state;
	int i;

	for (i = 0; i < PARTS; i++)
		line_done(&st->line[i]);
	secret_wipe(st->password, sizeof(st->password));
	secret_wipe(st->fresh, sizeof(st->fresh));
	secret_wipe(st->again, sizeof(st->again));
}

/* Back to @part, which is typed again; the name never is lost. */
static int
refuse(struct screen *sc, enum part part, const char *why)
{
	struct state *st = sc->state;

	copy_text(st->refused, sizeof(st->refused), why);
	line_set(&st->line[part], "");
	st->at = part;
	ui_bell(sc->ui, 0);
	return 1;
}

static int
try_login(struct screen *sc)
{
	struct state *st = sc->state;
	struct session *s = session_of(sc);
	const struct err *err = session_err(s);
	int rc;

	if (st->coded)
		rc = session_login_code(s, st->name, st->password, st->code);
	else
		rc = session_login(s, st->name, st->password);
	if (rc == 0 && session_must_change(s)) {
		must_change(sc, true);
		return 1;
	}
	if (rc == 0) {
		ui_quit(sc->ui);
		return 1;
	}
	if (strcmp(err->field, "code") != 0) {
		/* How long to wait is told as it passes. */
		return refuse(
		    sc, PART_PASSWORD, rc == ERR_BUSY ? "" : err->text);
	}
	if (rc == ERR_STATE && !st->coded) {
		st->coded = true;
		st->at = PART_CODE;
		return 1;
	}
	return refuse(sc, PART_CODE, err->text);
}

static int
try_change(struct screen *sc)
{
	struct state *st = sc->state;
	struct session *s = session_of(sc);
	const struct err *err = session_err(s);

	if (password_twice(s, st->fresh, st->again) < 0)
		return refuse(sc, PART_AGAIN, err->text);
	if (staff_password(s, st->password, st->fresh) == 0) {
		ui_quit(sc->ui);
		return 1;
	}
	line_set(&st->line[PART_AGAIN], "");
	if (strcmp(err->field, "old") == 0) {
		st->known = false;
		return refuse(sc, PART_PASSWORD, err->text);
	}
	return refuse(sc, PART_NEW, err->text);
}

/* The line is done: on to the next one, or in. */
static int
entered(struct screen *sc)
{
	struct state *st = sc->state;

	st->refused[0] = '\0';
	if (st->at == PART_PASSWORD && st->name[0] == '\0') {
		st->at = PART_NAME;
		return 1;
	}
	if (step(st, 1))
		return 1;
	return st->changing ? try_change(sc) : try_login(sc);
}

/* A badge says who; anything else comes with its Enter, as a password does that
 * is kept elsewhere. */
static int
scanned(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;
	struct session *s = session_of(sc);
	char login[SESSION_NAME];

	st->refused[0] = '\0';
	if (!is_badge(k->text)) {
		line_key(&st->line[st->at], k);
		return entered(sc);
	}
	if (st->changing)
		return 0;
	if (session_badge(s, k->text, login) < 0) {
		copy_text(
		    st->refused, sizeof(st->refused), session_err(s)->text);
		ui_bell(sc->ui, 0);
		return 1;
	}
	line_set(&st->line[PART_NAME], login);
	line_set(&st->line[PART_PASSWORD], "");
	st->coded = false;
	st->at = PART_PASSWORD;
	return 1;
}

static int
key_login(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;

	switch (k->code) {
	case KEY_ENTER_:
		return entered(sc);
	case KEY_SCAN:
		return scanned(sc, k);
	case KEY_TAB_:
	case KEY_DOWN_:
		if (!step(st, 1))
			while (step(st, -1))
				;
		return 1;
	case KEY_BACKTAB:
	case KEY_UP_:
		if (!step(st, -1))
			while (step(st, 1))
				;
		return 1;
	default:
		break;
	}
	if (!line_key(&st->line[st->at], k))
		return 0;
	if (st->at == PART_NAME)
		st->coded = false;
	st->refused[0] = '\0';
	return 1;
}

static const char *
invitation(const struct state *st)
{
	if (st->changing)
		return _("This password was given to you. Please choose one "
			 "of your own");
	if (st->coded)
		return _("Please type the code that your authenticator shows");
	return _("Please log in");
}

static void
draw_lines(struct state *st, struct canvas *c, struct rect r, int y)
{
	const char *labels[PARTS] = { _("Log-in"), _("Password"),
		_("One-time code"), _("New password"), _("Once more") };
	int w = 0, i, x;

	if (st->changing)
		labels[PART_PASSWORD] = _("Password now");
	for (i = 0; i < PARTS; i++)
		if (is_asked(st, (enum part)i) && text_width(labels[i]) > w)
			w = text_width(labels[i]);
	x = r.x + (r.w - w - 2 - FIELD_W) / 2;
	for (i = 0; i < PARTS; i++) {
		if (!is_asked(st, (enum part)i))
			continue;
		canvas_text(c, y, x, w, STYLE_LABEL, labels[i]);
		line_draw(
		    &st->line[i], c, y, x + w + 2, FIELD_W, i == (int)st->at);
		y += 2;
	}
}

static void
draw_login(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;
	struct session *s = session_of(sc);
	int y = r.y + r.h / 3, lines = 0, i;
	char wait[200] = "";

	for (i = 0; i < PARTS; i++)
		lines += is_asked(st, (enum part)i);
	if (!st->changing && st->name[0] != '\0' &&
	    !session_waits(s, st->name, wait, sizeof(wait)))
		wait[0] = '\0';
	canvas_center(c, y - 3, r.x, r.w, STYLE_STRONG, session_shop_name(s));
	canvas_center(c, y - 2, r.x, r.w, STYLE_DIM, invitation(st));
	draw_lines(st, c, r, y);
	canvas_center(c, y + 2 * lines, r.x, r.w, STYLE_BAD,
	    wait[0] != '\0' ? wait : st->refused);
}

static bool
typing(struct screen *sc)
{
	(void)sc;
	return true;
}

/* Who will not choose a password is not let in. */
static int
cmd_end(struct screen *sc)
{
	struct state *st = sc->state;

	if (!st->changing) {
		ui_quit(sc->ui);
		return 0;
	}
	session_logout(session_of(sc));
	st->changing = st->coded = false;
	line_set(&st->line[PART_PASSWORD], "");
	line_set(&st->line[PART_NEW], "");
	line_set(&st->line[PART_AGAIN], "");
	st->refused[0] = '\0';
	st->at = PART_PASSWORD;
	return 0;
}

static const struct cmd cmds[] = {
	{ "login-end", "Esc", N_("End"), N_("End the program"), PERM_NONE, 0,
	    cmd_end },
	{ .name = NULL },
};

const struct screen_ops screen_login = {
	.name = "login",
	.title = N_("Log in"),
	.perm = PERM_NONE,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_login,
	.close = close_login,
	.key = key_login,
	.draw = draw_login,
	.typing = typing,
	.live = true,
};

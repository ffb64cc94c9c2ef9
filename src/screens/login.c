/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/line.h"
#include "shopmgr/tui/ui.h"

/* The door: who are you? Everything else comes after. */

struct state {
	struct line name, password;
	char name_text[32], password_text[128];
	bool on_password;
	char refused[400];
};

static int
open_login(struct screen *sc, const void *arg)
{
	struct state *st = sc->state;

	(void)arg;
	line_init(&st->name, st->name_text, sizeof(st->name_text));
	line_init(&st->password, st->password_text, sizeof(st->password_text));
	st->password.secret = true;
	return 0;
}

static void
close_login(struct screen *sc)
{
	struct state *st = sc->state;

	line_done(&st->name);
	line_done(&st->password);
	secret_wipe(st->password_text, sizeof(st->password_text));
}

static int
try_login(struct screen *sc)
{
	struct state *st = sc->state;
	struct session *s = session_of(sc);

	if (session_login(s, st->name_text, st->password_text) == 0) {
		ui_quit(sc->ui);
		return 1;
	}
	copy_text(st->refused, sizeof(st->refused), session_err(s)->text);
	line_set(&st->password, "");
	ui_bell(sc->ui, 0);
	return 1;
}

/* The line is done: on to the password, or in. */
static int
entered(struct screen *sc)
{
	struct state *st = sc->state;

	if (st->on_password && st->name_text[0] != '\0')
		return try_login(sc);
	st->on_password = !st->on_password;
	return 1;
}

static int
key_login(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;

	switch (k->code) {
	case KEY_ENTER_:
		return entered(sc);
	case KEY_SCAN: /* a badge, or a password kept elsewhere: with Enter */
		line_key(st->on_password ? &st->password : &st->name, k);
		return entered(sc);
	case KEY_TAB_:
	case KEY_BACKTAB:
	case KEY_UP_:
	case KEY_DOWN_:
		st->on_password = !st->on_password;
		return 1;
	default:
		break;
	}
	if (!line_key(st->on_password ? &st->password : &st->name, k))
		return 0;
	st->refused[0] = '\0';
	return 1;
}

static void
draw_login(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;
	const char *labels[] = { _("Log-in"), _("Password") };
	int label_w = text_width(labels[0]), field_w = 24, x, y;

	if (text_width(labels[1]) > label_w)
		label_w = text_width(labels[1]);
	x = r.x + (r.w - label_w - 2 - field_w) / 2;
	y = r.y + r.h / 3;
	canvas_center(c, y - 3, r.x, r.w, STYLE_STRONG,
	    session_shop_name(session_of(sc)));
	canvas_center(c, y - 2, r.x, r.w, STYLE_DIM, _("Please log in"));
	canvas_text(c, y, x, label_w, STYLE_LABEL, labels[0]);
	canvas_text(c, y + 2, x, label_w, STYLE_LABEL, labels[1]);
	x += label_w + 2;
	line_draw(&st->name, c, y, x, field_w, !st->on_password);
	line_draw(&st->password, c, y + 2, x, field_w, st->on_password);
	canvas_center(c, y + 4, r.x, r.w, STYLE_BAD, st->refused);
}

static bool
typing(struct screen *sc)
{
	(void)sc;
	return true;
}

static int
cmd_end(struct screen *sc)
{
	ui_quit(sc->ui);
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
};

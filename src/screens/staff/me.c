/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/staff.h"
#include "shopmgr/tui/ui.h"

/* My account: who I am here, what I may, and how I come in. */

struct state {
	int64_t since;
	struct str roles; /* in words */
	bool otp;
	int top, lines, rows; /* of what one may, as last drawn */
};

static int
refresh(struct screen *sc)
{
	struct state *st = sc->state;
	struct session *s = session_of(sc);

	st->otp = otp_is_on(s);
	str_cut(&st->roles, 0);
	return session_me(s, &st->since, &st->roles);
}

static int
open_me(struct screen *sc, const void *arg)
{
	struct state *st = sc->state;

	(void)arg;
	st->roles = (struct str)STR_INIT;
	return refresh(sc);
}

static void
close_me(struct screen *sc)
{
	struct state *st = sc->state;

	str_done(&st->roles);
}

/* Returns the lines used. */
static int
draw_who(struct screen *sc, struct canvas *c, struct rect r)
{
	const char *labels[] = { _("Full name"), _("Log-in"), _("Role"),
		_("Logged in since"), _("One-time code"), NULL };
	struct state *st = sc->state;
	struct session *s = session_of(sc);
	char buf[64];
	struct facts f;

	facts_begin(&f, c, r, labels);
	fact(&f, labels[0], session_staff_name(s), STYLE_STRONG);
	fact(&f, labels[1], session_login_name(s), STYLE_TEXT);
	fact_wrap(
	    &f, labels[2], st->roles.len > 0 ? st->roles.s : "", STYLE_TEXT, 3);
	fact(&f, labels[3], show_moment(buf, sizeof(buf), st->since),
	    STYLE_TEXT);
	fact(&f, labels[4],
	    st->otp ? _("wanted at each log-in") : _("not wanted"), STYLE_TEXT);
	return f.y - r.y;
}

static void
draw_perms(struct screen *sc, struct canvas *c, struct rect r)
{
	struct state *st = sc->state;
	const struct session *s = session_of(sc);
	int cols = r.w >= 100 ? 3 : 2, w = r.w / cols, n = 0, at;
	unsigned p;

	st->rows = r.h;
	for (p = PERM_NONE + 1; p < PERM_MAX; p++)
		n += session_may(s, (enum perm)p);
	st->lines = (n + cols - 1) / cols;
	if (st->top > st->lines - st->rows)
		st->top = st->lines - st->rows;
	if (st->top < 0)
		st->top = 0;
	for (p = PERM_NONE + 1, at = 0; p < PERM_MAX; p++) {
		int line;

		if (!session_may(s, (enum perm)p))
			continue;
		line = at % st->lines - st->top;
		if (line >= 0 && line < r.h)
			canvas_text(c, r.y + line, r.x + at / st->lines * w,
			    w - 2, STYLE_TEXT, perm_text((enum perm)p));
		at++;
	}
}

static void
draw_me(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	struct rect in = { r.y, r.x + 1, r.h, r.w - 2 };
	int used = draw_who(sc, c, in) + 1;

	in.y += used;
	in.h -= used;
	canvas_text(c, in.y, in.x, in.w, STYLE_LABEL, _("What my roles allow"));
	draw_perms(sc, c, (struct rect){ in.y + 1, in.x, in.h - 1, in.w });
	if (st->top + st->rows < st->lines)
		canvas_right(c, in.y, in.x, in.w, STYLE_DIM, _("▼ more: PgDn"));
}

static int
key_me(struct screen *sc, const struct key *k)
{
	struct state *st = sc->state;

	switch (k->code) {
	case KEY_SCAN:
		return scan_anywhere(sc, k->text);
	case KEY_DOWN_:
	case 'j':
		st->top++;
		return 1;
	case KEY_UP_:
	case 'k':
		st->top--;
		return 1;
	case KEY_PGDN:
		st->top += st->rows;
		return 1;
	case KEY_PGUP:
		st->top -= st->rows;
		return 1;
	default:
		return 0;
	}
}

/* Until a code fits, so that nobody is locked out by a secret mistyped. */
static int
switch_on(struct screen *sc)
{
	struct session *s = session_of(sc);
	struct otp_setup setup;
	struct str label = STR_INIT;
	char code[16] = "";
	int rc = otp_begin(s, &setup);

	if (rc < 0)
		return rc;
	do {
		str_cut(&label, 0);
		str_addf(&label, "%s\n\n    %s\n\n%s\n\n%s\n\n",
		    _("Give this secret to your authenticator:"), setup.secret,
		    _("or this address:"), setup.uri);
		if (rc < 0)
			str_addf(&label, "%s\n", session_err(s)->text);
		str_add(&label, _("Then type the code that it shows:"));
		if (!ui_ask(sc->ui, label.s, code, sizeof(code)))
			break;
		rc = otp_confirm(s, &setup, code);
		if (rc == 0)
			ui_say(sc->ui, "%s",
			    _("From now on a code is wanted when you log in."));
		else
			ui_bell(sc->ui, 0);
		code[0] = '\0';
	} while (rc == ERR_INVALID);
	secret_wipe(&setup, sizeof(setup));
	secret_wipe(label.s, label.len);
	str_done(&label);
	return rc == ERR_INVALID ? 0 : rc;
}

static int
check_off(void *arg, struct ui_who *who)
{
	return otp_end(arg, who->password);
}

static int
switch_off(struct screen *sc)
{
	struct session *s = session_of(sc);
	struct ui_who who = { .title = _("One-time code"),
		.text = _("No code will be wanted any more when you log in: "
			  "the password alone will do."),
		.verb = _("Switch off"),
		.known = session_staff_name(s),
		.check = check_off,
		.arg = s };

	if (ui_who(sc->ui, &who) == UI_WHO_RIGHT)
		ui_say(sc->ui, "%s",
		    _("No code is wanted any more when you log in."));
	return 0;
}

static int
cmd_code(struct screen *sc)
{
	struct state *st = sc->state;
	int rc = st->otp ? switch_off(sc) : switch_on(sc);

	return rc < 0 ? rc : refresh(sc);
}

int
cmd_me(struct screen *sc)
{
	return ui_open(sc->ui, "me", NULL);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct state *st = sc->state;

	if (cmd->run == cmd_code)
		return st->otp ? N_("Code off") : N_("Code on");
	return cmd->label;
}

static const struct cmd cmds[] = {
	{ "my-password", "P", N_("Password"), N_("Change my own password"),
	    PERM_NONE, 0, cmd_password },
	{ "my-code", "o", N_("Code on"),
	    N_("Want a one-time code at my log-in, or none any more"),
	    PERM_NONE, 0, cmd_code },
	{ .name = NULL },
};

const struct screen_ops screen_me = {
	.name = "me",
	.title = N_("My account"),
	.go = "F11",
	.does = N_("Your own password, code and rights"),
	.perm = PERM_NONE,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_me,
	.close = close_me,
	.refresh = refresh,
	.key = key_me,
	.draw = draw_me,
	.label = label,
};

/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"

#include "ui_priv.h"

/* From a key to what it does, and back: the only place that walks commands. */

#define GLOBAL "global"

static int
do_help(struct screen *sc)
{
	char *text = cmd_help(sc->ui);

	ui_text(sc->ui, _("Help"), text);
	free(text);
	return 0;
}

static int
do_language(struct screen *sc)
{
	i18n_switch();
	return sc->ops->refresh != NULL ? sc->ops->refresh(sc) : 0;
}

static int
do_back(struct screen *sc)
{
	if (sc->ui->nopen > 1)
		ui_close(sc->ui);
	return 0;
}

static int
do_quit(struct screen *sc)
{
	if (ui_confirm(sc->ui, _("Leave"), _("Leave shopmgr?")))
		ui_quit(sc->ui);
	return 0;
}

static int
do_quit_now(struct screen *sc)
{
	ui_quit(sc->ui);
	return 0;
}

/* Ctrl-L is known to ui.c, as it must work in dialogs too; here for the help
 * page. */
static int
do_redraw(struct screen *sc)
{
	(void)sc;
	return 0;
}

static int
do_lock(struct screen *sc)
{
	ui_lock(sc->ui);
	return 0;
}

static const struct cmd globals[] = {
	{ "help", "F1", N_("Help"), N_("Every key that works here"), 0, 0,
	    do_help },
	{ "back", "Esc q", N_("Back"), N_("To the screen before this one"), 0,
	    0, do_back },
	{ "quit", "q", N_("Leave"), N_("Leave shopmgr"), 0, 0, do_quit },
	{ "quit-now", "Ctrl-Q", NULL, N_("Leave shopmgr without a question"), 0,
	    0, do_quit_now },
	{ "language", "Ctrl-T", NULL, N_("English or Chinese"), 0, 0,
	    do_language },
	{ "lock", "Ctrl-X", NULL,
	    N_("Lock the terminal; all stays as it is until you are back"), 0,
	    0, do_lock },
	{ "redraw", "Ctrl-L", NULL, N_("Draw the whole screen again"), 0, 0,
	    do_redraw },
	{ .name = NULL },
};
enum { G_HELP, G_BACK, G_QUIT };

const struct cmd *
ui_globals(void)
{
	return globals;
}

/* "back" is for all screens but the first one, whose way out is "quit". */
static bool
applies(const struct ui *ui, const struct cmd *cmd)
{
	if (cmd == &globals[G_BACK])
		return ui->nopen > 1;
	if (cmd->run == do_lock)
		return ui->host.lock != NULL;
	return true;
}

static const char *
bound(const struct ui *ui, const char *scope, const char *name,
    const char *otherwise)
{
	const char *keys = NULL;

	if (ui->host.binding != NULL)
		keys = ui->host.binding(ui->host.app, scope, name);
	return keys != NULL ? keys : otherwise;
}

/* The next key of a list of names parted by blanks; 0 at the end. */
static uint32_t
next_key(const char **keys)
{
	while (**keys != '\0') {
		size_t n;
		char name[16];
		uint32_t code;

		*keys += strspn(*keys, " ");
		n = strcspn(*keys, " ");
		if (n == 0 || n >= sizeof(name)) {
			*keys += n;
			continue;
		}
		memcpy(name, *keys, n);
		name[n] = '\0';
		*keys += n;
		code = key_parse(name);
		if (code != 0)
			return code;
	}
	return 0;
}

/* A key that puts a character where one types. */
static bool
is_typed(uint32_t code)
{
	return code >= ' ' && code < KEY_BASE && code != 0x7f;
}

static bool
typing(struct screen *sc)
{
	return sc->ops->typing != NULL && sc->ops->typing(sc);
}

static bool
is_bound(const char *keys, uint32_t code)
{
	uint32_t key;

	while ((key = next_key(&keys)) != 0) {
		if (key == code)
			return true;
	}
	return false;
}

static bool
has_row(struct screen *sc, const struct cmd *cmd)
{
	return !(cmd->needs & CMD_NEEDS_ROW) || sc->ops->has_row == NULL ||
	       sc->ops->has_row(sc);
}

/* As it is called now; NULL: not on the help line. */
static const char *
label_of(struct screen *sc, const struct cmd *cmd)
{
	return sc->ops->label != NULL ? sc->ops->label(sc, cmd) : cmd->label;
}

/* Which of the screen's own commands has this key now; a role that @may not
 * run it is the only difference. */
static const struct cmd *
find_own(const struct ui *ui, struct screen *sc, uint32_t code, bool may)
{
	const struct cmd *cmd;

	for (cmd = sc->ops->cmds; cmd != NULL && cmd->name != NULL; cmd++) {
		if (ui_may(ui, cmd->perm) == may &&
		    is_bound(
			bound(ui, sc->ops->name, cmd->name, cmd->keys), code))
			return cmd;
	}
	return NULL;
}

static const struct cmd *
find_global(const struct ui *ui, uint32_t code)
{
	const struct cmd *cmd;

	for (cmd = globals; cmd->name != NULL; cmd++) {
		if (applies(ui, cmd) &&
		    is_bound(bound(ui, GLOBAL, cmd->name, cmd->keys), code))
			return cmd;
	}
	return NULL;
}

/* What this key runs here and now; NULL: no command. */
static const struct cmd *
find(const struct ui *ui, struct screen *sc, uint32_t code)
{
	const struct cmd *cmd;

	if (is_typed(code) && typing(sc))
		return NULL;
	cmd = find_own(ui, sc, code, true);
	return cmd != NULL ? cmd : find_global(ui, code);
}

static const char *
go_keys(const struct ui *ui, const struct screen_ops *ops)
{
	char name[64];

	if (ops->go == NULL)
		return "";
	snprintf(name, sizeof(name), "go-%s", ops->name);
	return bound(ui, GLOBAL, name, ops->go);
}

/* To the screen with this key, which says so itself to whom it is closed. */
static int
go(struct ui *ui, uint32_t code)
{
	size_t i;
	int rc;

	for (i = 0; ui->screens[i] != NULL; i++) {
		if (!is_bound(go_keys(ui, ui->screens[i]), code))
			continue;
		rc = ui_open(ui, ui->screens[i]->name, NULL);
		return rc < 0 ? rc : 1;
	}
	return 0;
}

static int
nothing_selected(struct ui *ui)
{
	ui_say(ui, "%s", _("Nothing is selected for that."));
	ui_bell(ui, 0);
	return 1;
}

/* A key that means something here, but not to this role. */
static int
denied(struct ui *ui, struct screen *sc, uint32_t code)
{
	const struct cmd *cmd = find_own(ui, sc, code, false);

	if (cmd == NULL)
		return 0;
	if (!has_row(sc, cmd))
		return nothing_selected(ui);
	return ui_run_denied(ui, sc, cmd);
}

bool
cmd_is_lock(const struct ui *ui, uint32_t code)
{
	const struct cmd *cmd = is_typed(code) ? NULL : find_global(ui, code);

	return cmd != NULL && cmd->run == do_lock;
}

int
cmd_dispatch(struct ui *ui, const struct key *k)
{
	struct screen *sc = ui_top(ui);
	const struct cmd *cmd;
	int rc;

	cmd = find(ui, sc, k->code);
	if (cmd == NULL && is_typed(k->code) && typing(sc))
		return 0;
	if (cmd == NULL) {
		rc = go(ui, k->code);
		return rc != 0 ? rc : denied(ui, sc, k->code);
	}
	if (!has_row(sc, cmd))
		return nothing_selected(ui);
	rc = cmd->run(sc);
	return rc < 0 ? rc : 1;
}

/* The first of the keys that is none to type with now; 0: none. */
static uint32_t
first_key(struct screen *sc, const char *keys)
{
	uint32_t code;

	do
		code = next_key(&keys);
	while (code != 0 && is_typed(code) && typing(sc));
	return code;
}

/* False: it has no key, so there is nothing to show. */
static bool
make_hint(uint32_t code, const char *label, bool grey, struct cmd_hint *out)
{
	if (code == 0)
		return false;
	key_label(code, out->key, sizeof(out->key));
	out->label = _(label);
	out->grey = grey;
	return true;
}

static int
add_global(
    const struct ui *ui, struct screen *sc, int which, struct cmd_hint *out)
{
	const struct cmd *cmd = &globals[which];

	return make_hint(first_key(sc, bound(ui, GLOBAL, cmd->name, cmd->keys)),
	    cmd->label, false, out);
}

static int
add_own(const struct ui *ui, struct screen *sc, const struct cmd *cmd,
    struct cmd_hint *out)
{
	const char *label = label_of(sc, cmd);

	if (label == NULL || !ui_may(ui, cmd->perm))
		return 0;
	return make_hint(
	    first_key(sc, bound(ui, sc->ops->name, cmd->name, cmd->keys)),
	    label, !has_row(sc, cmd), out);
}

/* The other screens' keys, but those that mean something else here. */
static int
add_screens(
    const struct ui *ui, struct screen *sc, struct cmd_hint *out, int max)
{
	const struct screen_ops *ops;
	uint32_t code;
	int n = 0;
	size_t i;

	for (i = 0; ui->screens[i] != NULL && n < max; i++) {
		ops = ui->screens[i];
		code = first_key(sc, go_keys(ui, ops));
		if (ops != sc->ops && ui_may(ui, ops->perm) &&
		    find(ui, sc, code) == NULL)
			n += make_hint(code, ops->title, false, &out[n]);
	}
	return n;
}

int
cmd_hints(struct ui *ui, struct cmd_hint *out, int max)
{
	struct screen *sc = ui_top(ui);
	const struct cmd *cmd, *leave;
	int n = 0;

	if (sc == NULL)
		return 0;
	max -= 2;
	leave = find_own(ui, sc, KEY_ESC_, true); /* its own way out, last */
	for (cmd = sc->ops->cmds; cmd != NULL && cmd->name != NULL; cmd++) {
		if (n < max && cmd != leave)
			n += add_own(ui, sc, cmd, &out[n]);
	}
	/* In the middle of typing, only what belongs to it. */
	if (n == 0 || !typing(sc))
		n += add_screens(ui, sc, &out[n], max - n);
	n += add_global(ui, sc, G_HELP, &out[n]);
	if (leave != NULL && label_of(sc, leave) != NULL)
		n += add_own(ui, sc, leave, &out[n]);
	else
		n += add_global(
		    ui, sc, ui->nopen > 1 ? G_BACK : G_QUIT, &out[n]);
	return n;
}

/* The help page. */

#define KEYS_W 20

static void
add_key(struct str *names, uint32_t code)
{
	char buf[24];

	if (names->len > 0)
		str_add(names, "  ");
	str_add(names, key_label(code, buf, sizeof(buf)));
}

static void
help_line(struct str *out, const struct str *names, const char *text)
{
	int w;

	if (names->len == 0)
		return;
	str_addf(out, "  %s", names->s);
	for (w = text_width(names->s); w < KEYS_W; w++)
		str_addc(out, ' ');
	str_addf(out, " %s\n", text);
}

/* All of these keys. */
static void
help_keys(struct str *out, const char *keys, const char *text)
{
	struct str names = STR_INIT;
	uint32_t code;

	while ((code = next_key(&keys)) != 0)
		add_key(&names, code);
	help_line(out, &names, text);
	str_done(&names);
}

/* Of its keys those that run it here and now. */
static void
help_cmds(const struct ui *ui, struct screen *sc, struct str *out,
    const struct cmd *cmds, const char *scope)
{
	const struct cmd *cmd;
	uint32_t code;

	for (cmd = cmds; cmd != NULL && cmd->name != NULL; cmd++) {
		const char *keys = bound(ui, scope, cmd->name, cmd->keys);
		struct str names = STR_INIT;

		while ((code = next_key(&keys)) != 0) {
			if (find(ui, sc, code) == cmd)
				add_key(&names, code);
		}
		help_line(out, &names, _(cmd->help));
		str_done(&names);
	}
}

static void
help_screens(const struct ui *ui, struct screen *sc, struct str *out)
{
	const struct screen_ops *ops;
	uint32_t code;
	size_t i;

	for (i = 0; (ops = ui->screens[i]) != NULL; i++) {
		const char *keys = go_keys(ui, ops);
		struct str names = STR_INIT;

		while ((code = next_key(&keys)) != 0) {
			if (ui_may(ui, ops->perm) && find(ui, sc, code) == NULL)
				add_key(&names, code);
		}
		help_line(out, &names, _(ops->title));
		str_done(&names);
	}
}

static const struct {
	const char *keys, *help;
} in_lists[] = {
	{ "Up Down k j", N_("One row up or down") },
	{ "PgUp PgDn", N_("One page up or down") },
	{ "Home End g G", N_("First or last row") },
};

static const struct {
	const char *keys, *help;
} in_fields[] = {
	{ "Tab Shift-Tab", N_("Next or previous field") },
	{ "Ctrl-A Ctrl-E", N_("Start or end of the line") },
	{ "Ctrl-U Ctrl-K", N_("Clear up to the cursor, or behind it") },
	{ "Ctrl-W Ctrl-Z", N_("Clear a word; undo") },
	{ "Ctrl-S F2", N_("Save a form") },
};

char *
cmd_help(struct ui *ui)
{
	struct screen *sc = ui_top(ui);
	struct str out = STR_INIT;
	size_t i;

	str_addf(&out, "%s\n", _(sc->ops->title));
	help_cmds(ui, sc, &out, sc->ops->cmds, sc->ops->name);
	str_addf(&out, "\n%s\n", _("Everywhere"));
	help_cmds(ui, sc, &out, globals, GLOBAL);
	help_screens(ui, sc, &out);
	str_addf(&out, "\n%s\n", _("In lists"));
	for (i = 0; i < sizeof(in_lists) / sizeof(in_lists[0]); i++)
		help_keys(&out, in_lists[i].keys, _(in_lists[i].help));
	str_addf(&out, "\n%s\n", _("Where one types"));
	for (i = 0; i < sizeof(in_fields) / sizeof(in_fields[0]); i++)
		help_keys(&out, in_fields[i].keys, _(in_fields[i].help));
	return str_take(&out);
}

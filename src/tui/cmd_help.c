/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"

#include "cmd_priv.h"

/* What is told of the commands: the help line and the help page. */

/* The first of the keys that is none to type with now; 0: none. */
static uint32_t
first_key(struct screen *sc, const char *keys)
{
	uint32_t code;

	do
		code = cmd_next_key(&keys);
	while (code != 0 && cmd_typed(code) && cmd_typing(sc));
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
	const struct cmd *cmd = &ui_globals()[which];

	return make_hint(
	    first_key(sc, cmd_bound(ui, GLOBAL, cmd->name, cmd->keys)),
	    cmd->label, false, out);
}

/* What its first key really does here is offered, nothing else. */
static int
add_own(const struct ui *ui, struct screen *sc, const struct cmd_set *set,
    const struct cmd *cmd, struct cmd_hint *out)
{
	const char *label = cmd_label(sc, cmd);
	uint32_t code;

	if (label == NULL || !ui_may(ui, cmd->perm) ||
	    !cmd_is_there(sc, set, cmd))
		return 0;
	code = first_key(sc, cmd_bound(ui, set->name, cmd->name, cmd->keys));
	if (code == 0 || cmd_by_key(ui, sc, code) != cmd)
		return 0;
	return make_hint(code, label, !cmd_has_row(sc, cmd), out);
}

static int
add_set(const struct ui *ui, struct screen *sc, const struct cmd_set *set,
    const struct cmd *leave, struct cmd_hint *out, int max)
{
	const struct cmd *cmd;
	int n = 0;

	for (cmd = set->cmds; cmd != NULL && cmd->name != NULL; cmd++)
		if (n < max && cmd != leave)
			n += add_own(ui, sc, set, cmd, &out[n]);
	return n;
}

static bool
is_shared(const struct screen *sc, const struct cmd *cmd)
{
	const struct cmd *one = NULL;

	if (sc->ops->shared != NULL)
		one = sc->ops->shared->cmds;
	while (one != NULL && one->name != NULL && one != cmd)
		one++;
	return one != NULL && one == cmd;
}

/* Its own way out of the screen, which stands last; 0: it has none. */
static int
add_leave(const struct ui *ui, struct screen *sc, const struct cmd *leave,
    struct cmd_hint *out)
{
	const struct cmd_set own = cmd_own_set(sc);

	if (leave == NULL)
		return 0;
	return add_own(
	    ui, sc, is_shared(sc, leave) ? sc->ops->shared : &own, leave, out);
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
		code = first_key(sc, cmd_go_keys(ui, ops));
		if (ops != sc->ops && ui_may(ui, ops->perm) &&
		    cmd_by_key(ui, sc, code) == NULL &&
		    cmd_own_by_key(ui, sc, code, false) == NULL)
			n += make_hint(code, ops->title, false, &out[n]);
	}
	return n;
}

int
cmd_hints(struct ui *ui, struct cmd_hint *out, int max)
{
	struct screen *sc = ui_top(ui);
	const struct cmd *leave;
	struct cmd_set own;
	int n;

	if (sc == NULL)
		return 0;
	max -= 2;
	leave = cmd_own_by_key(ui, sc, KEY_ESC_, true);
	own = cmd_own_set(sc);
	n = add_set(ui, sc, &own, leave, out, max);
	if (sc->ops->shared != NULL)
		n += add_set(ui, sc, sc->ops->shared, leave, &out[n], max - n);
	/* In the middle of typing, only what belongs to it. */
	if (n == 0 || !cmd_typing(sc))
		n += add_screens(ui, sc, &out[n], max - n);
	n += add_global(ui, sc, G_HELP, &out[n]);
	if (add_leave(ui, sc, leave, &out[n]) > 0)
		return n + 1;
	return n + add_global(ui, sc, ui->nopen > 1 ? G_BACK : G_QUIT, &out[n]);
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

	while ((code = cmd_next_key(&keys)) != 0)
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
		const char *keys = cmd_bound(ui, scope, cmd->name, cmd->keys);
		struct str names = STR_INIT;

		while ((code = cmd_next_key(&keys)) != 0) {
			if (cmd_by_key(ui, sc, code) == cmd)
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
		const char *keys = cmd_go_keys(ui, ops);
		struct str names = STR_INIT;

		while ((code = cmd_next_key(&keys)) != 0) {
			if (ui_may(ui, ops->perm) &&
			    cmd_by_key(ui, sc, code) == NULL &&
			    cmd_own_by_key(ui, sc, code, false) == NULL)
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
	{ "Ctrl-U Ctrl-D", N_("Half a page up or down") },
	{ "Home End g G", N_("First or last row") },
};

static const struct {
	const char *keys, *help;
} in_fields[] = {
	{ "Tab Shift-Tab", N_("Next or previous field") },
	{ "Ctrl-A Ctrl-E", N_("Start or end of the line") },
	{ "Ctrl-U Ctrl-K", N_("Clear up to the cursor, or behind it") },
	{ "Ctrl-W", N_("Clear a word") },
	{ "Ctrl-Z Ctrl-Y", N_("Undo; do again") },
	{ "Ctrl-S F2", N_("Save a form") },
};

static void
help_lists(const struct ui *ui, struct screen *sc, struct str *out)
{
	const struct cmd_set *shared = sc->ops->shared;
	size_t i;

	str_addf(out, "\n%s\n", _("In lists"));
	if (shared != NULL)
		help_cmds(ui, sc, out, shared->cmds, shared->name);
	for (i = 0; i < sizeof(in_lists) / sizeof(in_lists[0]); i++)
		help_keys(out, in_lists[i].keys, _(in_lists[i].help));
}

/* What is nearest comes first. */
char *
cmd_help(struct ui *ui)
{
	struct screen *sc = ui_top(ui);
	struct str out = STR_INIT;
	size_t i;

	str_addf(&out, "%s\n", _(sc->ops->title));
	help_cmds(ui, sc, &out, sc->ops->cmds, sc->ops->name);
	if (sc->ops->shared != NULL)
		help_lists(ui, sc, &out);
	str_addf(&out, "\n%s\n", _("Everywhere"));
	help_cmds(ui, sc, &out, ui_globals(), GLOBAL);
	help_screens(ui, sc, &out);
	if (sc->ops->shared == NULL)
		help_lists(ui, sc, &out);
	str_addf(&out, "\n%s\n", _("Where one types"));
	for (i = 0; i < sizeof(in_fields) / sizeof(in_fields[0]); i++)
		help_keys(&out, in_fields[i].keys, _(in_fields[i].help));
	return str_take(&out);
}

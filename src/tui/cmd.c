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
	const char *lost = ui_unsaved(sc->ui);

	if (ui_confirm(sc->ui, _("Leave"), "%s%s%s", _("Leave shopmgr?"),
		lost != NULL ? "\n" : "", lost != NULL ? lost : ""))
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

static int
do_find(struct screen *sc)
{
	return sc->ui->host.find(sc->ui->host.app, sc->ui);
}

static int
do_palette(struct screen *sc)
{
	return palette_open(sc->ui);
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
	{ "find", "Ctrl-F", N_("Find anything"),
	    N_("Orders, people, goods and parcels, by whatever is known"), 0, 0,
	    do_find },
	{ "palette", "Ctrl-P", N_("Commands"),
	    N_("Every command, by some letters of its name"), 0, 0,
	    do_palette },
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
	if (cmd->run == do_find)
		return ui->host.find != NULL;
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
	const struct cmd_set *shared = sc->ops->shared;

	if (!(cmd->needs & CMD_NEEDS_ROW) || sc->ops->has_row == NULL ||
	    sc->ops->has_row(sc))
		return true;
	return (cmd->needs & CMD_MANY) && shared != NULL &&
	       shared->marked != NULL && shared->marked(sc) > 0;
}

/* As it is called now; NULL: not on the help line. */
static const char *
label_of(struct screen *sc, const struct cmd *cmd)
{
	return sc->ops->label != NULL ? sc->ops->label(sc, cmd) : cmd->label;
}

/* The commands of the screen itself, as a set. */
static struct cmd_set
own_set(const struct screen *sc)
{
	return (struct cmd_set){ .name = sc->ops->name, .cmds = sc->ops->cmds };
}

/* Is it there as things stand? */
static bool
is_there(struct screen *sc, const struct cmd_set *set, const struct cmd *cmd)
{
	return set->there == NULL || set->there(sc, cmd);
}

/* Which of these commands has this key now; a role that @may not run it is the
 * only difference. */
static const struct cmd *
find_in(const struct ui *ui, struct screen *sc, const struct cmd_set *set,
    uint32_t code, bool may)
{
	const struct cmd *cmd;

	for (cmd = set->cmds; cmd != NULL && cmd->name != NULL; cmd++) {
		if (is_there(sc, set, cmd) && ui_may(ui, cmd->perm) == may &&
		    is_bound(bound(ui, set->name, cmd->name, cmd->keys), code))
			return cmd;
	}
	return NULL;
}

static const struct cmd *
find_own(const struct ui *ui, struct screen *sc, uint32_t code, bool may)
{
	const struct cmd_set own = own_set(sc);
	const struct cmd *cmd = NULL;

	if (sc->ops->shared != NULL)
		cmd = find_in(ui, sc, sc->ops->shared, code, may);
	return cmd != NULL ? cmd : find_in(ui, sc, &own, code, may);
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

/* What a key runs also above a dialog, and while one types. */
const struct cmd *
cmd_overlay(const struct ui *ui, uint32_t code)
{
	const struct cmd *cmd = is_typed(code) ? NULL : find_global(ui, code);
	struct screen *sc = ui_top(ui);

	if (cmd == NULL || (cmd->run != do_find && cmd->run != do_palette))
		return NULL;
	if (sc != NULL && find_own(ui, sc, code, true) != NULL)
		return NULL;
	return cmd;
}

/* Can it run while a dialog is open? It holds what the others would change. */
static bool
above_dialogs(const struct cmd *cmd)
{
	return cmd->run == do_find || cmd->run == do_lock ||
	       cmd->run == do_redraw;
}

static const char *
why_not(struct ui *ui, struct screen *sc, const struct cmd *cmd)
{
	if (!ui_may(ui, cmd->perm))
		return _("not for your role");
	if (ui->dialog != NULL && !above_dialogs(cmd))
		return _("answer what is open first");
	return has_row(sc, cmd) ? NULL : _("nothing is selected");
}

/* The first key that runs it here, or else the first there is. */
static uint32_t
key_of(const struct ui *ui, struct screen *sc, const struct cmd *cmd,
    const char *scope)
{
	const char *keys = bound(ui, scope, cmd->name, cmd->keys);
	uint32_t code;

	while ((code = next_key(&keys)) != 0)
		if (find(ui, sc, code) == cmd)
			return code;
	keys = bound(ui, scope, cmd->name, cmd->keys);
	return next_key(&keys);
}

static void
see_set(struct ui *ui, struct screen *sc, const struct cmd_set *set,
    cmd_seen_fn *seen, void *arg)
{
	const struct cmd *cmd;

	for (cmd = set->cmds; cmd != NULL && cmd->name != NULL; cmd++) {
		const char *label = label_of(sc, cmd);

		if (!is_there(sc, set, cmd) ||
		    (set->cmds == globals && !applies(ui, cmd)) ||
		    (label == NULL && cmd->label != NULL))
			continue;
		seen(arg, cmd, label, key_of(ui, sc, cmd, set->name),
		    why_not(ui, sc, cmd));
	}
}

void
cmd_each(struct ui *ui, cmd_seen_fn *seen, void *arg)
{
	const struct cmd_set all = { .name = GLOBAL, .cmds = globals };
	struct screen *sc = ui_top(ui);
	struct cmd_set own;

	if (sc == NULL)
		return;
	own = own_set(sc);
	see_set(ui, sc, &own, seen, arg);
	if (sc->ops->shared != NULL)
		see_set(ui, sc, sc->ops->shared, seen, arg);
	see_set(ui, sc, &all, seen, arg);
}

uint32_t
cmd_go_key(const struct ui *ui, const struct screen_ops *ops)
{
	const char *keys = go_keys(ui, ops);

	return next_key(&keys);
}

int
cmd_run(struct ui *ui, const struct cmd *cmd)
{
	struct screen *sc = ui_top(ui);

	if (ui->dialog != NULL && !above_dialogs(cmd))
		return 0;
	if (!has_row(sc, cmd))
		return nothing_selected(ui);
	if (!ui_may(ui, cmd->perm))
		return ui_run_denied(ui, sc, cmd);
	return cmd->run(sc);
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
		rc = denied(ui, sc, k->code);
		return rc != 0 ? rc : go(ui, k->code);
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

/* What its first key really does here is offered, nothing else. */
static int
add_own(const struct ui *ui, struct screen *sc, const struct cmd_set *set,
    const struct cmd *cmd, struct cmd_hint *out)
{
	const char *label = label_of(sc, cmd);
	uint32_t code;

	if (label == NULL || !ui_may(ui, cmd->perm) || !is_there(sc, set, cmd))
		return 0;
	code = first_key(sc, bound(ui, set->name, cmd->name, cmd->keys));
	if (code == 0 || find(ui, sc, code) != cmd)
		return 0;
	return make_hint(code, label, !has_row(sc, cmd), out);
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
	const struct cmd_set own = own_set(sc);

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
		code = first_key(sc, go_keys(ui, ops));
		if (ops != sc->ops && ui_may(ui, ops->perm) &&
		    find(ui, sc, code) == NULL &&
		    find_own(ui, sc, code, false) == NULL)
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
	leave = find_own(ui, sc, KEY_ESC_, true);
	own = own_set(sc);
	n = add_set(ui, sc, &own, leave, out, max);
	if (sc->ops->shared != NULL)
		n += add_set(ui, sc, sc->ops->shared, leave, &out[n], max - n);
	/* In the middle of typing, only what belongs to it. */
	if (n == 0 || !typing(sc))
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
			if (ui_may(ui, ops->perm) &&
			    find(ui, sc, code) == NULL &&
			    find_own(ui, sc, code, false) == NULL)
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
	help_cmds(ui, sc, &out, globals, GLOBAL);
	help_screens(ui, sc, &out);
	if (sc->ops->shared == NULL)
		help_lists(ui, sc, &out);
	str_addf(&out, "\n%s\n", _("Where one types"));
	for (i = 0; i < sizeof(in_fields) / sizeof(in_fields[0]); i++)
		help_keys(&out, in_fields[i].keys, _(in_fields[i].help));
	return str_take(&out);
}

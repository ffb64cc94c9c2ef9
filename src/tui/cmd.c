/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"

#include "cmd_priv.h"

/* From a key to what it does, and back. */

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

static int
do_departments(struct screen *sc)
{
	return palette_departments(sc->ui);
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
	{ "departments", "Ctrl-G", N_("Go to"),
	    N_("Every part of the program, by some letters of its name"), 0, 0,
	    do_departments },
	{ "redraw", "Ctrl-L", NULL, N_("Draw the whole screen again"), 0, 0,
	    do_redraw },
	{ .name = NULL },
};

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

const char *
cmd_bound(const struct ui *ui, const char *scope, const char *name,
    const char *otherwise)
{
	const char *keys = NULL;

	if (ui->host.binding != NULL)
		keys = ui->host.binding(ui->host.app, scope, name);
	return keys != NULL ? keys : otherwise;
}

/* The next key of a list of names parted by blanks; 0 at the end. */
uint32_t
cmd_next_key(const char **keys)
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
bool
cmd_typed(uint32_t code)
{
	return code >= ' ' && code < KEY_BASE && code != 0x7f;
}

bool
cmd_typing(struct screen *sc)
{
	return sc->ops->typing != NULL && sc->ops->typing(sc);
}

static bool
is_bound(const char *keys, uint32_t code)
{
	uint32_t key;

	while ((key = cmd_next_key(&keys)) != 0) {
		if (key == code)
			return true;
	}
	return false;
}

bool
cmd_has_row(struct screen *sc, const struct cmd *cmd)
{
	const struct cmd_set *shared = sc->ops->shared;

	if (!(cmd->needs & CMD_NEEDS_ROW) || sc->ops->has_row == NULL ||
	    sc->ops->has_row(sc))
		return true;
	return (cmd->needs & CMD_MANY) && shared != NULL &&
	       shared->marked != NULL && shared->marked(sc) > 0;
}

/* As it is called now; NULL: not on the help line. */
const char *
cmd_label(struct screen *sc, const struct cmd *cmd)
{
	return sc->ops->label != NULL ? sc->ops->label(sc, cmd) : cmd->label;
}

/* The commands of the screen itself, as a set. */
struct cmd_set
cmd_own_set(const struct screen *sc)
{
	return (struct cmd_set){ .name = sc->ops->name, .cmds = sc->ops->cmds };
}

/* Is it there as things stand? */
bool
cmd_is_there(
    struct screen *sc, const struct cmd_set *set, const struct cmd *cmd)
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
		if (cmd_is_there(sc, set, cmd) &&
		    ui_may(ui, cmd->perm) == may &&
		    is_bound(
			cmd_bound(ui, set->name, cmd->name, cmd->keys), code))
			return cmd;
	}
	return NULL;
}

const struct cmd *
cmd_own_by_key(const struct ui *ui, struct screen *sc, uint32_t code, bool may)
{
	const struct cmd_set own = cmd_own_set(sc);
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
		    is_bound(cmd_bound(ui, GLOBAL, cmd->name, cmd->keys), code))
			return cmd;
	}
	return NULL;
}

/* What this key runs here and now; NULL: no command. */
const struct cmd *
cmd_by_key(const struct ui *ui, struct screen *sc, uint32_t code)
{
	const struct cmd *cmd;

	if (cmd_typed(code) && cmd_typing(sc))
		return NULL;
	cmd = cmd_own_by_key(ui, sc, code, true);
	return cmd != NULL ? cmd : find_global(ui, code);
}

const char *
cmd_go_keys(const struct ui *ui, const struct screen_ops *ops)
{
	char name[64];

	if (ops->go == NULL)
		return "";
	snprintf(name, sizeof(name), "go-%s", ops->name);
	return cmd_bound(ui, GLOBAL, name, ops->go);
}

/* To the screen with this key, which says so itself to whom it is closed. */
static int
go(struct ui *ui, uint32_t code)
{
	size_t i;
	int rc;

	for (i = 0; ui->screens[i] != NULL; i++) {
		if (!is_bound(cmd_go_keys(ui, ui->screens[i]), code))
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
	const struct cmd *cmd = cmd_own_by_key(ui, sc, code, false);

	if (cmd == NULL)
		return 0;
	if (!cmd_has_row(sc, cmd))
		return nothing_selected(ui);
	return ui_run_denied(ui, sc, cmd);
}

bool
cmd_is_lock(const struct ui *ui, uint32_t code)
{
	const struct cmd *cmd = cmd_typed(code) ? NULL : find_global(ui, code);

	return cmd != NULL && cmd->run == do_lock;
}

/* What a key runs also above a dialog, and while one types. */
const struct cmd *
cmd_overlay(const struct ui *ui, uint32_t code)
{
	const struct cmd *cmd = cmd_typed(code) ? NULL : find_global(ui, code);
	struct screen *sc = ui_top(ui);

	if (cmd == NULL || (cmd->run != do_find && cmd->run != do_palette &&
			       cmd->run != do_departments))
		return NULL;
	if (sc != NULL && cmd_own_by_key(ui, sc, code, true) != NULL)
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
	return cmd_has_row(sc, cmd) ? NULL : _("nothing is selected");
}

/* The first key that runs it here, or else the first there is. */
static uint32_t
key_of(const struct ui *ui, struct screen *sc, const struct cmd *cmd,
    const char *scope)
{
	const char *keys = cmd_bound(ui, scope, cmd->name, cmd->keys);
	uint32_t code;

	while ((code = cmd_next_key(&keys)) != 0)
		if (cmd_by_key(ui, sc, code) == cmd)
			return code;
	keys = cmd_bound(ui, scope, cmd->name, cmd->keys);
	return cmd_next_key(&keys);
}

static void
see_set(struct ui *ui, struct screen *sc, const struct cmd_set *set,
    cmd_seen_fn *seen, void *arg)
{
	const struct cmd *cmd;

	for (cmd = set->cmds; cmd != NULL && cmd->name != NULL; cmd++) {
		const char *label = cmd_label(sc, cmd);

		if (!cmd_is_there(sc, set, cmd) ||
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
	own = cmd_own_set(sc);
	see_set(ui, sc, &own, seen, arg);
	if (sc->ops->shared != NULL)
		see_set(ui, sc, sc->ops->shared, seen, arg);
	see_set(ui, sc, &all, seen, arg);
}

uint32_t
cmd_go_key(const struct ui *ui, const struct screen_ops *ops)
{
	const char *keys = cmd_go_keys(ui, ops);

	return cmd_next_key(&keys);
}

int
cmd_run(struct ui *ui, const struct cmd *cmd)
{
	struct screen *sc = ui_top(ui);

	if (ui->dialog != NULL && !above_dialogs(cmd))
		return 0;
	if (!cmd_has_row(sc, cmd))
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

	cmd = cmd_by_key(ui, sc, k->code);
	if (cmd == NULL && cmd_typed(k->code) && cmd_typing(sc))
		return 0;
	if (cmd == NULL) {
		rc = denied(ui, sc, k->code);
		return rc != 0 ? rc : go(ui, k->code);
	}
	if (!cmd_has_row(sc, cmd))
		return nothing_selected(ui);
	rc = cmd->run(sc);
	return rc < 0 ? rc : 1;
}

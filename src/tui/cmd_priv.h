/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_CMD_PRIV_H
#define SHOPMGR_TUI_CMD_PRIV_H

#include "ui_priv.h"

/* What cmd.c knows of the commands, for who tells of them. */

#define GLOBAL "global"
/* The first of ui_globals(). */
enum { G_HELP, G_BACK, G_QUIT };

/* The next key of a list of names parted by blanks; 0 at the end. */
uint32_t cmd_next_key(const char **keys);
/* The keys of a command, or of another scope's name: the settings', or else
 * @otherwise. */
const char *cmd_bound(const struct ui *ui, const char *scope, const char *name,
    const char *otherwise);
/* The keys that go to a screen. */
const char *cmd_go_keys(const struct ui *ui, const struct screen_ops *ops);
/* A key that puts a character where one types; does one type now? */
bool cmd_typed(uint32_t code);
bool cmd_typing(struct screen *sc);
/* What this key runs here and now; NULL: no command. */
const struct cmd *cmd_by_key(
    const struct ui *ui, struct screen *sc, uint32_t code);
/* The same among the screen's own; a role that @may not run it is the only
 * difference. */
const struct cmd *cmd_own_by_key(
    const struct ui *ui, struct screen *sc, uint32_t code, bool may);
/* The commands of the screen itself, as a set. */
struct cmd_set cmd_own_set(const struct screen *sc);
/* Is it there as things stand? */
bool cmd_is_there(
    struct screen *sc, const struct cmd_set *set, const struct cmd *cmd);
/* Has it the row that it needs? */
bool cmd_has_row(struct screen *sc, const struct cmd *cmd);
/* As it is called now; NULL: not on the help line. */
const char *cmd_label(struct screen *sc, const struct cmd *cmd);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_CONFIG_H
#define SHOPMGR_BASE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/*
 * shopmgr.ini. Every setting there is stands in one table (config.c) with its
 * default; a key that is not in it, a value that does not fit, a line that is
 * no setting: each is an error with file, line and key, never a silent
 * default. The one user of iniparser.
 */

struct config;

/*
 * Find and read the settings: @path if not NULL, else the first there is of
 * $XDG_CONFIG_HOME/shopmgr/shopmgr.ini, /etc/shopmgr/shopmgr.ini, and
 * shopmgr.ini beside the program or in the folder above it. No file at all
 * gives the defaults.
 */
int config_load(struct config **out, const char *path, struct err *err)
    MUST_CHECK;
/* The same without a @path, and none of those that belong to an account. */
int config_load_system(struct config **out, struct err *err) MUST_CHECK;
void config_free(struct config *c);

const char *config_path(const struct config *c); /* "" when none was found */
/* @key is "section:name" as in the table; anything else asserts. */
const char *config_text(const struct config *c, const char *key);
int64_t config_int(const struct config *c, const char *key);
bool config_bool(const struct config *c, const char *key);
/* The @i-th setting there is: its default as it would be written; NULL behind
 * the last. */
const char *config_setting(size_t i, const char **section, const char **name);
/* A key binding "[keys.orders] order-hold = h F4", or NULL. */
const char *config_binding(
    const struct config *c, const char *screen, const char *cmd);
/* Every binding there is, to be checked against the commands: calls @each. */
int config_bindings(const struct config *c,
    int (*each)(
	void *arg, const char *screen, const char *cmd, const char *keys),
    void *arg);

#endif

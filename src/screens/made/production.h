/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_PRODUCTION_H
#define SCREENS_PRODUCTION_H

#include <stddef.h>

#include "shopmgr/tui/canvas.h"

/* What the list of production orders and the card of one have in common. */

struct cmd;
struct production;

/* The day it is due, or how late it is. */
void production_due(
    const struct production *p, char *buf, size_t size, enum style *style);
/* A command's label by its name, or NULL where it would be refused. */
const char *production_label(const struct cmd *cmd, const struct production *p);

#endif

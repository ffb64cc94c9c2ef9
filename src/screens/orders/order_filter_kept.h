/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_ORDER_FILTER_KEPT_H
#define SCREENS_ORDER_FILTER_KEPT_H

#include "shopmgr/base/err.h"

/* Filters that somebody keeps. */

struct order_view;
struct session;

/* By a name of the person's own; one that shows everything is forgotten. */
int order_view_keep(
    struct session *s, const char *name, const struct order_view *v) MUST_CHECK;

#endif

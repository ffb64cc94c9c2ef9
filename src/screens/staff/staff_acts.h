/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_STAFF_ACTS_H
#define SCREENS_STAFF_ACTS_H

#include <stddef.h>

#include "shopmgr/base/page.h"

/* What can be done to somebody of the staff; 0 also when one gave up. */

struct screen;
struct staff;

/* Roles in words, as their titles stand in @roles, a page of struct role. */
char *roles_words(
    char *buf, size_t size, const char *names, const struct page *roles);

int act_staff_new(struct screen *sc, const struct page *roles);
int act_staff_name(
    struct screen *sc, const struct staff *m, const struct page *roles);
int act_staff_roles(
    struct screen *sc, const struct staff *m, const struct page *roles);
int act_staff_active(struct screen *sc, const struct staff *m);
int act_staff_reset(struct screen *sc, const struct staff *m);
int act_staff_unlock(struct screen *sc, const struct staff *m);
int act_staff_badge(struct screen *sc, const struct staff *m);
int act_staff_badge_drop(struct screen *sc, const struct staff *m);
int act_staff_code_end(struct screen *sc, const struct staff *m);

#endif

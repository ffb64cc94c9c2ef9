/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_REVIEW_ACTS_H
#define SCREENS_REVIEW_ACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the screens of review, gifts and reminders do alike. */

struct screen;

/* Yes or no, as a form picks it. */
extern const char *const yes_no[]; /* N_() */
const char *yes_text(bool yes);
bool is_yes(const char *text);
/* Where @text stands in @texts, which ends with NULL; or -1. */
int text_index(const char *const *texts, const char *text);

/* Hold an order for a reason that is asked for, with a note, for good or until
 * a time. @reviewed: at its review. 1 done, 0 given up, or a failure. */
int act_hold_until(
    struct screen *sc, int64_t id, const char *order_no, bool reviewed);

#endif

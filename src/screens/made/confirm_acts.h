/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_CONFIRM_ACTS_H
#define SCREENS_CONFIRM_ACTS_H

#include <stdbool.h>
#include <stdint.h>

/* Forms of what is confirmed, typed and made; 0 also when given up. */

struct production;
struct screen;

/* What is missing of a line (@line_no 0: nothing can be typed); or, again,
 * everything that was typed once. */
int act_attrs_type(
    struct screen *sc, int64_t order_id, int64_t line_no, bool again);
/* One attribute put right, or a difference settled: with its reason. */
int act_attr_correct(
    struct screen *sc, int64_t order_id, int64_t line_no, const char *name);

/* Production orders. */
int act_place_line(struct screen *sc, int64_t order_id, int64_t line_no);
int act_place(struct screen *sc, const struct production *p);
int act_made(struct screen *sc, const struct production *p);
int act_take_in(struct screen *sc, const struct production *p);
int act_production_cancel(struct screen *sc, const struct production *p);

#endif

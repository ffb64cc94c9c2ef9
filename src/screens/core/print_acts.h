/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_PRINT_ACTS_H
#define SCREENS_PRINT_ACTS_H

#include <stddef.h>
#include <stdint.h>

/* What can be printed, from the screens that show it: asks what it must, and
 * says where the paper is; 0 also when the user gave up. */

struct screen;

int act_print_orders(struct screen *sc, const int64_t *ids, size_t n);
/* What is selected in the list, or else this order. */
int act_print_selected(struct screen *sc, int64_t id);
/* One paper about a record: print_picks(), print_manifest(), ... */
struct print_job;
struct print_said;
struct session;
int act_print_by_id(struct screen *sc, int64_t id,
    int (*print)(struct session *s, int64_t id, const struct print_job *job,
	struct print_said *said));
/* Labels of the products that are selected, or else of this one: asks how many
 * of each. */
int act_print_goods(struct screen *sc, int64_t variant_id);
/* Labels of the bins that are selected, or else of this one. */
int act_print_bins(struct screen *sc, int64_t bin_id);

#endif

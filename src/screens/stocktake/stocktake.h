/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_STOCKTAKE_H
#define SCREENS_STOCKTAKE_H

#include <stdint.h>

/* What the screens of counting do alike. */

struct cmd;
struct screen;
struct stocktake;
struct stocktake_line;

struct count_arg { /* "count", "count-scan", "count-report" */
	int64_t id;
};

int act_count_new(struct screen *sc, int64_t *id);
int act_count_scan(struct screen *sc, const struct stocktake *t);
/* Line by line from @l on, as the sheet has them. */
int act_count_type(struct screen *sc, const struct stocktake *t,
    const struct stocktake_line *l);
int act_count_close(struct screen *sc, const struct stocktake *t);
int act_count_recount(struct screen *sc, const struct stocktake *t);
int act_count_post(struct screen *sc, const struct stocktake *t);
int act_count_reverse(struct screen *sc, const struct stocktake *t);
int act_count_cancel(struct screen *sc, const struct stocktake *t);
int act_count_reason(struct screen *sc, const struct stocktake_line *l);
/* NULL for what cannot be done in its state. */
const char *count_label(const struct cmd *cmd, const struct stocktake *t);

#endif

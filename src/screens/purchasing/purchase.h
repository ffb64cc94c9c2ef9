/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_PURCHASE_H
#define SCREENS_PURCHASE_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/tui/canvas.h"

/* What is done to one purchase request or order, wherever it is shown; 0 also
 * when the user gave up. */

struct cmd;
struct purchase;
struct purchase_line;
struct request;
struct request_line;
struct screen;

/* *@id of the new one; as it is when it was given up. */
int act_request_new(struct screen *sc, int64_t *id);
int act_request_edit(struct screen *sc, const struct request *r);
/* One, by its number, or several together (NULL). */
int act_request_approve(
    struct screen *sc, const int64_t *ids, size_t n, const char *request_no);
int act_request_refuse(struct screen *sc, const struct request *r);
/* @l NULL: a new line. */
int act_request_line(
    struct screen *sc, const struct request *r, const struct request_line *l);
/* What the help line calls what is done to it, NULL while it is of no use. */
const char *request_label(const struct cmd *cmd, const struct request *r);

int act_purchase_new(struct screen *sc, int64_t *id);
int act_purchase_edit(struct screen *sc, const struct purchase *p);
int act_purchase_order(struct screen *sc, const struct purchase *p);
int act_purchase_close(struct screen *sc, const struct purchase *p);
int act_purchase_cancel(struct screen *sc, const struct purchase *p);
int act_purchase_copy(struct screen *sc, const struct purchase *p, int64_t *id);
/* 1 when they are one. */
int act_purchase_join(struct screen *sc, const int64_t *ids, size_t n);
int act_purchase_line(
    struct screen *sc, const struct purchase *p, const struct purchase_line *l);
const char *purchase_label(const struct cmd *cmd, const struct purchase *p);
/* What came, "24 +3": and three that are scanned and not received yet. */
char *purchase_here(
    char *buf, size_t size, const struct purchase *p, enum style *style);
/* "3 d late", or the day. */
char *purchase_due(
    char *buf, size_t size, const struct purchase *p, enum style *style);

#endif

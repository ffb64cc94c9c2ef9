/* SPDX-License-Identifier: MIT */
#ifndef CLI_PURCHASE_H
#define CLI_PURCHASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli_priv.h"

/* "purchase": its orders and requests share these. */

/* What a verb did, for scripts: the record as it is now. */
int purchase_told(struct cli *c, const char *kind, int64_t id);
bool purchase_is_request(const char *no); /* "PR-000123" */
int purchase_list_rows(struct cli *c, const struct rec_kind *kind,
    const struct rec_filter *filters, size_t nfilters);

int purchase_verb_low(struct cli *c, int argc, char **argv);
int purchase_verb_ask(struct cli *c, int argc, char **argv);
int purchase_verb_propose(struct cli *c, int argc, char **argv);
int purchase_verb_requests(struct cli *c, int argc, char **argv);
int purchase_verb_approve(struct cli *c, int argc, char **argv);
int purchase_verb_refuse(struct cli *c, int argc, char **argv);
int purchase_request_line(struct cli *c, int argc, char **argv);
int purchase_request_show(struct cli *c, int argc, char **argv);
int purchase_verb_receive(struct cli *c, int argc, char **argv);
int purchase_verb_scan(struct cli *c, int argc, char **argv);
int purchase_verb_unscan(struct cli *c, int argc, char **argv);
int purchase_verb_return(struct cli *c, int argc, char **argv);
int purchase_verb_unreceive(struct cli *c, int argc, char **argv);
int purchase_verb_pay(struct cli *c, int argc, char **argv);
int purchase_verb_unpay(struct cli *c, int argc, char **argv);
extern const struct command purchase_invoice_verbs[];

#endif

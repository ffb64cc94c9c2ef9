/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_RATES_PRIV_H
#define DOMAIN_RATES_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What foreign money is worth, as people write it: "USD 7.12, EUR 7.80".
 */

#define RATE_UNITS 10000 /* a rate is yuan for so many of the currency */

/* "7.1234" as 71234; 0 when it is no rate. */
int64_t rate_parse(const char *s, size_t n);
/* The next of a list: 1, 0 at its end, -1 when what stands there is none. */
int rates_next(const char **at, char code[4], int64_t *yuan);

#endif

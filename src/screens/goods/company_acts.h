/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_COMPANY_ACTS_H
#define SCREENS_COMPANY_ACTS_H

#include <stddef.h>
#include <stdint.h>

/* What is done to companies, by forms; 0 also when one gave up. */

struct company;
struct screen;

/* @kind: what it is to begin with, COMPANY_SUPPLIER and the like. */
int act_company_new(struct screen *sc, unsigned kind);
int act_company_edit(struct screen *sc, const struct company *c);
/* Close it, or open it again. */
int act_company_turn(struct screen *sc, const struct company *c);
/* "supplier, courier company" */
char *show_kinds(char *buf, size_t size, const struct company *c);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_STATEMENTS_H
#define SCREENS_STATEMENTS_H

/* What is done about lines of statements; 0 also when it was given up. */

struct screen;
struct statement_line;

/* The order it is for: one of those proposed, or by its number. */
int act_statement_match(struct screen *sc, const struct statement_line *l);
/* All that are selected and can be of one order only. */
int act_statement_match_many(struct screen *sc);
int act_statement_explain(struct screen *sc, const struct statement_line *l);
int act_statement_reopen(struct screen *sc, const struct statement_line *l);

#endif

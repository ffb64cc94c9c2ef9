/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_IMPORT_LIST_H
#define DOMAIN_IMPORT_LIST_H

#include "import_priv.h"

/* What lists have in common whose rows are things by themselves. */

enum outcome { REFUSED, SAME, CHANGED, MADE };

void list_count(struct job *j, enum outcome what);
/* Those that can be read, counted as @take says. */
int list_each_row(struct job *j, struct imp_file *f,
    int (*take)(struct job *j, struct imp_row *row, enum outcome *what))
    MUST_CHECK;
/* The id that is asked for by one text; 0: there is none. */
int list_look_up(struct job *j, const char *sql, struct slice v, int64_t *id)
    MUST_CHECK;
/* A column, in the scratch. */
struct slice list_text(struct job *j, const struct db_rows *rows, int col);

#endif

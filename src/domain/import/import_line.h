/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_IMPORT_LINE_H
#define DOMAIN_IMPORT_LINE_H

#include "import_priv.h"

/* What import_group.c, which gathers the rows of one order, and import_line.c,
 * which compares them with the stored lines, have between them. */

struct line {
	struct slice sub_order_no;
	struct listing_ref listing;
	int64_t line_no, qty, price, total, paid, refund_state, refund;
	int64_t cost; /* of goods that left; 0: not known */
	bool taken;   /* a stored line that a row was matched with */
	bool changed;
};

struct lines {
	struct bulk *bulk;  /* when loading */
	struct arena arena; /* the group's */
	struct line *v;     /* of the group, as the file has them */
	size_t n, cap;
	struct line *old; /* of the order, as they are stored */
	size_t nold, cap_old;
	struct db_rows *walk; /* over stored lines, while sifting, or NULL */
	int64_t walk_order;   /* whose line it stands on; 0: at the end */
	struct imp_row sum;   /* what the group says of its order */
	struct imp_order order;
	int64_t shop;     /* that its listings belong to */
	bool open, known; /* known: the order is there */
	bool planned;     /* rows of its order were kept by a sift */
	bool refused;     /* its rows are refused one and all */
	bool bad;         /* one of its rows was refused */
	bool again;       /* it had rows further up in the files */
	int64_t refused_line;
	int64_t total, paid, refund; /* of its lines together */
	uint64_t hash;               /* of its rows, of whole orders */
};

/* A new one, zeroed, at the end. */
struct line *line_add(struct line **v, size_t *n, size_t *cap);
/* Put the group's rows to the lines that are stored; @ahead: it is not out of
 * date. */
int lines_merge(struct job *j, bool ahead) MUST_CHECK;
/* The group is of an order that has no lines yet. */
int lines_all_new(struct job *j) MUST_CHECK;

/* import_note.c: the first @n of the order's lines were @was. */
int note_lines(struct job *j, const struct line *was, size_t n) MUST_CHECK;
/* What a line was, for undoing it. */
void line_image(struct str *image, const struct line *l);
/* import_facts.c. In the group's memory. */
struct slice group_keep(struct lines *g, struct slice v);
/* A row of a whole order, and one of an item file. */
void whole_facts(struct lines *g, const struct imp_row *row);
void group_facts(struct lines *g, const struct imp_row *row);
void line_amounts(struct lines *g, const struct imp_row *row, struct line *l);
/* All rows of the order are there. */
void group_sums(struct lines *g);

/* import_cells.c: calls @each with a row for every cell that is a line. */
int each_cell(struct job *j, const struct imp_row *row,
    int (*each)(struct job *j, const struct imp_row *row)) MUST_CHECK;
uint64_t cells_hash(const struct imp_row *row, uint64_t hash);

#endif

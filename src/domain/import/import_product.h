/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_IMPORT_PRODUCT_H
#define DOMAIN_IMPORT_PRODUCT_H

#include "import_priv.h"

/*
 * What lists and data packs say of goods beyond codes and prices: measures and
 * whether they are in use, of the variant; category, brand and the like, of
 * the product; where they are bought, for how much.
 */

enum wares_text {
	W_CATEGORY,
	W_BRAND,
	W_UNIT,
	W_GUARANTEE,
	W_NOTE,
	W_IMAGES,
	W_TEXTS
};
enum wares_number {
	W_DAYS,
	W_MADE,
	W_LENGTH,
	W_WIDTH,
	W_HEIGHT,
	W_ACTIVE,
	W_NUMBERS
};

struct wares {
	struct slice text[W_TEXTS]; /* "": nothing is said */
	int64_t n[W_NUMBERS];       /* -1: likewise */
	struct slice supplier;
	int64_t price; /* -1: not said */
};
void wares_init(struct wares *w);
/* What a row of a list says; false: it was refused. */
bool wares_read(struct job *j, struct imp_row *row, struct wares *w);
/* Are names short enough? Else the row was refused. */
bool row_names_fit(struct job *j, struct imp_row *row);
/* Is anything of it new to the variant (0: there is none yet) and to the
 * product of that name? */
int wares_differ(struct job *j, const struct wares *w, int64_t variant,
    struct slice product, bool *differs) MUST_CHECK;
/* Write it, and note what was; *@changed: it was something else. @fill: only
 * what is empty, and no offers. */
int wares_write(struct job *j, const struct wares *w, int64_t variant,
    bool fill, bool *changed) MUST_CHECK;

/* import_undo_put.c: a value of a variant's image is one of these, and goes to
 * @was; false: it is something else. */
bool wares_image(const char *name, struct slice v, struct wares *was);
/* What hangs on a variant that is taken away. */
int wares_drop(struct job *j, int64_t variant) MUST_CHECK;
/* Who a product is bought from and for how much; and back, as that says. */
int offer_image(struct job *j, int64_t variant, int64_t company,
    struct str *out) MUST_CHECK;
int offer_put_back(struct job *j, int64_t variant, const char *image)
    MUST_CHECK;
/* Nothing, when no image said what was. */
int wares_put_back(struct job *j, int64_t variant, const struct wares *was)
    MUST_CHECK;

#endif

/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/session.h"

#include "../core/session_priv.h"
#include "print_priv.h"

/* Labels of products and bins, for the scanner. */

#define GOODS_W 40.0
#define GOODS_H 30.0
#define EDGE    1.5
#define INNER   (GOODS_W - 2 * EDGE)
#define HALF    (INNER * 0.55) /* the code has it, the price the rest */

static const struct paper_format goods_label = { .width = GOODS_W,
	.height = GOODS_H,
	.margin = EDGE,
	.pt = 7,
	.black = true };

#define LABELS_MAX 5000 /* in one go: a typing error, not a delivery */

/* As bars if they fit, else as a square. */
static void
code(struct paper *p, struct paper_box box, const char *text)
{
	struct err err;
	bool bars = paper_encodes(PAPER_CODE128, text, box.w, &err) == 0;

	paper_code(p, box, bars ? PAPER_CODE128 : PAPER_QR, text);
}

static void
goods(struct printing *pr, const struct variant *v, int64_t labels)
{
	const struct paper_style name = { .pt = 8, .min_pt = 5 },
				 sku = { .pt = 7,
					 .min_pt = 4,
					 .one_line = true },
				 price = { .pt = 9,
					 .min_pt = 6,
					 .bold = true,
					 .one_line = true,
					 .align = PAPER_RIGHT };
	char money[MONEY_SIZE];
	const char *yuan = "";

	if (v->price > 0)
		yuan = arena_printf(
		    &pr->arena, "¥ %s", money_show(v->price, money));
	for (; labels > 0; labels--) {
		paper_page(pr->paper);
		paper_text(pr->paper, (struct paper_box){ EDGE, 1, INNER, 8 },
		    &name, v->name);
		code(pr->paper, (struct paper_box){ 0, 10, GOODS_W, 13 },
		    v->sku_code);
		paper_text(pr->paper,
		    (struct paper_box){ EDGE, 24.5, HALF, 4.5 }, &sku,
		    v->sku_code);
		paper_text(pr->paper,
		    (struct paper_box){ EDGE + HALF, 24, INNER - HALF, 5 },
		    &price, yuan);
	}
}

static int
check_goods(struct session *s, const struct print_goods *g, size_t n)
{
	int64_t sum = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (g[i].labels < 1 || g[i].labels > LABELS_MAX)
			return err_set(&s->err, ERR_INVALID, "labels",
			    _("From 1 to %d labels are printed in one go"),
			    LABELS_MAX);
		sum += g[i].labels;
	}
	if (sum > LABELS_MAX)
		return err_set(&s->err, ERR_INVALID, "labels",
		    _("From 1 to %d labels are printed in one go"), LABELS_MAX);
	if (sum == 0)
		return err_set(
		    &s->err, ERR_STATE, "", _("Nothing came in by this slip"));
	return 0;
}

int
print_goods_labels(struct session *s, const struct print_goods *g, size_t n,
    const struct print_job *job, struct print_said *said)
{
	struct printing pr = { .s = s, .job = job, .said = said };
	const char *title = _("Product labels");
	struct page page;
	size_t i;
	int rc;

	*said = (struct print_said){ .printed = 0 };
	if ((rc = session_need(s, PERM_PRODUCT_VIEW)) < 0 ||
	    (rc = check_goods(s, g, n)) < 0)
		return rc;
	rc = printing_begin(&pr, "labels", title, &goods_label);
	for (i = 0; rc == 0 && i < n; i++) {
		if ((rc = variant_get(s, g[i].variant_id, &page)) < 0)
			break;
		goods(&pr, page_row(&page, 0), g[i].labels);
		page_free(&page);
	}
	if (rc == 0)
		rc = printing_end(&pr, title);
	printing_close(&pr);
	said->printed = rc == 0 ? (int64_t)n : 0;
	return rc;
}

int
print_receipt_labels(struct session *s, int64_t slip_id,
    const struct print_job *job, struct print_said *said)
{
	const struct stock_move *m;
	struct print_goods *g;
	struct page moves;
	size_t i, n = 0;
	int64_t id;
	int rc;

	*said = (struct print_said){ .printed = 0 };
	if ((rc = slip_moves(s, slip_id, &moves)) < 0)
		return rc;
	g = xcalloc(moves.n + 1, sizeof(*g));
	for (i = 0; rc == 0 && i < moves.n; i++) {
		m = page_row(&moves, i);
		if (m->qty > 0 &&
		    (rc = variant_by_code(s, m->sku_code, &id)) == 0)
			g[n++] = (struct print_goods){ id, m->qty };
	}
	if (rc == 0)
		rc = print_goods_labels(s, g, n, job, said);
	free(g);
	page_free(&moves);
	return rc;
}

#define BIN_INNER (paper_bin.width - 2 * paper_bin.margin)

static void
bin(struct printing *pr, const struct bin *b)
{
	paper_page(pr->paper);
	paper_text(pr->paper,
	    (struct paper_box){ paper_bin.margin, 3, BIN_INNER, 12 },
	    &(const struct paper_style){ .pt = 28,
		.min_pt = 10,
		.bold = true,
		.align = PAPER_CENTRE,
		.one_line = true },
	    b->code);
	code(pr->paper, (struct paper_box){ 1, 16, paper_bin.width - 2, 16 },
	    b->code);
	paper_text(pr->paper,
	    (struct paper_box){ paper_bin.margin, 34, BIN_INNER, 4 },
	    &(const struct paper_style){
		.pt = 7, .align = PAPER_CENTRE, .one_line = true },
	    arena_printf(
		&pr->arena, "%s · %s", b->warehouse, bin_kind_text(b->kind)));
}

int
print_bin_labels(struct session *s, const int64_t *bins, size_t n,
    const struct print_job *job, struct print_said *said)
{
	struct printing pr = { .s = s, .job = job, .said = said };
	const char *title = _("Bin labels");
	const struct bin *b;
	struct page page;
	size_t i;
	int rc;

	*said = (struct print_said){ .printed = 0 };
	if ((rc = session_need(s, PERM_STOCK_VIEW)) < 0)
		return rc;
	rc = printing_begin(&pr, "bins", title, &paper_bin);
	for (i = 0; rc == 0 && i < n; i++) {
		if ((rc = bin_get(s, bins[i], &page)) < 0)
			break;
		b = page_row(&page, 0);
		if (b->code[0] != '\0')
			bin(&pr, b);
		else
			printing_leave(&pr, _("no bin"), _("it has no code"));
		page_free(&page);
	}
	if (rc == 0 && said->left_out == (int64_t)n)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("Nothing is printed: %s"), said->left_names);
	if (rc == 0)
		rc = printing_end(&pr, title);
	printing_close(&pr);
	said->printed = rc == 0 ? (int64_t)n - said->left_out : 0;
	return rc;
}

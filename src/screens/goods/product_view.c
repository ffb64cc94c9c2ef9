/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/show.h"
#include "product.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/op.h"

/* A product's facts, as the card shows them. */

/* "On hand 18 = 12 available + 4 reserved + 2 to put away + 0 defective": the
 * figures that must agree, beside each other. */
static void
figures(const struct variant *v, char *buf, size_t size)
{
	char n[6][40];

	show_count(n[0], sizeof(n[0]), v->on_hand);
	show_count(n[1], sizeof(n[1]), v->available);
	show_count(n[2], sizeof(n[2]), v->reserved);
	show_count(n[3], sizeof(n[3]), v->to_put);
	show_count(n[4], sizeof(n[4]), v->defective);
	show_count(n[5], sizeof(n[5]), v->in_transit);
	snprintf(buf, size,
	    _("On hand %s = %s available + %s reserved + %s to put away + %s "
	      "defective · in transit %s"),
	    n[0], n[1], n[2], n[3], n[4], n[5]);
}

/* What is special about it, behind its name. */
static const char *
state_words(const struct variant *v, enum style *style)
{
	*style = STYLE_BAD;
	if (!v->active)
		return _("out of use");
	if (v->kit) {
		*style = STYLE_ACCENT;
		return _("kit");
	}
	if (v->available < 0)
		return _("short");
	*style = STYLE_WARN;
	return v->low ? _("low") : "";
}

int
draw_product_identity(struct canvas *c, struct rect r, const struct variant *v)
{
	char text[400], made[40];
	enum style style;
	const char *state = state_words(v, &style);
	int x = r.x, end = r.x + r.w, room;

	/* However long its name is, its state is told. */
	room = state[0] != '\0' ? text_width(state) + 2 : 0;
	x += canvas_text(c, r.y, x, r.w, STYLE_STRONG, v->sku_code) + 2;
	x += canvas_text(c, r.y, x, end - room - x, STYLE_TEXT, v->name) + 2;
	if (x < end)
		canvas_text(c, r.y, x, end - x, style, state);
	if (v->kit)
		snprintf(text, sizeof(text),
		    _("%s can be made of what there is"),
		    show_count(made, sizeof(made), v->available));
	else
		figures(v, text, sizeof(text));
	return 1 + canvas_wrap(c, (struct rect){ r.y + 1, r.x, 2, r.w },
		       v->available < 0 ? STYLE_BAD : STYLE_ACCENT, text);
}

/* "200 × 180 × 90 mm · 3,240 cm³"; "" when it is not known. */
static const char *
size_words(const struct variant *v, char *buf, size_t size)
{
	char volume[40];

	buf[0] = '\0';
	if (v->length == 0 && v->width == 0 && v->height == 0)
		return buf;
	show_count(volume, sizeof(volume), variant_volume(v));
	snprintf(buf, size, _("%lld × %lld × %lld mm, %s cm³"),
	    (long long)v->length, (long long)v->width, (long long)v->height,
	    volume);
	return buf;
}

static const char *
guarantee_words(const struct variant *v, char *buf, size_t size)
{
	size_t n;

	buf[0] = '\0';
	if (v->guarantee_days > 0)
		snprintf(buf, size,
		    ngettext("%lld day", "%lld days",
			(unsigned long)v->guarantee_days),
		    (long long)v->guarantee_days);
	n = strlen(buf);
	if (v->guarantee[0] != '\0')
		snprintf(buf + n, size - n, "%s%s", n > 0 ? " · " : "",
		    v->guarantee);
	return buf;
}

static void
fact_left(struct facts *f, const char *const *labels, const struct variant *v)
{
	char buf[300];

	fact(f, labels[0], v->product, STYLE_STRONG);
	fact(f, labels[1], v->category, STYLE_TEXT);
	fact(f, labels[2], v->brand, STYLE_TEXT);
	fact(f, labels[3], v->barcodes, STYLE_TEXT);
	fact(f, labels[4], guarantee_words(v, buf, sizeof(buf)), STYLE_TEXT);
	fact(f, labels[5], size_words(v, buf, sizeof(buf)), STYLE_TEXT);
}

/* "19.90 / 只 · costs 8.20" */
static void
price_words(
    const struct session *s, const struct variant *v, char *buf, size_t size)
{
	char cost[40];
	size_t n;

	show_money(buf, size, v->price);
	n = strlen(buf);
	if (v->unit[0] != '\0') {
		snprintf(buf + n, size - n, " / %s", v->unit);
		n = strlen(buf);
	}
	if (!session_may(s, PERM_COST_VIEW) || v->unit_cost == 0)
		return;
	copy_text(buf + n, size - n, " · ");
	n = strlen(buf);
	snprintf(buf + n, size - n, _("costs %s"),
	    show_money(cost, sizeof(cost), v->unit_cost));
}

static void
fact_right(const struct session *s, struct facts *f, const char *const *labels,
    const struct variant *v)
{
	char buf[300], one[40], two[40];

	price_words(s, v, buf, sizeof(buf));
	fact(f, labels[0], buf, STYLE_STRONG);
	fact(f, labels[1],
	    v->weight > 0 ? show_weight(buf, sizeof(buf), v->weight) : "",
	    STYLE_TEXT);
	fact(f, labels[2], v->bin, STYLE_TEXT);
	snprintf(buf, sizeof(buf), "%s → %s",
	    show_count(one, sizeof(one), v->reorder_at),
	    show_count(two, sizeof(two), v->target_level));
	fact(f, labels[3], v->reorder_at > 0 ? buf : "",
	    v->low ? STYLE_WARN : STYLE_TEXT);
	copy_text(buf, sizeof(buf), v->supplier);
	if (v->supplier_price > 0)
		snprintf(buf, sizeof(buf), "%s · %s", v->supplier,
		    show_money(one, sizeof(one), v->supplier_price));
	fact(f, labels[4], buf, STYLE_TEXT);
	fact(f, labels[5], v->made ? _("yes") : _("no"), STYLE_TEXT);
}

int
draw_product_facts(const struct session *s, struct canvas *c, struct rect r,
    const struct variant *v)
{
	const char *left[] = { _("Product"), _("Category"), _("Brand"),
		_("Barcodes"), _("Guarantee"), _("Measures"), NULL };
	const char *right[] = { _("Price"), _("Weight"), _("Bin"),
		_("Reorder at"), _("Supplier"), _("Made to order"), NULL };
	const char *below[] = { left[0], left[1], left[2], left[3], left[4],
		left[5], _("Product note"), _("Pictures"), NULL };
	struct rect half = { r.y, r.x, 6, r.w / 2 - 1 };
	struct facts f;
	int y;

	facts_begin(&f, c, half, below);
	fact_left(&f, left, v);
	y = f.y;
	half.x = r.x + r.w / 2 + 1;
	half.w = r.w - r.w / 2 - 1;
	facts_begin(&f, c, half, right);
	fact_right(s, &f, right, v);
	facts_begin(&f, c, (struct rect){ y, r.x, 2, r.w }, below);
	if (v->note[0] != '\0')
		fact(&f, below[6], v->note, STYLE_TEXT);
	if (v->images[0] != '\0')
		fact(&f, below[7], v->images, STYLE_TEXT);
	return f.y - r.y;
}

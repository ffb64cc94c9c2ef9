/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/arena.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/map.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/propose.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "propose_priv.h"

/*
 * Names are compared by the pairs of characters that they share; a pair that
 * few products have says more than one that all have. For each pair there is a
 * list of the products that have it, so that a proposal costs what the item's
 * own pairs cost, and not all products.
 */

/* What there is beyond is not proposed, but found by typing. */
#define VARIANTS_MAX 30000
#define EARLIER_MAX  50000

#define WORTH_SAYING 35 /* percent, at least */
#define BY_NAME_MAX  90 /* names alone are never as sure as a code */
#define CLOSE        3  /* a second one so near makes the best a guess */
#define GUESS_AT     60

struct candidate {
	int64_t id, product_id;
	const char *sku_code, *name;
	struct name_mark *marks;
	size_t nmarks;
	int64_t weight; /* of all its pairs */
};

struct posting {
	uint32_t candidate, next; /* next: an index + 1, 0 ends */
};

struct proposer {
	struct arena arena;
	struct candidate *v;
	size_t n;
	struct map ids;   /* id -> place + 1 */
	struct map codes; /* sku_code, barcode -> place + 1 */
	struct map
	    alike; /* name_key() of a code -> place + 1, -1: of several */
	struct map earlier; /* title and specification -> place + 1, or -1 */
	struct map items;   /* title, or item number -> product */
	struct map pairs;   /* a pair -> its number + 1 */
	struct {
		uint32_t first, n;
	} * heads; /* by the pair's number */
	size_t nheads, cap_heads;
	struct posting *postings;
	size_t npostings, cap_postings;
	int64_t *score; /* of each candidate, and who has one */
	uint32_t *touched;
};

static int64_t
look_up(const struct map *m, const char *key)
{
	const int64_t *at = map_get(m, key, strlen(key));

	return at != NULL ? *at : 0;
}

/* Two that say different things under one key say nothing. */
static void
put_once(struct map *m, const char *key, int64_t value)
{
	bool fresh;
	int64_t *at = map_put(m, key, strlen(key), &fresh);

	if (fresh)
		*at = value;
	else if (*at != value)
		*at = -1;
}

static void
put_code(struct proposer *p, const char *code, size_t place)
{
	struct str key = STR_INIT;

	put_once(&p->codes, code, (int64_t)place + 1);
	name_key(&key, code);
	if (key.len > 0)
		put_once(&p->alike, key.s, (int64_t)place + 1);
	str_done(&key);
}

static void
add_posting(struct proposer *p, uint64_t pair, size_t place)
{
	bool fresh;
	int64_t *at = map_put(&p->pairs, &pair, sizeof(pair), &fresh);

	if (fresh) {
		if (p->nheads == p->cap_heads) {
			p->cap_heads =
			    p->cap_heads > 0 ? 2 * p->cap_heads : 1024;
			p->heads = xreallocarray(
			    p->heads, p->cap_heads, sizeof(*p->heads));
		}
		p->heads[p->nheads].first = 0;
		p->heads[p->nheads].n = 0;
		*at = (int64_t)++p->nheads;
	}
	if (p->npostings == p->cap_postings) {
		p->cap_postings =
		    p->cap_postings > 0 ? 2 * p->cap_postings : 4096;
		p->postings = xreallocarray(
		    p->postings, p->cap_postings, sizeof(*p->postings));
	}
	p->postings[p->npostings++] =
	    (struct posting){ (uint32_t)place, p->heads[*at - 1].first };
	p->heads[*at - 1].first = (uint32_t)p->npostings;
	p->heads[*at - 1].n++;
}

static const char sql_variants[] =
    "SELECT v.id, v.product_id, v.sku_code, v.name FROM variant v"
    " ORDER BY v.id DESC LIMIT 30000 /*scan*/";

static void
take_variant(struct proposer *p, const struct db_rows *rows)
{
	struct candidate *c = &p->v[p->n];
	struct name_parts parts;
	bool fresh;
	size_t i;

	c->id = db_int(rows, 0);
	c->product_id = db_int(rows, 1);
	c->sku_code = row_text(rows, 2, &p->arena);
	c->name = row_text(rows, 3, &p->arena);
	name_read(&parts, c->name, "");
	c->nmarks = parts.nmarks;
	c->marks =
	    arena_alloc(&p->arena, (parts.nmarks + 1) * sizeof(*c->marks));
	memcpy(c->marks, parts.marks, parts.nmarks * sizeof(*c->marks));
	for (i = 0; i < parts.npairs; i++)
		add_posting(p, parts.pairs[i], p->n);
	*map_put(&p->ids, &c->id, sizeof(c->id), &fresh) = (int64_t)p->n + 1;
	put_code(p, c->sku_code, p->n);
	p->n++;
}

/* What a pair says that @n have: much when few do. A logarithm, nearly. */
static int64_t
weight_of(const struct proposer *p, size_t n)
{
	int64_t x = 256 + 256 * (int64_t)p->n / (int64_t)n, w = 0;

	for (; x >= 512; x /= 2)
		w += 256;
	return w + x - 256;
}

static void
weigh(struct proposer *p)
{
	uint32_t at;
	int64_t w;
	size_t i;

	for (i = 0; i < p->nheads; i++) {
		w = weight_of(p, p->heads[i].n);
		for (at = p->heads[i].first; at != 0;
		     at = p->postings[at - 1].next)
			p->v[p->postings[at - 1].candidate].weight += w;
	}
}

static int
read_variants(struct session *s, struct proposer *p)
{
	struct db_rows *rows;
	int rc;

	p->v = xcalloc(VARIANTS_MAX, sizeof(*p->v));
	if ((rc = db_query(s->db, sql_variants, DB_NOARGS, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0 && p->n < VARIANTS_MAX)
		take_variant(p, rows);
	db_done(rows);
	p->score = xcalloc(p->n + 1, sizeof(*p->score));
	p->touched = xcalloc(p->n + 1, sizeof(*p->touched));
	weigh(p);
	return rc < 0 ? rc : 0;
}

/* The candidate with this id, by its place + 1; 0: none. */
static int64_t
place_of(const struct proposer *p, int64_t variant_id)
{
	const int64_t *at = map_get(&p->ids, &variant_id, sizeof(variant_id));

	return at != NULL ? *at : 0;
}

static const char sql_barcodes[] =
    "SELECT code, variant_id FROM barcode ORDER BY code LIMIT 100000 /*scan*/";

static int
read_barcodes(struct session *s, struct proposer *p)
{
	struct db_rows *rows;
	int64_t place;
	int rc;

	if ((rc = db_query(s->db, sql_barcodes, DB_NOARGS, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0)
		if ((place = place_of(p, db_int(rows, 1))) > 0)
			put_code(p, db_text(rows, 0), (size_t)place - 1);
	db_done(rows);
	return rc < 0 ? rc : 0;
}

/* An item of a platform as it is told from others, whatever the shop. */
static void
item_key(struct str *out, const char *title, const char *attrs)
{
	name_key(out, title);
	str_addc(out, '\n');
	name_key(out, attrs);
}

static const char sql_earlier[] =
    "SELECT l.variant_id, l.title, l.attrs, l.item_no FROM listing l"
    " WHERE l.variant_id IS NOT NULL ORDER BY l.id DESC LIMIT 50000 /*scan*/";

static void
take_earlier(struct proposer *p, const struct db_rows *rows)
{
	int64_t place = place_of(p, db_int(rows, 0)), product;
	struct str key = STR_INIT;

	if (place == 0)
		return;
	product = p->v[place - 1].product_id;
	item_key(&key, db_text(rows, 1), db_text(rows, 2));
	put_once(&p->earlier, key.s, place);
	str_cut(&key, 0);
	item_key(&key, db_text(rows, 1), "");
	put_once(&p->items, key.s, product);
	if (db_text(rows, 3)[0] != '\0')
		put_once(&p->items, db_text(rows, 3), product);
	str_done(&key);
}

static int
read_earlier(struct session *s, struct proposer *p)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_earlier, DB_NOARGS, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0)
		take_earlier(p, rows);
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
proposer_new(struct session *s, struct proposer **out)
{
	struct proposer *p;
	int rc;

	if ((rc = session_need(s, PERM_PRODUCT_VIEW)) < 0)
		return rc;
	p = xcalloc(1, sizeof(*p));
	if ((rc = read_variants(s, p)) < 0 || (rc = read_barcodes(s, p)) < 0 ||
	    (rc = read_earlier(s, p)) < 0) {
		proposer_free(p);
		return rc;
	}
	*out = p;
	return 0;
}

static const char sql_newest[] = "SELECT coalesce(max(id), 0) FROM variant";

bool
proposer_fits(struct session *s, const struct proposer *p)
{
	int64_t newest;

	return db_get1(s->db, sql_newest, DB_NOARGS, &newest) == 0 &&
	       newest == (p->n > 0 ? p->v[0].id : 0);
}

void
proposer_free(struct proposer *p)
{
	if (p == NULL)
		return;
	map_done(&p->ids);
	map_done(&p->codes);
	map_done(&p->alike);
	map_done(&p->earlier);
	map_done(&p->items);
	map_done(&p->pairs);
	free(p->heads);
	free(p->postings);
	free(p->score);
	free(p->touched);
	free(p->v);
	arena_done(&p->arena);
	free(p);
}

/* The best so far, in order; each product once. */
struct best {
	struct proposal *v;
	size_t n;
};

static void
offer(struct best *b, const struct candidate *c, enum proposal_ground ground,
    int64_t sure)
{
	size_t i, at;

	for (i = 0; i < b->n; i++)
		if (b->v[i].variant_id == c->id)
			return;
	for (at = b->n; at > 0 && b->v[at - 1].sure < sure; at--)
		continue;
	if (at == PROPOSALS_MAX)
		return;
	if (b->n < PROPOSALS_MAX)
		b->n++;
	for (i = b->n - 1; i > at; i--)
		b->v[i] = b->v[i - 1];
	b->v[at] =
	    (struct proposal){ c->id, c->sku_code, c->name, ground, sure };
}

static void
by_code(struct proposer *p, const struct listing *l, struct best *b)
{
	struct str key = STR_INIT;
	int64_t at;

	if (l->sku_code[0] == '\0')
		return;
	if ((at = look_up(&p->codes, l->sku_code)) > 0)
		offer(b, &p->v[at - 1], PROPOSAL_CODE, 99);
	name_key(&key, l->sku_code);
	if (key.len > 0 && (at = look_up(&p->alike, key.s)) > 0)
		offer(b, &p->v[at - 1], PROPOSAL_ALIKE, 95);
	str_done(&key);
}

static void
by_earlier(struct proposer *p, const struct listing *l, struct best *b)
{
	struct str key = STR_INIT;
	int64_t at;

	item_key(&key, l->title, l->attrs);
	if ((at = look_up(&p->earlier, key.s)) > 0)
		offer(b, &p->v[at - 1], PROPOSAL_EARLIER, 97);
	str_done(&key);
}

/* The product that others of this item are; 0: not known, -1: several. */
static int64_t
product_of(struct proposer *p, const struct listing *l)
{
	struct str key = STR_INIT;
	int64_t product = 0;

	if (l->item_no[0] != '\0')
		product = look_up(&p->items, l->item_no);
	if (product <= 0) {
		item_key(&key, l->title, "");
		product = look_up(&p->items, key.s);
	}
	str_done(&key);
	return product;
}

/* How many marks agree; below 0: how many exclude each other. */
static int
compare_marks(const struct candidate *c, const struct name_parts *item)
{
	int agree = 0, exclude = 0;
	size_t i, j;

	for (i = 0; i < c->nmarks; i++) {
		bool same = false, other = false;

		for (j = 0; j < item->nmarks; j++) {
			if (item->marks[j].class != c->marks[i].class)
				continue;
			if (item->marks[j].value == c->marks[i].value)
				same = true;
			else
				other = true;
		}
		agree += same;
		exclude += other && !same;
	}
	return exclude > 0 ? -exclude : agree;
}

/*
 * How much of the product's name stands in the item's, whose own is longer by
 * all the words that buyers look for; then what the marks say.
 */
static void
judge(struct proposer *p, const struct candidate *c, int64_t shared,
    int64_t item_weight, const struct name_parts *item, int64_t product,
    struct best *b)
{
	int64_t cover = 1000 * shared / (c->weight > 0 ? c->weight : 1),
		both = 2000 * shared / (c->weight + item_weight + 1),
		score = (3 * cover + both) / 4;
	enum proposal_ground ground = PROPOSAL_NAME;
	int marks = compare_marks(c, item);
	int64_t sure;

	if (shared < 2 * weight_of(p, p->n))
		score = score * 7 / 10;
	if (marks > 0)
		ground = PROPOSAL_ATTRS;
	score += marks < 0 ? 350 * marks : 80 * (marks > 2 ? 2 : marks);
	if (c->product_id == product) {
		ground = PROPOSAL_ITEM;
		score += 300;
	}
	sure = score / 10;
	if (sure > BY_NAME_MAX)
		sure = BY_NAME_MAX;
	if (sure >= WORTH_SAYING)
		offer(b, c, ground, sure);
}

static void
by_name(struct proposer *p, const struct listing *l, struct best *b)
{
	struct name_parts item;
	int64_t product = product_of(p, l);
	int64_t item_weight = 0, w;
	const int64_t *pair;
	size_t i, n = 0;
	uint32_t at, c;

	name_read(&item, l->title, l->attrs);
	for (i = 0; i < item.npairs; i++) {
		pair =
		    map_get(&p->pairs, &item.pairs[i], sizeof(item.pairs[i]));
		w = weight_of(p, pair != NULL ? p->heads[*pair - 1].n : 1);
		item_weight += w;
		if (pair == NULL)
			continue;
		for (at = p->heads[*pair - 1].first; at != 0;
		     at = p->postings[at - 1].next) {
			c = p->postings[at - 1].candidate;
			if (p->score[c] <= 0)
				p->touched[n++] = c;
			p->score[c] += w;
		}
	}
	for (i = 0; i < n; i++) {
		c = p->touched[i];
		judge(p, &p->v[c], p->score[c], item_weight, &item, product, b);
		p->score[c] = 0;
	}
}

/* Two by their names that are as good as each other: neither is sure. */
static void
doubt(struct best *b)
{
	int64_t first;

	if (b->n < 2 || b->v[0].sure > BY_NAME_MAX)
		return;
	first = b->v[0].sure;
	for (size_t i = 0; i < b->n; i++)
		if (first - b->v[1].sure <= CLOSE && b->v[i].sure > GUESS_AT)
			b->v[i].sure = GUESS_AT;
}

size_t
listing_propose(struct proposer *p, const struct listing *l,
    struct proposal out[PROPOSALS_MAX])
{
	struct best b = { out, 0 };

	by_code(p, l, &b);
	by_earlier(p, l, &b);
	by_name(p, l, &b);
	doubt(&b);
	return b.n;
}

const char *
proposal_text(enum proposal_ground ground)
{
	switch (ground) {
	case PROPOSAL_CODE:
		return _("same code");
	case PROPOSAL_EARLIER:
		return _("mapped before");
	case PROPOSAL_ALIKE:
		return _("code alike");
	case PROPOSAL_ITEM:
		return _("same item");
	case PROPOSAL_ATTRS:
		return _("name, spec.");
	case PROPOSAL_NAME:
		return _("name alike");
	}
	return "";
}

/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/bulk.h"
#include "shopmgr/db/query.h"

#include "../core/row_priv.h"
#include "../core/settings_priv.h"
#include "../customers/contact_priv.h"
#include "import_priv.h"

/*
 * What imports changed: written while they do, read by people. Images say what
 * a record was like, as name=value with TABs between; a name alone is nothing.
 */

#define CHANGE_COLUMNS \
	"batch_id, kind, subject, what, before, after, calm, image"
#define NCHANGE_COLUMNS 8

#define COMING_MOST 100 /* of each sort: nobody reads more */

struct changes {
	struct bulk *bulk;
};

void
changes_free(struct changes *c)
{
	if (c == NULL)
		return;
	bulk_free(c->bulk);
	free(c);
}

/* A dry run takes it back: whoever asks what will change is told these. */
static void
keep_coming(struct job *j, const struct noted *n)
{
	struct coming *c = &j->im->coming[n->urgent];
	struct arena *a = &j->im->arena;

	if (!j->opt->dry_run || c->n == COMING_MOST ||
	    strcmp(n->what, "file") == 0)
		return;
	if (c->v == NULL)
		c->v = arena_alloc(a, COMING_MOST * sizeof(*c->v));
	c->v[c->n++] = (struct import_change){
		.kind = arena_strdup(a, n->kind),
		.subject = n->subject,
		.what = arena_strdup(a, n->what),
		.before = arena_strdup(a, n->before != NULL ? n->before : ""),
		.after = arena_strdup(a, n->after != NULL ? n->after : ""),
		.urgent = n->urgent,
	};
}

int
change_note(struct job *j, const struct noted *n)
{
	keep_coming(j, n);
	if (j->changes == NULL) {
		j->changes = xcalloc(1, sizeof(*j->changes));
		j->changes->bulk = bulk_new(
		    j->txn, "import_change", CHANGE_COLUMNS, NCHANGE_COLUMNS);
	}
	const struct db_val vals[NCHANGE_COLUMNS] = { db_i(j->batch),
		db_t(n->kind), db_i(n->subject), db_t(n->what),
		db_t(n->before != NULL ? n->before : ""),
		db_t(n->after != NULL ? n->after : ""), db_i(!n->urgent),
		db_t(n->image) };

	return bulk_row(j->changes->bulk, vals);
}

int
changes_flush(struct job *j)
{
	return j->changes != NULL ? bulk_flush(j->changes->bulk) : 0;
}

static void
image_name(struct str *image, const char *name)
{
	if (image->len > 0)
		str_addc(image, '\t');
	str_add(image, name);
}

void
image_int(struct str *image, const char *name, int64_t v)
{
	image_name(image, name);
	str_addf(image, "=%" PRId64, v);
}

void
image_text(struct str *image, const char *name, struct slice v)
{
	size_t i;

	image_name(image, name);
	if (v.n == 0)
		return;
	str_addc(image, '=');
	for (i = 0; i < v.n; i++) {
		if (v.s[i] == '\t' || v.s[i] == '\n' || v.s[i] == '\\') {
			str_addc(image, '\\');
			str_addc(image, v.s[i] == '\t'   ? 't'
					: v.s[i] == '\n' ? 'n'
							 : '\\');
		} else {
			str_addc(image, v.s[i]);
		}
	}
}

bool
image_next(char **at, char **name, struct slice *v)
{
	char *from, *to, *value;

	if (**at == '\0')
		return false;
	*name = *at;
	*at += strcspn(*at, "\t");
	if (**at != '\0')
		*(*at)++ = '\0';
	value = strchr(*name, '=');
	if (value == NULL) {
		*v = (struct slice){ .s = "" };
		return true;
	}
	*value++ = '\0';
	for (from = to = value; *from != '\0'; from++) {
		if (*from == '\\' && from[1] != '\0') {
			from++;
			*to++ = *from == 't'   ? '\t'
				: *from == 'n' ? '\n'
					       : *from;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	*v = (struct slice){ .s = value, .n = (size_t)(to - value) };
	return true;
}

const char *
record_label(const char *kind, const char *label)
{
	return strcmp(kind, "setting") == 0
		   ? setting_name(strtoll(label, NULL, 10))
		   : label;
}

static const struct {
	const char *what, *text;
} whats[] = {
	{ "state", N_("state moved on") },
	{ "refund", N_("refund") },
	{ "address", N_("address changed") },
	{ "remark", N_("remark changed on the platform") },
	{ "buyer_note", N_("buyer's note changed") },
	{ "amount", N_("amounts") },
	{ "lines", N_("items changed") },
	{ "waybill", N_("waybill") },
	{ "times", N_("times") },
	{ "ship_by", N_("to be shipped by") },
	{ "flag", N_("flag") },
	{ "hold", N_("hold cleared") },
	{ "stock", N_("taken from stock") },
	{ "price", N_("price") },
	{ "name", N_("name") },
	{ "levels", N_("stock levels") },
	{ "bin", N_("bin") },
	{ "barcodes", N_("barcodes") },
	{ "customer", N_("customer's data") },
	{ "facts", N_("facts of the product") },
	{ "typed", N_("entry of a list") },
	{ "supplier", N_("supplier") },
	{ "company", N_("company's data") },
	{ "kit", N_("parts of the kit") },
};

const char *
import_change_text(const char *what)
{
	size_t i;

	for (i = 0; i < sizeof(whats) / sizeof(whats[0]); i++)
		if (strcmp(whats[i].what, what) == 0)
			return _(whats[i].text);
	return what;
}

/* Data to words: a state's name, a refund's. */
static const char *
in_words(const char *what, const char *text, struct arena *arena)
{
	static const struct {
		const char *name, *text;
	} refunds[] = {
		{ "none ", N_("none") },
		{ "asked ", N_("asked for") },
		{ "back ", N_("paid back") },
		{ "taken ", N_("taken back") },
	};
	size_t i;

	if (strcmp(what, "state") == 0 && text[0] != '\0')
		return order_state_text(order_state_by_name(text));
	if (strcmp(what, "flag") == 0 && text[0] >= '0' && text[0] <= '5')
		return _(order_flags[text[0] - '0']);
	if (strcmp(what, "hold") == 0 && text[0] != '\0')
		return order_hold_text(text);
	for (i = 0; strcmp(what, "refund") == 0 && i < 4; i++) {
		size_t n = strlen(refunds[i].name);

		if (strncmp(text, refunds[i].name, n) == 0)
			return arena_printf(
			    arena, "%s %s", _(refunds[i].text), text + n);
	}
	return text;
}

static void
fill(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct import_change *c = out;

	c->id = db_int(rows, 0);
	c->kind = row_text(rows, 1, arena);
	c->subject = db_int(rows, 2);
	c->what = row_text(rows, 3, arena);
	c->before = in_words(c->what, row_text(rows, 4, arena), arena);
	c->after = in_words(c->what, row_text(rows, 5, arena), arena);
	c->urgent = db_int(rows, 6) == 0;
	c->label = record_label(c->kind, row_text(rows, 7, arena));
}

/* What names people: an address, a customer's data; numbers in remarks. */
static void
hide(const struct session *s, struct page *page)
{
	struct import_change *c = page->rows;
	size_t i;

	if (session_may(s, PERM_CONTACT_VIEW))
		return;
	for (i = 0; i < page->n; i++, c++) {
		if (strcmp(c->what, "address") == 0 ||
		    strcmp(c->kind, "customer") == 0) {
			c->before = mask_address(c->before);
			c->after = mask_address(c->after);
		} else {
			c->before = mask_text(&page->arena, c->before);
			c->after = mask_text(&page->arena, c->after);
		}
		if (strcmp(c->kind, "customer") == 0)
			c->label = mask_text(&page->arena, c->label);
	}
}

static const char sql_newest[] =
    "SELECT coalesce((SELECT c.batch_id FROM import_change c"
    " JOIN import_batch b ON b.id = c.batch_id WHERE b.state IN (1, 2)"
    " AND c.what <> 'file' ORDER BY c.batch_id DESC LIMIT 1 /*scan*/), 0)";

int
import_change_page(struct session *s, const struct import_change_filter *f,
    enum page_dir dir, const struct import_change *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY(
	    "SELECT c.id, c.kind, c.subject, c.what, c.before, c.after, c.calm," LABEL_OF(
		"c.kind",
		"c.subject") " FROM import_change c WHERE c.what <> 'file'");
	const struct query_key keys[] = {
		{ "c.calm", db_i(from != NULL && !from->urgent) },
		{ "c.id", db_i(from != NULL ? from->id : 0) },
	};
	int64_t batch = f->batch;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0 ||
	    (batch == 0 &&
		(rc = db_get1(s->db, sql_newest, DB_NOARGS, &batch)) < 0))
		return rc;
	query_and(&q, "c.batch_id =", db_i(batch));
	if (f->what != NULL)
		query_and(&q, "c.what =", db_t(f->what));
	if (f->urgent_only)
		query_and(&q, "c.calm =", db_i(0));
	query_page(&q, keys, 2, false, dir, limit);
	rc = query_fetch(
	    s->db, &q, dir, sizeof(struct import_change), limit, fill, out);
	if (rc == 0)
		hide(s, out);
	return rc;
}

static const char sql_label[] = "SELECT" LABEL_OF("$1", "$2");

static int
label_of(struct session *s, struct import_change *c, struct arena *arena)
{
	struct db_rows *rows;
	int rc;

	c->label = "";
	rc = db_query(
	    s->db, sql_label, DB_ARGS(db_t(c->kind), db_i(c->subject)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		c->label = record_label(c->kind, row_text(rows, 0, arena));
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
import_coming(
    struct session *s, const struct import *im, size_t limit, struct page *out)
{
	const struct import_change *from;
	struct import_change *c;
	size_t i;
	int sort, rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	page_init(out, sizeof(*c), limit);
	for (sort = 1; sort >= 0; sort--)
		for (i = 0; i < im->coming[sort].n && out->n < limit; i++) {
			from = &im->coming[sort].v[i];
			c = page_add(out);
			*c = *from;
			c->id = (int64_t)out->n;
			c->before =
			    in_words(c->what, from->before, &out->arena);
			c->after = in_words(c->what, from->after, &out->arena);
			if ((rc = label_of(s, c, &out->arena)) < 0) {
				page_free(out);
				return rc;
			}
		}
	hide(s, out);
	return 0;
}

/* Those of its changes whose orders are still stopped: of the first thousand,
 * as this is asked for again and again. */
static const char sql_waiting[] =
    "SELECT count(*) FROM (SELECT DISTINCT c.subject FROM"
    " (SELECT subject FROM import_change WHERE batch_id = $1 AND calm = 0"
    " AND kind = 'order' ORDER BY id LIMIT 1000) c"
    " JOIN orders o ON o.id = c.subject WHERE o.held = 1 LIMIT $2) w /*sort*/"
    " /*scan*/";

int
import_waiting(struct session *s, int64_t most, int64_t *batch, int64_t *n)
{
	int rc;

	*n = 0;
	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0 ||
	    (rc = db_get1(s->db, sql_newest, DB_NOARGS, batch)) < 0 ||
	    *batch == 0)
		return rc;
	return db_get1(
	    s->db, sql_waiting, DB_ARGS(db_i(*batch), db_i(most)), n);
}

/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/reminders.h"

#include "../orders/order_priv.h"
#include "../review/review_priv.h"
#include "row_priv.h"
#include "session_priv.h"
#include "tsv_priv.h"

/* Texts for buyers, with places where an order is filled in. */

static const struct op op_add = { "text-add", PERM_RULE_EDIT, "text" };
static const struct op op_save = { "text-save", PERM_RULE_EDIT, "text" };

#define TEXTS 500 /* more than anybody keeps */

static void
take_text(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct text_template *t = out;

	t->id = db_int(rows, 0);
	t->version = db_int(rows, 1);
	t->active = db_int(rows, 2);
	t->kind = row_text(rows, 3, arena);
	t->name = row_text(rows, 4, arena);
	t->text = row_text(rows, 5, arena);
}

#define SELECT \
	"SELECT id, version, active, kind, name, text FROM text_template" \
	" WHERE 1 = 1"

int
text_page(struct session *s, const char *kind, struct page *out)
{
	struct query q = QUERY(SELECT);
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if (kind != NULL)
		query_and(&q, "kind =", db_t(kind));
	query_lit(&q, " ORDER BY id /*scan*/ /*sort*/"); /* a few dozen */
	return query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct text_template),
	    TEXTS, take_text, out);
}

int
text_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT);
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(&q, "id =", db_i(id));
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct text_template), 1,
	    take_text, out);
	return page_one(s, rc, out, "", _("There is no such text"));
}

static const char sql_by_name[] =
    "SELECT id FROM text_template WHERE kind = $1 AND name = $2";

int
text_by_name(struct session *s, const char *kind, const char *name, int64_t *id)
{
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	rc = db_get1(s->db, sql_by_name, DB_ARGS(db_t(kind), db_t(name)), id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_NOTFOUND, "name",
		    _("There is no text called %s"), name);
	return rc;
}

void
text_edit_from(struct text_template_edit *e, const struct text_template *t)
{
	*e = (struct text_template_edit){ .active = t->active != 0 };
	copy_text(e->kind, sizeof(e->kind), t->kind);
	copy_text(e->name, sizeof(e->name), t->name);
	copy_text(e->text, sizeof(e->text), t->text);
}

/* What texts of a kind are filled in with; ends with NULL. */
static const char *const unpaid_words[] = { "nick", "order_no", "amount",
	"goods", "ago", "minutes", NULL };
static const char *const quote_words[] = { "nick", "quote_no", "amount",
	"goods", "postage", "valid", NULL };
static const struct {
	const char *kind;
	const char *const *words;
} kinds[] = { { "unpaid", unpaid_words }, { "quote", quote_words } };
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static size_t
kind_of(const char *kind)
{
	size_t i;

	for (i = 0; i < KINDS; i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			break;
	return i;
}

/* What stands for "{word}"; NULL: nothing does. */
static const char *
filled(const char *const *words, const char *const *values, const char *word,
    size_t len)
{
	size_t i;

	for (i = 0; words[i] != NULL; i++)
		if (strlen(words[i]) == len &&
		    strncmp(words[i], word, len) == 0)
			return values != NULL ? values[i] : "";
	return NULL;
}

/* @text with @values (NULL: nothing) in its places; false, with the word in
 * @bad: there is no such place. */
static bool
fill(const char *text, const char *const *words, const char *const *values,
    struct str *out, char bad[32])
{
	while (*text != '\0') {
		size_t plain = strcspn(text, "{"), len;
		const char *value;

		str_addn(out, text, plain);
		text += plain;
		if (*text == '\0')
			break;
		len = strcspn(++text, "}");
		value = filled(words, values, text, len);
		if (value == NULL || text[len] != '}') {
			snprintf(
			    bad, 32, "%.*s", (int)(len < 20 ? len : 20), text);
			return false;
		}
		str_add(out, value);
		text += len + 1;
	}
	return true;
}

static int
refuse_word(struct session *s, size_t kind, const char *bad)
{
	if (kinds[kind].words == quote_words)
		return err_set(&s->err, ERR_INVALID, "text",
		    _("Nothing is filled in for {%s}: {nick} {quote_no} "
		      "{amount} {goods} {postage} {valid} are"),
		    bad);
	return err_set(&s->err, ERR_INVALID, "text",
	    _("Nothing is filled in for {%s}: {nick} {order_no} {amount} "
	      "{goods} {ago} are"),
	    bad);
}

static int
check_edit(struct session *s, const struct text_template_edit *e, char name[64])
{
	struct str out = STR_INIT;
	size_t kind = kind_of(e->kind);
	char bad[32];
	bool fine;

	if (kind == KINDS)
		return err_set(&s->err, ERR_INVALID, "kind",
		    _("There are texts for unpaid orders and for quotations"));
	if (!trim_text(name, 64, e->name) || name[0] == '\0' ||
	    !utf8_valid(name, strlen(name)))
		return err_set(
		    &s->err, ERR_INVALID, "name", _("The name is missing"));
	if (e->text[strspn(e->text, " \t\n")] == '\0' ||
	    !utf8_valid(e->text, strlen(e->text)))
		return err_set(
		    &s->err, ERR_INVALID, "text", _("The text is missing"));
	fine = fill(e->text, kinds[kind].words, NULL, &out, bad);
	str_done(&out);
	return fine ? 0 : refuse_word(s, kind, bad);
}

static const char sql_taken[] =
    "SELECT count(*) FROM text_template WHERE kind = $1 AND name = $2"
    " AND id <> $3";

static int
check_free(struct session *s, struct txn *txn, const char *kind,
    const char *name, int64_t id)
{
	int64_t n;
	int rc;

	rc = db_fetch1(
	    txn, sql_taken, DB_ARGS(db_t(kind), db_t(name), db_i(id)), &n);
	if (rc < 0 || n == 0)
		return rc;
	return err_set(&s->err, ERR_CONFLICT, "name",
	    _("There is a text called %s already"), name);
}

static const char sql_add[] =
    "INSERT INTO text_template (kind, name, text, active)"
    " VALUES ($3, $4, $5, $6)";
static const char sql_save[] =
    "UPDATE text_template SET kind = $3, name = $4, text = $5, active = $6,"
    " version = version + 1 WHERE id = $1 AND ($2 = 0 OR version = $2)";

int
text_write(struct session *s, struct txn *txn, int64_t *id, int64_t version,
    const struct text_template_edit *e)
{
	int64_t changed;
	char name[64];
	int rc;

	if ((rc = check_edit(s, e, name)) < 0 ||
	    (rc = check_free(s, txn, e->kind, name, *id)) < 0)
		return rc;
	const struct db_val vals[] = { db_i(*id), db_i(version), db_t(e->kind),
		db_t(name), db_t(e->text), db_i(e->active) };

	if (*id == 0)
		return db_insert(txn, sql_add, vals, 6, id);
	rc = db_exec(txn, sql_save, vals, 6, &changed);
	if (rc == 0 && changed == 0)
		rc = err_set(&s->err, ERR_CONFLICT, "",
		    _("The text %s was changed by someone else meanwhile"),
		    name);
	return rc;
}

static int
keep(struct session *s, const struct op *op, int64_t *id, int64_t version,
    const struct text_template_edit *e)
{
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, op, &txn)) < 0)
		return rc;
	rc = text_write(s, txn, id, version, e);
	if (rc == 0)
		rc = op_commit(s, op, &txn, *id, "%s: %s%s", e->name, e->text,
		    e->active ? "" : ", not used");
	op_abort(s, &txn);
	return rc;
}

int
text_add(struct session *s, const struct text_template_edit *e, int64_t *id)
{
	int64_t added = 0;
	int rc = keep(s, &op_add, &added, 0, e);

	if (rc == 0)
		*id = added;
	return rc;
}

int
text_save(struct session *s, int64_t id, int64_t version,
    const struct text_template_edit *e)
{
	return keep(s, &op_save, &id, version, e);
}

static const char sql_seed[] =
    "INSERT INTO text_template (kind, name, text) VALUES ($1, $2, $3)"
    " ON CONFLICT (kind, name) DO NOTHING";

static int
seed(struct txn *txn, int64_t *added)
{
	struct tsv t;
	int64_t n;
	int rc = 0;

	tsv_open(&t, "texts.tsv");
	while (rc == 0 && tsv_next(&t) == 1) {
		rc = db_exec(txn, sql_seed,
		    DB_ARGS(db_t(tsv_get(&t, "kind")),
			db_t(tsv_get(&t, "name")), db_t(tsv_get(&t, "text"))),
		    &n);
		if (rc == 0)
			*added += n;
	}
	tsv_done(&t);
	return rc;
}

int
texts_seed(struct txn *txn)
{
	int64_t added = 0;

	return seed(txn, &added);
}

int
text_defaults(struct session *s, int64_t *added)
{
	struct txn *txn;
	int64_t n = 0;
	int rc;

	if ((rc = op_begin(s, &op_add, &txn)) < 0)
		return rc;
	rc = seed(txn, &n);
	if (rc == 0 && n > 0)
		rc = op_commit(s, &op_add, &txn, 0, "defaults: %" PRId64, n);
	op_abort(s, &txn);
	if (rc == 0)
		*added = n;
	return rc;
}

static int
too_long(struct session *s)
{
	return err_set(&s->err, ERR_INVALID, "text",
	    _("The text is too long: %d bytes at most"), TEXT_SIZE - 1);
}

int
text_put(struct session *s, int64_t id, const char *kind,
    const char *const *values, char *out)
{
	struct str filled_in = STR_INIT;
	const struct text_template *t;
	struct page text;
	char bad[32];
	int rc;

	if ((rc = text_get(s, id, &text)) < 0)
		return rc;
	t = page_row(&text, 0);
	if (strcmp(t->kind, kind) != 0)
		rc = err_set(
		    &s->err, ERR_NOTFOUND, "", _("There is no such text"));
	else if (!fill(t->text, kinds[kind_of(kind)].words, values, &filled_in,
		     bad))
		rc = refuse_word(s, kind_of(kind), bad);
	else if (filled_in.len >= TEXT_SIZE)
		rc = too_long(s);
	else
		copy_text(out, TEXT_SIZE, filled_in.s);
	str_done(&filled_in);
	page_free(&text);
	return rc;
}

/* How long the buyer has had it, as one says that. */
static const char *
ago(int64_t seconds, char *buf, size_t size)
{
	int64_t n = seconds / 60;

	if (n < 120)
		snprintf(buf, size,
		    ngettext("%lld minute", "%lld minutes", (unsigned long)n),
		    (long long)n);
	else if ((n /= 60) < 48)
		snprintf(buf, size,
		    ngettext("%lld hour", "%lld hours", (unsigned long)n),
		    (long long)n);
	else
		snprintf(buf, size,
		    ngettext("%lld day", "%lld days", (unsigned long)(n / 24)),
		    (long long)n / 24);
	return buf;
}

/* "雪平锅 20cm +2" as one says that to a buyer. */
static const char *
goods_said(const struct order *o, struct str *out)
{
	const char *more = strrchr(o->goods, '+');

	if (o->line_n < 2 || more == NULL || more - o->goods < 2)
		return o->goods;
	str_addf(out, _("%.*s and %d more"), (int)(more - o->goods) - 1,
	    o->goods, (int)o->line_n - 1);
	return out->s;
}

int
text_fill(struct session *s, int64_t id, int64_t order_id, char out[TEXT_SIZE])
{
	struct str goods = STR_INIT;
	char amount[MONEY_SIZE], minutes[24], since[64];
	struct page order = { 0 };
	const struct order *o;
	int rc;

	if ((rc = order_row(s, order_id, &order)) < 0)
		return rc;
	o = page_row(&order, 0);
	snprintf(minutes, sizeof(minutes), "%" PRId64,
	    (time_now() - o->created_at) / 60);
	rc = text_put(s, id, "unpaid",
	    (const char *const[]){ o->nick, o->order_no,
		money_plain(o->total, amount), goods_said(o, &goods),
		ago(time_now() - o->created_at, since, sizeof(since)),
		minutes },
	    out);
	str_done(&goods);
	page_free(&order);
	return rc;
}

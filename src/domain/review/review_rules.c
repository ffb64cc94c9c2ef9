/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/shipping.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../core/tsv_priv.h"
#include "review_priv.h"

/* The rules of review, as the owner keeps them. */

static const struct op op_add = { "review-rule-add", PERM_RULE_EDIT,
	"review-rule" };
static const struct op op_save = { "review-rule-save", PERM_RULE_EDIT,
	"review-rule" };

#define SEQ_STEP 10
#define SEQ_MAX  1000000
#define RULES    500 /* more than anybody keeps */

const char *const review_whats[] = { "note", "memo", "title", "vague", "masked",
	"same_buyer", "amount_over", "amount_under", "cod", "stock", "place",
	"unmapped", "grams_over", "any", NULL };
const char *const review_actions[] = { "hold", "pass", "courier", NULL };

const char *const review_what_texts[] = { N_("buyer's message"),
	N_("seller's remark"), N_("word in an item's title"),
	N_("vague address"), N_("receiver not told"), N_("same buyer again"),
	N_("amount over"), N_("amount under"), N_("cash on delivery"),
	N_("stock short"), N_("word in the address"),
	N_("item without product"), N_("weight over"), N_("every order"),
	NULL };
const char *const review_action_texts[] = { N_("stop"), N_("let through"),
	N_("by courier"), NULL };
static const char *const hints[REVIEW_MAX] = {
	[REVIEW_NOTE] = N_("words, ; between them; empty: any message"),
	[REVIEW_MEMO] = N_("words, ; between them; empty: any remark"),
	[REVIEW_TITLE] = N_("words, ; between them"),
	[REVIEW_VAGUE] = N_("fewest characters; then words for streets"),
	[REVIEW_MASKED] = N_("names that are none, ; between them"),
	[REVIEW_SAME_BUYER] = N_("orders/hours: 3/24"),
	[REVIEW_AMOUNT_OVER] = N_("yuan"),
	[REVIEW_AMOUNT_UNDER] = N_("yuan"),
	[REVIEW_PLACE] = N_("words, ; between them"),
	[REVIEW_GRAMS_OVER] = N_("grams"),
};

enum review_what
review_what_by_name(const char *name)
{
	unsigned i;

	for (i = 0; i < REVIEW_MAX; i++)
		if (strcmp(review_whats[i], name) == 0)
			break;
	return (enum review_what)i;
}

const char *
review_what_text(const char *what)
{
	enum review_what w = review_what_by_name(what);

	return w < REVIEW_MAX ? _(review_what_texts[w]) : what;
}

const char *
review_what_hint(const char *what)
{
	enum review_what w = review_what_by_name(what);

	return w < REVIEW_MAX && hints[w] != NULL ? _(hints[w]) : "";
}

const char *
review_action_text(const char *action)
{
	size_t i = strcmp(action, "pass") == 0 ? 1 : 0;

	return _(review_action_texts[strcmp(action, "courier") ? i : 2]);
}

/* The words between ; of either width; blanks around them do not count. */
static void
cut_words(const char *text, struct arena *arena, struct review_test *out)
{
	static const char wide[] = "；";
	size_t max = strlen(text) / 2 + 1, len;
	char *word;

	out->words = arena_alloc(arena, max * sizeof(*out->words));
	while (*text != '\0') {
		const char *end = strstr(text, wide);

		len = strcspn(text, ";");
		if (end != NULL && (size_t)(end - text) < len)
			len = (size_t)(end - text);
		word = arena_strndup(arena, text, len);
		(void)trim_text(word, len + 1, word);
		if (word[0] != '\0')
			out->words[out->nwords++] = word;
		text += len;
		if (*text == ';')
			text++;
		else if (*text != '\0')
			text += sizeof(wide) - 1;
	}
}

static bool
value_vague(struct review_test *out)
{
	if (out->nwords == 0 || count_parse(out->words[0], &out->a) < 0 ||
	    out->a < 1 || out->a > 100)
		return false;
	out->words++;
	out->nwords--;
	return true;
}

static bool
value_same(const char *value, struct arena *arena, struct review_test *out)
{
	const char *slash = strchr(value, '/');
	char *n;

	if (slash == NULL)
		return false;
	n = arena_strndup(arena, value, (size_t)(slash - value));
	return count_parse(n, &out->a) == 0 &&
	       count_parse(slash + 1, &out->b) == 0 && out->a >= 2 &&
	       out->a <= 100 && out->b >= 1 && out->b <= 720;
}

bool
review_value(enum review_what what, const char *value, struct arena *arena,
    struct review_test *out)
{
	switch (what) {
	case REVIEW_NOTE:
	case REVIEW_MEMO:
	case REVIEW_MASKED:
		cut_words(value, arena, out);
		return true;
	case REVIEW_TITLE:
	case REVIEW_PLACE:
		cut_words(value, arena, out);
		return out->nwords > 0;
	case REVIEW_VAGUE:
		cut_words(value, arena, out);
		return value_vague(out);
	case REVIEW_SAME_BUYER:
		return value_same(value, arena, out);
	case REVIEW_AMOUNT_OVER:
	case REVIEW_AMOUNT_UNDER:
		return money_parse(value, &out->a) == 0 && out->a >= 0;
	case REVIEW_GRAMS_OVER:
		return count_parse(value, &out->a) == 0 && out->a >= 0;
	case REVIEW_COD:
	case REVIEW_STOCK:
	case REVIEW_UNMAPPED:
	case REVIEW_ANY:
		return value[0] == '\0';
	case REVIEW_MAX:
		break;
	}
	return false;
}

#define SELECT \
	"SELECT r.id, r.version, r.seq, r.active, r.name, r.what, r.value," \
	" coalesce(s.name, ''), r.action, coalesce(r.shop_id, 0)," \
	" coalesce(c.name, ''), coalesce(r.courier_id, 0) FROM review_rule r" \
	" LEFT JOIN shop s ON s.id = r.shop_id" \
	" LEFT JOIN courier c ON c.id = r.courier_id"

static void
take_rule(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct review_rule *r = out;

	r->id = db_int(rows, 0);
	r->version = db_int(rows, 1);
	r->seq = db_int(rows, 2);
	r->active = db_int(rows, 3);
	r->name = row_text(rows, 4, arena);
	r->what = row_text(rows, 5, arena);
	r->value = row_text(rows, 6, arena);
	r->shop = row_text(rows, 7, arena);
	r->action = row_text(rows, 8, arena);
	r->courier = row_text(rows, 10, arena);
}

int
review_rule_page(struct session *s, struct page *out)
{
	/* A few dozen. */
	const struct query q = QUERY(SELECT " ORDER BY r.seq, r.id /*scan*/"
					    " /*sort*/");
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	return query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct review_rule),
	    RULES, take_rule, out);
}

int
review_rule_get(struct session *s, int64_t id, struct page *out)
{
	struct query q = QUERY(SELECT " WHERE 1 = 1");
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	query_and(&q, "r.id =", db_i(id));
	rc = query_fetch(s->db, &q, PAGE_FIRST, sizeof(struct review_rule), 1,
	    take_rule, out);
	return page_one(s, rc, out, "", _("There is no such rule of review"));
}

static const char sql_by_name[] = "SELECT id FROM review_rule WHERE name = $1";

int
review_rule_by_name(struct session *s, const char *name, int64_t *id)
{
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	rc = db_get1(s->db, sql_by_name, DB_ARGS(db_t(name)), id);
	if (rc == ERR_NOTFOUND)
		return err_set(&s->err, ERR_NOTFOUND, "name",
		    _("There is no rule of review called %s"), name);
	return rc;
}

void
review_rule_edit_from(struct review_rule_edit *e, const struct review_rule *r)
{
	*e = (struct review_rule_edit){ .seq = r->seq,
		.active = r->active != 0 };
	copy_text(e->name, sizeof(e->name), r->name);
	copy_text(e->what, sizeof(e->what), r->what);
	copy_text(e->value, sizeof(e->value), r->value);
	copy_text(e->shop, sizeof(e->shop), r->shop);
	copy_text(e->action, sizeof(e->action), r->action);
	copy_text(e->courier, sizeof(e->courier), r->courier);
}

/* What was typed, as it is stored. */
struct rule_now {
	char name[64], value[400];
	int64_t shop_id, courier_id;
};

static const char sql_shop[] =
    "SELECT min(id), count(*) FROM shop WHERE name = $1 /*scan*/";

/* Shops are a handful; two platforms may have one of the same name. */
int
rule_shop(struct session *s, const char *name, int64_t *id)
{
	struct db_rows *rows;
	int64_t n = 0;
	int rc;

	*id = 0;
	if (name[0] == '\0')
		return 0;
	if ((rc = db_query(s->db, sql_shop, DB_ARGS(db_t(name)), &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*id = db_int(rows, 0);
		n = db_int(rows, 1);
	}
	db_done(rows);
	if (rc < 0 || n == 1)
		return rc < 0 ? rc : 0;
	return err_set(&s->err, ERR_INVALID, "shop",
	    n == 0 ? _("There is no shop %s")
		   : _("Several shops are called %s"),
	    name);
}

static int
check_value(struct session *s, const struct review_rule_edit *e)
{
	struct review_test t = { .words = NULL };
	enum review_what what = review_what_by_name(e->what);
	struct arena arena = { 0 };
	bool fine;

	if (what == REVIEW_MAX)
		return err_set(&s->err, ERR_INVALID, "what",
		    _("%s is nothing that a rule can look for"), e->what);
	fine = utf8_valid(e->value, strlen(e->value)) &&
	       review_value(what, e->value, &arena, &t);
	arena_done(&arena);
	if (fine)
		return 0;
	if (hints[what] == NULL)
		return err_set(&s->err, ERR_INVALID, "value",
		    _("A rule of this kind needs nothing more: leave it "
		      "empty"));
	return err_set(&s->err, ERR_INVALID, "value", _("What is wanted: %s"),
	    _(hints[what]));
}

/* Only who chooses a courier names one. */
static int
check_action(
    struct session *s, const struct review_rule_edit *e, struct rule_now *out)
{
	bool courier = strcmp(e->action, "courier") == 0;

	out->courier_id = 0;
	if (!courier && strcmp(e->action, "hold") != 0 &&
	    strcmp(e->action, "pass") != 0)
		return err_set(&s->err, ERR_INVALID, "action",
		    _("A rule stops an order (hold), lets it pass (pass) or "
		      "says by whom it goes (courier)"));
	return courier ? courier_find(s, e->courier, &out->courier_id) : 0;
}

static int
check_edit(
    struct session *s, const struct review_rule_edit *e, struct rule_now *out)
{
	int rc;

	if (!trim_text(out->name, sizeof(out->name), e->name) ||
	    out->name[0] == '\0' || !utf8_valid(out->name, strlen(out->name)))
		return err_set(
		    &s->err, ERR_INVALID, "name", _("The name is missing"));
	if ((rc = check_value(s, e)) < 0)
		return rc;
	(void)trim_text(out->value, sizeof(out->value), e->value);
	if ((rc = check_action(s, e, out)) < 0)
		return rc;
	if (e->seq < 0 || e->seq > SEQ_MAX)
		return err_set(&s->err, ERR_INVALID, "seq",
		    _("The place is between 0 and %d"), SEQ_MAX);
	return rule_shop(s, e->shop, &out->shop_id);
}

static const char sql_taken[] =
    "SELECT count(*) FROM review_rule WHERE name = $1 AND id <> $2";

static int
check_free(struct session *s, struct txn *txn, const char *name, int64_t id)
{
	int64_t n;
	int rc;

	s->courier_rules.read = false;
	rc = db_fetch1(txn, sql_taken, DB_ARGS(db_t(name), db_i(id)), &n);
	if (rc < 0 || n == 0)
		return rc;
	return err_set(&s->err, ERR_CONFLICT, "name",
	    _("There is a rule called %s already"), name);
}

static const char sql_last[] =
    "SELECT coalesce(max(seq), 0) FROM review_rule /*scan*/";
static const char sql_add[] =
    "INSERT INTO review_rule (name, what, value, shop_id, action, seq, active,"
    " courier_id) VALUES ($3, $4, $5, $6, $7, $8, $9, $10)";
static const char sql_save[] =
    "UPDATE review_rule SET name = $3, what = $4, value = $5, shop_id = $6,"
    " action = $7, seq = $8, active = $9, courier_id = $10,"
    " version = version + 1 WHERE id = $1 AND ($2 = 0 OR version = $2)";

int
review_rule_write(struct session *s, struct txn *txn, int64_t *id,
    int64_t version, const struct review_rule_edit *e)
{
	struct rule_now now = { .shop_id = 0 };
	int64_t seq = e->seq, changed;
	int rc;

	if ((rc = check_edit(s, e, &now)) < 0 ||
	    (rc = check_free(s, txn, now.name, *id)) < 0)
		return rc;
	if (*id == 0 && seq == 0) {
		rc = db_fetch1(txn, sql_last, DB_NOARGS, &seq);
		seq += SEQ_STEP;
	}
	if (rc < 0)
		return rc;
	const struct db_val vals[] = { db_i(*id), db_i(version), db_t(now.name),
		db_t(e->what), db_t(now.value), db_id(now.shop_id),
		db_t(e->action), db_i(seq), db_i(e->active),
		db_id(now.courier_id) };

	if (*id == 0)
		return db_insert(txn, sql_add, vals, 10, id);
	rc = db_exec(txn, sql_save, vals, 10, &changed);
	if (rc == 0 && changed == 0)
		rc = err_set(&s->err, ERR_CONFLICT, "",
		    _("The rule %s was changed by someone else meanwhile"),
		    now.name);
	return rc;
}

static int
keep(struct session *s, const struct op *op, int64_t *id, int64_t version,
    const struct review_rule_edit *e)
{
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, op, &txn)) < 0)
		return rc;
	rc = review_rule_write(s, txn, id, version, e);
	if (rc == 0)
		rc = op_commit(s, op, &txn, *id, "%s: %s %s -> %s%s", e->name,
		    e->what, e->value, e->action,
		    e->active ? "" : ", not used");
	op_abort(s, &txn);
	return rc;
}

int
review_rule_add(
    struct session *s, const struct review_rule_edit *e, int64_t *id)
{
	int64_t added = 0;
	int rc = keep(s, &op_add, &added, 0, e);

	if (rc == 0)
		*id = added;
	return rc;
}

int
review_rule_save(struct session *s, int64_t id, int64_t version,
    const struct review_rule_edit *e)
{
	return keep(s, &op_save, &id, version, e);
}

/* As it is, but for what @set says. */
static int
change(struct session *s, int64_t id,
    void (*set)(struct review_rule_edit *e, int64_t n), int64_t n)
{
	const struct review_rule *r;
	struct review_rule_edit e;
	struct page page;
	int64_t version;
	int rc;

	if ((rc = session_need(s, PERM_RULE_EDIT)) < 0 ||
	    (rc = review_rule_get(s, id, &page)) < 0)
		return rc;
	r = page_row(&page, 0);
	version = r->version;
	review_rule_edit_from(&e, r);
	page_free(&page);
	set(&e, n);
	return review_rule_save(s, id, version, &e);
}

static void
set_active(struct review_rule_edit *e, int64_t n)
{
	e->active = n != 0;
}

int
review_rule_active(struct session *s, int64_t id, bool active)
{
	return change(s, id, set_active, active);
}

static const char sql_seq[] =
    "UPDATE review_rule SET seq = $2, version = version + 1 WHERE id = $1";

/* Numbers them anew, so that there is a place between any two. */
static int
move_apply(
    struct session *s, struct txn *txn, int64_t id, int by, char name[64])
{
	const struct review_rule *r, *other;
	struct page page;
	size_t i, k;
	int rc;

	if ((rc = review_rule_page(s, &page)) < 0)
		return rc;
	for (i = 0; i < page.n; i++)
		if (((const struct review_rule *)page_row(&page, i))->id == id)
			break;
	k = i + (size_t)by;
	if (i == page.n)
		rc = err_set(&s->err, ERR_NOTFOUND, "",
		    _("There is no such rule of review"));
	else if (k >= page.n)
		rc = err_set(&s->err, ERR_STATE, "",
		    _("The rule stands at the end already"));
	for (size_t j = 0; rc == 0 && j < page.n; j++) {
		size_t place = j == i ? k : j == k ? i : j;

		other = page_row(&page, j);
		rc = db_exec(txn, sql_seq,
		    DB_ARGS(
			db_i(other->id), db_i((int64_t)(place + 1) * SEQ_STEP)),
		    NULL);
	}
	if (rc == 0) {
		r = page_row(&page, i);
		copy_text(name, 64, r->name);
	}
	page_free(&page);
	return rc;
}

int
review_rule_move(struct session *s, int64_t id, int by)
{
	struct txn *txn;
	char name[64];
	int rc;

	if ((rc = op_begin(s, &op_save, &txn)) < 0)
		return rc;
	rc = move_apply(s, txn, id, by, name);
	if (rc == 0)
		rc = op_commit(s, &op_save, &txn, id, "%s: %s", name,
		    by < 0 ? "sooner" : "later");
	op_abort(s, &txn);
	return rc;
}

static const char sql_seed[] =
    "INSERT INTO review_rule (seq, active, name, what, value, action)"
    " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (name) DO NOTHING";

static int
seed(struct txn *txn, int64_t *added)
{
	struct tsv t;
	int64_t n;
	int rc = 0;

	tsv_open(&t, "review.tsv");
	while (rc == 0 && tsv_next(&t) == 1) {
		rc = db_exec(txn, sql_seed,
		    DB_ARGS(db_i(strtoll(tsv_get(&t, "seq"), NULL, 10)),
			db_i(strtoll(tsv_get(&t, "active"), NULL, 10)),
			db_t(tsv_get(&t, "name")), db_t(tsv_get(&t, "what")),
			db_t(tsv_get(&t, "value")),
			db_t(tsv_get(&t, "action"))),
		    &n);
		if (rc == 0)
			*added += n;
	}
	tsv_done(&t);
	return rc;
}

int
review_seed(struct txn *txn)
{
	int64_t added = 0;

	return seed(txn, &added);
}

int
review_rule_defaults(struct session *s, int64_t *added)
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

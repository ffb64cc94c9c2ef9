/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/gifts.h"
#include "shopmgr/domain/reminders.h"
#include "shopmgr/domain/review.h"
#include "shopmgr/domain/settings.h"

#include "../core/settings_priv.h"
#include "../made/attrs_priv.h"
#include "../orders/gifts_priv.h"
#include "../review/review_priv.h"
#include "import_typed.h"

/* The rules of the owner, the words that the shop uses, and its settings, as
 * lists. */

static const struct typed_place review_places[] = {
	PLACE(review_rule_edit, name, TYPED_TEXT, 0),
	PLACE(review_rule_edit, what, TYPED_TEXT, 0),
	PLACE(review_rule_edit, value, TYPED_TEXT, 0),
	PLACE(review_rule_edit, shop, TYPED_TEXT, 0),
	PLACE(review_rule_edit, action, TYPED_TEXT, 0),
	PLACE(review_rule_edit, courier, TYPED_TEXT, 0),
	PLACE(review_rule_edit, seq, TYPED_NUMBER, 0),
	PLACE(review_rule_edit, active, TYPED_YES, 1),
};

static const char sql_review[] = "SELECT id FROM review_rule WHERE name = $1";

static void
review_from(void *was, const void *record)
{
	review_rule_edit_from(was, record);
}

static int
review_put(struct job *j, int64_t *id, void *edit)
{
	return review_rule_write(j->s, j->txn, id, 0, edit);
}

const struct typed typed_review_rules = {
	.kind = "review-rule",
	.what = "typed",
	.perm = PERM_RULE_EDIT,
	.size = sizeof(struct review_rule_edit),
	TYPED_PLACES(review_places),
	.by = sql_review,
	.get = review_rule_get,
	.from = review_from,
	.write = review_put,
};

static const struct typed_place gift_places[] = {
	PLACE(gift_rule_edit, name, TYPED_TEXT, 0),
	PLACE(gift_rule_edit, shop, TYPED_TEXT, 0),
	PLACE(gift_rule_edit, since, TYPED_DAY, 0),
	PLACE(gift_rule_edit, until, TYPED_END, 0),
	PLACE(gift_rule_edit, min_paid, TYPED_NUMBER, 0),
	PLACE(gift_rule_edit, sku, TYPED_TEXT, 0),
	PLACE(gift_rule_edit, min_qty, TYPED_NUMBER, 0),
	PLACE(gift_rule_edit, gift_sku, TYPED_TEXT, 0),
	PLACE(gift_rule_edit, gift_qty, TYPED_NUMBER, 1),
	PLACE(gift_rule_edit, each_time, TYPED_YES, 0),
	PLACE(gift_rule_edit, alone, TYPED_YES, 0),
	PLACE(gift_rule_edit, seq, TYPED_NUMBER, 0),
	PLACE(gift_rule_edit, active, TYPED_YES, 1),
};

static const char sql_gift[] = "SELECT id FROM gift_rule WHERE name = $1";

static void
gift_from(void *was, const void *record)
{
	gift_rule_edit_from(was, record);
}

static int
gift_put(struct job *j, int64_t *id, void *edit)
{
	return gift_rule_write(j->s, j->txn, id, 0, edit);
}

const struct typed typed_gift_rules = {
	.kind = "gift-rule",
	.what = "typed",
	.perm = PERM_RULE_EDIT,
	.size = sizeof(struct gift_rule_edit),
	TYPED_PLACES(gift_places),
	.by = sql_gift,
	.get = gift_rule_get,
	.from = gift_from,
	.write = gift_put,
};

static const struct typed_place text_places[] = {
	PLACE(text_template_edit, kind, TYPED_TEXT, 0),
	PLACE(text_template_edit, name, TYPED_TEXT, 0),
	PLACE(text_template_edit, text, TYPED_TEXT, 0),
	PLACE(text_template_edit, active, TYPED_YES, 1),
};

static int
text_id_of(struct job *j, const void *edit, int64_t *id)
{
	const struct text_template_edit *e = edit;
	int rc = text_by_name(j->s, e->kind, e->name, id);

	return rc == ERR_NOTFOUND ? 0 : rc;
}

static void
text_from(void *was, const void *record)
{
	text_edit_from(was, record);
}

static int
text_put_one(struct job *j, int64_t *id, void *edit)
{
	return text_write(j->s, j->txn, id, 0, edit);
}

const struct typed typed_texts = {
	.kind = "text",
	.what = "typed",
	.perm = PERM_RULE_EDIT,
	.size = sizeof(struct text_template_edit),
	TYPED_PLACES(text_places),
	.id_of = text_id_of,
	.get = text_get,
	.from = text_from,
	.write = text_put_one,
};

static const struct typed_place attr_places[] = {
	PLACE(attr_def_edit, name, TYPED_TEXT, 0),
	PLACE(attr_def_edit, title, TYPED_TEXT, 0),
	PLACE(attr_def_edit, product, TYPED_TEXT, 0),
	PLACE(attr_def_edit, type, TYPED_TEXT, 0),
	PLACE(attr_def_edit, unit, TYPED_TEXT, 0),
	PLACE(attr_def_edit, choices, TYPED_TEXT, 0),
	PLACE(attr_def_edit, least, TYPED_NUMBER, 0),
	PLACE(attr_def_edit, most, TYPED_NUMBER, 0),
	PLACE(attr_def_edit, critical, TYPED_YES, 0),
	PLACE(attr_def_edit, seq, TYPED_NUMBER, 0),
	PLACE(attr_def_edit, active, TYPED_YES, 1),
};

static const char sql_attr[] =
    "SELECT d.id FROM attr_def d LEFT JOIN product p ON p.id = d.product_id"
    " WHERE d.name = $1 AND coalesce(p.name, '') = $2 /*scan*/";

/* A shop has those that it begins with once it needs them. */
static int
attr_id_of(struct job *j, const void *edit, int64_t *id)
{
	const struct attr_def_edit *e = edit;
	int rc;

	if ((rc = attrs_seed(j->s, j->txn)) < 0)
		return rc;
	rc = db_get1(
	    j->s->db, sql_attr, DB_ARGS(db_t(e->name), db_t(e->product)), id);
	return rc == ERR_NOTFOUND ? 0 : rc;
}

/* As the list has them: ";红;蓝;". */
static void
attr_from(void *was, const void *record)
{
	const struct attr_def *d = record;
	struct attr_def_edit *is = was;

	attr_def_edit_from(is, d);
	copy_text(is->choices, sizeof(is->choices), d->choices);
}

static int
attr_put(struct job *j, int64_t *id, void *edit)
{
	return attr_def_write(j->s, j->txn, id, 0, edit);
}

const struct typed typed_attrs = {
	.kind = "attr",
	.what = "typed",
	.perm = PERM_RULE_EDIT,
	.size = sizeof(struct attr_def_edit),
	TYPED_PLACES(attr_places),
	.id_of = attr_id_of,
	.get = attr_def_get,
	.from = attr_from,
	.write = attr_put,
};

struct setting_edit {
	char name[64], value[SETTING_VALUE];
};
static const struct typed_place setting_places[] = {
	PLACE(setting_edit, name, TYPED_TEXT, 0),
	PLACE(setting_edit, value, TYPED_TEXT, 0),
};

static int
setting_id_of(struct job *j, const void *edit, int64_t *id)
{
	const struct setting_edit *e = edit;

	return setting_find(j->s, e->name, id);
}

static int
setting_look(
    struct job *j, int64_t id, const void *edit, void *was, bool *there)
{
	struct setting_edit *is = was;

	(void)edit;
	*there = true;
	copy_text(is->name, sizeof(is->name), setting_name(id));
	return setting_text(
	    j->s, (enum setting_id)(id - 1), is->value, sizeof(is->value));
}

static int
setting_put(struct job *j, int64_t *id, void *edit)
{
	const struct setting_edit *e = edit;
	char value[SETTING_VALUE];

	return setting_write(j->s, j->txn, *id, e->value, value);
}

const struct typed typed_settings = {
	.kind = "setting",
	.what = "typed",
	.perm = PERM_SETTING_EDIT,
	.size = sizeof(struct setting_edit),
	TYPED_PLACES(setting_places),
	.id_of = setting_id_of,
	.look = setting_look,
	.write = setting_put,
};

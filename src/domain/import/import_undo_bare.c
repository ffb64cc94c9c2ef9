/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "shopmgr/base/alloc.h"

#include "import_undo.h"

/*
 * Shops, couriers and the like that an import made, of files that named them
 * for the first time. Much may refer to them, by no index: so it is looked for
 * while nobody waits, and what was seen counts if nobody has written since.
 * Where others write all the time they stay; they do no harm.
 */

#define LOOKS 3

static const struct {
	enum made kind;
	const char *table;
	const char *but; /* figures, which are all 0 by then */
	const char *figures, *drop;
} bare[] = {
	{ MADE_SHOP, "shop", "day_figure",
	    "DELETE FROM day_figure WHERE shop_id = $1 AND created_n = 0"
	    " AND paid_n = 0 AND paid = 0 AND shipped_n = 0 /*scan*/",
	    "DELETE FROM shop WHERE id = $1 AND NOT EXISTS"
	    " (SELECT 1 FROM day_figure f WHERE f.shop_id = $1) /*scan*/" },
	{ MADE_COURIER, "courier", "", NULL,
	    "DELETE FROM courier WHERE id = $1" },
	{ MADE_COMPANY, "company", "", NULL,
	    "DELETE FROM company WHERE id = $1" },
	/* One goes after those in it. */
	{ MADE_CATEGORY, "category", "category", NULL,
	    "DELETE FROM category WHERE id = $1 AND NOT EXISTS"
	    " (SELECT 1 FROM category c WHERE c.parent_id = $1)" },
	{ MADE_BIN, "bin", "", NULL, "DELETE FROM bin WHERE id = $1" },
	{ MADE_TEMPLATE, "freight_template", "freight_zone",
	    "DELETE FROM freight_zone WHERE template_id = $1",
	    "DELETE FROM freight_template WHERE id = $1" },
	{ MADE_WAREHOUSE, "warehouse", "", NULL,
	    "DELETE FROM warehouse WHERE id = $1" },
	{ MADE_MATERIAL, "material", "", NULL,
	    "DELETE FROM material WHERE id = $1" },
	{ MADE_GRADE, "grade", "", NULL, "DELETE FROM grade WHERE id = $1" },
	{ MADE_REVIEW_RULE, "review_rule", "", NULL,
	    "DELETE FROM review_rule WHERE id = $1" },
	{ MADE_GIFT_RULE, "gift_rule", "", NULL,
	    "DELETE FROM gift_rule WHERE id = $1" },
	{ MADE_TEXT, "text_template", "", NULL,
	    "DELETE FROM text_template WHERE id = $1" },
	/* What was typed for orders is read by its name. */
	{ MADE_ATTR, "attr_def", "", NULL,
	    "DELETE FROM attr_def WHERE id = $1 AND NOT EXISTS (SELECT 1"
	    " FROM line_attr a WHERE a.name = attr_def.name) /*scan*/" },
};
#define NBARE (sizeof(bare) / sizeof(bare[0]))

static const char sql_worked[] =
    "SELECT count(*) FROM (SELECT 1 FROM audit WHERE kind = $1"
    " AND subject = $2 AND id >= $3 AND op" WORK_OPS " LIMIT 1) a";

static int
look_at(struct undo *u, size_t kind, int64_t id)
{
	struct db *db = u->j.s->db;
	int64_t worked = 0;
	bool used;
	int rc;

	rc = db_referred(db, bare[kind].table, id, bare[kind].but, &used);
	if (rc == 0)
		rc = db_get1(db, sql_worked,
		    DB_ARGS(db_t(made_kinds[bare[kind].kind]), db_i(id),
			db_i(u->audit_from)),
		    &worked);
	if (rc < 0 || used || worked != 0)
		return rc;
	u->bare = xreallocarray(u->bare, u->nbare + 1, sizeof(*u->bare));
	u->bare[u->nbare++] =
	    (struct undo_bare){ .kind = (unsigned)kind, .id = id };
	return 0;
}

static const char sql_ranges[] =
    "SELECT first, last FROM import_made WHERE batch_id = $1 AND kind = $2"
    " /*scan*/";

static int
look_at_kind(struct undo *u, size_t kind)
{
	struct db_rows *rows;
	int64_t id;
	int rc = db_query(u->j.s->db, sql_ranges,
	    DB_ARGS(db_i(u->j.batch), db_t(made_kinds[bare[kind].kind])),
	    &rows);

	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0)
		for (id = db_int(rows, 0); rc > 0 && id <= db_int(rows, 1);
		     id++)
			if ((rc = look_at(u, kind, id)) == 0)
				rc = 1;
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
bare_look(struct undo *u)
{
	size_t i;
	int rc = 0;

	u->nbare = 0;
	u->due = false;
	u->looks++;
	u->version = db_version(u->j.s->db);
	for (i = 0; rc == 0 && i < NBARE; i++)
		rc = look_at_kind(u, i);
	return rc;
}

static int
take(struct undo *u, const struct undo_bare *b)
{
	const struct db_val id = db_i(b->id);
	int rc = 0;

	if (bare[b->kind].figures != NULL)
		rc = db_exec(u->j.txn, bare[b->kind].figures, &id, 1, NULL);
	return rc < 0 ? rc
		      : db_exec(u->j.txn, bare[b->kind].drop, &id, 1, NULL);
}

int
bare_take(struct undo *u, bool *again)
{
	bool holds = db_version(u->j.s->db) == u->version;
	size_t i;
	int rc = 0;

	u->due = u->looks == 0 || (!holds && u->looks < LOOKS);
	*again = u->due;
	/* What was made last may hang on what was made before. */
	for (i = u->nbare; rc == 0 && holds && !*again && i > 0; i--)
		rc = take(u, &u->bare[i - 1]);
	return rc;
}

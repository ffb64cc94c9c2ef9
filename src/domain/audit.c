/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/op.h"

#include "row_priv.h"
#include "session_priv.h"

static void
read_entry(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct audit_row *row = out;

	row->id = db_int(rows, 0);
	row->at = db_int(rows, 1);
	row->staff = row_text(rows, 2, arena);
	row->op = row_text(rows, 3, arena);
	row->kind = row_text(rows, 4, arena);
	row->subject = db_int(rows, 5);
	row->detail = row_text(rows, 6, arena);
	row->approved = row_text(rows, 7, arena);
}

static int
fetch(struct session *s, struct query *q, enum page_dir dir,
    const struct audit_row *from, size_t limit, struct page *out)
{
	struct query_key key = { "audit.id",
		db_i(from != NULL ? from->id : 0) };

	query_page(q, &key, 1, true, dir, limit);
	return query_fetch(
	    s->db, q, dir, sizeof(struct audit_row), limit, read_entry, out);
}

#define SELECT_AUDIT \
	"SELECT audit.id, at, staff.name, op, kind, subject, detail, boss.name " \
	"FROM audit LEFT JOIN staff ON staff.id = staff_id " \
	"LEFT JOIN staff boss ON boss.id = approved_by WHERE 1 = 1"

int
audit_page(struct session *s, const char *kind, int64_t subject,
    enum page_dir dir, const struct audit_row *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY(SELECT_AUDIT);
	int rc;

	if ((rc = session_need(s, PERM_NONE)) < 0)
		return rc;
	query_and(&q, "kind =", db_t(kind));
	query_and(&q, "subject =", db_i(subject));
	return fetch(s, &q, dir, from, limit, out);
}

int
audit_list(struct session *s, const struct audit_filter *f, enum page_dir dir,
    const struct audit_row *from, size_t limit, struct page *out)
{
	static const struct audit_filter all;
	struct query q = QUERY(SELECT_AUDIT);
	int rc;

	if ((rc = session_need(s, PERM_AUDIT_VIEW)) < 0)
		return rc;
	if (f == NULL)
		f = &all;
	if (f->staff_id != 0)
		query_and(&q, "audit.staff_id =", db_i(f->staff_id));
	if (f->op != NULL)
		query_and(&q, "op =", db_t(f->op));
	if (f->kind != NULL)
		query_and(&q, "kind =", db_t(f->kind));
	if (f->subject != 0)
		query_and(&q, "subject =", db_i(f->subject));
	if (f->since != 0)
		query_and(&q, "at >=", db_i(f->since));
	if (f->until != 0)
		query_and(&q, "at <", db_i(f->until));
	return fetch(s, &q, dir, from, limit, out);
}

const char *
audit_op_text(const char *op)
{
	static const struct {
		const char *op, *text;
	} texts[] = {
		{ "backup", N_("backup made") },
		{ "export", N_("file exported") },
		{ "import", N_("files imported") },
		{ "listing-map", N_("item mapped") },
		{ "order-cancel", N_("order cancelled") },
		{ "order-confirm", N_("order confirmed with the buyer") },
		{ "order-hold", N_("order held") },
		{ "order-release", N_("order released") },
		{ "order-remark", N_("remark changed") },
		{ "order-ship", N_("order shipped") },
		{ "product-add", N_("product added") },
		{ "product-save", N_("product changed") },
		{ "restore", N_("backup put back") },
		{ "setting-save", N_("setting changed") },
		{ "shop-demo", N_("filled with demo trade") },
		{ "shop-init", N_("shop created") },
		{ "staff-add", N_("staff added") },
		{ "staff-password", N_("password changed") },
		{ "stock-adjust", N_("stock adjusted") },
		{ "stock-issue", N_("stock issued") },
		{ "stock-receive", N_("goods received") },
		{ "stock-reverse", N_("slip reversed") },
		{ "stock-transfer", N_("moved to another bin") },
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (strcmp(texts[i].op, op) == 0)
			return _(texts[i].text);
	return op;
}

/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/audit.h"

/* The operations there are, in the order of their names: X(name, words). */
/* clang-format off */
#define OPS(X) \
	X("backup", N_("backup made")) \
	X("backup-rehearse", N_("backup tried out")) \
	X("contact-reveal", N_("contact revealed")) \
	X("export", N_("file exported")) \
	X("import", N_("files imported")) \
	X("import-undo", N_("import taken back")) \
	X("layout-teach", N_("layout taught")) \
	X("layout-unteach", N_("layout forgotten")) \
	X("listing-map", N_("item mapped")) \
	X("login", N_("logged in")) \
	X("login-locked", N_("log-in locked")) \
	X("login-refused", N_("log-in refused")) \
	X("logout", N_("logged out")) \
	X("order-cancel", N_("order cancelled")) \
	X("order-confirm", N_("order confirmed with the buyer")) \
	X("order-hold", N_("order held")) \
	X("order-release", N_("order released")) \
	X("order-remark", N_("remark changed")) \
	X("order-ship", N_("order shipped")) \
	X("product-add", N_("product added")) \
	X("product-save", N_("product changed")) \
	X("restore", N_("backup put back")) \
	X("role-add", N_("role added")) \
	X("role-save", N_("role changed")) \
	X("setting-save", N_("setting changed")) \
	X("shop-demo", N_("filled with demo trade")) \
	X("shop-init", N_("shop created")) \
	X("staff-add", N_("staff added")) \
	X("staff-badge", N_("badge made")) \
	X("staff-badge-drop", N_("badge ended")) \
	X("staff-close", N_("account closed")) \
	X("staff-otp-end", N_("somebody's one-time code ended")) \
	X("staff-otp-off", N_("one-time code ended")) \
	X("staff-otp-on", N_("one-time code set up")) \
	X("staff-password", N_("password changed")) \
	X("staff-reopen", N_("account opened again")) \
	X("staff-reset", N_("password given anew")) \
	X("staff-save", N_("staff changed")) \
	X("staff-unlock", N_("log-in unlocked")) \
	X("stock-adjust", N_("stock adjusted")) \
	X("stock-issue", N_("stock issued")) \
	X("stock-receive", N_("goods received")) \
	X("stock-reverse", N_("slip reversed")) \
	X("stock-transfer", N_("moved to another bin")) \
	X("view-set", N_("list arranged"))
/* clang-format on */

#define NAME(name, words)  name,
#define WORDS(name, words) words,

const char *const audit_ops[] = { OPS(NAME) NULL };

const char *
audit_op_text(const char *op)
{
	static const char *const words[] = { OPS(WORDS) };
	size_t i;

	for (i = 0; audit_ops[i] != NULL; i++)
		if (strcmp(audit_ops[i], op) == 0)
			return _(words[i]);
	return op;
}

/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/staff.h"

#include "door_priv.h"
#include "session_priv.h"

/*
 * Step-up: one action that the person logged in may not do by role, allowed by
 * somebody who stands beside. session_need() and op_begin() count it,
 * op_commit() uses it up and writes down who allowed it.
 */

bool
perm_approvable(enum perm perm)
{
	const char *name = perm_name(perm);

	return strncmp(name, "order.", 6) == 0 ||
	       strncmp(name, "stock.", 6) == 0 || perm == PERM_CUSTOMER_EDIT ||
	       perm == PERM_PRODUCT_EDIT || perm == PERM_EXPORT ||
	       perm == PERM_IMPORT || perm == PERM_CONTACT_REVEAL ||
	       perm == PERM_PACK_FORCE || perm == PERM_PAYMENT_EDIT ||
	       perm == PERM_PRODUCTION_EDIT || perm == PERM_WAVE_MAKE ||
	       perm == PERM_DOCUMENT_ISSUE || perm == PERM_TRACK_EDIT ||
	       perm == PERM_PURCHASE_REQUEST || perm == PERM_PURCHASE_ORDER;
}

/* May @boss allow @perm? */
static int
check_approver(
    struct session *s, int64_t boss, enum perm perm, const char *login)
{
	const uint64_t needed = UINT64_C(1) << perm | UINT64_C(1)
							  << PERM_APPROVE;
	uint64_t perms;
	int rc;

	if (boss == s->staff_id)
		return err_set(&s->err, ERR_INVALID, "login",
		    _("Somebody else has to approve this"));
	if ((rc = person_perms(s, boss, &perms)) < 0)
		return rc;
	if ((perms & needed) == needed)
		return 0;
	return err_set(&s->err, ERR_INVALID, "login",
	    /* TRANSLATORS: "wang may not approve shipping orders" */
	    _("%s may not approve %s"), login, perm_text(perm));
}

int
session_approve(
    struct session *s, unsigned perm, const char *login, const char *password)
{
	char name[SESSION_NAME];
	int64_t boss = 0;
	int rc;

	session_approval_end(s);
	if ((rc = session_need(s, PERM_NONE)) < 0)
		return rc;
	if (!perm_approvable((enum perm)perm))
		return err_set(&s->err, ERR_DENIED, "",
		    /* TRANSLATORS: "... no approval for changing the staff" */
		    _("There is no approval for %s"),
		    perm_text((enum perm)perm));
	if (strncmp(login, STAFF_BADGE, strlen(STAFF_BADGE)) == 0) {
		if ((rc = session_badge(s, login, name)) < 0)
			return rc;
		login = name;
	}
	if ((rc = door_password(s, login, password, &boss)) < 0 ||
	    (rc = check_approver(s, boss, (enum perm)perm, login)) < 0)
		return rc;
	door_forgive(s, login);
	s->approved = UINT64_C(1) << perm;
	s->approver = boss;
	return 0;
}

void
session_approval_end(struct session *s)
{
	s->approved = 0;
	s->approver = 0;
	s->approved_by = 0;
}

/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/staff.h"

#include "../core/session_priv.h"

/* What people call a record, to what the log calls it. */

int
audit_find(
    struct session *s, const char *name, const char **kind, int64_t *subject)
{
	int rc;

	*kind = "order";
	rc = order_by_no(s, name, subject);
	if (rc == ERR_NOTFOUND) {
		*kind = "variant";
		rc = variant_by_code(s, name, subject);
	}
	if (rc == ERR_NOTFOUND && session_may(s, PERM_STAFF_VIEW)) {
		*kind = "staff";
		rc = staff_by_login(s, name, subject);
	}
	if (rc != ERR_NOTFOUND)
		return rc;
	return err_set(&s->err, ERR_INVALID, "record",
	    _("No order, product or person is called %s"), name);
}

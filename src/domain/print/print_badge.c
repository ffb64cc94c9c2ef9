/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/domain/staff.h"

#include "../core/session_priv.h"
#include "print_priv.h"

/* A badge as large as a bank's card, to be worn; the scanner reads whose it
 * is. */

#define CARD_W 85.6
#define CARD_H 54.0
#define EDGE   3.0
#define INNER  (CARD_W - 2 * EDGE)

static const struct paper_format card = {
	.width = CARD_W, .height = CARD_H, .margin = EDGE, .pt = 9
};

static void
put(struct printing *pr, int y, int h, int pt, bool bold, const char *text)
{
	paper_text(pr->paper, (struct paper_box){ EDGE, y, INNER, h },
	    &(const struct paper_style){ .pt = pt,
		.min_pt = 7,
		.bold = bold,
		.align = PAPER_CENTRE,
		.one_line = true },
	    text);
}

/* "agent, warehouse" in words. */
static const char *
roles_of(struct printing *pr, const char *roles)
{
	char *rest, *role, *list = arena_strdup(&pr->arena, roles);
	const char *words = "";

	for (role = strtok_r(list, " ", &rest); role != NULL;
	     role = strtok_r(NULL, " ", &rest))
		words = arena_printf(&pr->arena, "%s%s%s", words,
		    words[0] != '\0' ? C_("list", ", ") : "", role_text(role));
	return words;
}

static void
badge(struct printing *pr, const struct staff *m, const char *code)
{
	paper_section(pr->paper, NULL, NULL);
	put(pr, 4, 5, 9, false, session_shop_name(pr->s));
	put(pr, 10, 11, 22, true, m->name);
	put(pr, 22, 5, 9, false, roles_of(pr, m->roles));
	paper_code(pr->paper, (struct paper_box){ 1, 29, CARD_W - 2, 16 },
	    PAPER_CODE128, code);
	put(pr, 47, 4, 8, false, m->login);
}

int
print_badge(struct session *s, int64_t staff_id, const struct print_job *job,
    struct print_said *said)
{
	struct printing pr = { .s = s, .job = job, .said = said };
	char code[STAFF_BADGE_SIZE] = "";
	struct page page = { 0 };
	int rc;

	*said = (struct print_said){ .printed = 0 };
	if ((rc = session_need(s, PERM_STAFF_EDIT)) < 0 ||
	    (rc = staff_get(s, staff_id, &page)) < 0)
		return rc;
	/* Where nothing can be printed the badge before stays good. */
	rc = printing_begin(&pr, "badge", _("Badge"), &card);
	if (rc == 0)
		rc = staff_badge_new(s, staff_id, code);
	if (rc == 0) {
		badge(&pr, page_row(&page, 0), code);
		rc = printing_end(&pr, _("Badge"));
	}
	secret_wipe(code, sizeof(code));
	printing_close(&pr);
	page_free(&page);
	said->printed = rc == 0;
	return rc;
}

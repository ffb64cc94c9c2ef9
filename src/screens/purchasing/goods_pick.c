/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "../core/screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/domain/find.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/tui/ui.h"

/* Nobody knows every code by heart. */

#define FOUND 200 /* of everything, orders before goods */
#define GOODS 40  /* to choose from */

/* Which of what was found; NULL: none. */
static const struct found *
choose(struct screen *sc, const struct page *page)
{
	const struct found *goods[GOODS], *f;
	const char *words[GOODS];
	struct arena names = { 0 };
	size_t i, n = 0;
	int at = 0;

	for (i = 0; i < page->n && n < GOODS; i++) {
		f = page_row(page, i);
		if (strcmp(f->kind, "product") != 0)
			continue;
		goods[n] = f;
		words[n++] = arena_printf(&names, "%s  %s", f->label, f->what);
	}
	if (n == 0)
		at = -1;
	else if (n > 1)
		at = ui_pick(sc->ui, _("Which product?"), words, n, 0);
	arena_done(&names);
	return at >= 0 ? goods[at] : NULL;
}

int
act_product_code(struct screen *sc, char *code, size_t size)
{
	struct session *s = session_of(sc);
	const struct found *f;
	struct page page;
	int64_t id;
	int rc = variant_by_code(s, code, &id);

	if (rc != ERR_NOTFOUND || code[0] == '\0')
		return 0;
	if ((rc = find_any(s, code, FOUND, &page)) < 0)
		return rc;
	f = choose(sc, &page);
	if (f != NULL)
		copy_text(code, size, f->label);
	page_free(&page);
	return 0;
}

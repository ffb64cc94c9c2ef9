/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "import_cli.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/import.h"

/* "import look FILE": what a file is, and its first row as it is understood. */

struct column {
	int64_t id;
	const char *header, *field, *raw, *read;
};

#define FIELD(name, label, type) \
	{ \
#name, label, type, offsetof(struct column, name), NULL \
	}
static const struct rec_field column_fields[] = {
	FIELD(header, N_("Column"), REC_TEXT),
	FIELD(field, N_("Taken as"), REC_TEXT),
	FIELD(raw, N_("First row"), REC_TEXT),
	FIELD(read, N_("Understood"), REC_TEXT),
	{ NULL, NULL, REC_TEXT, 0, NULL },
};
#undef FIELD

static void
columns(struct cli *c, const struct import_look *look)
{
	struct page p;

	page_init(&p, sizeof(struct column), look->ncols + 1);
	for (size_t i = 0; i < look->ncols; i++) {
		struct column *col = page_add(&p);

		*col = (struct column){
			.id = (int64_t)i + 1,
			.header = look->header[i],
			.field = look->fields[i] != NULL ? look->fields[i] : "",
			.raw = look->nrows > 0 ? look->raw[i] : "",
			.read = look->nrows > 0 ? look->read[i] : "",
		};
	}
	out_table(c, "columns", _("Columns of the file"), column_fields, &p);
	page_free(&p);
}

static void
show(struct cli *c, const struct import_look *look)
{
	out_begin(c);
	out_text(c, "file", _("File"), look->name);
	out_text(c, "kind", _("Kind"), look->kind != NULL ? look->kind : "");
	out_text(c, "text", _("Recognised as"), look->text);
	out_text(c, "container", _("Container"), look->container);
	out_text(c, "encoding", _("Encoding"), look->encoding);
	out_bool(c, "doubtful", _("Doubtful"), look->doubtful);
	out_int(c, "header_line", _("Header line"), look->header_line);
	columns(c, look);
	out_end(c);
}

int
import_look_at(struct cli *c, int argc, char **argv)
{
	struct import_options opt = { 0 };
	const struct arg args[] = {
		{ .name = "--encoding", .value = &opt.encoding },
		{ 0 },
	};
	struct import_look look;
	struct arg_list rest;
	bool known;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc != 0 || (rc = cli_session(c)) != 0)
		return rc;
	if (import_look(c->s, rest.v[0], &opt, &look) != 0)
		return cli_failed(c);
	show(c, &look);
	known = look.kind != NULL;
	import_look_free(&look);
	return known ? CLI_OK : CLI_REFUSED;
}

/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_ROLES_H
#define SCREENS_ROLES_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/domain/op.h"
#include "shopmgr/tui/canvas.h"

/* Roles across, permissions down, and a cursor in it. */

struct matrix_role {
	int64_t id, version, staff_n;
	char name[32], title[64];
	uint64_t was, is; /* as saved, and as it is to be: a bit each perm */
};

struct matrix {
	struct matrix_role *role;
	size_t n;
	int row, col;   /* of the cursor */
	int top, left;  /* the first in view */
	int rows, cols; /* in view, as last drawn */
};

/* Permissions stand in the order of enum perm. */
enum perm matrix_perm(int row);
size_t matrix_changes(const struct matrix *m);
int matrix_move(struct matrix *m, int down, int right); /* 1 */
void matrix_draw(struct matrix *m, struct canvas *c, struct rect r);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_IMPORT_FORMATS_H
#define DOMAIN_IMPORT_FORMATS_H

struct job;

/* import_folder.c: the user's own files, *.tsv of one folder. */
void formats_read_folder(struct job *j);

#endif

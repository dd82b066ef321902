/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The database of model facts that `make` compiled from this tree. */

/* Lets look-ups use the compiled database. Fails the test if it does not exist. */
void use_database(void);

/* Lets look-ups find no database. */
void use_no_database(void);

"""One module a procedure (or a family of them): its form and its row of the table. All are loaded by `table`."""

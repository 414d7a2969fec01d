"""The law, pure: values in, findings or dates out; no database, no Flask, no clock."""

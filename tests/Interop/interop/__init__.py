"""Drives real clients and raw wire probes against the simulator; see ../README.md."""

"""A script that raises while its document is made: for `bokeh serve`."""

raise RuntimeError("on purpose")

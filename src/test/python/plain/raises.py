"""A script that raises while its document is made: for `bokeh serve`."""

from bokeh.io import curdoc
from bokeh.models import Div

curdoc().add_root(Div(text="Before"))
raise RuntimeError("on purpose")

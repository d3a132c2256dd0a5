"""A figure whose columns are binary and never stop coming: for `bokeh serve`."""

import numpy as np

from bokeh.io import curdoc
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure

source = ColumnDataSource({"x": np.arange(500.0), "y": np.zeros(500)})
plot = figure(height=200, width=400, title="Stream")
plot.line("x", "y", source=source)


def more():
    x = source.data["x"][-1] + 1 + np.arange(20.0)
    source.stream({"x": x, "y": np.sin(x)}, rollover=1000)


curdoc().add_root(plot)
curdoc().add_periodic_callback(more, 100)

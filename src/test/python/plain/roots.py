"""Several roots and a figure by Bokeh alone: for `bokeh serve`."""

from bokeh.io import curdoc
from bokeh.layouts import column
from bokeh.models import Div, Select, Slider
from bokeh.plotting import figure

plot = figure(height=200, width=400, title="Line")
plot.line([1, 2, 3], [4, 6, 5])
curdoc().add_root(column(Div(text="<h2>First root</h2>"), plot))
curdoc().add_root(Slider(start=0, end=9, value=3, title="Second root"))
curdoc().add_root(Select(options=["a", "b"], value="a", title="Third root"))
curdoc().title = "Roots"

"""A dashboard on a real Panel server: deferred panes of several durations, a table, a figure, widgets in the sidebar.

Prints "ready URL" once it listens, and serves until it is ended.
"""

import argparse
import time

import numpy as np
import pandas as pd
import panel as pn

from bokeh.plotting import figure

DELAYS_MS = (50, 150, 300, 600)


def deferred(millis):
    """A pane whose function is called once the page is drawn, and then takes a while."""

    def make():
        time.sleep(millis / 1000)
        return pn.pane.Markdown(f"### After {millis} ms\n\n" + "Some words of a report. " * 20)

    return pn.panel(make, defer_load=True)


def page():
    """Builds the page; Panel calls it for each session."""
    rows = pn.widgets.IntSlider(name="Rows", start=1, end=100, value=10)
    city = pn.widgets.Select(name="City", options=["Oslo", "Rome", "Lima"])
    numbers = np.random.default_rng(1).random((50, 4))
    plot = figure(width=600, height=300)
    plot.line(np.arange(200), np.cumsum(np.random.default_rng(2).normal(size=200)))

    def summary(count, place):
        return pn.pane.Markdown(f"{count} rows of {place}")

    return pn.template.MaterialTemplate(
        title="Dashboard",
        sidebar=[rows, city, pn.widgets.Checkbox(name="Smoking"), pn.widgets.TextInput(name="Words")],
        main=[
            *(deferred(millis) for millis in DELAYS_MS),
            pn.panel(pn.bind(summary, rows, city), defer_load=True),
            pn.widgets.Tabulator(pd.DataFrame(numbers, columns=list("abcd")), page_size=20),
            pn.pane.Bokeh(plot),
        ],
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    options = parser.parse_args()

    pn.extension("tabulator")
    server = pn.io.server.get_server({"/": page}, port=options.port, start=False, show=False)
    server.start()
    print(f"ready http://localhost:{server.port}/", flush=True)
    server.io_loop.start()


if __name__ == "__main__":
    main()

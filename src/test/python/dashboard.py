"""What DashboardSimulation's own dashboard is, on a real Panel: a slider, four panes that load by themselves, a table, a figure.

Prints "ready URL" once it listens, and serves until it is ended.
"""

import argparse
import time

import numpy as np
import pandas as pd
import panel as pn

from bokeh.models import ColumnDataSource
from bokeh.plotting import figure

SECONDS = np.arange(60.0)


def requests(visitors):
    """Requests per second of so many visitors."""
    return {"second": SECONDS, "requests": visitors * (1 + 0.3 * np.sin(SECONDS / 5))}


def page():
    """Builds the page; Panel calls it for each session."""
    slider = pn.widgets.IntSlider(name="Visitors at once", start=1, end=100, value=40)
    source = ColumnDataSource(requests(slider.value))
    readout = pn.pane.Markdown(f"{slider.value} visitors at once")

    def slid(event):
        readout.object = f"{event.new} visitors at once"
        source.data = requests(event.new)

    slider.param.watch(slid, "value_throttled")

    def summary():
        time.sleep(0.1)
        return pn.pane.Markdown("All stations are up.")

    def chart():
        time.sleep(0.4)
        plot = figure(height=260, title="Requests per second")
        plot.line("second", "requests", source=source)
        return pn.pane.Bokeh(plot)

    def late_notes():
        time.sleep(0.9)
        return pn.pane.Markdown("All stations answered.")

    def notes():
        time.sleep(0.2)
        return pn.Column("Every station is asked for its notes.", pn.panel(late_notes, defer_load=True))

    def stations():
        time.sleep(0.7)
        frame = pd.DataFrame({"station": [f"S{i:03d}" for i in range(40)], "load": np.arange(40) % 7 / 7})
        return pn.widgets.Tabulator(frame, height=260, disabled=True)

    template = pn.template.MaterialTemplate(title="Station dashboard")
    template.main.append(
        pn.Column(
            pn.panel(summary, defer_load=True),
            slider,
            readout,
            pn.Row(
                pn.Column("## Load", pn.panel(chart, defer_load=True)),
                pn.Column("## Notes", pn.panel(notes, defer_load=True)),
            ),
            "## Stations",
            pn.panel(stations, defer_load=True),
        )
    )
    return template


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    options = parser.parse_args()

    pn.extension("tabulator")
    pn.config.global_loading_spinner = True
    pn.config.nthreads = 0  # as many threads as Panel thinks fit

    server = pn.io.server.get_server({"/": page}, port=options.port, admin=True, start=False, show=False)
    server.start()
    print(f"ready http://localhost:{server.port}/", flush=True)
    server.io_loop.start()


if __name__ == "__main__":
    main()

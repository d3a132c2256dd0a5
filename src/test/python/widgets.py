"""A Panel page whose widgets do something: a slider with and without a loader, a button, a select, a checkbox, a text, a clock.

Prints "ready URL" once it listens, and serves until it is ended.
"""

import argparse
import time

import panel as pn

SLOW_SECONDS = 0.8  # longer than the quiet time by which a page is known to be idle
QUICK_SECONDS = 0.2


def page():
    """Builds the page; Panel calls it for each session."""
    rows = pn.widgets.IntSlider(name="Rows", start=1, end=100, value=10)
    guests = pn.widgets.IntSlider(name="Guests", start=1, end=12, value=4)
    refresh = pn.widgets.Button(name="Refresh")
    city = pn.widgets.Select(name="City", options={"Oslo": 1, "Rome": 2})
    smoking = pn.widgets.Checkbox(name="Smoking")
    words = pn.widgets.TextInput(name="Words")
    choices = pn.pane.Markdown("nothing chosen")
    clicks = pn.pane.Markdown("no clicks")

    def table(count):
        time.sleep(SLOW_SECONDS)
        return pn.pane.Markdown(f"{count} rows")

    def seats(count):
        time.sleep(QUICK_SECONDS)
        return pn.pane.Markdown(f"{count} seats")

    def chosen(*_):
        choices.object = f"{city.value} {smoking.value} {words.value}"

    def clicked(_):
        clicks.object = f"{refresh.clicks} clicks"

    for widget in (city, smoking, words):
        widget.param.watch(chosen, "value")
    refresh.on_click(clicked)
    clock = pn.pane.Markdown("")
    pn.state.add_periodic_callback(lambda: setattr(clock, "object", f"{time.monotonic():.1f} s"), period=300)
    return pn.Column(
        rows,
        pn.panel(pn.bind(table, rows), loading_indicator=True),
        guests,
        pn.panel(pn.bind(seats, guests), loading_indicator=False),
        pn.Row(refresh, city, smoking, words),
        choices,
        clicks,
        clock,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    options = parser.parse_args()

    pn.extension()
    pn.config.defer_load = True
    pn.config.nthreads = 0  # as many threads as Panel thinks fit

    server = pn.io.server.get_server({"/": page}, port=options.port, start=False, show=False)
    server.start()
    print(f"ready http://localhost:{server.port}/", flush=True)
    server.io_loop.start()


if __name__ == "__main__":
    main()

"""Many small apps on one real Panel server, each at a path of its own: what the light engine must open, or say that it cannot.

Prints "ready URL" once it listens, and serves until it is ended. What each page must come to is VariantsTest's business. Most
pages take a time of their own, from 0.2 to 3 s, so that ranks of their times mean something in VariantsTable.
"""

import argparse
import asyncio
import pathlib
import tempfile
import time

import numpy as np
import pandas as pd
import panel as pn
import param

from bokeh.embed import server_document
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure
from bokeh.resources import Resources

PAGES = {}


def page(function):
    """Serves the function's page at its name, with dashes for underscores."""
    PAGES["/" + function.__name__.replace("_", "-")] = function
    return function


def deferred(millis, content="Hello, world!"):
    """A pane whose function is called once the page is drawn, and then takes a while."""

    def make():
        time.sleep(millis / 1000)
        return content if callable(getattr(content, "get_root", None)) else pn.pane.Markdown(content)

    return pn.panel(make, defer_load=True)


def hello(template, millis):
    made = template(title="Variants")
    made.main.append(deferred(millis))
    return made


# ---- templates --------------------------------------------------------------------------------------------------------


@page
def material():
    return hello(pn.template.MaterialTemplate, 200)


@page
def fast_list():
    return hello(pn.template.FastListTemplate, 1200)


@page
def bootstrap():
    return hello(pn.template.BootstrapTemplate, 2400)


@page
def vanilla():
    return hello(pn.template.VanillaTemplate, 700)


@page
def react():
    made = pn.template.ReactTemplate(title="Variants")
    made.main[:4, :6] = deferred(1700)
    return made


@page
def bare():
    return pn.Column("# Variants", deferred(200))


# ---- loaders ----------------------------------------------------------------------------------------------------------


@page
def several_panes():
    return pn.Column(*(deferred(millis, f"{millis} ms") for millis in (100, 300, 600, 900)))


@page
def nested():
    inner = pn.Row(pn.FlexBox(pn.GridBox(deferred(300, "innermost"), "beside", ncols=2)), pn.WidgetBox(deferred(500)))
    outer = pn.Column(deferred(200, pn.Column("outer", deferred(400, "inner"))), inner)
    return pn.Column(pn.Row(outer, pn.Spacer(width=10)), pn.layout.Divider())


@page
def tabs():
    return pn.Tabs(("First", deferred(200)), ("Hidden", deferred(1500)))


@page
def dynamic_tabs():
    return pn.Tabs(("First", deferred(1000)), ("Not sent", deferred(3000)), dynamic=True)


@page
def cards():
    return pn.Column(
        pn.Card(deferred(500), title="Open"),
        pn.Card(deferred(2800), title="Collapsed", collapsed=True),
        pn.Accordion(("Closed section", pn.pane.Markdown("closed"))),
    )


@page
def comes_and_goes():
    pane = pn.pane.Markdown("At first")

    async def refresh():
        pane.loading = True
        await asyncio.sleep(0.8)
        pane.object = "Refreshed"
        pane.loading = False

    pn.state.onload(refresh)
    pn.config.global_loading_spinner = True
    return pane


@page
def loading_from_the_start():
    pane = pn.pane.Markdown("At first", loading=True)

    async def fill():
        await asyncio.sleep(2)
        pane.object = "Filled"
        pane.loading = False

    pn.state.onload(fill)
    return pane


@page
def never_loads():
    return pn.pane.Markdown("For ever", loading=True)


# ---- content ----------------------------------------------------------------------------------------------------------


def frame():
    return pd.DataFrame({"city": ["Delft", "Bonn", "Oslo"] * 100, "guests": np.arange(300), "share": np.linspace(0, 1, 300)})


@page
def tables():
    return pn.Column(
        deferred(200, pn.widgets.Tabulator(frame(), page_size=10, pagination="remote")),
        pn.widgets.DataFrame(frame(), height=200),
        deferred(2100, pn.pane.DataFrame(frame().head(20))),
    )


def streaming_figure():
    source = ColumnDataSource({"x": np.arange(1000.0), "y": np.random.default_rng(1).normal(size=1000)})
    plot = figure(height=250, width=500, title="Streamed")
    plot.line("x", "y", source=source)
    last = [1000.0]

    def more():
        xs = last[0] + np.arange(50.0)
        last[0] += 50
        source.stream({"x": xs, "y": np.sin(xs)}, rollover=2000)
        source.patch({"y": [(0, float(last[0]))]})

    return plot, more


@page
def figure_streaming():
    plot, more = streaming_figure()
    pn.state.add_periodic_callback(more, period=100)
    return pn.Column(pn.pane.Bokeh(plot), deferred(1400))


@page
def dashboard():
    """Several deferred panes beside widgets, a table and a figure; one pane depends on the slider."""
    guests = pn.widgets.IntSlider(name="Guests", start=0, end=10, value=4)
    plot, _ = streaming_figure()

    def bound(value):
        time.sleep(0.2)
        return pn.pane.Markdown(f"A table for {value}.")

    made = pn.template.MaterialTemplate(title="Dashboard", sidebar=[guests, pn.widgets.Select(options=["a", "b"])])
    made.main.append(pn.Row(*(deferred(millis, f"{millis} ms") for millis in (50, 150, 300, 600))))
    made.main.append(pn.panel(pn.bind(bound, guests), defer_load=True))
    made.main.append(pn.Row(pn.widgets.Tabulator(frame(), page_size=10, pagination="remote"), pn.pane.Bokeh(plot)))
    return made


@page
def widgets():
    return pn.Column(
        pn.widgets.FloatSlider(name="Slider", start=0, end=10),
        pn.widgets.Select(name="Select", options=["a", "b"]),
        pn.widgets.MultiChoice(name="Choice", options=["a", "b"], value=["a"]),
        pn.widgets.DatePicker(name="Date"),
        pn.widgets.TextInput(name="Text"),
        pn.widgets.Checkbox(name="Check"),
        pn.widgets.Button(name="Button"),
        pn.widgets.FileInput(),
        pn.widgets.RadioButtonGroup(options=["a", "b"]),
        pn.indicators.Number(name="Number", value=7),
        pn.indicators.Progress(value=40),
        pn.widgets.JSONEditor(value={"a": 1}) if hasattr(pn.widgets, "JSONEditor") else "none",
    )


@page
def html_scripts():
    return pn.Column(
        pn.pane.HTML("<p id='place'>Before</p><script>window.variants = 1;</script>"),
        pn.pane.HTML("<script>throw new Error('on purpose')</script><b>After</b>"),
        deferred(2600),
    )


@page
def notifications():
    pn.config.notifications = True
    made = pn.template.MaterialTemplate(title="Variants")
    made.main.append(deferred(3000))
    pn.state.onload(lambda: pn.state.notifications.info("Loaded"))
    return made


@page
def onload():
    column = pn.Column("At first")

    def fill():
        time.sleep(0.3)
        column.append("Came on load")

    pn.state.onload(fill)
    return column


# ---- what never stops -------------------------------------------------------------------------------------------------


@page
def periodic_text():
    pane = pn.pane.Markdown("0")
    pn.state.add_periodic_callback(lambda: pane.param.update(object=f"{time.time()}"), period=100)
    return pane


@page
def periodic_layout():
    column = pn.Column("first")

    def turn():
        column[:] = [*column[-3:], pn.pane.Markdown(f"{time.time()}")]

    pn.state.add_periodic_callback(turn, period=100)
    return column


@page
def periodic_and_deferred():
    pane = pn.pane.Markdown("0")
    pn.state.add_periodic_callback(lambda: pane.param.update(object=f"{time.time()}"), period=50)
    return pn.Column(pane, deferred(1900))


# ---- what goes wrong --------------------------------------------------------------------------------------------------


@page
def deferred_raises():
    def make():
        time.sleep(0.1)
        raise RuntimeError("on purpose")

    return pn.Column("Around it", pn.panel(make, defer_load=True))


@page
def page_raises():
    raise RuntimeError("on purpose")


# Panel shows nothing of an error in a script; what had been made before it stands in the page.
SCRIPTS = {
    "script-raises": """import panel as pn
raise RuntimeError("on purpose")
""",
    "script-raises-late": """import panel as pn
pn.pane.Markdown("Before").servable()
raise RuntimeError("on purpose")
""",
    "several-roots": """import time
import panel as pn
def slow(seconds):
    time.sleep(seconds)
    return pn.pane.Markdown("came")
pn.panel(lambda: slow(0.2), defer_load=True).servable()
pn.pane.Markdown("Second root").servable()
pn.panel(lambda: slow(1.6), defer_load=True).servable()
""",
}


# ---- deployments ------------------------------------------------------------------------------------------------------


@page
def query():
    asked = pn.state.session_args.get("name", [b"nobody"])[0].decode()
    made = pn.template.VanillaTemplate(title=f"For {asked} at {pn.state.location.search}")
    made.main.append(deferred(850))
    return made


@page
def told():
    """Shows in its title what the server was told: a header and a cookie."""
    header = pn.state.headers.get("X-Team", "none")
    made = pn.template.VanillaTemplate(title=f"team {header}, visit {pn.state.cookies.get('visit', 'none')}")
    made.main.append(deferred(2250))
    return made


# ---- what the light engine cannot run ---------------------------------------------------------------------------------


class Box(pn.reactive.ReactiveHTML):
    """A component of somebody's own, which shows another."""

    content = param.Parameter()
    _template = '<div id="box"><h2>Box</h2><div id="content">${content}</div></div>'


class OwnLoader(pn.reactive.ReactiveHTML):
    """A component that draws a loader by itself and takes it away by a script of its own."""

    _template = '<div id="own" class="pn-loading pn-arc">…</div>'
    _scripts = {"render": "setTimeout(() => own.classList.remove('pn-loading'), 700)"}


@page
def own_component():
    return pn.Column(Box(content=deferred(1100)), "beside")


@page
def own_loader():
    return pn.Column(OwnLoader(), "beside")


@page
def script_loader():
    return pn.pane.HTML(
        "<div class='pn-loading'>…</div><script>"
        "const own = [...document.currentScript?.parentElement?.querySelectorAll('.pn-loading') ?? []];"
        "setTimeout(() => own.forEach(e => e.classList.remove('pn-loading')), 500)</script>"
    )


@page
def linked_loader():
    """The loader of one pane is set in the browser, by a link to another's text."""
    pane, switch = pn.pane.Markdown("Linked"), pn.widgets.Checkbox(name="busy")
    switch.jslink(pane, value="loading")

    async def turn():
        await asyncio.sleep(0.1)
        switch.value = True
        await asyncio.sleep(1)
        switch.value = False

    pn.state.onload(turn)
    return pn.Column(switch, pane)


def own_esm():
    """Components as modules of JavaScript, which came with Panel 1.5."""

    class Module(pn.custom.JSComponent):
        content = pn.custom.Child()
        _esm = """export function render({model}) {
          const box = document.createElement('section'); box.append(model.get_child('content')); return box }"""

    class LoaderModule(pn.custom.JSComponent):
        _esm = """export function render() {
          const own = document.createElement('div'); own.className = 'pn-loading'; own.textContent = '…'
          setTimeout(() => own.classList.remove('pn-loading'), 700); return own }"""

    PAGES["/own-module"] = lambda: pn.Column(Module(content=deferred(2700)), "beside")
    PAGES["/own-module-loader"] = lambda: pn.Column(LoaderModule(), "beside")


def material_ui():
    """The components of panel-material-ui, which newer releases of Panel bring."""
    import panel_material_ui as pmui

    def plain():
        return pmui.Column(pmui.Typography("Hello"), deferred(1300), pmui.Button(label="Press"))

    def own():
        shown = pmui.Button(label="Press", loading=True)

        async def fill():
            await asyncio.sleep(1)
            shown.loading = False

        pn.state.onload(fill)
        return shown

    PAGES["/material-ui"] = plain
    PAGES["/material-ui-loader"] = own


# ---- pages beside the server's ----------------------------------------------------------------------------------------


def documents(folder, url):
    """Pages that hold an app, or a document without a server, as somebody else's web site would."""
    saved = pn.Column("# Saved", pn.widgets.IntSlider(name="Slider"), pn.pane.Markdown("Nobody serves me."))
    saved.save(str(folder / "saved.html"), title="Saved", resources=Resources(mode="server", root_url=url))
    html = "<!DOCTYPE html><html><head><title>Site</title></head><body><h1>Site</h1>{}</body></html>"
    (folder / "framed.html").write_text(html.format(f"<iframe src='{url}bare'></iframe>"))
    (folder / "embedded.html").write_text(html.format(server_document(url + "bare")))
    (folder / "plain.html").write_text(html.format("<p>No app here.</p>"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    options = parser.parse_args()

    pn.extension("tabulator", "jsoneditor", notifications=False)
    pn.config.nthreads = 0  # as many threads as Panel thinks fit
    if hasattr(pn, "custom"):
        own_esm()
        try:
            material_ui()
        except ImportError:
            print("without panel_material_ui", flush=True)

    with tempfile.TemporaryDirectory(prefix="variants-") as name:
        folder = pathlib.Path(name)
        scripts = {}
        for path, text in SCRIPTS.items():
            script = folder / f"{path}.py"
            script.write_text(text)
            scripts["/" + path] = str(script)
        server = pn.io.server.get_server(
            {**PAGES, **scripts},
            port=options.port,
            start=False,
            show=False,
            websocket_origin="*",
            static_dirs={"documents": name},
            # Or Panel 1.3.8 would stand still for seconds amid the visits, to end the sessions of the first ones.
            unused_session_lifetime_milliseconds=600_000,
        )
        server.start()
        url = f"http://localhost:{server.port}/"
        documents(folder, url)
        print(f"ready {url}", flush=True)
        server.io_loop.start()


if __name__ == "__main__":
    main()

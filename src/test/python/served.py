"""One page for `panel serve`, which has the options that deployments use."""

import time

import panel as pn

pn.extension()


def slow():
    time.sleep(0.2)
    return pn.pane.Markdown("Hello, world!")


pn.template.VanillaTemplate(title="Served", main=[pn.panel(slow, defer_load=True)]).servable()

"""The study's page on a real Panel server: a Material template whose one pane is deferred.

Prints "ready URL" once it listens, and serves until it is ended.
"""

import argparse
import json
import pathlib
import signal
import sys

import panel as pn


def page():
    """Builds the page; Panel calls it for each session."""
    template = pn.template.MaterialTemplate(title="Panel Performance")
    template.main.append(lambda: pn.pane.Markdown("Hello, world!"))
    return template


def write_sessions(file):
    """Writes the dictionary behind the admin page, without opening that page, which would change what is measured."""
    file.write_text(json.dumps(pn.state.session_info, default=str))
    sys.exit(0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    parser.add_argument("--sessions", type=pathlib.Path, help="on SIGTERM, write what Panel noted of its sessions")
    options = parser.parse_args()

    pn.extension()
    pn.config.defer_load = True
    pn.config.global_loading_spinner = True
    pn.config.nthreads = 0  # as many threads as Panel thinks fit

    server = pn.io.server.get_server({"/": page}, port=options.port, admin=True, start=False, show=False)
    if options.sessions:
        signal.signal(signal.SIGTERM, lambda *_: write_sessions(options.sessions))
    server.start()
    print(f"ready http://localhost:{server.port}/", flush=True)
    server.io_loop.start()


if __name__ == "__main__":
    main()

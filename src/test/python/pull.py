"""Pulls a session with Bokeh's own client and prints its title and the types of its roots; moves a slider where there is one.

    python pull.py http://localhost:5555/
"""

import sys

from bokeh.client import pull_session
from bokeh.models import Slider


def main():
    with pull_session(url=sys.argv[1]) as session:
        document = session.document
        print("title", document.title)
        for root in document.roots:
            print("root", type(root).__name__, root.name, root.css_classes)
        for slider in document.select({"type": Slider}):
            slider.value = 80
            session.force_roundtrip()
            session.pull()
            print("slid", document.get_model_by_id(slider.id).value)
        print("server", session.request_server_info()["version_info"]["bokeh"])


if __name__ == "__main__":
    main()

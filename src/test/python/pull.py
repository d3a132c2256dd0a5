"""Pulls a session with Bokeh's own client and prints its title and the types of its roots.

    python pull.py http://localhost:5555/
"""

import sys

from bokeh.client import pull_session


def main():
    with pull_session(url=sys.argv[1]) as session:
        document = session.document
        print("title", document.title)
        for root in document.roots:
            print("root", type(root).__name__, root.name, root.css_classes)
        print("server", session.request_server_info()["version_info"]["bokeh"])


if __name__ == "__main__":
    main()

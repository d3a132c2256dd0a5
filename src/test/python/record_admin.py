"""Records the admin page of a Panel server after six visits, two alone and four at once, and the end of their sessions.

    python src/test/python/record_admin.py > src/test/resources/captures/admin-1.3.8.json

Starts hello.py beside it, visits it as a light client does, waits until Panel has destroyed the sessions, and pulls the
document of /admin once. Instants are Unix seconds by this machine's clock.
"""

import asyncio
import base64
import json
import pathlib
import re
import subprocess
import sys
import time

import bokeh
import panel
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

READY = {"kind": "MessageSent", "msg_type": "bokeh_event",
         "msg_data": {"type": "event", "name": "document_ready", "values": {"type": "map"}}}
EXPIRED = 40  # s: Bokeh destroys a session 15 to 32 s after its last close


async def receive(socket):
    """One message: header, content, and its buffers by id."""
    header, _, content = [json.loads(await socket.read_message()) for _ in range(3)]
    buffers = {}
    for _ in range(header.get("num_buffers", 0)):
        name = json.loads(await socket.read_message())["id"]
        buffers[name] = base64.b64encode(await socket.read_message()).decode()
    return header, content, buffers


async def say(socket, name, kind, content):
    for frame in ({"msgid": name, "msgtype": kind}, {}, content):
        await socket.write_message(json.dumps(frame))


async def visit(url, ready=True):
    requested = time.time()
    page = (await AsyncHTTPClient().fetch(url)).body.decode()
    html = time.time()
    token = json.loads(re.search(r"render_items = (\[.*\]);", page).group(1))[0]["token"]
    address = HTTPRequest(url.rstrip("/").replace("http", "ws") + "/ws")
    socket = await websocket_connect(address, subprotocols=["bokeh", token], max_message_size=1 << 30)
    await receive(socket)
    await say(socket, "pull", "PULL-DOC-REQ", {})
    document = (None, None, None)
    while not document[0] or document[0].get("reqid") != "pull":
        document = await receive(socket)
    pulled = time.time()
    if ready:
        await say(socket, "ready", "PATCH-DOC", {"events": [READY]})
        await asyncio.sleep(0.5)
    socket.close()
    return {"requested": requested, "html": html, "pulled": pulled, "closed": time.time()}, document


async def record(url):
    visits = [(await visit(url))[0], (await visit(url))[0]]
    visits += [seen for seen, _ in await asyncio.gather(*[visit(url) for _ in range(4)])]
    await asyncio.sleep(EXPIRED)
    asked, (_, content, buffers) = await visit(url + "admin", ready=False)
    versions = {"panel": panel.__version__, "bokeh": bokeh.__version__}
    return {"versions": versions, "visits": visits, "asked": asked, "doc": content["doc"], "buffers": buffers}


def main():
    hello = pathlib.Path(__file__).with_name("hello.py")
    server = subprocess.Popen([sys.executable, "-W", "ignore", hello], stdout=subprocess.PIPE, text=True)
    try:
        url = next(line for line in server.stdout if line.startswith("ready ")).split()[1]
        json.dump(asyncio.run(record(url)), sys.stdout, separators=(",", ":"))
        print()
    finally:
        server.terminate()


if __name__ == "__main__":
    main()

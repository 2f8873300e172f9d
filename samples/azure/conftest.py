"""A client of azure-mgmt-compute whose service is a local server, which answers with a recorded view."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

VIEW = Path(__file__).parents[1] / "conformant" / "2022-11-01" / "vmss-vm-running.json"


class Service(BaseHTTPRequestHandler):
    def do_GET(self):
        body = VIEW.read_bytes()
        if "instanceView" not in self.path.partition("?")[0]:
            body = json.dumps({"value": [{"name": "web_0", "properties": {"instanceView": json.loads(body)}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        return


@pytest.fixture
def client():
    from azure.core.pipeline.policies import SansIOHTTPPolicy
    from azure.mgmt.compute import ComputeManagementClient

    server = HTTPServer(("127.0.0.1", 0), Service)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    no_token = SansIOHTTPPolicy()  # a token is sent by HTTPS alone
    with ComputeManagementClient(object(), "0000", base_url=address, authentication_policy=no_token) as client:
        yield client
    server.shutdown()
    server.server_close()

"""Somebody who uses a server at http://127.0.0.1:8080."""
import http.client
import json


class Customer:
    def __init__(self):
        self.headers = {"Content-Type": "application/json", "Host": "127.0.0.1:8080"}

    def call(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", 8080, timeout=20)
        try:
            connection.request(method, path, json.dumps(body) if body else None, self.headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except OSError:
            return 0, b"{}"
        finally:
            connection.close()

    def sign_up(self):
        person = {"email": "an@example.vn", "password": "a long pass phrase"}
        status, body = self.call("POST", "/auth/register", person)
        self.headers["Authorization"] = f"Bearer {json.loads(body).get('token')}"
        return status

    def paint(self):
        status, body = self.call("POST", "/image/generate-image", {"prompt": "a cat"})
        return status, json.loads(body).get("imageUrl", "/nothing")

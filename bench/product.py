"""What the benches do with a running Imagify: sign up, order, and play VNPAY's part."""
import hashlib
import hmac
import http.client
import json
import select
import socket
import time
import urllib.parse

# The bench is its own VNPAY: these are given to the server in its environment.
TMN_CODE = "BENCHTMN"
HASH_SECRET = "bench-only-hash-secret-0123456789"
ENVIRONMENT = {"IMAGIFY_MODE": "development", "VNPAY_TMN_CODE": TMN_CODE,
               "VNPAY_HASH_SECRET": HASH_SECRET}


class Account:
    def __init__(self, port, name):
        self.port = port
        status, reply = self.call("POST", "/auth/register", {
            "email": f"{name}@bench.test", "password": "correct horse battery " + name})
        if status != 201:
            raise SystemExit(f"bench: sign-up gave {status}: {reply}")
        self.token = reply["token"]

    def call(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Content-Type": "application/json"}
        if getattr(self, "token", None):
            headers["Authorization"] = f"Bearer {self.token}"
        connection.request(method, path, json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, json.loads(text) if text else None

    def order(self, plan):
        """Opens an order; yields the fields of its payment URL."""
        status, reply = self.call("POST", "/user/pay-vnpay", {"planId": plan})
        if status != 201:
            raise SystemExit(f"bench: pay-vnpay gave {status}: {reply}")
        query = urllib.parse.urlsplit(reply["paymentUrl"]).query
        return dict(urllib.parse.parse_qsl(query))


def paid_notice(order, number):
    """The query of VNPAY's notice that `order` was paid (vnp_* sorted, HMAC-SHA512)."""
    fields = {
        "vnp_Amount": order["vnp_Amount"], "vnp_BankCode": "NCB", "vnp_BankTranNo": f"VNP{number}",
        "vnp_CardType": "ATM", "vnp_OrderInfo": order["vnp_OrderInfo"],
        "vnp_PayDate": time.strftime("%Y%m%d%H%M%S", time.gmtime(time.time() + 7 * 3600)),
        "vnp_ResponseCode": "00", "vnp_TmnCode": TMN_CODE, "vnp_TransactionNo": str(number),
        "vnp_TransactionStatus": "00", "vnp_TxnRef": order["vnp_TxnRef"],
    }
    data = urllib.parse.urlencode(sorted(fields.items()))
    sign = hmac.new(HASH_SECRET.encode(), data.encode(), hashlib.sha512).hexdigest()
    return f"{data}&vnp_SecureHash={sign}"


def all_at_once(port, targets):
    """Sends one GET per connection, all before the first answer is read; yields the bodies."""
    sockets = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in targets]
    begun = time.monotonic()
    for connection, target in zip(sockets, targets):
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
                           "Connection: close\r\n\r\n".encode())
    answers = {connection: b"" for connection in sockets}
    open_ones = set(sockets)
    while open_ones:
        ready, _, _ = select.select(list(open_ones), [], [], 20)
        if not ready:
            raise SystemExit("bench: no answer within 20 s")
        for connection in ready:
            piece = connection.recv(65536)
            answers[connection] += piece
            if not piece:
                open_ones.remove(connection)
                connection.close()
    took_ms = (time.monotonic() - begun) * 1000
    return [answers[c].partition(b"\r\n\r\n")[2].decode() for c in sockets], took_ms


def metric(port, name):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/metrics")
    for line in connection.getresponse().read().decode().splitlines():
        if line.startswith(name + " "):
            return float(line.split()[1])
    raise SystemExit(f"bench: /metrics has no {name}")

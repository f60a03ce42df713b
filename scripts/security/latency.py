"""Works like somebody at a desk for some seconds, and fails when that is slow or goes wrong."""

import http.client
import sys
import time
import urllib.parse

url, access, name, seconds = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
host = urllib.parse.urlsplit(url).netloc
took, wrong = [], []
end = time.monotonic() + seconds
while time.monotonic() < end:
    began = time.monotonic()
    try:
        connection = http.client.HTTPConnection(host, timeout=5)
        connection.request("GET", "/api/v1/products?limit=20", headers={"Authorization": f"Bearer {access}"})
        status = connection.getresponse().status
        connection.close()
        if status != 200:
            wrong.append(status)
    except OSError as error:
        wrong.append(str(error))
    took.append(time.monotonic() - began)
    time.sleep(0.02)
took.sort()
p50, p99 = (took[int(len(took) * part)] * 1000 for part in (0.5, 0.99))
print(f"{name}: {len(took)} requests, p50 {p50:.1f} ms, p99 {p99:.1f} ms, {len(wrong)} wrong {sorted(set(map(str, wrong)))[:5]}")
sys.exit(1 if wrong or p99 > 200 or len(took) < 100 else 0)

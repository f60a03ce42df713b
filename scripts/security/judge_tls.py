"""Judges what testssl.sh and sslyze found: prints it, and fails on anything above low."""

import json
import sys

# About the certificate that the check made for itself: no public authority vouches for it, so there
# is neither a place to ask whether it was revoked nor a log or a DNS record that names it.
OWN_CERTIFICATE = {
    "cert_chain_of_trust", "cert_revocation", "cert_crlDistributionPoints", "cert_ocspURL",
    "OCSP_stapling", "DNS_CAArecord", "certificate_transparency", "cert_trust",
}
SEVERE = {"MEDIUM", "HIGH", "CRITICAL", "FATAL"}


def testssl(path):
    findings = json.load(open(path))
    if len(findings) < 50:
        return [f"testssl.sh told no more than {len(findings)} things"]
    severe = [f for f in findings if f["severity"] in SEVERE]
    for finding in severe:
        print("testssl.sh", finding["severity"], finding["id"], finding["finding"])
    print(f"testssl.sh: {len(findings)} things looked at")
    return [f["id"] for f in severe if f["id"].split(" ")[0] not in OWN_CERTIFICATE]


def sslyze(path):
    (scan,) = json.load(open(path))["server_scan_results"]
    result = {name: part["result"] for name, part in scan["scan_result"].items() if part["result"]}
    wrong = []
    for old in ("ssl_2_0", "ssl_3_0", "tls_1_0", "tls_1_1"):
        if result[f"{old}_cipher_suites"]["accepted_cipher_suites"]:
            wrong.append(f"{old} is spoken")
    for new in ("tls_1_2", "tls_1_3"):
        accepted = result[f"{new}_cipher_suites"]["accepted_cipher_suites"]
        names = [suite["cipher_suite"]["name"] for suite in accepted]
        print(f"sslyze: {new}: {', '.join(names)}")
        if not names:
            wrong.append(f"{new} is not spoken")
        wrong += [f"{name} is weak" for name in names
                  if not any(good in name for good in ("GCM", "CHACHA20"))]
        if new == "tls_1_2":
            wrong += [f"{name} has no forward secrecy" for name in names if "ECDHE" not in name]
    if result["heartbleed"]["is_vulnerable_to_heartbleed"]:
        wrong.append("heartbleed")
    if result["openssl_ccs_injection"]["is_vulnerable_to_ccs_injection"]:
        wrong.append("CCS injection")
    if "NOT_VULNERABLE" not in result["robot"]["robot_result"]:
        wrong.append("ROBOT")
    if result["session_renegotiation"]["is_vulnerable_to_client_renegotiation_dos"]:
        wrong.append("renegotiation by the client")
    if result["tls_compression"]["supports_compression"]:
        wrong.append("compression")
    if result["tls_1_3_early_data"]["supports_early_data"]:
        wrong.append("early data")
    headers = result["http_headers"]["strict_transport_security_header"]
    if not headers or headers["max_age"] < 31536000 or not headers["include_subdomains"]:
        wrong.append("Strict-Transport-Security")
    return wrong


def main():
    wrong = testssl(sys.argv[1]) + sslyze(sys.argv[2])
    for finding in wrong:
        print("finding:", finding)
    sys.exit(1 if wrong else 0)


main()

#!/usr/bin/env python3
"""Offers a case that Trailwarden sealed to the AWS CLI, on this machine and without a network.

    python3 serve.py            offers the case and prints the commands that check it
    python3 serve.py --run      runs them, and ends with 0 when the AWS CLI calls every log file of the case valid

It answers what `aws cloudtrail validate-logs` asks of S3, CloudTrail and Organizations out of this folder, and needs
Python 3.6 or newer and nothing else. `node check.mjs --serve` is the same for Node.js.
"""

import calendar
import json
import os
import re
import shlex
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from socketserver import ThreadingMixIn
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

FOLDER = os.path.dirname(os.path.abspath(__file__))


def read_json(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return json.load(file)


class Case:
    """What the case holds: objects of buckets with their metadata, public keys, and the commands that check them."""

    def __init__(self):
        self.manifest = read_json("manifest.json")
        self.commands = self.manifest["awsCli"]
        self.keys = read_json("public-keys.json")["PublicKeyList"]
        self.metadata = read_json("metadata.json")
        self.objects = {}
        for found in self.manifest["digests"] + self.manifest["logFiles"]:
            if found["path"] is not None and ".." not in found["path"].split("/"):
                self.objects[found["bucket"] + "/" + found["key"]] = found

    def keys_of(self, region):
        return [
            {
                "Value": key["Value"],
                "Fingerprint": key["Fingerprint"],
                "ValidityStartTime": seconds(key["ValidityStartTime"]),
                "ValidityEndTime": seconds(key["ValidityEndTime"]),
            }
            for key in self.keys
            if region is None or key["Region"] == region
        ]

    def trails(self):
        return [
            {
                "TrailARN": command["trailArn"],
                "Name": command["trailArn"].split("/")[-1],
                "HomeRegion": command["trailArn"].split(":")[3],
                "S3BucketName": command["bucket"],
                **({"S3KeyPrefix": command["prefix"]} if command["prefix"] else {}),
                "IsOrganizationTrail": command["organizationId"] != "",
            }
            for command in self.commands
        ]

    def organization(self):
        ids = [command["organizationId"] for command in self.commands if command["organizationId"]]
        return {"Id": ids[0] if ids else None}

    def listing(self, bucket, prefix, marker):
        """ListObjects, its first version, which is what the AWS CLI asks."""
        keys = sorted(
            found["key"]
            for found in self.objects.values()
            if found["bucket"] == bucket and found["key"].startswith(prefix) and found["key"] > marker
        )
        contents = "".join("<Contents><Key>%s</Key><Size>1</Size></Contents>" % escape(key) for key in keys)
        head = "<Name>%s</Name><IsTruncated>false</IsTruncated>" % escape(bucket)
        return "<ListBucketResult>%s%s</ListBucketResult>" % (head, contents)


def seconds(text):
    return calendar.timegm(time.strptime(text[:19], "%Y-%m-%dT%H:%M:%S"))


class Answers(BaseHTTPRequestHandler):
    case = None

    def do_POST(self):
        self.rfile.read(int(self.headers.get("content-length") or 0))
        target = self.headers.get("x-amz-target") or ""
        # Keys are a region's; the signature of the request says which one is asked.
        scope = re.search(r"Credential=[^/]+/\d+/([^/]+)/", self.headers.get("authorization") or "")
        if target.endswith(".ListPublicKeys"):
            self.send_json({"PublicKeyList": self.case.keys_of(scope.group(1) if scope else None)})
        elif target.endswith(".DescribeTrails"):
            self.send_json({"trailList": self.case.trails()})
        elif target.endswith(".DescribeOrganization"):
            self.send_json({"Organization": self.case.organization()})
        else:
            self.send(404, b"", {})

    def do_GET(self):
        url = urlsplit(self.path)
        query = parse_qs(url.query, keep_blank_values=True)
        name = unquote(url.path[1:])
        if "location" in query:
            self.send_xml(200, "<LocationConstraint/>")
        elif "/" not in name or name.endswith("/"):
            prefix, marker = query.get("prefix", [""])[0], query.get("marker", [""])[0]
            self.send_xml(200, self.case.listing(name.rstrip("/"), prefix, marker))
        elif name not in self.case.objects:
            self.send_xml(404, "<Error><Code>NoSuchKey</Code><Message>It is not in the case</Message></Error>")
        else:
            with open(os.path.join(FOLDER, *self.case.objects[name]["path"].split("/")), "rb") as file:
                content = file.read()
            metadata = self.case.metadata.get(name) or {}
            self.send(200, content, {"x-amz-meta-" + word: str(value) for word, value in metadata.items()})

    do_HEAD = do_GET

    def send_json(self, value):
        self.send(200, json.dumps(value).encode(), {"content-type": "application/x-amz-json-1.1"})

    def send_xml(self, status, text):
        self.send(status, text.encode(), {"content-type": "application/xml"})

    def send(self, status, content, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_):
        pass


class Server(ThreadingMixIn, HTTPServer):
    daemon_threads = True


def environment_for(url):
    """The AWS CLI with this case as its AWS, and nothing of this machine's own settings."""
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_PAGER": "",
    }


def spoken(words):
    return "aws " + " ".join(shlex.quote(word) for word in words)


def print_commands(commands, environment):
    print("Run these in another terminal (AWS CLI 1.45, 2.22 or newer); Ctrl-C ends this.\n")
    for name, value in environment.items():
        print("export %s=%s" % (name, shlex.quote(value)))
    for command in commands:
        print("\n" + spoken(command["words"]))
    if not commands:
        print("There is no digest in this case that it could check.")
    sys.stdout.flush()


def run_all(case, environment):
    """Runs every command; 0 when the AWS CLI called every log file of the case valid, and nothing of it invalid."""
    names = ["s3://%s/%s" % (found["bucket"], found["key"]) for found in case.manifest["logFiles"]]
    valid, invalid, left_out = set(), [], 0
    for command in case.commands:
        print(spoken(command["words"]) + "\n")
        try:
            done = subprocess.run(
                ["aws"] + command["words"],
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
        except OSError as error:
            print("The AWS CLI cannot be run: %s" % error)
            return 1
        text = done.stdout.decode("utf-8", "replace")
        print(shown(text.strip()) + "\n")
        if done.returncode not in (0, 1):
            invalid.append("The AWS CLI ended with %d" % done.returncode)
        for line in text.split("\n"):
            what, name, verdict = (line.rstrip("\r").split("\t") + ["", ""])[:3]
            if verdict.startswith("valid"):
                valid.add(name)
            elif verdict == "INVALID: not found" and what == "Log file" and name not in names:
                left_out += 1
            elif verdict.startswith("INVALID"):
                invalid.append(line)
    unsaid = [name for name in names if name not in valid]
    print("The AWS CLI calls %d of %d log files of the case valid." % (len(names) - len(unsaid), len(names)))
    if left_out:
        print("%d log files that its digests name were left out of the case; it cannot find them." % left_out)
    for text in (invalid + ["Not called valid: " + name for name in unsaid])[:50]:
        print(shown(text))
    return 1 if invalid or unsaid else 0


def shown(text):
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", "\ufffd", text)


def main():
    case = Case()
    Answers.case = case
    server = Server(("127.0.0.1", 0), Answers)
    environment = environment_for("http://127.0.0.1:%d" % server.server_address[1])
    if "--run" in sys.argv[1:]:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return run_all(case, environment)
    print_commands(case.commands, environment)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())

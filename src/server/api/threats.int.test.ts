import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeLogFile, makeRecord } from "../../../test/fixtures/made-record.ts";
import { type OpenApp, openApp } from "../open-app.fixture.ts";
import type { AddressAnswer, ThreatListAnswer } from "./threats.ts";

let open: OpenApp;

before(async () => {
  open = await openApp({ eventsPerDay: 0 });
});
after(async () => {
  await open[Symbol.asyncDispose]();
});

async function send(method: string, path: string, body?: unknown, token: string = open.token): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  return open.app.fetch(new Request(`http://127.0.0.1/api/v1/detect/${path}`, init));
}

test("a list is put, told and removed, by whoever holds the token", async () => {
  const body = { kind: "addresses", text: "203.0.113.7\nnonsense\n", level: "high" };
  assert.equal((await send("PUT", "threat-lists/mine", body, "another")).status, 401);
  const put = await send("PUT", "threat-lists/mine", body);
  const { list } = (await put.json()) as { list: ThreatListAnswer };
  assert.equal(put.status, 200, JSON.stringify(list));
  assert.deepEqual(
    [list.name, list.entries, list.level, list.refused, list.fetchedAt, list.problem],
    ["mine", 1, "high", [{ line: 2, reason: "it is no address" }], null, null],
  );
  const { lists } = await open.json<{ lists: ThreatListAnswer[] }>("/api/v1/detect/threat-lists");
  assert.deepEqual(lists, [list]);
  const { address } = await open.json<{ address: AddressAnswer }>("/api/v1/detect/addresses/203.0.113.7");
  assert.deepEqual([address.nature, address.lists], ["public", ["mine"]]);
  assert.equal((await send("POST", "threat-lists/mine/refresh")).status, 400);
  assert.equal((await send("DELETE", "threat-lists/mine")).status, 204);
  assert.equal((await send("DELETE", "threat-lists/mine")).status, 404);
});

test("a list may be a file that lies beside the server, and a service's name is looked up nowhere", async () => {
  const path = join(open.folder, "hosts.txt");
  writeFileSync(path, "0.0.0.0 bad.example\n");
  const put = await send("PUT", "threat-lists/hosts", { kind: "domains", path });
  assert.equal(((await put.json()) as { list: ThreatListAnswer }).list.entries, 1);
  const missing = await send("PUT", "threat-lists/none", { kind: "domains", path: join(open.folder, "none") });
  assert.equal(missing.status, 400);
  assert.match(await missing.text(), /threat-list-invalid/);
  const answer = await open.json<{ address: AddressAnswer }>("/api/v1/detect/addresses/AWS%20Internal");
  assert.deepEqual([answer.address.nature, answer.address.asn], ["service", null]);
});

test("what arrives from an address on a list becomes a finding of that list", async () => {
  await send("PUT", "threat-lists/net", { kind: "addresses", text: "198.51.100.0/24", level: "high" });
  const records = ["198.51.100.9", "198.51.100.9", "203.0.113.50"].map((sourceIPAddress, number) =>
    makeRecord(number, { sourceIPAddress }),
  );
  const path = join(open.folder, "log.json");
  writeFileSync(path, makeLogFile(records));
  const signal = new AbortController().signal;
  await open.services.runImport({ paths: [path], workingDirectory: open.folder }, () => undefined, signal);
  const detection = await open.services.detecting.openDetection();
  await detection.judgeNow(signal);
  const findings = await detection.findings({ rule: "threat-list/net" }, { limit: 10 });
  assert.deepEqual(
    findings.map(({ level, outcome, hits }) => [level, outcome, hits]),
    [["high", "incident", 2]],
  );
  const details = await detection.finding(findings[0]?.id ?? "");
  assert.deepEqual(
    [details?.facts.of, details?.facts.indicator, details?.facts.sourceIp],
    ["threat-list", "198.51.100.0/24", "198.51.100.9"],
  );
  assert.deepEqual(open.failures, []);
});

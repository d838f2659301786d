import assert from "node:assert/strict";
import { test } from "node:test";
import { openLineReceiver } from "../../receivers.fixture.ts";
import { testCertificate } from "../../test-certificate.fixture.ts";
import { hostileMessage, messageOf, sendOnce } from "../channels.fixture.ts";
import { syslogLine } from "./syslog-line.ts";
import { syslogChannel } from "./syslog.ts";

const usual = { facility: 13, hostname: "trailwarden" };

test("a line is laid out as RFC 5424 has it", () => {
  assert.equal(
    syslogLine(messageOf(), usual),
    "<107>1 2026-11-21T12:00:00.000Z trailwarden trailwarden - incident " +
      '[notice@32473 id="thread-0123" form="thread" thread="incident 12" state="opened" severity="high" kind="incident" ' +
      'count="1" accounts="111122223333" rules="aws-1"] \u{feff}' +
      "[HIGH] INC-12 Leaked key used from Brazil: new user made and CloudTrail stopped | " +
      "A key of mary was used from a country that she never was in. | https://trail.example/base/incidents/12",
  );
});

for (const [severity, priority] of [
  ["critical", 106],
  ["high", 107],
  ["medium", 108],
  ["low", 109],
  ["informational", 110],
] as const) {
  test(`${severity} has the priority ${priority}`, () => {
    assert.ok(syslogLine(messageOf({ severity }), usual).startsWith(`<${priority}>1 `));
  });
}

test("a log can neither end the structured data nor begin another line", () => {
  const message = { ...hostileMessage(), thread: 'a"]\\\n<0>1 - - - - - -' };
  const line = syslogLine(message, usual);
  assert.doesNotMatch(line, /[\n\r\0]/);
  assert.match(line, / thread="a\\"\\]\\\\ <0>1 - - - - - -" /);
});

for (const transport of ["udp", "tcp", "tls"] as const) {
  test(`a line arrives by ${transport}${transport === "udp" ? "" : ", behind its length"}`, async () => {
    await using receiver = await openLineReceiver(transport);
    const settings = { host: transport === "tls" ? "localhost" : "127.0.0.1", port: receiver.port, transport };
    const message = messageOf({ title: "Schlüssel von Österreich aus benutzt" });
    const given = { settings, secrets: transport === "tls" ? { ca: testCertificate } : {} };
    const outcome = await sendOnce(syslogChannel, message, given);
    assert.equal(outcome.isDelivered, true, outcome.answer);
    await receiver.untilCame(1);
    const line = syslogLine(message, usual);
    const framed = transport === "udp" ? line : `${Buffer.byteLength(line)} ${line}`;
    assert.deepEqual(receiver.came, [framed]);
  });
}

test("a datagram is cut between characters at what every receiver takes", async () => {
  await using receiver = await openLineReceiver("udp");
  const settings = { host: "127.0.0.1", port: receiver.port, transport: "udp" };
  await sendOnce(syslogChannel, messageOf({ text: "ü".repeat(1_500) }), { settings });
  await receiver.untilCame(1);
  const [came = ""] = receiver.came;
  assert.ok(Buffer.byteLength(came) <= 2_048 && Buffer.byteLength(came) > 2_040);
  assert.ok(came.endsWith("ü"));
});

test("where nobody listens, or nobody vouches for who does, it is not delivered", async () => {
  await using strange = await openLineReceiver("tls");
  for (const settings of [
    { host: "127.0.0.1", port: 9, transport: "tcp" },
    { host: "localhost", port: strange.port, transport: "tls" },
  ]) {
    const outcome = await sendOnce(syslogChannel, messageOf(), { settings });
    assert.ok(!outcome.isDelivered && outcome.about === "channel", outcome.answer);
  }
  assert.deepEqual(strange.came, []);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { notice } from "../../open-telling.fixture.ts";
import { openSmtpReceiver, type SmtpReceiver } from "../../receivers.fixture.ts";
import { testCertificate } from "../../test-certificate.fixture.ts";
import { hostileMessage, messageOf, messageOfAll, sendOnce } from "../channels.fixture.ts";
import { emailChannel } from "./email.ts";

function settingsFor(receiver: SmtpReceiver, more: Readonly<Record<string, unknown>> = {}) {
  const { port } = receiver;
  return {
    host: "localhost",
    port,
    tls: "plain",
    from: "alarm@example.com",
    to: ["ops@example.com", "b@example.com"],
    ...more,
  };
}

/** Header lines, unfolded, and the body behind them. */
function partsOf(text: string): { readonly headers: readonly string[]; readonly body: string } {
  const end = text.indexOf("\n\n");
  return {
    headers: text
      .slice(0, end)
      .replaceAll(/\n[ \t]+/g, " ")
      .split("\n"),
    body: text.slice(end + 2),
  };
}

function decoded(body: string): string {
  return body
    .replaceAll("=\n", "")
    .replaceAll(/(=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll("=", ""), "hex").toString("utf8"));
}

for (const tls of ["plain", "starttls", "tls"] as const) {
  test(`a message arrives by ${tls}, with who signed in where there is TLS`, async () => {
    await using receiver = await openSmtpReceiver({ tls, ...(tls === "plain" ? {} : { password: "geheim" }) });
    const isSecure = tls !== "plain";
    const settings = settingsFor(receiver, { tls, ...(isSecure ? { username: "alarm" } : {}) });
    const secrets = isSecure ? { password: "geheim", ca: testCertificate } : {};
    const outcome = await sendOnce(emailChannel, messageOf(), { settings, secrets });
    assert.deepEqual(outcome, { isDelivered: true, answer: "250 2.0.0 taken as 1" });
    const [mail] = receiver.taken;
    assert.deepEqual(
      [mail?.from, mail?.to, mail?.isSecure, mail?.user],
      ["alarm@example.com", ["ops@example.com", "b@example.com"], isSecure, isSecure ? "alarm" : ""],
    );
    const { headers, body } = partsOf(mail?.text ?? "");
    assert.ok(headers.includes("From: Trailwarden <alarm@example.com>"), headers.join("\n"));
    assert.ok(headers.includes("Auto-Submitted: auto-generated"));
    assert.match(
      decoded(body),
      /Who: mary\nWhen: 2026-11-21 12:00 UTC\n\nhttps:\/\/trail\.example\/base\/incidents\/12/,
    );
  });
}

test("a log cannot write a header, a recipient or a tag", async () => {
  await using receiver = await openSmtpReceiver();
  await sendOnce(emailChannel, hostileMessage(), { settings: settingsFor(receiver) });
  const [mail] = receiver.taken;
  const { headers, body } = partsOf(mail?.text ?? "");
  assert.deepEqual(mail?.to, ["ops@example.com", "b@example.com"]);
  assert.deepEqual(headers.map((header) => header.split(":")[0]?.toLowerCase()).toSorted(), [
    ...["auto-submitted", "content-type", "date", "from", "in-reply-to", "message-id", "mime-version"],
    ...["references", "subject", "to", "x-trailwarden-severity"],
  ]);
  const html = decoded(body.slice(body.indexOf("<!doctype html>")));
  assert.doesNotMatch(html, /<script|<img|href="(?!https:\/\/trail\.example\/)/);
  assert.match(html, /&lt;script&gt;/);
});

test("mails of one matter are one thread, and a mail that comes twice has one id", async () => {
  await using receiver = await openSmtpReceiver();
  const send = (message = messageOf()) => sendOnce(emailChannel, message, { settings: settingsFor(receiver) });
  await send();
  await send();
  await send({ ...messageOfAll([notice({ state: "ended" })]), key: "thread-4567" });
  const told = receiver.taken.map(({ text }) => {
    const { headers } = partsOf(text);
    return ["Message-ID", "References"].map((name) => headers.find((header) => header.startsWith(`${name}: `)));
  });
  assert.deepEqual(told[0], told[1]);
  assert.notEqual(told[0]?.[0], told[2]?.[0]);
  assert.equal(told[0]?.[1], told[2]?.[1]);
  assert.equal(told[2]?.[0], "Message-ID: <thread-4567@example.com>");
});

test("a server without TLS is not spoken to where TLS is wanted, nor one that nobody vouches for", async () => {
  await using plain = await openSmtpReceiver();
  await using strange = await openSmtpReceiver({ tls: "tls" });
  for (const [receiver, tls] of [
    [plain, "starttls"],
    [strange, "tls"],
  ] as const) {
    const outcome = await sendOnce(emailChannel, messageOf(), { settings: settingsFor(receiver, { tls }) });
    assert.deepEqual([outcome.isDelivered, receiver.taken.length], [false, 0]);
    assert.ok(!outcome.isDelivered && outcome.about === "channel");
  }
});

test("what the server refuses of a message, of who signs in and of all recipients is told apart", async () => {
  await using receiver = await openSmtpReceiver({ tls: "starttls", password: "geheim" });
  const secrets = { password: "geheim", ca: testCertificate };
  const settings = settingsFor(receiver, { tls: "starttls", username: "alarm" });
  const send = (given = secrets) => sendOnce(emailChannel, messageOf(), { settings, secrets: given });
  receiver.verdict = "554 5.7.1 looks like spam";
  const spam = await send();
  assert.ok(!spam.isDelivered && spam.about === "message", JSON.stringify(spam));
  assert.match(spam.answer, /looks like spam/);
  receiver.verdict = "451 4.3.0 try later";
  const later = await send();
  assert.ok(!later.isDelivered && later.about === "channel", JSON.stringify(later));
  receiver.verdict = "250 ok";
  const stranger = await send({ ...secrets, password: "falsch" });
  assert.ok(!stranger.isDelivered && stranger.about === "channel");
  assert.doesNotMatch(stranger.answer, /falsch|geheim/);
  receiver.refused.add("ops@example.com");
  const some = await send();
  assert.deepEqual(some, { isDelivered: true, answer: "250 ok (1 of those who are to get it were refused)" });
  receiver.refused.add("b@example.com");
  const nobody = await send();
  assert.ok(!nobody.isDelivered && nobody.about === "channel");
});

test("settings that would send a password in the clear, or more than one address in one, are refused", () => {
  const good = { host: "h", from: "a@example.com", to: ["b@example.com"] };
  assert.equal(emailChannel.settings.safeParse(good).success, true);
  for (const bad of [
    { ...good, tls: "plain", username: "alarm" },
    { ...good, from: "a@example.com\r\nBcc: b@example.com" },
    { ...good, from: "Alarm <a@example.com>" },
    { ...good, to: ["b@example.com, c@example.com"] },
    { ...good, to: [] },
    { ...good, host: "h\r\nHELO" },
    { ...good, unknown: 1 },
  ]) {
    assert.equal(emailChannel.settings.safeParse(bad).success, false, JSON.stringify(bad));
  }
});

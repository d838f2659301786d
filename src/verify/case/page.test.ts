import assert from "node:assert/strict";
import { test } from "node:test";
import { MadeChain } from "../made-chain.fixture.ts";
import type { CaseEvent } from "./case-options.ts";
import { MadeWorld } from "./made-case.fixture.ts";

const evil = `"><script src=//evil.example></script><img onerror=x>&amp;\u202e\u0000`;

function record(index: number): CaseEvent {
  const raw = Buffer.from(
    JSON.stringify({
      eventID: evil,
      eventName: evil,
      eventSource: evil,
      sourceIPAddress: `${"x".repeat(5_000)}${index}`,
      userIdentity: { arn: evil },
      errorCode: ["no", "text"],
    }),
  );
  return { raw, eventId: evil, accountId: evil, time: index, logFile: "1" };
}

async function pageOf(count: number): Promise<string> {
  const world = new MadeWorld([new MadeChain().add(1)]);
  const records = async function* () {
    for (let index = 0; index < count; index += 1) yield record(index);
  };
  const note = `first line\n${evil}`;
  const files = await world.open({ title: evil, note, query: evil, by: evil }, { records });
  return files.get("README.html")?.toString("utf8") ?? "";
}

test("nothing out of a log, a query or a note becomes markup on the page", async () => {
  const page = await pageOf(1);
  assert.doesNotMatch(page, /<script|<img|onerror=x>|[\u0000\u202e]/);
  assert.ok(page.includes("&quot;&gt;&lt;script src=//evil.example&gt;"));
  const tags = new Set([...page.matchAll(/<\/?([a-z][a-z0-9]*)/g)].map(([, tag]) => tag));
  const known = "b body br code h1 h2 h3 head header html li meta ol p small style table tbody td th thead title tr ul";
  assert.deepEqual(
    [...tags].toSorted(),
    known.split(" ").filter((tag) => tags.has(tag)),
  );
});

test("the page loads nothing, runs nothing and leads nowhere", async () => {
  const page = await pageOf(1);
  assert.match(
    page,
    /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" ?\/?>/,
  );
  assert.doesNotMatch(page, /<(?:script|link|iframe|object|embed|a)\b|\s(?:href|src|on[a-z]+)=["']|url\(|@import/);
});

test("long lists and long texts are cut, and the page says so", async () => {
  const page = await pageOf(700);
  assert.equal(page.match(/<td>1970-01-01/g)?.length, 500);
  assert.ok(page.includes("The first 500 of 700; all of them are in events.ndjson."));
  assert.doesNotMatch(page, /x{400}/);
});

test("the page says in plain words what proves, what does not, and how to check", async () => {
  const files = await new MadeWorld([new MadeChain().add(2)]).open({ title: "Calm" });
  const page = (files.get("README.html")?.toString("utf8") ?? "").replaceAll(/\s+/g, " ");
  for (const words of [
    "Nothing: all that is here is proven.",
    "protect against accidents",
    "What proves is AWS&#39;s signatures.",
    "aws cloudtrail list-public-keys",
    "node check.mjs",
    "python3 serve.py --run",
    "That nothing else happened is not proven by it.",
  ]) {
    assert.ok(page.includes(words) || page.includes(words.replaceAll("&#39;", "'")), words);
  }
});

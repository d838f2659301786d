import assert from "node:assert/strict";
import { test } from "node:test";
import type { MessageForm } from "../message.ts";
import { noticeKinds } from "../notice.ts";
import { notice } from "../open-telling.fixture.ts";
import { compose } from "./compose.ts";

const consoleUrl = "https://trailwarden.example.com";

/** All links of a message that tells of one notice of each kind. */
function linksOf(form: MessageForm, url: string | undefined): readonly (string | undefined)[] {
  const notices = noticeKinds.map((kind) => notice({ kind, path: `/${kind}/12` }));
  const message = compose(notices, { key: "key", form, thread: "thread", consoleUrl: url });
  assert.ok(message);
  return [message.link, ...message.points.map(({ link }) => link)];
}

test("every link, of every kind of notice and form of message, leads to where people open the console", () => {
  const pages = noticeKinds.map((kind) => `${consoleUrl}/${kind}/12`);
  assert.deepEqual(linksOf("thread", consoleUrl), pages.toReversed());
  for (const form of ["digest", "flood"] as const) {
    assert.deepEqual(linksOf(form, consoleUrl), [`${consoleUrl}/`, ...pages]);
  }
});

test("while nobody knows where that is there are no links", () => {
  for (const form of ["thread", "digest", "flood"] as const) {
    assert.deepEqual([...new Set(linksOf(form, undefined))], [undefined]);
  }
});

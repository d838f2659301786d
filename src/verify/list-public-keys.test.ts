import assert from "node:assert/strict";
import { test } from "node:test";
import type { AwsClient, ServiceName } from "../aws/index.ts";
import { listPublicKeys } from "./list-public-keys.ts";

const span = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 1, 1) };

interface MadePage {
  readonly keys: readonly string[];
  readonly next?: string;
}

/** An AWS that answers with pages by their tokens, and remembers what it was asked. */
function madeAws(pageOf: (token: string | undefined) => MadePage) {
  const asked: Record<string, unknown>[] = [];
  const call = (_operation: string, input: Readonly<Record<string, unknown>>) => {
    asked.push(input);
    const { keys, next } = pageOf(input["NextToken"] as string | undefined);
    const validity = { ValidityStartTime: new Date(span.from), ValidityEndTime: new Date(span.to) };
    const PublicKeyList = keys.map((key) => ({ Value: Buffer.from(key), ...validity }));
    return Promise.resolve({ PublicKeyList, ...(next === undefined ? {} : { NextToken: next }) });
  };
  const client = <S extends ServiceName>(_service: S) => Promise.resolve({ call } as unknown as AwsClient<S>);
  return { aws: { client }, asked };
}

async function list(pageOf: (token: string | undefined) => MadePage) {
  const { aws, asked } = madeAws(pageOf);
  const keys = await listPublicKeys(aws, "eu-west-1", span, new AbortController().signal);
  return { keys: keys.map(({ der }) => Buffer.from(der).toString()), asked, first: keys[0] };
}

test("the keys of all pages are told, with their region and validity", async () => {
  const pages: Readonly<Record<string, MadePage>> = {
    begin: { keys: ["a", "b"], next: "more" },
    more: { keys: [], next: "last" },
    last: { keys: ["c"] },
  };
  const { keys, asked, first } = await list((token = "begin") => pages[token] ?? assert.fail(token));
  assert.deepEqual(keys, ["a", "b", "c"]);
  assert.deepEqual([first?.region, first?.validFrom, first?.validTo], ["eu-west-1", span.from, span.to]);
  const whole = { StartTime: new Date(span.from), EndTime: new Date(span.to) };
  assert.deepEqual(asked, [whole, { ...whole, NextToken: "more" }, { ...whole, NextToken: "last" }]);
});

test("whoever answers without end is not listened to without end", async () => {
  const empty = await list((token = "0") => ({ keys: [], next: String(Number(token) + 1) }));
  assert.equal(empty.asked.length, 100);
  const same = await list(() => ({ keys: ["a"], next: "same" }));
  assert.equal(same.asked.length, 2);
  const many = Array.from({ length: 700 }, (_, index) => `key ${index}`);
  const crowded = await list((token = "0") => ({ keys: many, next: String(Number(token) + 1) }));
  assert.deepEqual([crowded.keys.length, crowded.asked.length], [1_000, 2]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { errorOf } from "../search/query-text.ts";
import type { Matter, TruthLine } from "../../sandbox-api.ts";
import { findingQuery, progressOf, wantedLines } from "./seen.ts";

const user: Matter = { service: "iam", eventName: "CreateUser", technique: "T1136.003", why: "A user is made" };
const fetched: Matter = { service: "s3", eventName: "GetObject", technique: "T1530", why: "An object is taken" };
const signIn: Matter = { service: "signin", eventName: "ConsoleLogin", technique: "T1078.004", why: "Root signs in" };

function line(matter: Matter, ids: { readonly requestId?: string; readonly eventId?: string }): TruthLine {
  const { service, ...rest } = matter;
  return { ...rest, story: "s", eventSource: `${service}.amazonaws.com`, ...ids };
}

test("a matter is to come, then made, then seen once Search has its event", () => {
  const truth = [line(user, { requestId: "r-1" })];
  const states = (found: Parameters<typeof progressOf>[2]) =>
    progressOf([user, signIn], truth, found).map(({ state }) => state);
  assert.deepEqual(states([]), ["made", "to-come"]);
  assert.deepEqual(states([{ id: "e", account: "1", fields: { requestID: "another" } }]), ["made", "to-come"]);
  assert.deepEqual(states([{ id: "e", account: "1", fields: { requestID: "r-1" } }]), ["seen", "to-come"]);
});

test("a sign-in, which has no request id, is seen by its event id", () => {
  const [progress] = progressOf([signIn], [line(signIn, { eventId: "e-1" })], [{ id: "e-1", account: "1" }]);
  assert.equal(progress?.state, "seen");
});

test("events without ids of their own are no event of a call without one", () => {
  const [progress] = progressOf([user], [line(user, { requestId: "r-1" })], [{ id: "e", account: "1", fields: {} }]);
  assert.equal(progress?.state, "made");
});

test("the query finds the first calls of each matter, and can be read", () => {
  const truth = [
    ...Array.from({ length: 24 }, (_, index) => line(fetched, { requestId: `R${index}` })),
    line(user, { requestId: 'odd "id' }),
    line(signIn, { eventId: "e-1" }),
  ];
  const query = findingQuery(wantedLines([user, fetched, signIn], truth));
  assert.equal(query, 'requestID:("odd \\"id" OR R0 OR R1 OR R2) OR eventID:e-1');
  assert.equal(errorOf(query), undefined);
  assert.equal(findingQuery([]), "");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { completeQuery, valueOption } from "./index.ts";

/** The completion at the bar in a text. */
function at(marked: string) {
  const cursor = marked.indexOf("|");
  const completion = completeQuery(marked.replace("|", ""), cursor);
  const { kind, field, prefix, from, to } = completion;
  return {
    labels: completion.options.map((option) => option.label),
    completion,
    place: { kind, field, prefix, from, to },
  };
}

test("at the beginning every field is offered, short names first", () => {
  const { labels, place } = at("|");
  assert.equal(place.kind, "field");
  assert.equal(labels[0], "user");
  assert.ok(labels.includes("eventName") && !labels.includes("country"));
});

test("a field is found by its beginning, by its last part and by a piece of it", () => {
  assert.equal(at("eventn|").labels[0], "eventName");
  assert.equal(at("bob useri|").labels[0], "userIdentity");
  assert.ok(at("mfa|").labels.includes("userIdentity.sessionContext.attributes.mfaAuthenticated"));
  assert.deepEqual(at("-errorC|").labels, ["errorCode"]);
  assert.deepEqual(at("(errorC|").place, {
    kind: "field",
    field: undefined,
    prefix: "errorC",
    from: 1,
    to: 7,
  });
});

test("a field in the middle of a query is replaced whole, its colon too", () => {
  const { completion } = at("event|Name:CreateUser");
  assert.deepEqual([completion.from, completion.to], [0, 10]);
  assert.equal(completion.options.find((option) => option.label === "eventName")?.apply, "eventName:");
});

test("behind a field's operator its values are wanted", () => {
  assert.deepEqual(at("eventName:|").place, {
    kind: "value",
    field: "eventName",
    prefix: "",
    from: 10,
    to: 10,
  });
  assert.deepEqual(at("bob eventName:Cre|ate x").place, {
    kind: "value",
    field: "eventName",
    prefix: "Cre",
    from: 14,
    to: 20,
  });
  assert.deepEqual(at('user:"ma|').place, {
    kind: "value",
    field: "user",
    prefix: "ma",
    from: 5,
    to: 8,
  });
  assert.deepEqual(at("eventName:(a, b|)").place, {
    kind: "value",
    field: "eventName",
    prefix: "b",
    from: 14,
    to: 15,
  });
  assert.deepEqual(at("eventName:(a, |").place, {
    kind: "value",
    field: "eventName",
    prefix: "",
    from: 14,
    to: 14,
  });
  assert.deepEqual(at("readOnly:t|").labels, ["true"]);
  assert.ok(at("eventTime>=now|").labels.includes("now-1h"));
});

test("behind a finished condition AND, OR and NOT are offered as well", () => {
  assert.ok(at("eventName:x |").labels.includes("AND"));
  assert.equal(at("eventName:x A|").labels[0], "AND");
  assert.ok(!at("|").labels.includes("AND"));
  assert.equal(at("(a b) |").place.kind, "field");
});

test("a live value is quoted where it must be", () => {
  assert.equal(valueOption("CreateUser", "12").apply, "CreateUser");
  assert.equal(valueOption("Mary Smith", "3").apply, '"Mary Smith"');
});

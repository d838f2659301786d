import assert from "node:assert/strict";
import { test } from "node:test";
import { readEnvironment } from "../config/index.ts";
import { CommandError } from "./errors.ts";
import { publicUrlOf } from "./public-url.ts";

const empty = readEnvironment({});

test("where people open the console is said by the option, else by the environment, else by nobody", () => {
  const environment = readEnvironment({ TRAILWARDEN_PUBLIC_URL: "http://10.0.0.5:8080" });
  assert.equal(publicUrlOf("https://trailwarden.example.com/", environment), "https://trailwarden.example.com");
  assert.equal(publicUrlOf(undefined, environment), "http://10.0.0.5:8080");
  assert.equal(publicUrlOf(undefined, empty), undefined);
  assert.equal(publicUrlOf(undefined, readEnvironment({ TRAILWARDEN_PUBLIC_URL: "" })), undefined);
});

test("an address is taken in the spelling that browsers have for it", () => {
  for (const [given, taken] of [
    ["HTTPS://Trailwarden.Example.COM", "https://trailwarden.example.com"],
    ["https://trailwarden.example.com:443/", "https://trailwarden.example.com"],
    [" https://trailwarden.example.com:8443 ", "https://trailwarden.example.com:8443"],
    ["http://[::1]:7373/", "http://[::1]:7373"],
    ["https://bücher.example/", "https://xn--bcher-kva.example"],
  ] as const) {
    assert.equal(publicUrlOf(given, empty), taken, given);
  }
});

test("what no link can begin with is refused, with why, and without a password in the words", () => {
  for (const [given, reason] of [
    ["", /is no address/],
    ["trailwarden.example.com", /is no address/],
    ["https://", /is no address/],
    [`https://${"a.".repeat(200)}example`, /is no address/],
    ["ftp://trailwarden.example.com/", /neither https:\/\/ nor http:\/\//],
    ["javascript:alert(1)", /neither https:\/\/ nor http:\/\//],
    ["https://mary:hunter2@trailwarden.example.com/", /a name or a password/],
    ["https://hunter2@trailwarden.example.com/", /a name or a password/],
    ["https://trailwarden.example.com/?hunter2", /behind \? or #/],
    ["https://trailwarden.example.com/?", /behind \? or #/],
    ["https://trailwarden.example.com/#token=hunter2", /behind \? or #/],
    ["https://example.com/trailwarden/", /the root of a host only/],
  ] as const) {
    for (const [refuse, name] of [
      [() => publicUrlOf(given, empty), "--public-url"],
      ...(given === ""
        ? []
        : [
            [
              () => publicUrlOf(undefined, readEnvironment({ TRAILWARDEN_PUBLIC_URL: given })),
              "TRAILWARDEN_PUBLIC_URL",
            ] as const,
          ]),
    ] as const) {
      assert.throws(refuse, (error) => {
        assert.ok(error instanceof CommandError, given);
        assert.equal(error.code, "arguments-invalid");
        assert.match(error.message, reason, given);
        assert.ok(error.message.includes(name) && !error.message.includes("hunter2"), error.message);
        assert.match(error.help ?? "", /https:\/\/trailwarden\.example\.com\//);
        return true;
      });
    }
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { LikeAwsCli, type LineStep } from "./like-aws-cli.ts";

const options = {
  trailArn: "arn:aws:cloudtrail:eu-west-1:111122223333:trail/made",
  from: 0,
  to: 86_400_000,
  isVerbose: true,
};
const digest = {
  kind: "digest",
  name: "s3://b/d",
  isBackfill: false,
  homeRegion: "eu-west-1",
  fingerprint: "f00d",
} as const;
const log = { kind: "log-file", name: "s3://b/l" } as const;

function say(steps: readonly LineStep[], given: Partial<typeof options> = {}) {
  const cli = new LikeAwsCli({ ...options, ...given });
  const lines = [cli.begin(), ...steps.map((step) => cli.say(step)), cli.end({ from: 0, to: 3_600_000 })];
  const of = (to: string) => lines.map((line) => (line?.to === to ? line.text : "")).join("");
  return { stdout: of("stdout"), stderr: of("stderr"), code: cli.exitCode };
}

test("an empty line stands around each trouble, and never two", () => {
  const { stdout, stderr, code } = say([
    { ...digest, verdict: "valid", reason: "" },
    { ...log, verdict: "proven", reason: "" },
    { ...log, verdict: "missing", reason: "not-found" },
    { ...log, verdict: "broken", reason: "content-differs" },
    { kind: "gap", isBackfill: false, from: 0, to: 1_000 },
  ]);
  assert.equal(
    stderr,
    "\nLog file\ts3://b/l\tINVALID: not found\n\n" +
      "Log file\ts3://b/l\tINVALID: hash value doesn't match\n\n" +
      "No log files were delivered by CloudTrail between 1970-01-01T00:00:00Z and 1970-01-01T00:00:01Z\n\n",
  );
  assert.equal(
    stdout,
    `Validating log files for trail ${options.trailArn} between 1970-01-01T00:00:00Z and 1970-01-02T00:00:00Z\n\n` +
      "Digest file\ts3://b/d\tvalid\nLog file\ts3://b/l\tvalid\n" +
      "Results requested for 1970-01-01T00:00:00Z to 1970-01-02T00:00:00Z\n" +
      "Results found for 1970-01-01T00:00:00Z to 1970-01-01T01:00:00Z:\n" +
      "\n1/1 digest files valid\n1/3 log files valid, 2/3 log files INVALID\n",
  );
  assert.equal(code, 1);
});

test("without --verbose nothing is said of what is valid, and gaps end with nought", () => {
  const { stdout, stderr, code } = say(
    [
      { ...digest, isBackfill: true, verdict: "valid", reason: "" },
      { kind: "gap", isBackfill: true, from: 0, to: 1_000 },
    ],
    { isVerbose: false },
  );
  assert.match(stderr, /^\(backfill\) No log files were delivered/);
  assert.ok(!stdout.includes("Digest file"));
  assert.match(stdout, /\n1\/1 backfill digest files valid\n$/);
  assert.equal(code, 0);
});

test("each reason has the words of AWS CLI", () => {
  const digests = [
    ["not-found", "not found"],
    ["moved", "has been moved from its original location"],
    ["signature-wrong", "signature verification failed"],
    ["signature-missing", "signature verification failed"],
    ["key-unknown", "public key not found in region eu-west-1 for fingerprint f00d"],
    ["key-unreadable", "Unable to load PKCS #1 key with fingerprint f00d"],
    ["invalid-format", "invalid format"],
  ] as const;
  for (const [reason, words] of digests) {
    const { stderr } = say([{ ...digest, verdict: "broken", reason }]);
    assert.equal(stderr, `Digest file\ts3://b/d\tINVALID: ${words}\n\n`);
  }
  const files = [
    ["not-gzip", "invalid format"],
    ["not-inflatable", "invalid format"],
    ["cut-off", "hash value doesn't match"],
    ["bytes-behind", "unexpected data after end of compressed stream"],
  ] as const;
  for (const [reason, words] of files) {
    assert.equal(say([{ ...log, verdict: "broken", reason }]).stderr, `Log file\ts3://b/l\tINVALID: ${words}\n\n`);
  }
});

test("no digest at all, and none that is valid, have words of their own", () => {
  const cli = new LikeAwsCli(options);
  assert.equal(
    cli.end(undefined).text,
    "Results requested for 1970-01-01T00:00:00Z to 1970-01-02T00:00:00Z\nNo digests found\n",
  );
  cli.say({ ...digest, verdict: "broken", reason: "moved" });
  assert.match(
    cli.end(undefined).text,
    /\nNo valid digests found in range\n\n0\/1 digest files valid, 1\/1 digest files INVALID\n$/,
  );
});

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { openProgramInSandbox } from "../fixtures/program-in-sandbox.ts";

const account = "111122223333";

const place = await openProgramInSandbox(account);
const { aws, run, access } = place;
after(() => place[Symbol.asyncDispose]());

test("an account is put under care: its number is cleaned, an external ID is made, and nothing is changed", async () => {
  const wrong = await run("deployment", "add", "prod", "--account", "1111-2222", "--region", "eu-central-1");
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /accountId: An account has 12 digits, this one has 8/);
  const added = await run(
    ...["deployment", "add", "prod", "--account", "1111-2222-3333", "--region", "eu-central-1", "--depth", "care"],
    ...access,
    "--json",
  );
  assert.equal(added.code, 0, added.stderr);
  const { deployment } = JSON.parse(added.stdout) as { deployment: Record<string, unknown> };
  assert.deepEqual([deployment["accountId"], deployment["isAgreed"]], [account, false]);
  assert.match(String(deployment["externalId"]), /^trailwarden-[\w-]{27}$/);
  assert.ok(!added.stdout.includes(aws.sandbox.administrator(account).secretAccessKey));
  const changed = await run("deployment", "change", "prod", "--repair", "logging-stoped");
  assert.match(changed.stderr, /automatic\.0: .*logging-stopped/);
  const mended = await run(
    "deployment",
    "change",
    "prod",
    "--repair",
    "logging-stopped",
    "--keep-days",
    "400",
    "--json",
  );
  const { deployment: now } = JSON.parse(mended.stdout) as { deployment: Record<string, unknown> };
  assert.deepEqual([now["automatic"], now["retentionDays"]], [["logging-stopped"], 400]);
  assert.deepEqual([now["externalId"], now["depth"]], [deployment["externalId"], "care"]);
  const again = await run("deployment", "add", "prod", "--account", account, "--region", "eu-central-1");
  assert.match(again.stderr, /deployment-exists|There is a deployment prod already/);
});

test("the role is printed with the external ID, for who is named, in every form", async () => {
  const principal = "arn:aws:iam::123456789012:role/watcher";
  for (const form of ["cloudformation", "terraform", "terraform-json", "json", "cli"]) {
    const { code, stdout, stderr } = await run("role", "prod", "--format", form, "--principal", principal);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /trailwarden-[\w-]{27}/, form);
    assert.match(stdout, /cloudtrail:StartLogging/, form);
    assert.ok(stdout.includes(principal), form);
  }
});

test("the plan says what is done, why, what it costs and how it is undone; it ends with 1 while something is to be done", async () => {
  const { code, stdout } = await run("setup", "plan", "prod");
  assert.equal(code, 1);
  assert.match(
    stdout,
    /^Plan [0-9a-f]{16}: 15 changes\nThere is no trail: one is made; the first copy of management events is free/,
  );
  assert.match(stdout, /^Cost: \$\d+\.\d\d more a month, \$\d+\.\d\d in all$/m);
  for (const part of ["why", "then", "cost", "undo"]) {
    assert.equal(stdout.match(new RegExp(`^   ${part} +\\S`, "gm"))?.length, 15, part);
  }
  const byHand = await run("setup", "plan", "prod", "--by-hand");
  assert.match(byHand.stdout, /^aws cloudtrail create-trail --name trailwarden-111122223333 /m);
  const trails = await aws.client("cloudtrail");
  assert.deepEqual((await trails.call("DescribeTrails", {})).trailList, []);
});

test("without a yes nothing is done; with one the plan is done, and a second plan is empty", async () => {
  const none = await run("setup", "apply", "prod");
  assert.match(none.stderr, /Nothing was done; with --yes it is/);
  const other = await run("setup", "apply", "prod", "--yes", "--plan", "0000000000000000");
  assert.deepEqual([other.code, /would do something else/.test(other.stderr)], [1, true]);
  const applied = await run("setup", "apply", "prod", "--yes");
  assert.equal(applied.code, 0, applied.stderr);
  assert.equal(applied.stderr.match(/^✓ /gm)?.length, 15);
  const empty = await run("setup", "plan", "prod");
  assert.deepEqual([empty.code, /Nothing is to be done/.test(empty.stderr)], [0, true]);
  const sources = await run("source", "list", "--json");
  assert.match(sources.stdout, /"name": "prod"/);
});

test("drift is told with who made it, and mended with a yes", async () => {
  const fine = await run("setup", "check", "prod");
  assert.deepEqual([fine.code, fine.stderr], [0, "The way is as it was agreed on\n"]);
  const trails = await aws.client("cloudtrail");
  await trails.call("StopLogging", { Name: "trailwarden-111122223333" });
  const found = await run("setup", "check", "prod");
  assert.equal(found.code, 1);
  assert.match(found.stdout, /^✗ logging-stopped: the trail trailwarden-111122223333$/m);
  assert.match(found.stdout, /^ {2}who +arn:aws:iam::111122223333:user\/\S+ by StopLogging at /m);
  const mended = await run("setup", "repair", "prod", "logging-stopped", "--yes");
  assert.equal(mended.code, 0, mended.stderr);
  assert.equal((await trails.call("GetTrailStatus", { Name: "trailwarden-111122223333" })).IsLogging, true);
  const history = await run("setup", "history", "prod");
  assert.match(
    history.stdout,
    /repaired logging-stopped: Mended: [\s\S]*drift logging-stopped: [\s\S]*applied: 15 changes/,
  );
});

test("rights are looked at, the bill is told, and what was done is taken back", async () => {
  const doctor = await run("doctor", "prod");
  assert.equal(doctor.code, 0, doctor.stdout);
  assert.match(doctor.stdout, /rights are there, 0 are not/);
  const cost = await run("cost", "prod");
  assert.deepEqual([cost.code, /^In all \$/m.test(cost.stdout)], [0, true]);
  const own = join(place.path, "own.json");
  await writeFile(
    own,
    JSON.stringify({ prices: [{ name: "s3-writes", amount: "5", source: "me", date: "2026-11-01" }] }),
  );
  assert.match((await run("cost", "prod", "--prices", own)).stdout, /^Price: me, 2026-11-01$/m);
  const readOnly = { Field: "readOnly", Equals: ["false"] };
  const management = { Field: "eventCategory", Equals: ["Management"] };
  await writeFile(own, JSON.stringify({ AdvancedEventSelectors: [{ FieldSelectors: [management, readOnly] }] }));
  const replay = await run("cost", "prod", "--selectors", own);
  assert.deepEqual([replay.code, replay.stdout.startsWith("It would save $0.00 a month, by 0 events")], [0, true]);
  assert.match(
    replay.stdout,
    /^On what this trail records \d+ rules could not fire any more, and \d+ rules would see less$/m,
  );
  const named = replay.stdout.match(/^[✗•] (?:critical|high|medium|low|informational): .+/gm) ?? [];
  assert.equal(named.length, 20);
  assert.match(named[0] ?? "", /^✗ .+ only reads?\b.*; none of the new selectors records those$/);
  assert.match(replay.stdout, /^and \d+ more$/m);
  const whole = JSON.parse((await run("cost", "prod", "--selectors", own, "--json")).stdout) as {
    blind: { sees: string }[];
    blindCounts: { nothing: number; less: number };
  };
  assert.ok(whole.blind.length === 20 && whole.blindCounts.nothing + whole.blindCounts.less > 20);
  const wrong = await run("cost", "prod", "--prices", own);
  assert.deepEqual([wrong.code, /prices: /.test(wrong.stderr)], [2, true]);
  await aws.sandbox.delivery.deliverNow();
  const undone = await run("setup", "undo", "prod", "--yes", "--with-log-files");
  assert.equal(undone.code, 0, undone.stderr);
  const s3 = await aws.client("s3");
  assert.deepEqual((await s3.call("ListBuckets", {})).Buckets ?? [], []);
  const check = await run("setup", "check", "prod");
  assert.match(check.stderr, /is not set up yet/);
  assert.equal((await run("deployment", "remove", "prod")).code, 0);
  assert.match((await run("deployment", "list")).stderr, /No account is under care yet/);
});

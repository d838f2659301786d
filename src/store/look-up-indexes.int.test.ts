import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { makeLogFile, makeRecord } from "../../test/fixtures/made-record.ts";
import { makeTemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { importFiles } from "../collect/index.ts";
import type { FieldPath, Predicate, Test } from "../predicate/index.ts";
import { Engine } from "./engine/engine.ts";
import { whereOf } from "./filter.ts";
import { EventStore } from "./index.ts";
import { parseRows } from "./rows.ts";
import { eventsTable } from "./schema.ts";

const events = 6_000;
const session = "arn:aws:sts::123456789012:assumed-role/Deploy/mary@example.com";
const issuer = { arn: "arn:aws:iam::123456789012:role/ci/Deploy", userName: "Deploy" };

const callerArn: FieldPath = ["userIdentity", "arn"];
const issuerName: FieldPath = ["userIdentity", "sessionContext", "sessionIssuer", "userName"];
const issuerArn: FieldPath = ["userIdentity", "sessionContext", "sessionIssuer", "arn"];
const userName: FieldPath = ["userIdentity", "userName"];

function where(path: FieldPath, test: Test): Predicate {
  return { kind: "field", path, test };
}

function is(path: FieldPath, value: string): Predicate {
  return where(path, { op: "equals", values: [value], cased: false });
}

const [accessKey, address] = ["AKIAONEOFTHEMANY0001", "203.0.113.10"];
const arns = [
  "arn:aws:s3:::shop/orders/7",
  "arn:aws:s3:::shop",
  "arn:aws:kms:eu-west-1:123456789012:key/One",
  "arn:aws:s3:::Last",
];
const resourceArn: FieldPath = ["resources", "ARN"];

interface Asked {
  readonly name: string;
  readonly predicate: Predicate;
  readonly index?: string;
}

const questions: readonly Asked[] = [
  {
    name: "an access key",
    predicate: is(["userIdentity", "accessKeyId"], accessKey.toLowerCase()),
    index: "by_access_key_hash",
  },
  {
    name: "an access key in its own case",
    predicate: where(["userIdentity", "accessKeyId"], { op: "equals", values: [accessKey], cased: true }),
    index: "by_access_key_hash",
  },
  { name: "an address", predicate: is(["sourceIPAddress"], address), index: "by_source_ip_hash" },
  ...arns.map((arn, at) => ({
    name: `a resource, the ${at + 1}. of its event`,
    predicate: is(resourceArn, arn.toUpperCase()),
    index: "resources",
  })),
  {
    name: "one of several resources",
    predicate: where(resourceArn, { op: "equals", values: ["arn:aws:s3:::nowhere", ...arns.slice(2)], cased: true }),
    index: "resources",
  },
  {
    name: "a person by name, wherever it stands",
    predicate: {
      kind: "or",
      of: [
        is(userName, "Mary@example.com"),
        is(issuerName, "Mary@example.com"),
        where(callerArn, { op: "like", pattern: ["*", { text: "/Mary@example.com" }], cased: false }),
      ],
    },
  },
  { name: "a session or role by ARN", predicate: { kind: "or", of: [is(callerArn, session), is(issuerArn, session)] } },
  { name: "a role's sessions by the role's name", predicate: is(issuerName, "deploy") },
  { name: "a role's sessions by the role's ARN", predicate: is(issuerArn, issuer.arn) },
];

test("names, keys, addresses and resources are found by indexes, which leave out where they are not", async () => {
  using folder = makeTemporaryFolder();
  const directory = join(folder.path, "data");
  {
    const records = Array.from({ length: events }, (_, index) =>
      makeRecord(index, {
        ...(index === 10
          ? {
              userIdentity: {
                type: "AssumedRole",
                arn: session,
                accessKeyId: accessKey,
                sessionContext: { sessionIssuer: { type: "Role", ...issuer } },
              },
              sourceIPAddress: address,
              resources: arns.map((ARN) => ({ ARN })),
            }
          : {
              userIdentity: {
                type: "IAMUser",
                arn: `arn:aws:iam::123456789012:user/bob${index}`,
                accessKeyId: `AKIABOB${index}`,
                userName: `bob${index}`,
              },
              sourceIPAddress: `198.51.${index % 100}.${index % 250}`,
              resources: [{ ARN: `arn:aws:s3:::shop-${index}` }],
            }),
      }),
    );
    const path = join(folder.path, "records.json");
    writeFileSync(path, makeLogFile(records));
    await using store = await EventStore.open({ directory, now: () => Date.UTC(2026, 10, 20, 12) });
    await importFiles({ paths: [path], workingDirectory: folder.path }, { store, now: Date.now });
  }
  await using engine = await Engine.open({ directory: join(directory, "events"), setUp: [] });
  for (const { name, predicate, index = "names" } of questions) {
    const ids = await engine.query(`SELECT event_id FROM ${eventsTable} WHERE ${whereOf({ predicate })}`, {
      format: "JSONCompactEachRow",
    });
    assert.deepEqual(parseRows(ids), [[makeRecord(10)["eventID"]]], name);
    const plan = await engine.query(
      `EXPLAIN indexes = 1 SELECT count() FROM ${eventsTable} WHERE ${whereOf({ predicate })}`,
      {
        format: "TSVRaw",
      },
    );
    const granules = new RegExp(`Name: ${index}\\n(?:.*\\n)*?\\s*Granules: (\\d+)/(\\d+)`);
    const [, kept = "", all = ""] = granules.exec(plan.toString()) ?? [];
    assert.ok(Number(all) > 10 && Number(kept) < Number(all) / 2, `${name}: ${kept} of ${all}\n${plan.toString()}`);
  }
});

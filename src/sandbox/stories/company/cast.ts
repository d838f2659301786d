import { type Credentials } from "../../../aws/index.ts";
import { type Actor } from "../actor.ts";
import { bucketIn } from "../places.ts";
import { administratorAccess, allow, ensureBucket, ensureRole, ensureUser, fillBucket, trustIn } from "../set-up.ts";
import { type Stage, type StoryAccount } from "../stage.ts";

/** Who works at the company every day, with the keys they work with. */
export interface Cast {
  /** Deploys: takes on the deploy role of each account. */
  readonly buildAgent: Credentials;
  /** Runs services on machines of the company's own: takes on their roles. */
  readonly serviceHost: Credentials;
  /** The security scanner in Example Data. */
  readonly guard: Credentials;
  /** People's keys for the command line, by e-mail. */
  readonly people: ReadonlyMap<string, Credentials>;
  /** The id of the key that orders are encrypted with. */
  readonly ordersKeyId: string;
}

export const deployRole = "orders-deploy";
export const serviceRole = "catalog-service-role";
export const readRole = "analytics-bridge";
export const guardRole = "ExampleGuardReadOnly";
export const guardExternalId = "example-guard-7f3a";

const accounts: readonly StoryAccount[] = ["shop", "staging", "data"];

/** Who has a story of their own, in which they get other keys. */
const inStoriesOnly: ReadonlySet<string> = new Set(["carla@example.com"]);

/** What the company's people may do, by their job. */
const policies = {
  admin: [administratorAccess],
  developer: ["arn:aws:iam::aws:policy/PowerUserAccess"],
  analyst: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
  security: ["arn:aws:iam::aws:policy/SecurityAudit"],
} as const;

/** Makes what the company stands on: users, roles, buckets, a key, a topic and a queue in each account. */
export async function engageCast(stage: Stage): Promise<Cast> {
  const shop = stage.administrator("shop");
  const assume = (roleName: string) => allow("sts:AssumeRole", `arn:aws:iam::*:role/${roleName}`);
  const buildAgent = await ensureUser(shop, { name: "build-agent", statements: [assume(deployRole)] });
  const serviceHost = await ensureUser(shop, { name: "service-host", statements: [assume(serviceRole)] });
  const guard = await ensureUser(stage.administrator("data"), {
    name: "example-guard",
    statements: [assume(guardRole)],
  });
  for (const account of accounts) await furnish(stage, account, stage.administrator(account));
  const people = new Map<string, Credentials>();
  for (const person of stage.company.people.filter(({ email }) => !inStoriesOnly.has(email))) {
    const credentials = await ensureUser(shop, {
      name: person.email,
      policies: policies[person.job],
      statements: [assume(readRole)],
    });
    people.set(person.email, credentials);
  }
  return { buildAgent, serviceHost, guard, people, ordersKeyId: await ensureKey(shop) };
}

async function furnish(stage: Stage, account: StoryAccount, by: Actor): Promise<void> {
  const { shop, data } = stage.accounts;
  for (const use of ["artifacts", "orders", "reports"] as const) await ensureBucket(by, bucketIn(stage, account, use));
  await fillBucket(by, bucketIn(stage, account, "orders"), ["today/1.json", "today/2.json", "today/3.json"]);
  await by.attempt("sns", "CreateTopic", { Name: "orders-events" });
  await by.attempt("sqs", "CreateQueue", { QueueName: "orders-jobs" });
  await ensureRole(by, {
    name: deployRole,
    trusts: [trustIn(`arn:aws:iam::${shop}:user/build-agent`)],
    policies: [administratorAccess],
  });
  await ensureRole(by, {
    name: serviceRole,
    trusts: [trustIn(`arn:aws:iam::${shop}:user/service-host`)],
    statements: [allow(["s3:GetObject", "s3:PutObject", "s3:ListBucket", "kms:*", "sqs:*", "sns:Publish", "sns:Get*"])],
  });
  await ensureRole(by, {
    name: readRole,
    trusts: [trustIn(`arn:aws:iam::${shop}:root`)],
    policies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
  });
  await ensureRole(by, {
    name: guardRole,
    trusts: [trustIn(`arn:aws:iam::${data}:user/example-guard`, guardExternalId)],
    policies: ["arn:aws:iam::aws:policy/SecurityAudit"],
  });
}

async function ensureKey(by: Actor): Promise<string> {
  const known = await by.attempt("kms", "DescribeKey", { KeyId: "alias/orders" });
  if (known?.KeyMetadata?.KeyId !== undefined) return known.KeyMetadata.KeyId;
  const made = await by.call("kms", "CreateKey", {
    Description: "orders",
    // The service's role is in the same account: IAM decides, which this policy lets it.
    Policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${by.accountId}:root` }, Action: "kms:*", Resource: "*" },
      ],
    }),
  });
  const KeyId = made.KeyMetadata?.KeyId ?? "";
  await by.call("kms", "CreateAlias", { AliasName: "alias/orders", TargetKeyId: KeyId });
  return KeyId;
}

import { type Actor } from "../actor.ts";
import { bucketIn } from "../places.ts";
import { type Stage } from "../stage.ts";
import { type Tool } from "../tools.ts";
import { type Cast, readRole } from "./cast.ts";

type Task = (actor: Actor, stage: Stage) => Promise<unknown>;

/** What one page of the console, or one task at the command line, asks within seconds. */
const tasks: readonly Task[] = [
  async (actor) => {
    await actor.attempt("ec2", "DescribeInstances", { MaxResults: 1000 });
    await actor.attempt("ec2", "DescribeSecurityGroups", { MaxResults: 1000 });
    await actor.attempt("ec2", "DescribeTags", {});
    await actor.attempt("ec2", "DescribeAvailabilityZones", {});
    await actor.attempt("ec2", "DescribeRegions", { AllRegions: true });
  },
  async (actor, stage) => {
    await actor.attempt("s3", "ListBuckets", {});
    const Bucket = bucketIn(stage, "shop", stage.random.pick(["artifacts", "orders", "reports"] as const));
    await actor.attempt("s3", "GetBucketLocation", { Bucket });
    await actor.attempt("s3", "GetBucketVersioning", { Bucket });
    await actor.attempt("s3", "GetBucketEncryption", { Bucket });
    await actor.attempt("s3", "ListObjectsV2", { Bucket });
  },
  async (actor) => {
    await actor.attempt("iam", "GetAccountSummary", {});
    await actor.attempt("iam", "ListUsers", {});
    await actor.attempt("iam", "ListRoles", {});
  },
  async (actor) => {
    await actor.attempt("kms", "ListAliases", {});
    await actor.attempt("kms", "DescribeKey", { KeyId: "alias/orders" });
  },
  async (actor) => {
    await actor.attempt("cloudtrail", "DescribeTrails", {});
    await actor.attempt("cloudtrail", "LookupEvents", { MaxResults: 20 });
  },
  async (actor) => {
    await actor.attempt("sqs", "ListQueues", {});
    await actor.attempt("sns", "ListTopics", {});
  },
  // Mistakes: a key that is not there, something that this person may not do.
  async (actor, stage) => {
    const Bucket = bucketIn(stage, "shop", "reports");
    await actor.attempt("s3", "GetObject", { Bucket, Key: `2026/report-${stage.random.int(50)}.csv` });
  },
  async (actor, stage) => {
    await actor.attempt("iam", "CreateUser", {
      UserName: `test-${stage.random.hex(4)}`,
      Path: "/never/",
      PermissionsBoundary: "arn:aws:iam::aws:policy/NoSuchPolicy",
    });
  },
];

/** Somebody signs in with MFA in the morning and clicks about; now and then the password is wrong at first. */
export async function workInConsole(stage: Stage, cast: Cast): Promise<void> {
  const { random, accounts, company } = stage;
  const person = random.pick(company.people.filter(({ email }) => cast.people.has(email)));
  const who = {
    accountId: accounts.shop,
    region: company.homeRegion,
    userName: person.email,
    sourceIp: person.address,
    tool: browserNamed(person.browser),
    mfa: true,
  };
  if (random.chance(0.15)) {
    await stage.signIn({ ...who, outcome: "failure" });
    await stage.pause(0.5);
  }
  const actor = await stage.signIn(who);
  if (actor === undefined) return;
  for (let round = 2 + random.int(4); round > 0; round -= 1) {
    await random.pick(tasks)(actor, stage);
    await stage.pause(1 + random.int(6));
  }
}

/** Somebody works at the command line, and looks into another account. */
export async function workAtCommandLine(stage: Stage, cast: Cast): Promise<void> {
  const { random, accounts, company } = stage;
  const [email, credentials] = random.pick([...cast.people]);
  const person = company.people.find((one) => one.email === email);
  const actor = stage.actor({
    name: email,
    accountId: accounts.shop,
    region: company.homeRegion,
    credentials,
    tool: "cli-on-mac",
    sourceIp: person?.address ?? "203.0.113.99",
  });
  await actor.call("sts", "GetCallerIdentity", {});
  await random.pick(tasks)(actor, stage);
  await stage.pause(1 + random.int(4));
  const account = random.pick(["staging", "data"] as const);
  const there = await actor.assume({ accountId: accounts[account], name: readRole, sessionName: email });
  await random.pick(tasks)(there, stage);
}

function browserNamed(userAgent: string): Tool {
  if (userAgent.includes("Edg/")) return "edge";
  if (userAgent.includes("Firefox/")) return "firefox";
  return userAgent.includes("Chrome/") ? "chrome" : "safari";
}

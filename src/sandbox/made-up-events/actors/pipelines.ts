import { agents, cliAgent } from "../agents.ts";
import { findOperation } from "../operations/catalog.ts";
import { assumeRoleWithWebIdentity } from "../operations/sts.ts";
import { callOf, happen, perform } from "../perform.ts";
import { makeAccessKey } from "../places.ts";
import type { Caller } from "../callers.ts";
import type { Happening } from "../record.ts";
import { hour, minute, type Actor, type Shift } from "./actor.ts";
import { startRoleSession } from "./sessions.ts";

const provider = "token.actions.githubusercontent.com";

/** The steps of a deployment, in their order; a step may repeat while the pipeline waits. */
const deployments: readonly { readonly agent: string; readonly steps: readonly string[] }[] = [
  {
    agent: cliAgent("github"),
    steps: [
      "sts:GetCallerIdentity",
      "ecr:GetAuthorizationToken",
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchCheckLayerAvailability",
      "ecr:InitiateLayerUpload",
      "ecr:CompleteLayerUpload",
      "ecr:PutImage",
      "ecs:DescribeTaskDefinition",
      "ecs:RegisterTaskDefinition",
      "ecs:UpdateService",
      "ecs:DescribeServices",
      "ecs:DescribeServices",
      "ecs:DescribeServices",
      "ecs:DescribeServices",
    ],
  },
  {
    agent: agents.cdk,
    steps: [
      "sts:GetCallerIdentity",
      "ssm:GetParameter",
      "s3:PutObject",
      "cloudformation:DescribeStacks",
      "cloudformation:CreateChangeSet",
      "cloudformation:DescribeStacks",
      "cloudformation:ExecuteChangeSet",
      "cloudformation:DescribeStackEvents",
      "cloudformation:DescribeStackEvents",
      "cloudformation:DescribeStacks",
    ],
  },
  {
    agent: agents.terraform,
    steps: [
      "sts:GetCallerIdentity",
      "s3:GetObject",
      "dynamodb:GetItem",
      "iam:GetRole",
      "iam:ListRolePolicies",
      "iam:ListAttachedRolePolicies",
      "ec2:DescribeVpcs",
      "ec2:DescribeSubnets",
      "ec2:DescribeSecurityGroups",
      "s3:GetBucketAcl",
      "s3:GetBucketPolicy",
      "s3:GetBucketVersioning",
      "kms:DescribeKey",
      "logs:DescribeLogGroups",
      "sns:GetTopicAttributes",
      "iam:TagRole",
      "ec2:CreateTags",
      "s3:PutObject",
    ],
  },
  {
    agent: cliAgent("github"),
    steps: [
      "s3:PutObject",
      "lambda:GetFunction20150331v2",
      "lambda:UpdateFunctionCode20150331v2",
      "lambda:GetFunction20150331v2",
      "lambda:PublishVersion20150331",
    ],
  },
];

/** Pipelines: a token becomes a session, the session deploys. */
export const pipelines: Actor = {
  name: "pipelines",
  share: 0.12,
  weekend: 0.1,
  work: workAsPipelines,
};

function* workAsPipelines(shift: Shift): Generator<Happening> {
  for (let made = 0; made < shift.budget;) {
    for (const happening of deploy(shift)) {
      made += 1;
      yield happening;
    }
  }
}

function* deploy({ company, random, dayStart }: Shift): Generator<Happening> {
  const accountId = random.pick([
    company.accountFor("shop"),
    company.accountFor("staging"),
    company.accountFor("staging"),
  ]);
  const place = company.placeIn(accountId, company.homeRegion);
  const { agent, steps } = random.pick(deployments);
  const service = random.pick(place.repositories).replace("example/", "");
  const [roleName, sessionName] = [`${service}-deploy`, `GitHubActions-${random.int(9e9) + 1e9}`];
  let at = dayStart + 7 * hour + random.int(12 * 60) * minute;

  const subject = `repo:example/${service}:ref:refs/heads/main`;
  const federatedProvider = `arn:aws:iam::${accountId}:oidc-provider/${provider}`;
  const accessKey = makeAccessKey(random, "ASIA");
  const { roleId } = company.idsOf(accountId, roleName);
  const network = {
    sourceIp: `198.51.100.${100 + random.int(90)}`,
    userAgent: agent,
    tls: "TLSv1.3",
  } as const;
  const before: Caller = {
    identity: {
      type: "WebIdentityUser",
      principalId: `${provider}:sts.amazonaws.com:${subject}`,
      userName: subject,
      identityProvider: federatedProvider,
    },
    arn: subject,
    ...network,
  };
  const signIn = { random, place, at, caller: before };
  const body = assumeRoleWithWebIdentity(
    callOf(signIn),
    { accountId, roleName, roleId, sessionName, accessKey },
    subject,
    federatedProvider,
  );
  const operation = { ...findOperation("sts:AssumeRole"), name: "AssumeRoleWithWebIdentity" };
  yield { at, record: perform({ ...signIn, operation, body }) };

  const caller = startRoleSession(
    company,
    random,
    { accountId, roleName, sessionName, startedAt: at, federatedProvider },
    network,
    accessKey,
  );
  for (const step of steps) {
    at += 800 + random.int(14_000);
    yield happen({ random, place, at, operation: findOperation(step), caller });
  }
}

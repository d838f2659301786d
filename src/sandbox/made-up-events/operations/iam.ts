import { formatClock } from "../record.ts";
import { roleArn, userArn } from "../callers.ts";
import { makeAccessKey, makePrincipalId } from "../places.ts";
import { inService, type Call, type CallBody, type Operation } from "./operation.ts";

const iam = inService({ prefix: "iam", version: "1.10", isGlobal: true });

const serviceTrust = (service: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });

/** IAM calls; all are recorded in us-east-1. */
export const iamOperations: readonly Operation[] = [
  iam.reads("GetUser", ({ random, place }) => ({
    request: { userName: random.pick(place.users) },
  })),
  iam.reads("ListUsers", () => ({ request: { maxItems: 1000 } })),
  iam.reads("ListRoles", () => ({ request: { maxItems: 1000 } })),
  iam.reads("ListPolicies", () => ({
    request: { scope: "Local", onlyAttached: false, maxItems: 1000 },
  })),
  iam.reads("ListGroups", () => ({ request: null })),
  iam.reads("ListAccountAliases", () => ({ request: null })),
  iam.reads("ListAccessKeys", ({ random, place }) => ({
    request: { userName: random.pick(place.users) },
  })),
  iam.reads("ListMFADevices", ({ random, place }) => ({
    request: { userName: random.pick(place.users) },
  })),
  iam.reads("ListAttachedUserPolicies", ({ random, place }) => ({
    request: { userName: random.pick(place.users) },
  })),
  iam.reads("GetRole", ({ random, place }) => ({
    request: { roleName: random.pick(place.roles) },
  })),
  iam.reads("ListRolePolicies", ({ random, place }) => ({
    request: { roleName: random.pick(place.roles) },
  })),
  iam.reads("ListAttachedRolePolicies", ({ random, place }) => ({
    request: { roleName: random.pick(place.roles) },
  })),
  iam.reads("GetAccountSummary", () => ({ request: null })),
  iam.reads("GetAccountPasswordPolicy", () => ({ request: null })),
  iam.reads("GenerateCredentialReport", () => ({ request: null, response: { state: "STARTED" } })),
  iam.reads("GetCredentialReport", () => ({ request: null })),
  iam.reads("GetAccessKeyLastUsed", ({ random }) => ({
    request: { accessKeyId: makeAccessKey(random, "AKIA") },
  })),
  iam.reads("SimulatePrincipalPolicy", ({ random, place }) => ({
    request: {
      policySourceArn: roleArn(place.accountId, random.pick(place.roles)),
      actionNames: ["s3:GetObject", "s3:PutObject", "kms:Decrypt"],
    },
  })),
  iam.writes("CreateUser", (call) => createUser(call, `contractor-${call.random.int(90) + 10}`)),
  iam.writes("CreateAccessKey", (call) => createAccessKey(call, call.random.pick(call.place.users))),
  iam.writes("UpdateAccessKey", ({ random, place }) => ({
    request: {
      userName: random.pick(place.users),
      status: "Inactive",
      accessKeyId: makeAccessKey(random, "AKIA"),
    },
  })),
  iam.writes("DeleteAccessKey", ({ random, place }) => ({
    request: { userName: random.pick(place.users), accessKeyId: makeAccessKey(random, "AKIA") },
  })),
  iam.writes("CreateLoginProfile", (call) => createLoginProfile(call, call.random.pick(call.place.users))),
  iam.writes("AttachUserPolicy", ({ random, place }) => ({
    request: {
      userName: random.pick(place.users),
      policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
    },
  })),
  iam.writes("AttachRolePolicy", ({ random, place }) => ({
    request: {
      roleName: random.pick(place.roles),
      policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
    },
  })),
  iam.writes("DetachRolePolicy", ({ random, place }) => ({
    request: {
      roleName: random.pick(place.roles),
      policyArn: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
    },
  })),
  iam.writes("PutRolePolicy", ({ random, place }) => ({
    request: {
      roleName: random.pick(place.roles),
      policyName: "inline",
      policyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["s3:GetObject", "s3:PutObject"],
            Resource: `arn:aws:s3:::${random.pick(place.buckets)}/*`,
          },
        ],
      }),
    },
  })),
  iam.writes("CreateRole", (call) =>
    createRole(call, `${call.random.pick(call.place.roles)}-${call.random.letters(6)}`),
  ),
  iam.writes("DeleteRole", ({ random, place }) => ({
    request: { roleName: `${random.pick(place.roles)}-${random.letters(6)}` },
  })),
  iam.writes("UpdateAssumeRolePolicy", ({ random, place }) => ({
    request: {
      roleName: random.pick(place.roles),
      policyDocument: serviceTrust("ecs-tasks.amazonaws.com"),
    },
  })),
  iam.writes("TagRole", ({ random, place }) => ({
    request: {
      roleName: random.pick(place.roles),
      tags: [
        { key: "team", value: "orders" },
        { key: "managed-by", value: "terraform" },
      ],
    },
  })),
  iam.writes("CreatePolicy", (call) => createPolicy(call)),
];

/** CreateUser with the answer that names the new user's id. */
export function createUser(call: Call, userName: string): CallBody {
  return {
    request: { userName, tags: [] },
    response: {
      user: {
        path: "/",
        userName,
        userId: makePrincipalId(call.random, "AIDA"),
        arn: userArn(call.place.accountId, userName),
        createDate: formatClock(call.at),
      },
    },
  };
}

/** CreateAccessKey; the secret is never recorded. */
export function createAccessKey(
  call: Call,
  userName: string,
  accessKeyId = makeAccessKey(call.random, "AKIA"),
): CallBody {
  return {
    request: { userName },
    response: {
      accessKey: { userName, accessKeyId, status: "Active", createDate: formatClock(call.at) },
    },
  };
}

/** CreateLoginProfile: a password for the console. */
export function createLoginProfile(call: Call, userName: string): CallBody {
  return {
    request: { userName, passwordResetRequired: true },
    response: {
      loginProfile: { userName, createDate: formatClock(call.at), passwordResetRequired: true },
    },
  };
}

function createRole(call: Call, roleName: string): CallBody {
  const trust = serviceTrust("lambda.amazonaws.com");
  return {
    request: {
      path: "/",
      roleName,
      assumeRolePolicyDocument: trust,
      maxSessionDuration: 3600,
      tags: [{ key: "team", value: "orders" }],
    },
    response: {
      role: {
        path: "/",
        roleName,
        roleId: makePrincipalId(call.random, "AROA"),
        arn: roleArn(call.place.accountId, roleName),
        createDate: formatClock(call.at),
        assumeRolePolicyDocument: encodeURIComponent(trust),
      },
    },
  };
}

function createPolicy(call: Call): CallBody {
  const policyName = `${call.random.pick(call.place.functions)}-access`;
  const policyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Read",
        Effect: "Allow",
        Action: ["dynamodb:GetItem", "dynamodb:Query"],
        Resource: "*",
      },
    ],
  });
  return {
    request: { policyName, policyDocument, description: "Made by the deployment of the service" },
    response: {
      policy: {
        policyName,
        policyId: `ANPA${call.random.capitals(10)}EXAMPLE`,
        arn: `arn:aws:iam::${call.place.accountId}:policy/${policyName}`,
        path: "/",
        defaultVersionId: "v1",
        attachmentCount: 0,
        permissionsBoundaryUsageCount: 0,
        isAttachable: true,
        createDate: formatClock(call.at),
        updateDate: formatClock(call.at),
      },
    },
  };
}

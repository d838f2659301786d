import { type Aws, defineCases, outcome } from "../contract-case.ts";
import { policy } from "./trail-setting.ts";

const api = (operation: string) => `IAM API Reference, ${operation}`;

const trust = policy([
  { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Action: "sts:AssumeRole" },
]);
const readAll = policy([{ Effect: "Allow", Action: "s3:Get*", Resource: "*" }]);

async function userOf(aws: Aws): Promise<string> {
  const UserName = aws.name("user");
  await aws.call("iam", "CreateUser", { UserName, Path: "/people/" });
  return UserName;
}

async function roleOf(aws: Aws): Promise<string> {
  const RoleName = aws.name("role");
  await aws.call("iam", "CreateRole", { RoleName, AssumeRolePolicyDocument: trust });
  return RoleName;
}

const missing = (operation: "GetUser" | "DeleteUser" | "ListAccessKeys" | "ListUserPolicies") => ({
  name: `${operation} of a user who is not there is refused`,
  source: api(`${operation}, NoSuchEntity`),
  run: (aws: Aws) => outcome(aws.call("iam", operation, { UserName: aws.name("none") })),
  expected: "NoSuchEntity 404",
});

export const iamCases = defineCases([
  missing("GetUser"),
  missing("DeleteUser"),
  missing("ListAccessKeys"),
  missing("ListUserPolicies"),
  {
    name: "a user is made once, with an id and a path in the ARN",
    source: 'IAM User Guide, "IAM identifiers"',
    run: async (aws) => {
      const UserName = await userOf(aws);
      const { User } = await aws.call("iam", "GetUser", { UserName });
      return [
        User?.Arn?.replace(aws.name(""), ""),
        /^AIDA[A-Z0-9]{17}$/.test(User?.UserId ?? ""),
        User?.Path,
        await outcome(aws.call("iam", "CreateUser", { UserName })),
      ];
    },
    expected: ["arn:aws:iam::123456789012:user/people/user", true, "/people/", "EntityAlreadyExists 409"],
  },
  {
    name: "a user has two keys at most, and one with keys is not deleted",
    source: 'IAM User Guide, "IAM and AWS STS quotas"',
    run: async (aws) => {
      const UserName = await userOf(aws);
      const make = () => aws.call("iam", "CreateAccessKey", { UserName });
      const { AccessKey } = await make();
      const outcomes = [await outcome(make()), await outcome(make())];
      await aws.call("iam", "UpdateAccessKey", {
        UserName,
        AccessKeyId: AccessKey?.AccessKeyId ?? "",
        Status: "Inactive",
      });
      const { AccessKeyMetadata = [] } = await aws.call("iam", "ListAccessKeys", { UserName });
      const statuses = AccessKeyMetadata.map(({ Status }) => Status).toSorted();
      return [AccessKey?.Status, outcomes, statuses, await outcome(aws.call("iam", "DeleteUser", { UserName }))];
    },
    expected: ["Active", ["taken", "LimitExceeded 409"], ["Active", "Inactive"], "DeleteConflict 409"],
  },
  {
    name: "a key acts as its user, who may nothing at first",
    source: 'IAM User Guide, "Policy evaluation logic"',
    run: async (aws) => {
      const UserName = await userOf(aws);
      const { AccessKey } = await aws.call("iam", "CreateAccessKey", { UserName });
      const credentials = {
        accessKeyId: AccessKey?.AccessKeyId ?? "",
        secretAccessKey: AccessKey?.SecretAccessKey ?? "",
      };
      const { Arn } = await aws.call("sts", "GetCallerIdentity", {}, { credentials });
      return [Arn?.replace(aws.name(""), ""), await outcome(aws.call("iam", "ListUsers", {}, { credentials }))];
    },
    expected: ["arn:aws:iam::123456789012:user/people/user", "AccessDenied 403"],
  },
  {
    name: "a role's trust comes back percent-encoded on the wire and can be changed",
    source: api("GetRole and UpdateAssumeRolePolicy"),
    run: async (aws) => {
      const RoleName = await roleOf(aws);
      const asked = async () => {
        const { Role } = await aws.call("iam", "GetRole", { RoleName });
        return JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")) as unknown;
      };
      const first = await asked();
      const other = trust.replace("cloudtrail", "events");
      await aws.call("iam", "UpdateAssumeRolePolicy", { RoleName, PolicyDocument: other });
      return [JSON.stringify(first) === trust, JSON.stringify(await asked()) === other];
    },
    expected: [true, true],
  },
  ...(
    [
      ["that is no JSON", "{bad"],
      ["without a principal", readAll],
      ["with a resource", policy([{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole", Resource: "*" }])],
    ] as const
  ).map(([why, AssumeRolePolicyDocument]) => ({
    name: `a trust policy ${why} is refused`,
    source: api("CreateRole, MalformedPolicyDocument"),
    run: (aws: Aws) => outcome(aws.call("iam", "CreateRole", { RoleName: aws.name("role"), AssumeRolePolicyDocument })),
    expected: "MalformedPolicyDocument 400",
  })),
  {
    name: "a role's own policy is put, read, listed and deleted",
    source: api("PutRolePolicy"),
    run: async (aws) => {
      const RoleName = await roleOf(aws);
      await aws.call("iam", "PutRolePolicy", { RoleName, PolicyName: "read", PolicyDocument: readAll });
      const { PolicyDocument = "" } = await aws.call("iam", "GetRolePolicy", { RoleName, PolicyName: "read" });
      const { PolicyNames } = await aws.call("iam", "ListRolePolicies", { RoleName });
      const full = await outcome(aws.call("iam", "DeleteRole", { RoleName }));
      await aws.call("iam", "DeleteRolePolicy", { RoleName, PolicyName: "read" });
      return [
        decodeURIComponent(PolicyDocument) === readAll,
        PolicyNames,
        full,
        await outcome(aws.call("iam", "GetRolePolicy", { RoleName, PolicyName: "read" })),
        await outcome(aws.call("iam", "DeleteRole", { RoleName })),
      ];
    },
    expected: [true, ["read"], "DeleteConflict 409", "NoSuchEntity 404", "taken"],
  },
  {
    name: "a policy is made, versioned, attached, and not deleted while it is",
    source: api("CreatePolicy, CreatePolicyVersion and DeletePolicy"),
    run: async (aws) => {
      const { Policy } = await aws.call("iam", "CreatePolicy", {
        PolicyName: aws.name("policy"),
        PolicyDocument: readAll,
      });
      const PolicyArn = Policy?.Arn ?? "";
      const RoleName = await roleOf(aws);
      await aws.call("iam", "AttachRolePolicy", { RoleName, PolicyArn });
      const version = await aws.call("iam", "CreatePolicyVersion", {
        PolicyArn,
        PolicyDocument: readAll.replace("Get", "Put"),
        SetAsDefault: true,
      });
      const { AttachedPolicies } = await aws.call("iam", "ListAttachedRolePolicies", { RoleName });
      const now = await aws.call("iam", "GetPolicy", { PolicyArn });
      const attached = await outcome(aws.call("iam", "DeletePolicy", { PolicyArn }));
      const ofDefault = await outcome(aws.call("iam", "DeletePolicyVersion", { PolicyArn, VersionId: "v2" }));
      return {
        version: version.PolicyVersion?.VersionId,
        attached: AttachedPolicies?.map((one) => one.PolicyArn === PolicyArn),
        now: [now.Policy?.DefaultVersionId, now.Policy?.AttachmentCount],
        refused: [attached, ofDefault],
      };
    },
    expected: {
      version: "v2",
      attached: [true],
      now: ["v2", 1],
      refused: ["DeleteConflict 409", "DeleteConflict 409"],
    },
  },
  {
    name: "a policy without statements or with an unknown effect is refused",
    source: api("CreatePolicy, MalformedPolicyDocument"),
    run: async (aws) => {
      const make = (PolicyDocument: string) =>
        outcome(aws.call("iam", "CreatePolicy", { PolicyName: aws.name("policy"), PolicyDocument }));
      return [
        await make("{}"),
        await make('{"Version":"2012-10-17"}'),
        await make(readAll.replace("Allow", "Perhaps")),
      ];
    },
    expected: ["MalformedPolicyDocument 400", "MalformedPolicyDocument 400", "MalformedPolicyDocument 400"],
  },
  {
    name: "a service's own role has its path and its trust, and is made once",
    source: api("CreateServiceLinkedRole"),
    run: async (aws) => {
      const make = () => aws.call("iam", "CreateServiceLinkedRole", { AWSServiceName: "cloudtrail.amazonaws.com" });
      const { Role } = await make();
      return [Role?.Path, Role?.RoleName, await outcome(make())];
    },
    expected: ["/aws-service-role/cloudtrail.amazonaws.com/", "AWSServiceRoleForCloudTrail", "InvalidInput 400"],
  },
  {
    name: "users are listed in pages",
    source: api("ListUsers, MaxItems and Marker"),
    run: async (aws) => {
      const PathPrefix = `/${aws.name("path")}/`;
      for (const n of [1, 2, 3])
        await aws.call("iam", "CreateUser", { UserName: aws.name(`user-${n}`), Path: PathPrefix });
      const first = await aws.call("iam", "ListUsers", { PathPrefix, MaxItems: 2 });
      const second = await aws.call("iam", "ListUsers", { PathPrefix, MaxItems: 2, Marker: first.Marker });
      return [first.Users?.length, first.IsTruncated, second.Users?.length, second.IsTruncated];
    },
    expected: [2, true, 1, false],
  },
  {
    name: "what a policy would allow is told without doing it",
    source: api("SimulateCustomPolicy"),
    run: async (aws) => {
      const { EvaluationResults = [] } = await aws.call("iam", "SimulateCustomPolicy", {
        PolicyInputList: [readAll],
        ActionNames: ["s3:GetObject", "s3:PutObject"],
      });
      return EvaluationResults.map(({ EvalActionName, EvalDecision }) => [EvalActionName, EvalDecision]);
    },
    expected: [
      ["s3:GetObject", "allowed"],
      ["s3:PutObject", "implicitDeny"],
    ],
  },
]);

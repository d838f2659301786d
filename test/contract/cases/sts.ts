import { type Aws, defineCases, outcome } from "../contract-case.ts";
import { policy } from "./trail-setting.ts";

const api = (operation: string) => `STS API Reference, ${operation}`;

/** A role that an account may take on, if it says the right word. */
async function roleOf(aws: Aws, Condition: object = {}): Promise<string> {
  const AssumeRolePolicyDocument = policy([
    { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${aws.accountId}:root` }, Action: "sts:AssumeRole", Condition },
  ]);
  const { Role } = await aws.call("iam", "CreateRole", { RoleName: aws.name("role"), AssumeRolePolicyDocument });
  return Role?.Arn ?? "";
}

const assume = (aws: Aws, RoleArn: string, more: object = {}) =>
  outcome(aws.call("sts", "AssumeRole", { RoleArn, RoleSessionName: "contract", ...more }));

export const stsCases = defineCases([
  {
    name: "who calls is told, whatever they may",
    source: api("GetCallerIdentity"),
    run: async (aws) => {
      const own = await aws.call("sts", "GetCallerIdentity", {});
      const other = await aws.call("sts", "GetCallerIdentity", {}, { credentials: aws.other.credentials });
      return [own.Account, other.Account];
    },
    expected: ["123456789012", "444455556666"],
  },
  {
    name: "a role's keys are the role's, and last an hour",
    source: api("AssumeRole"),
    run: async (aws) => {
      const RoleArn = await roleOf(aws);
      const { Credentials, AssumedRoleUser } = await aws.call("sts", "AssumeRole", {
        RoleArn,
        RoleSessionName: "contract",
      });
      const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "", Expiration } = Credentials ?? {};
      const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
      const { Arn } = await aws.call("sts", "GetCallerIdentity", {}, { credentials });
      return {
        key: AccessKeyId.slice(0, 4),
        arn: AssumedRoleUser?.Arn === Arn,
        name: Arn?.split("/").slice(1).join("/").replace(aws.name(""), ""),
        minutes: Math.round(((Expiration?.getTime() ?? 0) - Date.now()) / 60_000),
      };
    },
    expected: { key: "ASIA", arn: true, name: "role/contract", minutes: 60 },
  },
  {
    name: "the external id decides: absent, wrong, right",
    source: 'IAM User Guide, "Access to AWS accounts owned by third parties"',
    run: async (aws) => {
      const RoleArn = await roleOf(aws, { StringEquals: { "sts:ExternalId": "the-right-one" } });
      return [
        await assume(aws, RoleArn),
        await assume(aws, RoleArn, { ExternalId: "the-wrong-one" }),
        await assume(aws, RoleArn, { ExternalId: "the-right-one" }),
      ];
    },
    expected: ["AccessDenied 403", "AccessDenied 403", "taken"],
  },
  {
    name: "a role that is not there is not taken on",
    source: api("AssumeRole; AWS tells it like a denial"),
    run: (aws) => assume(aws, `arn:aws:iam::${aws.accountId}:role/${aws.name("none")}`),
    expected: "AccessDenied 403",
  },
  {
    name: "an account that the role does not trust is denied",
    source: 'IAM User Guide, "Cross-account policy evaluation logic"',
    run: async (aws) => {
      const RoleArn = await roleOf(aws);
      const { credentials } = aws.other;
      return await outcome(aws.call("sts", "AssumeRole", { RoleArn, RoleSessionName: "contract" }, { credentials }));
    },
    expected: "AccessDenied 403",
  },
  {
    name: "a session is between fifteen minutes and what the role gives",
    source: api("AssumeRole, DurationSeconds"),
    run: async (aws) => {
      const RoleArn = await roleOf(aws);
      return [
        await assume(aws, RoleArn, { DurationSeconds: 899 }),
        await assume(aws, RoleArn, { DurationSeconds: 900 }),
        await assume(aws, RoleArn, { DurationSeconds: 3601 }),
      ];
    },
    expected: ["ValidationError 400", "taken", "ValidationError 400"],
  },
  {
    name: "a session's name of one sign or with a space is refused",
    source: api("AssumeRole, RoleSessionName"),
    run: async (aws) => {
      const RoleArn = await roleOf(aws);
      return [
        await assume(aws, RoleArn, { RoleSessionName: "a" }),
        await assume(aws, RoleArn, { RoleSessionName: "a b" }),
      ];
    },
    expected: ["ValidationError 400", "ValidationError 400"],
  },
  {
    name: "an unknown key is refused",
    source: 'IAM User Guide, "Common errors", InvalidClientTokenId',
    run: (aws) =>
      outcome(
        aws.call(
          "sts",
          "GetCallerIdentity",
          {},
          { credentials: { accessKeyId: "AKIAIOSFODNN7NOBODY0", secretAccessKey: "x" } },
        ),
      ),
    expected: "InvalidClientTokenId 403",
  },
]);

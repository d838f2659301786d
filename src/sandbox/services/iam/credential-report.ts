import { AwsError } from "../../../aws/index.ts";
import { entityArn, rootArn } from "../../identity/entity-arn.ts";
import { type AccessKey } from "../../identity/things.ts";
import { accountSettings } from "./account-settings.ts";
import { dateOf, type Iam, type IamOperations, needAnywhere } from "./iam.ts";

/** A report lives four hours. IAM User Guide, 'Getting credential reports for your AWS account'. */
const freshMilliseconds = 4 * 60 * 60 * 1000;

const columns = [
  "user",
  "arn",
  "user_creation_time",
  "password_enabled",
  "password_last_used",
  "password_last_changed",
  "password_next_rotation",
  "mfa_active",
  "access_key_1_active",
  "access_key_1_last_rotated",
  "access_key_1_last_used_date",
  "access_key_1_last_used_region",
  "access_key_1_last_used_service",
  "access_key_2_active",
  "access_key_2_last_rotated",
  "access_key_2_last_used_date",
  "access_key_2_last_used_region",
  "access_key_2_last_used_service",
  "cert_1_active",
  "cert_1_last_rotated",
  "cert_2_active",
  "cert_2_last_rotated",
];

/** The table of all users and their credentials. */
export function credentialReportOperations(iam: Iam): IamOperations {
  const settings = accountSettings(iam);
  return {
    GenerateCredentialReport: {
      needs: (_, call) => needAnywhere(call),
      answer(_, call) {
        const known = settings.get(call.accountId);
        if (known?.report !== undefined && call.at - known.report.at < freshMilliseconds) return { State: "COMPLETE" };
        settings.put(call.accountId, { ...known, report: { at: call.at, content: makeReport(iam, call.accountId) } });
        return { State: "STARTED", Description: "No report exists. Starting a new report generation task" };
      },
    },
    GetCredentialReport: {
      needs: (_, call) => needAnywhere(call),
      answer(_, call) {
        const report = settings.get(call.accountId)?.report;
        if (report === undefined)
          throw new AwsError("ReportNotPresent", "No report present. Generate a report first.", 410);
        if (call.at - report.at >= freshMilliseconds) {
          throw new AwsError("ReportExpired", "Credential report has expired.", 410);
        }
        return { Content: Buffer.from(report.content), ReportFormat: "text/csv", GeneratedTime: dateOf(report.at) };
      },
    },
  };
}

function makeReport(iam: Iam, accountId: string): string {
  const { directory } = iam;
  const devices = [...directory.mfaDevices.of(accountId)].filter(({ enabledAt }) => enabledAt !== undefined);
  const hasMfa = (userName: string | undefined) => devices.some((device) => device.userName === userName);
  const maxAge = accountSettings(iam).get(accountId)?.passwordPolicy?.maxAgeDays;
  const account = iam.identity.accounts.get(accountId);
  const root = [
    "<root_account>",
    rootArn(accountId),
    isoOf(account?.createdAt),
    "not_supported",
    "no_information",
    "not_supported",
    "not_supported",
    String(hasMfa(undefined)),
    ...keyColumns(directory.keysOf(accountId, undefined)),
  ];
  const users = [...directory.users.of(accountId)].map((user) => {
    const { login } = user;
    const next = login === undefined || maxAge === undefined ? undefined : login.changedAt + maxAge * 86_400_000;
    return [
      user.name,
      entityArn("user", user),
      isoOf(user.createdAt),
      String(login !== undefined),
      login === undefined ? "N/A" : user.passwordUsedAt === undefined ? "no_information" : isoOf(user.passwordUsedAt),
      isoOf(login?.changedAt),
      isoOf(next),
      String(hasMfa(user.name)),
      ...keyColumns(directory.keysOf(accountId, user.name)),
    ];
  });
  return [columns, root, ...users].map((row) => row.join(",")).join("\n");
}

function keyColumns(keys: readonly AccessKey[]): readonly string[] {
  const [first, second] = [...keys].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  return [
    ...[first, second].flatMap((key) => [
      String(key?.isActive ?? false),
      isoOf(key?.createdAt),
      isoOf(key?.used?.at),
      key?.used?.region ?? "N/A",
      key?.used?.service ?? "N/A",
    ]),
    "false",
    "N/A",
    "false",
    "N/A",
  ];
}

function isoOf(at: number | undefined): string {
  return at === undefined ? "N/A" : `${new Date(at).toISOString().slice(0, 19)}+00:00`;
}

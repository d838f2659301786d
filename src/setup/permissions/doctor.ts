import { AwsCallError } from "../../aws/index.ts";
import type { SetupAws } from "../setup-aws.ts";
import { checkClock, checkExternalId, checkIdentity, type RoleFinding, type TakeOn } from "./doctor/check-role.ts";
import { type Judged, simulate } from "./doctor/simulate.ts";
import { isDenial, watchCalls, type WatchedCall } from "./doctor/watch-calls.ts";
import { type FeatureName, isLooking, type Permission } from "./features.ts";
import type { AccountRole } from "./role-model.ts";

export interface DoctorRequest {
  /** As the deployment speaks to AWS. */
  readonly aws: SetupAws;
  readonly deployment: {
    readonly region: string;
    readonly externalId: string;
  };
  /** The roles as they are printed (`rolesOf`), with the ARN that each is known by. */
  readonly roles: readonly (Pick<AccountRole, "accountId" | "permissions" | "scope"> & {
    readonly roleArn: string | undefined;
  })[];
  /** Calls that only look, made where the simulator may not be asked: reading the account, the `get` of settings. */
  readonly probes?: readonly ((aws: SetupAws) => Promise<unknown>)[];
  /** How this machine takes a role on; without it, trust and clock are not looked at. */
  readonly takeOn?: TakeOn;
  readonly now: () => number;
}

/** Whether a permission is there, and who lacks it if not. */
export interface DoctorRow {
  readonly accountId: string;
  readonly action: string;
  readonly on: Permission["on"];
  /** Those that have it, and those of them that cannot do without. */
  readonly features: readonly FeatureName[];
  readonly requiredBy: readonly FeatureName[];
  readonly state: "allowed" | "denied" | "unknown";
  readonly sentence: string;
  /** Empty where there is nothing to do. */
  readonly help: string;
}

export interface DoctorReport {
  /** Who we are, whether the external ID is asked for, the clock. */
  readonly findings: readonly RoleFinding[];
  readonly rows: readonly DoctorRow[];
  /** Features that lack what they cannot do without. */
  readonly lacking: readonly { readonly feature: FeatureName; readonly actions: readonly string[] }[];
}

/** Looks at every permission of a deployment's roles, changing nothing. */
export async function doctor(request: DoctorRequest): Promise<DoctorReport> {
  const findings: RoleFinding[] = [];
  const rows: DoctorRow[] = [];
  const probed = onceOnly(() => probe(request));
  for (const role of request.roles) {
    const { region, externalId } = request.deployment;
    const at = { ...role, region, externalId };
    const identity = await checkIdentity(at, request.aws).catch((error: unknown) => refused(role.accountId, error));
    findings.push(identity.finding);
    if (role.roleArn !== undefined && request.takeOn !== undefined) {
      findings.push(await checkExternalId(at, request.takeOn), await checkClock(at, request.takeOn, request.now));
    }
    const isOther = identity.finding.state === "bad";
    rows.push(
      ...(isOther
        ? role.permissions.map((one) => unasked(one, role.accountId))
        : await judgeRole(role, identity.arn, request, probed)),
    );
  }
  return { findings, rows, lacking: lackingOf(rows) };
}

type Role = DoctorRequest["roles"][number];

async function judgeRole(
  role: Role,
  arn: string,
  { aws, deployment: { region } }: DoctorRequest,
  probed: () => Promise<readonly WatchedCall[]>,
): Promise<readonly DoctorRow[]> {
  const { accountId, permissions, scope } = role;
  const roleArn = role.roleArn ?? principalOfSession(arn);
  try {
    const iam = await aws.client("iam", { accountId, region });
    const judged = await simulate(permissions, { iam, roleArn, scope, region });
    return permissions.map((permission) => ofSimulator(permission, accountId, judged.get(permission)));
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    const calls = (await probed()).filter((call) => call.accountId === accountId);
    return permissions.map((permission) => ofProbes(permission, accountId, isDenial(error), calls));
  }
}

/** What the probes called; what stops one stops no other. */
async function probe({ aws, probes = [] }: DoctorRequest): Promise<readonly WatchedCall[]> {
  const calls: WatchedCall[] = [];
  const watched = watchCalls(aws, (call) => void calls.push(call));
  for (const each of probes) await each(watched).catch(() => undefined);
  return calls;
}

function refused(accountId: string, error: unknown): { readonly finding: RoleFinding; readonly arn: string } {
  const message = error instanceof Error ? error.message : String(error);
  const sentence = `Trailwarden does not get into account ${accountId}: ${message}`;
  const help = "Look at the role's trust: who is trusted, and the external ID";
  return { finding: { about: "identity", accountId, state: "bad", sentence, help }, arn: "" };
}

const mend = "Print the role again with `trailwarden role` and bring it up to date";
const reasons = {
  policy: ", a policy forbids it outright",
  boundary: ", the role's permissions boundary leaves it out",
  organization: ", a control policy of the organization leaves it out",
};

function ofSimulator(permission: Permission, accountId: string, judged: Judged | undefined): DoctorRow {
  const { action } = permission;
  if (judged === undefined) {
    const sentence = `There is nothing to allow ${action} on yet`;
    return rowOf(permission, accountId, "unknown", sentence, "Ask again when a plan has been made");
  }
  if (judged.kind === "allowed") return rowOf(permission, accountId, "allowed", `${action} is allowed`, "");
  const why = judged.by === undefined ? "" : reasons[judged.by];
  const sentence = `${action} is not allowed on ${judged.resource}${why}: ${lack(permission)}`;
  const help = judged.by === undefined ? mend : "Ask whoever made that policy";
  return rowOf(permission, accountId, "denied", sentence, help);
}

function ofProbes(
  permission: Permission,
  accountId: string,
  isForbidden: boolean,
  calls: readonly WatchedCall[],
): DoctorRow {
  const { action } = permission;
  const own = calls.filter((call) => call.action === action);
  const denial = own.find(({ isDenied }) => isDenied);
  if (denial !== undefined || (isForbidden && action === "iam:SimulatePrincipalPolicy")) {
    const said = denial === undefined ? "" : ` (${denial.message})`;
    return rowOf(permission, accountId, "denied", `${action} is not allowed${said}: ${lack(permission)}`, mend);
  }
  if (own.length > 0) return rowOf(permission, accountId, "allowed", `${action} is allowed: it was called`, "");
  const sentence = isLooking(action)
    ? `${action} was not tried: there is nothing yet to try it on`
    : `${action} was not tried, because it would change something`;
  const help = "Allow the role iam:SimulatePrincipalPolicy on itself to have it looked at without trying";
  return rowOf(permission, accountId, "unknown", sentence, help);
}

function unasked(permission: Permission, accountId: string): DoctorRow {
  const sentence = `${permission.action} was not looked at: Trailwarden does not get into account ${accountId}`;
  return rowOf(permission, accountId, "unknown", sentence, "See to the role first");
}

function rowOf(
  { action, on, features, requiredBy }: Permission,
  accountId: string,
  state: DoctorRow["state"],
  sentence: string,
  help: string,
): DoctorRow {
  return { accountId, action, on, features, requiredBy, state, sentence, help };
}

function lack({ features, requiredBy, purpose }: Permission): string {
  if (requiredBy.length === 0) return `${features.join(", ")} would like it ${purpose}`;
  return `${requiredBy.join(", ")} cannot do without it ${purpose}`;
}

function lackingOf(rows: readonly DoctorRow[]): DoctorReport["lacking"] {
  const denied = rows.filter(({ state }) => state === "denied");
  const features = [...new Set(denied.flatMap(({ requiredBy }) => requiredBy))];
  return features.map((feature) => ({
    feature,
    actions: denied.filter(({ requiredBy }) => requiredBy.includes(feature)).map(({ action }) => action),
  }));
}

/** The role of a session, whose path does not stand in it; users stay as they are. */
function principalOfSession(arn: string): string {
  return arn.replace(/^(arn:[\w-]+):sts::(\d{12}):assumed-role\/([^/]+)\/.*$/, "$1:iam::$2:role/$3");
}

function onceOnly<Result>(make: () => Promise<Result>): () => Promise<Result> {
  let made: Promise<Result> | undefined;
  return () => (made ??= make());
}

import type { Credentials } from "../../../aws/index.ts";
import type { SetupAws } from "../../setup-aws.ts";
import { roleNameOf } from "../role-model.ts";
import { isDenial } from "./watch-calls.ts";

/** Something about a role beside its permissions. */
export interface RoleFinding {
  readonly about: "identity" | "external-id" | "clock";
  readonly accountId: string;
  readonly state: "good" | "bad" | "unknown";
  readonly sentence: string;
  /** Empty where there is nothing to do. */
  readonly help: string;
}

export interface RoleToCheck {
  readonly accountId: string;
  readonly region: string;
  /** Nothing where no role is taken on. */
  readonly roleArn: string | undefined;
  readonly externalId: string;
}

/** Takes a role on as this machine does; rejects with `AwsCallError` when it is refused. */
export type TakeOn = (role: {
  readonly roleArn: string;
  readonly externalId: string | undefined;
}) => Promise<Credentials>;

/** Who we are in the account, with the ARN; rejects with what AWS says when that cannot be asked. */
export async function checkIdentity(
  { accountId, region, roleArn }: RoleToCheck,
  aws: SetupAws,
): Promise<{ readonly finding: RoleFinding; readonly arn: string }> {
  const sts = await aws.client("sts", { accountId, region });
  const { Account, Arn: arn = "" } = await sts.call("GetCallerIdentity", {});
  const about = { about: "identity", accountId } as const;
  const bad = (sentence: string, help: string) => ({
    finding: { ...about, state: "bad", sentence, help } as const,
    arn,
  });
  if (Account !== accountId) {
    return bad(
      `The credentials for account ${accountId} are those of account ${Account ?? "unknown"}`,
      "Give the ARN of a role of that account, or its own keys",
    );
  }
  const isRole = roleArn === undefined || arn.includes(`:assumed-role/${roleNameOf(roleArn) ?? ""}/`);
  if (!isRole) return bad(`${arn} is not a session of ${roleArn}`, "Look whether the deployment names the right role");
  return { finding: { ...about, state: "good", sentence: `Trailwarden is ${arn}`, help: "" }, arn };
}

/** Whether the role asks for the external ID: without one, whoever gets our program to name the role gets into it. */
export async function checkExternalId({ accountId, roleArn }: RoleToCheck, takeOn: TakeOn): Promise<RoleFinding> {
  const about = { about: "external-id", accountId } as const;
  const role = roleArn ?? "";
  try {
    await takeOn({ roleArn: role, externalId: undefined });
  } catch (error) {
    if (isDenial(error)) {
      return { ...about, state: "good", sentence: `${role} is taken on only with the external ID`, help: "" };
    }
    const message = error instanceof Error ? error.message : String(error);
    const sentence = `Whether ${role} asks for the external ID could not be found out: ${message}`;
    return { ...about, state: "unknown", sentence, help: "See that STS can be reached from here, and ask again" };
  }
  return {
    ...about,
    state: "bad",
    sentence: `${role} is taken on without an external ID`,
    help: "Add the condition sts:ExternalId to the role's trust, as `trailwarden role` prints it",
  };
}

/** AWS refuses requests that were signed more than five minutes off (IAM User Guide, "Signature Version 4"). */
const skewMaxMs = 5 * 60_000;
/** A session lasts an hour where nothing else is asked for (STS API Reference, "AssumeRole"). */
const sessionMs = 60 * 60_000;

/** Compares this machine's clock with AWS's, which the end of a new session tells. */
export async function checkClock(
  { accountId, roleArn, externalId }: RoleToCheck,
  takeOn: TakeOn,
  now: () => number,
): Promise<RoleFinding> {
  const about = { about: "clock", accountId } as const;
  const ask = "Look at the findings above, mend them, and ask again";
  let endsAt: number | undefined;
  try {
    endsAt = (await takeOn({ roleArn: roleArn ?? "", externalId })).expiration?.getTime();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ...about, state: "unknown", sentence: `The role could not be taken on: ${message}`, help: ask };
  }
  if (endsAt === undefined) {
    return { ...about, state: "unknown", sentence: "STS did not say when the session ends", help: ask };
  }
  const aheadMs = now() + sessionMs - endsAt;
  if (Math.abs(aheadMs) < skewMaxMs) {
    return { ...about, state: "good", sentence: "This machine's clock agrees with AWS's", help: "" };
  }
  const minutes = Math.round(Math.abs(aheadMs) / 60_000);
  const sentence = `This machine's clock is ${minutes} minutes ${aheadMs > 0 ? "ahead of" : "behind"} AWS's`;
  return { ...about, state: "bad", sentence, help: "Set the clock, best by NTP: AWS refuses requests of another time" };
}

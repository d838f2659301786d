import { randomUUID } from "node:crypto";

import { type Credentials } from "../../aws/index.ts";
import { type Clock } from "../../base/clock.ts";
import { type UserIdentity } from "../../cloudtrail/index.ts";
import { type ApiCall } from "../../recorder/index.ts";
import { type Identity } from "../identity/open-identity.ts";
import { type MfaDevice, type User } from "../identity/things.ts";
import { browserOf, type Tool } from "./tools.ts";

/** How somebody comes to the sign-in page, which decides the region of the event. */
export type SignInPage =
  | { readonly kind: "global" }
  /** The browser still knows the account's alias, and is sent somewhere near. */
  | { readonly kind: "with-alias-cookie"; readonly region: "us-east-2" | "eu-north-1" | "ap-southeast-2" }
  | { readonly kind: "regional"; readonly region: string };

export interface SignIn {
  readonly accountId: string;
  /** None for the account's root. */
  readonly userName?: string;
  readonly hasMfa: boolean;
  readonly sourceIp: string;
  readonly tool: Tool;
  readonly outcome: "success" | "failure";
  readonly page?: SignInPage;
}

export interface SignedIn {
  readonly eventName: "ConsoleLogin";
  /** Of the record, which has no request id. */
  readonly eventId: string;
  /** What the browser works with from then on; not there after a failure. */
  readonly credentials?: Credentials;
}

/** The sign-in page: no SDK calls it, so somebody has to stand in for it. */
export interface ConsoleDoor {
  signIn(signIn: SignIn): Promise<SignedIn>;
}

export interface ConsoleDoorParts {
  readonly identity: Pick<Identity, "directory" | "sessions">;
  readonly clock: Clock;
  /** Hands a call to the recorder. */
  readonly tell: (call: ApiCall) => Promise<void> | void;
}

/** Console sessions last twelve hours (IAM User Guide, "Signing in to the AWS Management Console"). */
const sessionSeconds = 12 * 60 * 60;

/** Makes a sign-in page that knows the made-up AWS's people. */
export function createConsoleDoor({ identity, clock, tell }: ConsoleDoorParts): ConsoleDoor {
  const { directory, sessions } = identity;
  return {
    async signIn(signIn) {
      const { accountId, userName, outcome } = signIn;
      const user = userName === undefined ? undefined : directory.users.get(accountId, userName);
      const succeeds = outcome === "success" && (userName === undefined || user !== undefined);
      const device = signIn.hasMfa ? deviceOf(signIn, directory.mfaDevices.of(accountId)) : undefined;
      // Event ids are never the same twice, whatever the seed.
      const eventId = randomUUID();
      const at = clock.now();
      const asked = { signIn, user, succeeds, device };
      if (device !== undefined) await tell(callOf("CheckMfa", asked, at, randomUUID()));
      await tell(callOf("ConsoleLogin", asked, at, eventId));
      if (!succeeds) return { eventName: "ConsoleLogin", eventId };
      const session = sessions.issue({
        accountId,
        of: user === undefined ? { kind: "root" } : { kind: "user", userName: user.name, userId: user.id },
        policies: [],
        tags: [],
        transitiveTagKeys: [],
        durationSeconds: sessionSeconds,
        isOfConsole: true,
        ...(signIn.hasMfa ? { mfaAt: at } : {}),
      });
      const credentials = { accessKeyId: session.id, secretAccessKey: session.secret, sessionToken: session.token };
      return { eventName: "ConsoleLogin", eventId, credentials };
    },
  };
}

interface Asked {
  readonly signIn: SignIn;
  readonly user: User | undefined;
  readonly succeeds: boolean;
  readonly device: string | undefined;
}

/** CloudTrail User Guide, "AWS Management Console sign-in events". */
function callOf(eventName: "ConsoleLogin" | "CheckMfa", asked: Asked, at: number, eventId: string): ApiCall {
  const { signIn, succeeds, device } = asked;
  const region = regionOf(signIn);
  const isLogin = eventName === "ConsoleLogin";
  const result = succeeds || !isLogin ? "Success" : "Failure";
  return {
    at,
    recipients: [signIn.accountId],
    region,
    eventSource: "signin.amazonaws.com",
    eventName,
    eventType: "AwsConsoleSignIn",
    category: "Management",
    isReadOnly: false,
    identity: identityOf(asked),
    sourceIPAddress: signIn.sourceIp,
    userAgent: browserOf(signIn.tool),
    requestParameters: null,
    responseElements: { [eventName]: result },
    additionalEventData: isLogin
      ? {
          LoginTo: "https://console.aws.amazon.com/console/home?hashArgs=%23&isauthcode=true&state=hashArgsFromTB",
          MobileVersion: "No",
          ...(device === undefined ? {} : { MFAIdentifier: device }),
          MFAUsed: device === undefined ? "No" : "Yes",
        }
      : { MfaType: "Virtual MFA" },
    // A failed sign-in has a message and no code.
    ...(result === "Failure" ? { error: { message: "Failed authentication" } } : {}),
    eventId,
    tlsDetails: {
      tlsVersion: "TLSv1.3",
      cipherSuite: "TLS_AES_128_GCM_SHA256",
      clientProvidedHostHeader: `${region}.signin.aws.amazon.com`,
    },
  };
}

function identityOf({ signIn, user, succeeds }: Asked): UserIdentity {
  const { accountId, userName } = signIn;
  if (userName === undefined) {
    const arn = `arn:aws:iam::${accountId}:root`;
    return { type: "Root", principalId: accountId, arn, accountId, accessKeyId: "" };
  }
  // A name that nobody has may be a password typed into the wrong field, and is hidden.
  if (user === undefined) {
    return { type: "IAMUser", accountId, accessKeyId: "", userName: "HIDDEN_DUE_TO_SECURITY_REASONS" };
  }
  const arn = `arn:aws:iam::${accountId}:user${user.path}${user.name}`;
  return succeeds
    ? { type: "IAMUser", principalId: user.id, arn, accountId, userName: user.name }
    : { type: "IAMUser", principalId: user.id, accountId, accessKeyId: "", userName: user.name };
}

/** Of the root us-east-1, us-east-2 or us-west-2; of users as they came. */
function regionOf({ userName, page = { kind: "global" } }: SignIn): string {
  if (userName === undefined) {
    return page.kind !== "global" && ["us-east-2", "us-west-2"].includes(page.region) ? page.region : "us-east-1";
  }
  return page.kind === "global" ? "us-east-1" : page.region;
}

function deviceOf({ accountId, userName }: SignIn, devices: Iterable<MfaDevice>): string {
  const known = [...devices].find((device) => device.enabledAt !== undefined && device.userName === userName);
  return known?.serialNumber ?? `arn:aws:iam::${accountId}:mfa/${userName ?? "root-account-mfa-device"}`;
}

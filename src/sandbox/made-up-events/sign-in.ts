import { roleArn, userArn } from "./callers.ts";
import { assumeRoleWithSaml, freshSession } from "./operations/sts.ts";
import { tlsDetails } from "./perform.ts";
import { makePlace } from "./places.ts";
import type { Random } from "./random.ts";
import { formatInstant, type Json, type JsonObject, type MadeUpRecord } from "./record.ts";

export interface ConsoleSignIn {
  readonly random: Random;
  readonly at: number;
  readonly accountId: string;
  readonly identity: JsonObject;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly succeeds: boolean;
  /** The device, where one was used. */
  readonly mfaDevice?: string;
}

/** `ConsoleLogin`, as it is recorded for IAM users and root in us-east-1. */
export function signInToConsole(signIn: ConsoleSignIn): MadeUpRecord {
  const { succeeds, mfaDevice } = signIn;
  return signInRecord(signIn, "ConsoleLogin", "signin.amazonaws.com", {
    response: { ConsoleLogin: succeeds ? "Success" : "Failure" },
    extra: {
      LoginTo:
        "https://console.aws.amazon.com/console/home?hashArgs=%23&isauthcode=true&state=hashArgsFromTB_eu-north-1",
      MobileVersion: "No",
      ...(mfaDevice === undefined ? {} : { MFAIdentifier: mfaDevice }),
      MFAUsed: mfaDevice === undefined ? "No" : "Yes",
    },
  });
}

/** `CheckMfa`, which the sign-in page makes before `ConsoleLogin` when a device is asked for. */
export function checkMfa(signIn: ConsoleSignIn): MadeUpRecord {
  return signInRecord(signIn, "CheckMfa", "signin.amazonaws.com", {
    response: { CheckMfa: signIn.succeeds ? "Success" : "Failure" },
    extra: { MfaType: "Virtual MFA" },
  });
}

/** Identity Center's own sign-in event; the name of the person stands in `additionalEventData`. */
export function signInToIdentityCenter(signIn: ConsoleSignIn, userName: string): MadeUpRecord {
  return signInRecord(signIn, "UserAuthentication", "signin.amazonaws.com", {
    response: { UserAuthentication: signIn.succeeds ? "Success" : "Failure" },
    extra: {
      AuthWorkflowID: signIn.random.uuid(),
      CredentialType: "PASSWORD",
      LoginTo: "https://example.awsapps.com/start",
      UserName: userName,
    },
  });
}

export interface IdentityCenterSession {
  readonly random: Random;
  readonly at: number;
  readonly seed: string;
  readonly accountId: string;
  readonly roleName: string;
  readonly roleId: string;
  readonly rolePath: string;
  readonly person: string;
  readonly accessKey: string;
}

/** The `AssumeRoleWithSAML` by which Identity Center opens an account for a person. */
export function openAccount(session: IdentityCenterSession): MadeUpRecord {
  const { random, at, accountId, rolePath, person } = session;
  const place = makePlace(session.seed, accountId, "us-east-1");
  const { roleName, roleId, accessKey } = session;
  const fresh = { ...freshSession(random, accountId, roleName, person), roleId, accessKey };
  const callerArn = roleArn(accountId, roleName, rolePath);
  const body = assumeRoleWithSaml({ random, place, at, callerArn }, fresh, rolePath);
  return {
    eventVersion: "1.08",
    userIdentity: {
      type: "SAMLUser",
      principalId: `${random.base64(27)}=:${person}`,
      userName: person,
      identityProvider: `${random.base64(27)}=`,
    },
    eventTime: formatInstant(at),
    eventSource: "sts.amazonaws.com",
    eventName: "AssumeRoleWithSAML",
    awsRegion: "us-east-1",
    sourceIPAddress: "203.0.113.4",
    userAgent: "aws-internal/3 aws-sdk-java/1.12.780 Linux/5.10 OpenJDK_64-Bit_Server_VM/25.462 java/1.8.0",
    requestParameters: body.request,
    responseElements: body.response ?? null,
    requestID: random.uuid(),
    eventID: random.uuid(),
    readOnly: true,
    resources: body.resources,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: "Management",
    tlsDetails: tlsDetails("TLSv1.3", "sts.us-east-1.amazonaws.com"),
  };
}

/** The ARN of somebody's virtual MFA device. */
export function mfaDeviceOf(accountId: string, userName: string): string {
  return userArn(accountId, userName).replace(":user/", ":mfa/");
}

function signInRecord(
  signIn: ConsoleSignIn,
  eventName: string,
  eventSource: string,
  parts: { readonly response: Json; readonly extra: JsonObject },
): MadeUpRecord {
  const { random, at, accountId, succeeds } = signIn;
  return {
    eventVersion: "1.08",
    userIdentity: signIn.identity,
    eventTime: formatInstant(at),
    eventSource,
    eventName,
    awsRegion: "us-east-1",
    sourceIPAddress: signIn.sourceIp,
    userAgent: signIn.userAgent,
    errorMessage: succeeds ? undefined : "Failed authentication",
    requestParameters: null,
    responseElements: parts.response,
    additionalEventData: parts.extra,
    eventID: random.uuid(),
    readOnly: false,
    eventType: "AwsConsoleSignIn",
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: "Management",
    tlsDetails: tlsDetails("TLSv1.3", "us-east-1.signin.aws.amazon.com"),
  };
}

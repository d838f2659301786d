import { agents, cliAgent } from "../agents.ts";
import { iamUser, userArn, type Caller } from "../callers.ts";
import { findOperation } from "../operations/catalog.ts";
import { createAccessKey, createUser } from "../operations/iam.ts";
import type { CallBody } from "../operations/operation.ts";
import { callOf, happen, perform } from "../perform.ts";
import { makeAccessKey } from "../places.ts";
import type { Happening } from "../record.ts";
import { checkMfa, mfaDeviceOf, signInToConsole } from "../sign-in.ts";
import type { Story, Telling } from "./story.ts";

/** The question everybody asks first: who created this user? */
export const maryStory: Story = {
  id: "mary",
  title: "Somebody creates the IAM user Mary",
  summary:
    "The administrator hugo signs in to the console of Example Shop with MFA from 203.0.113.24, creates the user Mary, lets her do everything and gives her an access key; ten minutes later the key is used from 198.51.100.230",
  query: "eventName:CreateUser requestParameters.userName:Mary",
  found: 1,
  hoursBefore: 26,
  tell: tellOfMary,
};

function* tellOfMary({ company, random, from }: Telling): Generator<Happening> {
  const accountId = company.accountFor("shop");
  const place = company.placeIn(accountId, "us-east-1");
  const { userId } = company.idsOf(accountId, "hugo");
  const [sourceIp, userAgent] = ["203.0.113.24", agents.browsers[1]];
  const signedInAt = from + 8000;
  const unsigned = iamUser({ accountId, userName: "hugo", userId, accessKey: "" });
  const signIn = {
    random,
    accountId,
    identity: unsigned,
    sourceIp,
    userAgent,
    succeeds: true,
    mfaDevice: mfaDeviceOf(accountId, "hugo"),
  };
  yield { at: from, record: checkMfa({ ...signIn, at: from }) };
  yield { at: signedInAt, record: signInToConsole({ ...signIn, at: signedInAt }) };

  const accessKey = makeAccessKey(random, "ASIA");
  const hugo: Caller = {
    identity: iamUser({
      accountId,
      userName: "hugo",
      userId,
      accessKey,
      session: { startedAt: signedInAt, withMfa: true },
    }),
    arn: userArn(accountId, "hugo"),
    sourceIp,
    userAgent,
    tls: "TLSv1.3",
    fromConsole: true,
  };
  const base = { random, place, caller: hugo };
  const does = (seconds: number, id: string, body?: CallBody): Happening => {
    const at = signedInAt + seconds * 1000;
    return happen({
      ...base,
      at,
      operation: findOperation(id),
      ...(body === undefined ? {} : { body }),
    });
  };
  const callAt = (seconds: number) => callOf({ ...base, at: signedInAt + seconds * 1000 });
  const marysKey = makeAccessKey(random, "AKIA");
  yield does(21, "iam:GetAccountSummary");
  yield does(22, "iam:ListUsers");
  yield does(40, "iam:ListGroups");
  yield does(73, "iam:CreateUser", createUser(callAt(73), "Mary"));
  yield does(74, "iam:AttachUserPolicy", {
    request: { userName: "Mary", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
  });
  yield does(131, "iam:ListAccessKeys", { request: { userName: "Mary" } });
  yield does(140, "iam:CreateAccessKey", createAccessKey(callAt(140), "Mary", marysKey));

  const mary: Caller = {
    identity: iamUser({
      accountId,
      userName: "Mary",
      userId: company.idsOf(accountId, "Mary").userId,
      accessKey: marysKey,
    }),
    arn: userArn(accountId, "Mary"),
    sourceIp: "198.51.100.230",
    userAgent: cliAgent("linux"),
    tls: "TLSv1.3",
  };
  for (const [index, id] of [
    "sts:GetCallerIdentity",
    "s3:ListBuckets",
    "iam:ListRoles",
    "secretsmanager:ListSecrets",
  ].entries()) {
    const at = signedInAt + 740_000 + index * 9000;
    yield {
      at,
      record: perform({ random, place, at, operation: findOperation(id), caller: mary }),
    };
  }
}

import { agents } from "../agents.ts";
import { rootUser, type Caller } from "../callers.ts";
import { findOperation } from "../operations/catalog.ts";
import { happen } from "../perform.ts";
import { makeAccessKey } from "../places.ts";
import type { Happening } from "../record.ts";
import { signInToConsole } from "../sign-in.ts";
import type { Story, Telling } from "./story.ts";

/** Root should never be seen. */
export const rootSignInStory: Story = {
  id: "root-sign-in",
  title: "The root user signs in",
  summary:
    "Somebody signs in as root of Example Data from 192.0.2.17 without MFA: the first two tries fail, the third succeeds, then access keys are listed and made",
  query: "eventName:ConsoleLogin userIdentity.type:Root",
  found: 3,
  hoursBefore: 122,
  *tell({ company, random, from }: Telling): Generator<Happening> {
    const accountId = company.accountFor("data");
    const [sourceIp, userAgent] = ["192.0.2.17", agents.browsers[2]];
    for (const [tried, succeeds] of [false, false, true].entries()) {
      const at = from + tried * 19_000;
      yield {
        at,
        record: signInToConsole({
          random,
          at,
          accountId,
          identity: rootUser(accountId, ""),
          sourceIp,
          userAgent,
          succeeds,
        }),
      };
    }
    const place = company.placeIn(accountId, "us-east-1");
    const session = { startedAt: from + 38_000, withMfa: false };
    const root: Caller = {
      identity: rootUser(accountId, makeAccessKey(random, "ASIA"), session),
      arn: `arn:aws:iam::${accountId}:root`,
      sourceIp,
      userAgent,
      tls: "TLSv1.3",
      fromConsole: true,
    };
    yield happen({
      random,
      place,
      at: from + 80_000,
      caller: root,
      operation: findOperation("iam:ListAccessKeys"),
      body: { request: null },
    });
    yield happen({
      random,
      place,
      at: from + 122_000,
      caller: root,
      operation: findOperation("iam:GetAccountSummary"),
    });
    const answer = {
      accessKey: { accessKeyId: makeAccessKey(random, "AKIA"), status: "Active", userName: "root" },
    };
    yield happen({
      random,
      place,
      at: from + 131_000,
      caller: root,
      operation: findOperation("iam:CreateAccessKey"),
      body: { request: null, response: answer },
    });
  },
};

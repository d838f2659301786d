import { capital } from "../capital.ts";
import { nameOf } from "../settings/place.ts";
import { settingOf } from "../settings/index.ts";
import { partOfSetting } from "../wiring/part-of-setting.ts";
import type { Unread } from "../wiring/wiring.ts";
import type { CheckContext, DriftCheck } from "./check.ts";
import { mentionsOf } from "./settings-now.ts";

/** Codes by which services refuse for want of a permission; SNS has its own. */
const refusal = /^(AccessDenied|AuthorizationError|Unauthorized|NotAuthorized|Forbidden)/;

const roleEvents = [
  ...["PutRolePolicy", "DeleteRolePolicy", "AttachRolePolicy", "DetachRolePolicy", "PutRolePermissionsBoundary"],
];
const userEvents = [
  ...["PutUserPolicy", "DeleteUserPolicy", "AttachUserPolicy", "DetachUserPolicy", "PutUserPermissionsBoundary"],
  "RemoveUserFromGroup",
];

/** Something could be read when it was agreed on, and may not be any more. */
export const roleWeakened: DriftCheck = {
  name: "role-weakened",
  summary: "What could be read may not be read any more: the role lost permissions",
  find(context) {
    const { agreed, now, deployment } = context;
    const wasHidden = new Set(agreed.unread.flatMap(({ setting, code }) => (refusal.test(code) ? [setting] : [])));
    const refused = now.unread.filter(({ setting, code }) => refusal.test(code) && !wasHidden.has(setting));
    if (refused.length === 0) return [];
    const who = whoIsRefused(context, refused);
    const named = who === undefined ? `the credentials of ${deployment.name}` : `the ${who.kind} ${who.name}`;
    const titles = refused.flatMap(({ setting }) => {
      const place = now.places[partOfSetting[setting]];
      return place === undefined ? [setting] : [settingOf(setting).title(place)];
    });
    return [
      {
        check: "role-weakened",
        about: named,
        sentence: `${capital(named)} could read and may not read any more: ${titles.join(", ")}`,
        loss: "Whether these have drifted cannot be seen as long as that is so; collecting may fail next",
        manner: "tell",
        steps: [],
        help: `Add this statement to what ${who === undefined ? "they" : `the ${who.kind}`} may do: ${JSON.stringify(statementFor(context, refused))}. If it is there already, something denies it: a policy of the organization, of the resource, or a boundary`,
        culprit: {
          eventNames: [
            ...(who?.kind === "user" ? userEvents : roleEvents),
            ...["CreatePolicyVersion", "SetDefaultPolicyVersion", "DeletePolicyVersion", "AttachPolicy"],
            ...["PutBucketPolicy", "SetTopicAttributes", "SetQueueAttributes", "PutKeyPolicy"],
          ],
          mentions: [
            ...(who === undefined ? [] : [who.name]),
            ...mentionsOf(...refused.map(({ setting }) => now.places[partOfSetting[setting]])),
          ],
        },
      },
    ];
  },
};

interface Refused {
  readonly kind: "role" | "user";
  readonly name: string;
}

/** As the deployment says, or as AWS told whom it refused. */
function whoIsRefused({ deployment: { roleArn } }: CheckContext, refused: readonly Unread[]): Refused | undefined {
  if (roleArn !== undefined) return { kind: "role", name: nameOf({ arn: roleArn }) };
  for (const { sentence } of refused) {
    const role = /:assumed-role\/([\w+=,.@-]{1,64})\//.exec(sentence)?.[1];
    if (role !== undefined) return { kind: "role", name: role };
    const user = /:user\/(?:[!-~]*\/)?([\w+=,.@-]{1,64}) is not authorized/.exec(sentence)?.[1];
    if (user !== undefined) return { kind: "user", name: user };
  }
  return undefined;
}

/** Just what is lacking, on just what it is lacking for. */
function statementFor({ now }: CheckContext, refused: readonly Unread[]): object {
  const calls = refused.flatMap(({ setting }) => settingOf(setting).calls.get.map((call) => ({ setting, ...call })));
  const isWide = calls.some(({ on }) => on === "everything");
  const arns = calls.flatMap(({ setting }) => now.places[partOfSetting[setting]]?.arn ?? []);
  return {
    Effect: "Allow",
    Action: [...new Set(calls.map(({ action }) => action))].sort(),
    // Some calls can be limited to no resource.
    Resource: isWide ? "*" : [...new Set(arns)].sort(),
  };
}

import { type Named } from "../../identity/directory.ts";
import { type Entity } from "../../identity/things.ts";
import { type Call, type Need } from "../../service.ts";
import { boundaryContext } from "./boundaries.ts";
import { checkDocument, sizeLimits, sizeOf } from "./documents.ts";
import { limitExceeded, noSuchEntity, notFound, quotaExceeded } from "./errors.ts";
import { findPolicy } from "./find-policy.ts";
import { arnOfNamed, encodeDocument, type Iam, needOn } from "./iam.ts";
import { pageOf } from "./paging.ts";
import { checkName, checkPathPrefix } from "./validation.ts";

type Kind = "user" | "group" | "role";
interface PageInput {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

const attachedMax: Readonly<Record<Kind, number>> = { user: 10, group: 10, role: 10 };

/** What users, groups and roles do alike with their policies; `find` gives the entity or throws. */
export interface EntityPolicies {
  needOf(call: Call, name: string | undefined): readonly Need[];
  needForPolicy(call: Call, name: string | undefined, policyArn: string | undefined): readonly Need[];
  attach(call: Call, name: string | undefined, policyArn: string | undefined): Record<string, never>;
  detach(call: Call, name: string | undefined, policyArn: string | undefined): Record<string, never>;
  listAttached(
    call: Call,
    name: string | undefined,
    input: PageInput & { readonly PathPrefix?: string | undefined },
  ): {
    readonly AttachedPolicies: { PolicyName: string; PolicyArn: string }[];
    readonly IsTruncated: boolean;
    readonly Marker?: string;
  };
  putInline(
    call: Call,
    name: string | undefined,
    policyName: string | undefined,
    document: string | undefined,
  ): Record<string, never>;
  getInline(
    call: Call,
    name: string | undefined,
    policyName: string | undefined,
  ): { readonly name: string; readonly policyName: string; readonly document: string };
  deleteInline(call: Call, name: string | undefined, policyName: string | undefined): Record<string, never>;
  listInline(
    call: Call,
    name: string | undefined,
    input: PageInput,
  ): { readonly PolicyNames: string[]; readonly IsTruncated: boolean; readonly Marker?: string };
}

/** Makes these for one kind. */
export function entityPolicies<Thing extends Entity>(
  iam: Iam,
  kind: Kind,
  things: Named<Thing>,
  find: (call: Call, name: string | undefined, isChange: boolean) => Thing,
): EntityPolicies {
  const context = (call: Call, name: string | undefined) => {
    const thing: object | undefined = things.get(call.accountId, name ?? "");
    return boundaryContext(
      thing !== undefined && "boundaryArn" in thing && typeof thing.boundaryArn === "string"
        ? thing.boundaryArn
        : undefined,
    );
  };
  return {
    needOf: (call, name) => [needOn(call, arnOfNamed(iam, call, kind, name), context(call, name))],
    needForPolicy: (call, name, policyArn) => [
      needOn(call, arnOfNamed(iam, call, kind, name), { ...context(call, name), "iam:PolicyARN": policyArn ?? "" }),
    ],
    attach(call, name, policyArn) {
      const entity = find(call, name, true);
      const policy = findPolicy(iam, call.accountId, policyArn).arn;
      if (entity.attached.includes(policy)) return {};
      if (entity.attached.length >= attachedMax[kind]) {
        throw quotaExceeded(`PoliciesPer${kind[0]?.toUpperCase() ?? ""}${kind.slice(1)}`, attachedMax[kind]);
      }
      things.put({ ...entity, attached: [...entity.attached, policy] });
      return {};
    },
    detach(call, name, policyArn) {
      const entity = find(call, name, true);
      if (!entity.attached.includes(policyArn ?? "")) throw noSuchEntity(`Policy ${policyArn ?? ""} was not found.`);
      things.put({ ...entity, attached: entity.attached.filter((arn) => arn !== policyArn) });
      return {};
    },
    listAttached(call, name, input) {
      const prefix = checkPathPrefix(input.PathPrefix);
      const policies = find(call, name, false).attached.flatMap((arn) => {
        const policy = iam.directory.policy(arn);
        return policy?.path.startsWith(prefix) === true ? [{ PolicyName: policy.name, PolicyArn: arn }] : [];
      });
      const { items, ...page } = pageOf(policies, input, ({ PolicyArn }) => PolicyArn);
      return { AttachedPolicies: items, ...page };
    },
    putInline(call, name, policyName, document) {
      const entity = find(call, name, true);
      const checked = checkName("policyName", policyName, 128);
      const text = document ?? "";
      checkDocument(text);
      const others = entity.inline.filter((policy) => policy.name !== checked);
      const inline = [...others, { name: checked, document: text }];
      if (inline.reduce((sum, policy) => sum + sizeOf(policy.document), 0) > sizeLimits[kind]) {
        throw limitExceeded(`Maximum policy size of ${sizeLimits[kind]} bytes exceeded for ${kind} ${entity.name}`);
      }
      things.put({ ...entity, inline });
      return {};
    },
    getInline(call, name, policyName) {
      const entity = find(call, name, false);
      const policy = entity.inline.find((candidate) => candidate.name === policyName);
      if (policy === undefined) throw notFound(`${kind} policy`, policyName);
      return { name: entity.name, policyName: policy.name, document: encodeDocument(policy.document) };
    },
    deleteInline(call, name, policyName) {
      const entity = find(call, name, true);
      if (!entity.inline.some((policy) => policy.name === policyName)) throw notFound(`${kind} policy`, policyName);
      things.put({ ...entity, inline: entity.inline.filter((policy) => policy.name !== policyName) });
      return {};
    },
    listInline(call, name, input) {
      const names = find(call, name, false).inline.map((policy) => policy.name);
      const { items, ...page } = pageOf(names, input, (policyName) => policyName);
      return { PolicyNames: items, ...page };
    },
  };
}

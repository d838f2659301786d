import { type NamedPolicy } from "../policy/evaluate.ts";
import { type Directory } from "./directory.ts";
import { type PolicyTexts } from "./policy-texts.ts";
import { type Entity, type ManagedPolicy, type Role, type User } from "./things.ts";

/** What a user or role is given: by its own policies, and its groups'. */
export function policiesOf(entity: User | Role, directory: Directory, texts: PolicyTexts): readonly NamedPolicy[] {
  const groups = "groupIds" in entity ? directory.groupsOf(entity) : [];
  return [entity, ...groups].flatMap((owner) => ownPolicies(owner, directory, texts));
}

/** What a boundary allows at most; a boundary whose policy is gone allows nothing. */
export function boundaryOf(entity: User | Role, directory: Directory, texts: PolicyTexts): NamedPolicy | undefined {
  if (entity.boundaryArn === undefined) return undefined;
  const policy = directory.policy(entity.boundaryArn);
  return texts.read(entity.boundaryArn, policy === undefined ? "" : defaultDocument(policy), "identity");
}

/** The text of the version that is in force. */
export function defaultDocument(policy: ManagedPolicy): string {
  return policy.versions.find(({ id }) => id === policy.defaultVersionId)?.document ?? "";
}

/** What is attached to a user, group or role itself. */
export function ownPolicies(owner: Entity, directory: Directory, texts: PolicyTexts): readonly NamedPolicy[] {
  const inline = owner.inline.map(({ name, document }) => texts.read(inlineName(owner, name), document, "identity"));
  const attached = owner.attached.flatMap((arn) => {
    const policy = directory.policy(arn);
    return policy === undefined ? [] : [texts.read(arn, defaultDocument(policy), "identity")];
  });
  return [...inline, ...attached];
}

/** As the policy simulator names an inline policy: `user_ana_read`. */
function inlineName(owner: Entity, policyName: string): string {
  const kind = "trust" in owner ? "role" : "groupIds" in owner ? "user" : "group";
  return `${kind}_${owner.name}_${policyName}`;
}

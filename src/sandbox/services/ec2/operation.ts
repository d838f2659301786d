import { AwsError, type InputOf, type OperationName, type OutputOf } from "../../../aws/index.ts";
import { type JsonObject } from "../../../cloudtrail/index.ts";
import { type Call, type Need, type Operation, type Service } from "../../service.ts";
import { type World } from "../../world.ts";
import { ensureDefaults } from "./defaults.ts";
import { type Ec2Things, type Tags } from "./things.ts";

export type Ec2Operations = Service<"ec2">["operations"];

/** What EC2's operations work with. */
export interface Ec2 {
  readonly world: World;
  readonly things: Ec2Things;
}

/** One operation of EC2, to which `DryRun`, refusals and the record's shape are added. */
export interface Ec2Draft<Name extends OperationName<"ec2">> {
  /** The members that make a difference here; any other that is given is refused. */
  readonly honours: readonly (keyof InputOf<"ec2", Name>)[];
  /** The record's parameters, where they do not follow from the input by the recorder's rule. */
  record?(input: InputOf<"ec2", Name>): JsonObject;
  /** Actions are the operation's own where not given. */
  needs?(input: InputOf<"ec2", Name>, call: Call): readonly Need[];
  answer(input: InputOf<"ec2", Name>, call: Call): OutputOf<"ec2", Name>;
}

/** Makes operations out of their drafts. */
export function ec2Operation<Name extends OperationName<"ec2">>(
  ec2: Ec2,
  name: Name,
  draft: Ec2Draft<Name>,
): Operation<InputOf<"ec2", Name>, OutputOf<"ec2", Name>> {
  return {
    needs(input, call) {
      // Noted before anybody is refused: EC2 records the parameters of denied calls, too (44 of 44 measured).
      if (draft.record !== undefined) call.note({ requestParameters: draft.record(input) });
      ensureDefaults(ec2, call);
      return draft.needs?.(input, call) ?? [need(name, "*", call)];
    },
    answer(input, call) {
      refuseOthers(input as object, ["DryRun", ...draft.honours.map(String)]);
      const isDryRun = (input as { readonly DryRun?: boolean }).DryRun === true;
      return ec2.world.state.together(() => {
        const output = draft.answer(input, call);
        // Thrown from in here so that what was just done is undone.
        if (isDryRun) throw dryRun();
        return output;
      });
    },
  };
}

/** EC2 User Guide, "Troubleshooting": a dry run that would have gone well is answered with an error. */
function dryRun(): AwsError {
  return new AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);
}

/** A permission for the operation on a resource of the caller's account. */
export function need(
  operation: string,
  resource: string,
  call: Call,
  more: { readonly tags?: Tags; readonly ownerId?: string; readonly context?: Need["context"] } = {},
): Need {
  const tags = Object.entries(more.tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]);
  return {
    action: `ec2:${operation}`,
    resource,
    ...(more.ownerId === undefined ? {} : { ownerId: more.ownerId }),
    context: { "ec2:Region": call.region, ...Object.fromEntries(tags), ...more.context },
  };
}

/** The ARN of one of the caller's things: `instance/i-…`. */
export function ec2Arn(call: Call, resource: string, accountId = call.accountId): string {
  return `arn:aws:ec2:${call.region}:${accountId}:${resource}`;
}

/** Refuses members that are given and make no difference here. */
export function refuseOthers(value: object, honoured: readonly string[], within = ""): void {
  for (const [member, inner] of Object.entries(value)) {
    if (inner === undefined || honoured.includes(member)) continue;
    throw new AwsError("UnsupportedOperation", `The made-up EC2 does not know the parameter ${within}${member}`);
  }
}

import { type OperationName } from "../../../aws/index.ts";
import { type LastingState } from "../../../base/lasting.ts";
import { type By, type CloudTrailApi, resourcePolicyOf } from "../../../recorder/index.ts";
import { type Call, type Operation, type Service, defineService } from "../../service.ts";
import { cloudTrailNeeds } from "./cloudtrail-needs.ts";

/** The recorder's API as a service of the sandbox: the same operations, and what a caller needs for each. */
export function cloudTrailService(api: CloudTrailApi, state: LastingState): Service<"cloudtrail"> {
  const entries = Object.entries(api) as [OperationName<"cloudtrail">, (input: object, by: By) => Promise<object>][];
  const operations = entries.map(([name, answer]): [string, Operation<object, object>] => [
    name,
    {
      needs: (input, call) => cloudTrailNeeds(name, input, call, (arn) => resourcePolicyOf(state, arn)),
      answer: (input, call) => answer(input, byOf(call)),
    },
  ]);
  return defineService("cloudtrail", Object.fromEntries(operations));
}

function byOf({ accountId, region, caller, at }: Call): By {
  return { accountId, region, arn: caller.arn, at };
}

import { actionOf } from "../../../aws/index.ts";
import type { Said } from "./said.ts";

/** What AWS says in one form everywhere; IAM User Guide, "Troubleshoot access denied error messages". */
export interface Denial {
  readonly who: string | undefined;
  /** As IAM names it: `sqs:ReceiveMessage`. */
  readonly action: string;
  readonly resource: string | undefined;
  /** The kind of policy that denies outright, such as `service control policy`. */
  readonly deniedBy: string | undefined;
  /** The kind of policy in which nothing allows it, such as `identity-based policy`. */
  readonly missingIn: string | undefined;
}

const denied =
  /User: (\S{1,2048}) is not authorized to perform: ([\w-]{1,64}:\w{1,128})(?: on resource: "?(arn:[^\s"]{1,2048}|https?:[^\s"]{1,2048}))?/;
const explicit = /with an explicit deny in (?:a|an|the) ([\w -]{1,80}?policy|permissions boundary)/i;
const implicit = /because no ([\w -]{1,80}?policy|permissions boundary) allows/i;

export function readDenial({ message, service, operation }: Said): Denial {
  const [, who, action = actionOf(service, operation), resource] = denied.exec(message) ?? [];
  return { who, action, resource, deniedBy: explicit.exec(message)?.[1], missingIn: implicit.exec(message)?.[1] };
}

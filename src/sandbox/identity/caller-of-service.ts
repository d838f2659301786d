import { AwsError } from "../../aws/index.ts";
import { type Caller } from "../caller.ts";
import { type ServiceCall } from "../world.ts";
import { type Identity } from "./open-identity.ts";

/** A service in its own name, or in a role's that lets it in. */
export function callerOfService(identity: Identity, as: ServiceCall): Caller {
  if (as.roleArn === undefined) return identity.serviceCaller(as);
  const caller = identity.assumeAsService(as, as.roleArn, sessionNameOf(as.service));
  if (caller !== undefined) return caller;
  throw new AwsError("AccessDenied", `${as.service} is not allowed to take on ${as.roleArn}`, 403);
}

/**
 * How a service names its session of a role. AWS documents none; records have CLOUDTRAIL for CloudTrail (unverified),
 * and others are named after the service here: `events`.
 */
function sessionNameOf(service: string): string {
  const [name = ""] = service.split(".");
  return name === "cloudtrail" ? "CLOUDTRAIL" : name;
}

import { type OutputOf } from "../../../aws/index.ts";
import { type Member, type OrganizationThing } from "../../identity/organization-book.ts";
import { arnIn, dateOf } from "./organizations.ts";

/** An account as Organizations describes it. */
export function accountShape(
  organization: OrganizationThing,
  member: Member,
): NonNullable<OutputOf<"organizations", "DescribeAccount">["Account"]> {
  return {
    Id: member.accountId,
    Arn: arnIn(organization, "account", member.accountId),
    Email: member.email,
    Name: member.name,
    Status: member.status,
    State: member.status,
    JoinedMethod: member.joinedMethod,
    JoinedTimestamp: dateOf(member.joinedAt),
  };
}

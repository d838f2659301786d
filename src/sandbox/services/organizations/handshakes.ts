import { AwsError, type OutputOf } from "../../../aws/index.ts";
import { type OrganizationThing } from "../../identity/organization-book.ts";
import { ensureServiceLinkedRole } from "../../identity/service-linked-roles.ts";
import { type Tag } from "../../identity/things.ts";
import { type Call } from "../../service.ts";
import { attachFullAccess } from "./attachments.ts";
import { accessDenied, accountNotFound, handshakeViolation, invalidInput, notFound } from "./errors.ts";
import { lowerText } from "./ids.ts";
import {
  dateOf,
  managedOrganization,
  mergeTags,
  needAnywhere,
  type Organizations,
  type OrganizationsOperations,
  putMember,
} from "./organizations.ts";
import { pageOf } from "./paging.ts";

type HandshakeShape = NonNullable<OutputOf<"organizations", "DescribeHandshake">["Handshake"]>;

interface Invitation {
  readonly id: string;
  readonly organizationId: string;
  readonly managementAccountId: string;
  readonly accountId: string;
  readonly at: number;
  readonly state: "OPEN" | "ACCEPTED" | "DECLINED" | "CANCELED";
  readonly notes: string;
  readonly tags: readonly Tag[];
}

/** Organizations User Guide, 'Inviting an AWS account': an invitation holds for 15 days. */
const openMilliseconds = 15 * 24 * 60 * 60 * 1000;

/** Invitations of accounts that are there into an organization. */
export function handshakeOperations(organizations: Organizations): OrganizationsOperations {
  const { world, book, identity } = organizations;
  const invitations = world.state.collection<Invitation>("organizations/handshakes");
  const find = (call: Call, id: string | undefined): Invitation => {
    const invitation = invitations.get(id ?? "");
    const isParty = invitation?.accountId === call.accountId || invitation?.managementAccountId === call.accountId;
    if (invitation === undefined || !isParty) throw notFound("HandshakeNotFoundException", "a handshake");
    return invitation;
  };
  const end = (call: Call, invitation: Invitation, state: Invitation["state"]): { Handshake: HandshakeShape } => {
    if (stateOf(invitation, call.at) !== "OPEN") {
      throw new AwsError(
        "InvalidHandshakeTransitionException",
        "You can't perform the operation on the handshake in its current state.",
      );
    }
    const ended = { ...invitation, state };
    invitations.put(invitation.id, ended);
    return { Handshake: shapeOf(ended, call.at) };
  };
  return {
    InviteAccountToOrganization: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const organization = managedOrganization(organizations, call);
        const accountId = targetOf(organizations, input.Target);
        if (book.organizationOf(accountId) !== undefined) {
          throw handshakeViolation("ALREADY_IN_AN_ORGANIZATION", "The account is already a member of an organization.");
        }
        const isRepeated = [...invitations.values()].some(
          (other) =>
            other.accountId === accountId &&
            other.organizationId === organization.id &&
            stateOf(other, call.at) === "OPEN",
        );
        if (isRepeated) {
          throw new AwsError(
            "DuplicateHandshakeException",
            "A handshake with the same action and target already exists.",
          );
        }
        const notes = input.Notes ?? "";
        if (notes.length > 1024) throw invalidInput("MAX_LENGTH_EXCEEDED");
        const invitation: Invitation = {
          id: `h-${lowerText(world.random, 32)}`,
          organizationId: organization.id,
          managementAccountId: organization.managementAccountId,
          accountId,
          at: call.at,
          state: "OPEN",
          notes,
          tags: mergeTags([], input.Tags),
        };
        invitations.put(invitation.id, invitation);
        return { Handshake: shapeOf(invitation, call.at) };
      },
    },
    AcceptHandshake: {
      needs: (_, call) => needAnywhere(call),
      answer({ HandshakeId }, call) {
        const invitation = find(call, HandshakeId);
        if (invitation.accountId !== call.accountId) throw accessDenied();
        const organization = book.organizations.get(invitation.organizationId);
        if (organization === undefined) throw notFound("HandshakeNotFoundException", "a handshake");
        if (book.organizationOf(call.accountId) !== undefined) {
          throw handshakeViolation("ALREADY_IN_AN_ORGANIZATION", "The account is already a member of an organization.");
        }
        const ended = world.state.together(() => {
          const answer = end(call, invitation, "ACCEPTED");
          join(organization, invitation, call);
          return answer;
        });
        organizations.joined(organization.id, call.accountId);
        return ended;
      },
    },
    DeclineHandshake: {
      needs: (_, call) => needAnywhere(call),
      answer({ HandshakeId }, call) {
        const invitation = find(call, HandshakeId);
        if (invitation.accountId !== call.accountId) throw accessDenied();
        return end(call, invitation, "DECLINED");
      },
    },
    CancelHandshake: {
      needs: (_, call) => needAnywhere(call),
      answer({ HandshakeId }, call) {
        const invitation = find(call, HandshakeId);
        if (invitation.managementAccountId !== call.accountId) throw accessDenied();
        return end(call, invitation, "CANCELED");
      },
    },
    DescribeHandshake: {
      needs: (_, call) => needAnywhere(call),
      answer: ({ HandshakeId }, call) => ({ Handshake: shapeOf(find(call, HandshakeId), call.at) }),
    },
    ListHandshakesForAccount: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        checkFilter(input.Filter);
        const own = [...invitations.values()].filter(({ accountId }) => accountId === call.accountId);
        const { items, ...page } = pageOf(own, input, ({ id }) => id);
        return { Handshakes: items.map((invitation) => shapeOf(invitation, call.at)), ...page };
      },
    },
    ListHandshakesForOrganization: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const organization = managedOrganization(organizations, call);
        checkFilter(input.Filter);
        const own = [...invitations.values()].filter(({ organizationId }) => organizationId === organization.id);
        const { items, ...page } = pageOf(own, input, ({ id }) => id);
        return { Handshakes: items.map((invitation) => shapeOf(invitation, call.at)), ...page };
      },
    },
  };

  function join(organization: OrganizationThing, invitation: Invitation, call: Call): void {
    const account = identity.accounts.create(call.accountId, { name: call.accountId });
    const { id: accountId, name, email } = account;
    putMember(
      organizations,
      organization,
      { accountId, name, email, tags: invitation.tags },
      { joinedAt: call.at, joinedMethod: "INVITED" },
    );
    attachFullAccess(organizations, organization, account.id);
    ensureServiceLinkedRole(world, identity.directory, account.id, "organizations.amazonaws.com");
  }
}

function targetOf(
  { identity }: Organizations,
  target: { readonly Id?: string | undefined; readonly Type?: string | undefined } | undefined,
): string {
  if (target?.Type === "ACCOUNT") {
    if (!identity.accounts.has(target.Id ?? "")) throw accountNotFound();
    return target.Id ?? "";
  }
  if (target?.Type !== "EMAIL") throw invalidInput("INVALID_ENUM");
  const found = identity.accounts.all().find((id) => identity.accounts.get(id)?.email === target.Id);
  if (found === undefined) throw accountNotFound();
  return found;
}

function checkFilter(
  filter: { readonly ActionType?: string | undefined; readonly ParentHandshakeId?: string | undefined } | undefined,
): void {
  if ((filter?.ActionType ?? "INVITE") !== "INVITE" || filter?.ParentHandshakeId !== undefined) {
    throw new AwsError("UnsupportedAPIEndpointException", "The sandbox has handshakes of invitations only");
  }
}

function stateOf(invitation: Invitation, now: number): Invitation["state"] | "EXPIRED" {
  return invitation.state === "OPEN" && now >= invitation.at + openMilliseconds ? "EXPIRED" : invitation.state;
}

function shapeOf(invitation: Invitation, now: number): HandshakeShape {
  return {
    Id: invitation.id,
    Arn: `arn:aws:organizations::${invitation.managementAccountId}:handshake/${invitation.organizationId}/invite/${invitation.id}`,
    Parties: [
      { Id: invitation.organizationId.slice(2), Type: "ORGANIZATION" },
      { Id: invitation.accountId, Type: "ACCOUNT" },
    ],
    State: stateOf(invitation, now),
    RequestedTimestamp: dateOf(invitation.at),
    ExpirationTimestamp: dateOf(invitation.at + openMilliseconds),
    Action: "INVITE",
    Resources: [
      { Value: invitation.organizationId, Type: "ORGANIZATION" },
      { Value: invitation.accountId, Type: "ACCOUNT" },
      ...(invitation.notes === "" ? [] : [{ Value: invitation.notes, Type: "NOTES" as const }]),
    ],
  };
}

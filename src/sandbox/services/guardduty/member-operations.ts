import { keyOf } from "../../../base/lasting.ts";
import { type Call, type Service } from "../../service.ts";
import { pageOf } from "../pages.ts";
import { newDetector } from "./detector-operations.ts";
import { type GuardDutyParts } from "./guardduty-parts.ts";
import {
  administratorOf,
  badRequest,
  type Detector,
  detectorOf,
  detectorOfAccount,
  type Member,
  membersOf,
  onDetector,
  putDetector,
  putMember,
} from "./guardduty-store.ts";

/** What an administrator does with its members: those of its organization at once, others by invitation. */
export function memberOperations(parts: GuardDutyParts) {
  const { store } = parts;
  const { members } = store;

  /** Does the same for each member; says of those that are none. */
  function each(detector: Detector, ids: readonly string[] | undefined, act: (member: Member) => string | undefined) {
    const unprocessed: { AccountId: string; Result: string }[] = [];
    for (const id of readIds(ids)) {
      const member = members.get(keyOf(detector.accountId, detector.region, id));
      const result =
        member === undefined
          ? "The request is rejected because the given account ID is not an associated member of account the current account."
          : act(member);
      if (result !== undefined) unprocessed.push({ AccountId: id, Result: result });
    }
    return { UnprocessedAccounts: unprocessed };
  }
  function turn(member: Member, status: Member["status"], call: Call): undefined {
    putMember(store, { ...member, status, updatedAt: call.at });
  }
  function tell(member: Member) {
    const detector = detectorOfAccount(store, member.accountId, member.region);
    return {
      AccountId: member.accountId,
      ...(detector === undefined ? {} : { DetectorId: detector.id }),
      MasterId: member.administratorId,
      AdministratorId: member.administratorId,
      Email: member.email,
      RelationshipStatus: member.status,
      ...(member.invitedAt === undefined ? {} : { InvitedAt: new Date(member.invitedAt).toISOString() }),
      UpdatedAt: new Date(member.updatedAt).toISOString(),
    };
  }

  return {
    CreateMembers: {
      needs: (input, call) => onDetector("CreateMembers", input.DetectorId, call),
      answer: async (input, call) => {
        const detector = detectorOf(store, input.DetectorId, call);
        const details = input.AccountDetails ?? [];
        readIds(details.map(({ AccountId: id }) => id ?? ""));
        const own = await ownOrganization(parts, call);
        const unprocessed: { AccountId: string; Result: string }[] = [];
        for (const { AccountId: id = "", Email: email = "" } of details) {
          const refusal = refusalOf(detector, id);
          if (refusal === undefined)
            join(parts, detector, { accountId: id, email, isOfOrganization: own?.has(id) === true, at: call.at });
          else unprocessed.push({ AccountId: id, Result: refusal });
        }
        return { UnprocessedAccounts: unprocessed };
      },
    },
    InviteMembers: {
      needs: (input, call) => onDetector("InviteMembers", input.DetectorId, call),
      answer: (input, call) =>
        each(detectorOf(store, input.DetectorId, call), input.AccountIds, (member) => {
          if (member.status === "Enabled") return "The request is rejected because the account is already associated.";
          putMember(store, {
            ...member,
            status: "Invited",
            invitationId: store.world.random.hex(32),
            invitedAt: call.at,
            updatedAt: call.at,
          });
          return undefined;
        }),
    },
    GetMembers: {
      needs: (input, call) => onDetector("GetMembers", input.DetectorId, call),
      answer: (input, call) => {
        const detector = detectorOf(store, input.DetectorId, call);
        const found: Member[] = [];
        const rest = each(detector, input.AccountIds, (member) => void found.push(member));
        return { Members: found.map(tell), ...rest };
      },
    },
    ListMembers: {
      needs: (input, call) => onDetector("ListMembers", input.DetectorId, call),
      answer: (input, call) => {
        detectorOf(store, input.DetectorId, call);
        // GuardDuty API Reference, ListMembers: by default those alone whose relationship is enabled or disabled.
        const isAll = input.OnlyAssociated?.toLowerCase() === "false";
        const found = membersOf(store, call.accountId, call.region).filter(
          ({ status }) => isAll || status === "Enabled" || status === "Disabled",
        );
        const page = pageOf(found, ({ accountId }) => accountId, input.MaxResults ?? 50, input.NextToken);
        if (page === undefined) throw badRequest("The request is rejected because the nextToken is invalid.");
        return { Members: page.items.map(tell), ...(page.next === undefined ? {} : { NextToken: page.next }) };
      },
    },
    DeleteMembers: {
      needs: (input, call) => onDetector("DeleteMembers", input.DetectorId, call),
      answer: (input, call) =>
        each(detectorOf(store, input.DetectorId, call), input.AccountIds, (member) => {
          if (member.status === "Enabled" || member.status === "Disabled")
            return "The request is rejected because the account has to be disassociated first.";
          members.delete(keyOf(member.administratorId, member.region, member.accountId));
          return undefined;
        }),
    },
    DisassociateMembers: {
      needs: (input, call) => onDetector("DisassociateMembers", input.DetectorId, call),
      answer: (input, call) =>
        each(detectorOf(store, input.DetectorId, call), input.AccountIds, (member) => turn(member, "Removed", call)),
    },
    StopMonitoringMembers: {
      needs: (input, call) => onDetector("StopMonitoringMembers", input.DetectorId, call),
      answer: (input, call) =>
        each(detectorOf(store, input.DetectorId, call), input.AccountIds, (member) => turn(member, "Disabled", call)),
    },
    StartMonitoringMembers: {
      needs: (input, call) => onDetector("StartMonitoringMembers", input.DetectorId, call),
      answer: (input, call) =>
        each(detectorOf(store, input.DetectorId, call), input.AccountIds, (member) =>
          member.status === "Disabled"
            ? turn(member, "Enabled", call)
            : "The request is rejected because the account is not one whose monitoring was stopped.",
        ),
    },
  } satisfies Service<"guardduty">["operations"];

  function refusalOf(detector: Detector, id: string): string | undefined {
    if (id === detector.accountId)
      return "The request is rejected because an account cannot become a member of itself.";
    const other = administratorOf(store, id, detector.region);
    return other === undefined
      ? undefined
      : "The request is rejected because the given account ID is already a member of an account.";
  }
}

/** Makes an account a member: one of the organization is associated at once, with a detector of its own. */
export function join(
  { store }: GuardDutyParts,
  administrator: Detector,
  joining: {
    readonly accountId: string;
    readonly email: string;
    readonly isOfOrganization: boolean;
    readonly at: number;
  },
): void {
  const { accountId, email, isOfOrganization, at } = joining;
  const { region } = administrator;
  if (isOfOrganization && detectorOfAccount(store, accountId, region) === undefined) {
    putDetector(store, { ...newDetector(store, accountId, region), frequency: administrator.frequency });
  }
  putMember(store, {
    administratorId: administrator.accountId,
    region,
    accountId,
    email,
    status: isOfOrganization ? "Enabled" : "Created",
    updatedAt: at,
  });
}

/** The accounts of the caller's organization, when the caller administrates GuardDuty for it. */
export async function ownOrganization(
  { store, organizations }: GuardDutyParts,
  call: Call,
): Promise<ReadonlySet<string> | undefined> {
  const organization = await organizations.organizationOf(call.accountId);
  if (organization === undefined) return undefined;
  const administrator = store.administrators.get(keyOf(organization.id, call.region));
  return administrator?.accountId === call.accountId
    ? new Set([organization.managementAccountId, ...organization.memberIds])
    : undefined;
}

function readIds(ids: readonly string[] | undefined): readonly string[] {
  if (ids === undefined || ids.length === 0 || ids.length > 50)
    throw badRequest("The request is rejected because it has not 1 to 50 accounts.");
  if (ids.some((id) => !/^\d{12}$/u.test(id)))
    throw badRequest("The request is rejected because an account ID is not valid.");
  return ids;
}

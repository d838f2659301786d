import { keyOf } from "../../../base/lasting.ts";
import { type Call, type Service } from "../../service.ts";
import { type GuardDutyParts } from "./guardduty-parts.ts";
import { administratorOf, badRequest, detectorOf, type Member, onDetector, putMember } from "./guardduty-store.ts";

/** What an account does with invitations, and with the administrator that it has. */
export function invitationOperations({ store }: GuardDutyParts) {
  const { members } = store;

  function invitationsOf(call: Call): readonly Member[] {
    return [...members.values()].filter(
      (member) => member.accountId === call.accountId && member.region === call.region && member.status === "Invited",
    );
  }
  function tell(member: Member) {
    return {
      AccountId: member.administratorId,
      ...(member.invitationId === undefined ? {} : { InvitationId: member.invitationId }),
      RelationshipStatus: member.status,
      ...(member.invitedAt === undefined ? {} : { InvitedAt: new Date(member.invitedAt).toISOString() }),
    };
  }
  function accept(administratorId: string | undefined, invitationId: string | undefined, call: Call): object {
    if (administratorOf(store, call.accountId, call.region) !== undefined)
      throw badRequest("The request is rejected because the current account already has an administrator.");
    const found = invitationsOf(call).find(
      (member) => member.administratorId === administratorId && member.invitationId === invitationId,
    );
    if (found === undefined) throw badRequest("The request is rejected because the account has no such invitation.");
    putMember(store, { ...found, status: "Enabled", updatedAt: call.at });
    return {};
  }
  function resign(call: Call): object {
    const found = administratorOf(store, call.accountId, call.region);
    if (found === undefined)
      throw badRequest("The request is rejected because the current account has no administrator.");
    putMember(store, { ...found, status: "Resigned", updatedAt: call.at });
    return {};
  }
  function turnDown(administrators: readonly string[] | undefined, call: Call) {
    const unprocessed: { AccountId: string; Result: string }[] = [];
    for (const id of administrators ?? []) {
      const found = invitationsOf(call).find((member) => member.administratorId === id);
      if (found === undefined)
        unprocessed.push({
          AccountId: id,
          Result: "The request is rejected because there is no invitation of this account.",
        });
      else members.delete(keyOf(found.administratorId, found.region, found.accountId));
    }
    return { UnprocessedAccounts: unprocessed };
  }
  const onAll = (action: string) => [{ action: `guardduty:${action}`, resource: "*" }];
  const administrator = (call: Call) => {
    const found = administratorOf(store, call.accountId, call.region);
    return found === undefined ? undefined : tell(found);
  };

  return {
    ListInvitations: {
      needs: () => onAll("ListInvitations"),
      answer: (_input, call) => ({ Invitations: invitationsOf(call).map(tell) }),
    },
    GetInvitationsCount: {
      needs: () => onAll("GetInvitationsCount"),
      answer: (_input, call) => ({ InvitationsCount: invitationsOf(call).length }),
    },
    AcceptAdministratorInvitation: {
      needs: (input, call) => onDetector("AcceptAdministratorInvitation", input.DetectorId, call),
      answer: (input, call) => {
        detectorOf(store, input.DetectorId, call);
        return accept(input.AdministratorId, input.InvitationId, call);
      },
    },
    AcceptInvitation: {
      needs: (input, call) => onDetector("AcceptInvitation", input.DetectorId, call),
      answer: (input, call) => {
        detectorOf(store, input.DetectorId, call);
        return accept(input.MasterId, input.InvitationId, call);
      },
    },
    DeclineInvitations: {
      needs: () => onAll("DeclineInvitations"),
      answer: (input, call) => turnDown(input.AccountIds, call),
    },
    DeleteInvitations: {
      needs: () => onAll("DeleteInvitations"),
      answer: (input, call) => turnDown(input.AccountIds, call),
    },
    GetAdministratorAccount: {
      needs: (input, call) => onDetector("GetAdministratorAccount", input.DetectorId, call),
      answer: (input, call) => {
        detectorOf(store, input.DetectorId, call);
        return { Administrator: administrator(call) };
      },
    },
    GetMasterAccount: {
      needs: (input, call) => onDetector("GetMasterAccount", input.DetectorId, call),
      answer: (input, call) => {
        detectorOf(store, input.DetectorId, call);
        return { Master: administrator(call) };
      },
    },
    DisassociateFromAdministratorAccount: {
      needs: (input, call) => onDetector("DisassociateFromAdministratorAccount", input.DetectorId, call),
      answer: (input, call) => {
        detectorOf(store, input.DetectorId, call);
        return resign(call);
      },
    },
    DisassociateFromMasterAccount: {
      needs: (input, call) => onDetector("DisassociateFromMasterAccount", input.DetectorId, call),
      answer: (input, call) => {
        detectorOf(store, input.DetectorId, call);
        return resign(call);
      },
    },
  } satisfies Service<"guardduty">["operations"];
}

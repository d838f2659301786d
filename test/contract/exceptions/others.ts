import { sandboxAccount } from "../../../src/sandbox/sandbox.fixture.ts";
import { accounts, type Asked, type ExceptionCase } from "./asked.ts";

const api = (operation: string) => `CloudTrail API Reference, ${operation}`;

const nothing = `arn:aws:cloudtrail:eu-central-1:${sandboxAccount}`;
const id = "00000000-0000-4000-8000-000000000000";
const auditSelectors = [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["ActivityAuditLog"] }] }];
const newStore = { AdvancedEventSelectors: auditSelectors, TerminationProtectionEnabled: false };

const register = ({ ask }: Asked, MemberAccountId: string, accountId: string = accounts.management) =>
  ask("RegisterOrganizationDelegatedAdmin", { MemberAccountId }, { accountId });

const to = (Location: string) => [{ Type: "EVENT_DATA_STORE" as const, Location }];

/** What is refused about delegated administrators, stores, channels and their policies. */
export const otherExceptions: Readonly<Record<string, ExceptionCase>> = {
  NotOrganizationManagementAccountException: {
    when: "a member registers an administrator",
    source: api("RegisterOrganizationDelegatedAdmin"),
    call: (asked) => register(asked, accounts.members[1], accounts.members[0]),
  },
  CannotDelegateManagementAccountException: {
    when: "the management account registers itself",
    source: api("RegisterOrganizationDelegatedAdmin"),
    call: (asked) => register(asked, accounts.management),
  },
  AccountNotFoundException: {
    when: "an account outside of the organization is registered",
    source: api("RegisterOrganizationDelegatedAdmin"),
    call: (asked) => register(asked, accounts.alone),
  },
  AccountNotRegisteredException: {
    when: "an account is deregistered that is none",
    source: api("DeregisterOrganizationDelegatedAdmin"),
    call: ({ ask }) =>
      ask(
        "DeregisterOrganizationDelegatedAdmin",
        { DelegatedAdminAccountId: accounts.members[2] },
        { accountId: accounts.management },
      ),
  },
  AccountRegisteredException: {
    when: "an account is registered twice",
    source: api("RegisterOrganizationDelegatedAdmin"),
    async call(asked) {
      await register(asked, accounts.members[0]);
      await register(asked, accounts.members[0]);
    },
  },
  DelegatedAdminAccountLimitExceededException: {
    when: "there are three",
    source: 'CloudTrail User Guide, "Quotas in AWS CloudTrail"',
    async call(asked) {
      // The first one is registered by the case before, or here.
      for (const member of accounts.members) {
        await register(asked, member).catch((error: Error) => {
          if (error.name !== "AccountRegisteredException") throw error;
        });
      }
    },
  },
  InvalidParameterException: {
    when: "an account has no twelve digits",
    source: api("RegisterOrganizationDelegatedAdmin"),
    call: (asked) => register(asked, "12345"),
  },
  ChannelARNInvalidException: {
    when: "what is no channel's ARN is asked for",
    source: api("GetChannel"),
    call: ({ ask }) => ask("GetChannel", { Channel: "arn:aws:s3:::bucket" }),
  },
  ChannelNotFoundException: {
    when: "there is no such channel",
    source: api("GetChannel"),
    call: ({ ask }) => ask("GetChannel", { Channel: `${nothing}:channel/${id}` }),
  },
  ChannelAlreadyExistsException: {
    when: "the channel's name is taken",
    source: api("CreateChannel"),
    call: ({ ask, store }) => ask("CreateChannel", { Name: "channel", Source: "Custom", Destinations: to(store) }),
  },
  ChannelMaxLimitExceededException: {
    when: "the source has a channel",
    source: api("CreateChannel"),
    call: ({ ask, store }) => ask("CreateChannel", { Name: "second", Source: "Custom", Destinations: to(store) }),
  },
  ChannelExistsForEDSException: {
    when: "a store is deleted that a channel writes to",
    source: api("DeleteEventDataStore"),
    call: ({ ask, store }) => ask("DeleteEventDataStore", { EventDataStore: store }),
  },
  InvalidSourceException: {
    when: "a channel's source is unknown",
    source: api("CreateChannel"),
    call: ({ ask, store }) => ask("CreateChannel", { Name: "third", Source: "Nobody", Destinations: to(store) }),
  },
  EventDataStoreARNInvalidException: {
    when: "what is no store's ARN is asked for",
    source: api("GetEventDataStore"),
    call: ({ ask }) => ask("GetEventDataStore", { EventDataStore: "arn:aws:s3:::bucket" }),
  },
  EventDataStoreNotFoundException: {
    when: "there is no such store",
    source: api("UpdateEventDataStore"),
    call: ({ ask }) => ask("UpdateEventDataStore", { EventDataStore: `${nothing}:eventdatastore/${id}` }),
  },
  EventDataStoreAlreadyExistsException: {
    when: "the store's name is taken",
    source: api("CreateEventDataStore"),
    call: ({ ask }) => ask("CreateEventDataStore", { ...newStore, Name: "store" }),
  },
  EventDataStoreMaxLimitExceededException: {
    when: "a region has ten",
    source: 'CloudTrail User Guide, "Quotas in AWS CloudTrail"',
    async call({ ask }) {
      for (let n = 0; n < 11; n += 1) {
        await ask("CreateEventDataStore", { ...newStore, Name: `full-${n}` }, { region: "eu-west-3" });
      }
    },
  },
  EventDataStoreTerminationProtectedException: {
    when: "a store is deleted that is protected",
    source: api("DeleteEventDataStore"),
    async call({ ask }) {
      const made = { ...newStore, Name: "protected", TerminationProtectionEnabled: true };
      const { EventDataStoreArn } = (await ask("CreateEventDataStore", made)) as { EventDataStoreArn: string };
      await ask("DeleteEventDataStore", { EventDataStore: EventDataStoreArn });
    },
  },
  InactiveEventDataStoreException: {
    when: "a store is changed that waits for its deletion",
    source: api("UpdateEventDataStore"),
    async call({ ask }) {
      const { EventDataStoreArn } = (await ask("CreateEventDataStore", { ...newStore, Name: "deleted" })) as {
        EventDataStoreArn: string;
      };
      await ask("DeleteEventDataStore", { EventDataStore: EventDataStoreArn });
      await ask("UpdateEventDataStore", { EventDataStore: EventDataStoreArn, RetentionPeriod: 30 });
    },
  },
  InvalidEventDataStoreStatusException: {
    when: "a store is restored that was not deleted",
    source: api("RestoreEventDataStore"),
    call: ({ ask, store }) => ask("RestoreEventDataStore", { EventDataStore: store }),
  },
  InvalidEventDataStoreCategoryException: {
    when: "ingestion of applications' events is stopped",
    source: api("StopEventDataStoreIngestion"),
    call: ({ ask, store }) => ask("StopEventDataStoreIngestion", { EventDataStore: store }),
  },
  ResourceARNNotValidException: {
    when: "what is no ARN has its policy asked for",
    source: api("GetResourcePolicy"),
    call: ({ ask }) => ask("GetResourcePolicy", { ResourceArn: "arn:aws:s3:::bucket" }),
  },
  ResourcePolicyNotFoundException: {
    when: "a channel has no policy",
    source: api("GetResourcePolicy"),
    call: ({ ask, channel }) => ask("GetResourcePolicy", { ResourceArn: channel }),
  },
  ResourcePolicyNotValidException: {
    when: "a policy is no JSON",
    source: api("PutResourcePolicy"),
    call: ({ ask, channel }) => ask("PutResourcePolicy", { ResourceArn: channel, ResourcePolicy: "Allow everybody" }),
  },
  ResourceTypeNotSupportedException: {
    when: "a trail has its policy asked for",
    source: api("GetResourcePolicy"),
    call: ({ ask }) => ask("GetResourcePolicy", { ResourceArn: `${nothing}:trail/watched` }),
  },
};

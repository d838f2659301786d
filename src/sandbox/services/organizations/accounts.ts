import { AwsError, type OutputOf } from "../../../aws/index.ts";
import { type Member, type OrganizationThing } from "../../identity/organization-book.ts";
import { ensureServiceLinkedRole } from "../../identity/service-linked-roles.ts";
import { makeUniqueId } from "../../identity/unique-ids.ts";
import { type Call } from "../../service.ts";
import { accountShape } from "./account-shape.ts";
import { attachFullAccess } from "./attachments.ts";
import { constraintViolation, invalidInput, notFound } from "./errors.ts";
import { lowerText, makeAccountId } from "./ids.ts";
import {
  arnIn,
  dateOf,
  findMember,
  hasParent,
  managedOrganization,
  membersOf,
  mergeTags,
  needAnywhere,
  type Organizations,
  type OrganizationsOperations,
  putMember,
  readableOrganization,
  readParent,
} from "./organizations.ts";
import { pageOf } from "./paging.ts";

type StatusShape = NonNullable<OutputOf<"organizations", "DescribeCreateAccountStatus">["CreateAccountStatus"]>;

interface Creation {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly at: number;
  readonly accountId?: string | undefined;
  readonly failure?: "EMAIL_ALREADY_EXISTS" | undefined;
}

const usualRoleName = "OrganizationAccountAccessRole";
/** AWS begins with ten and raises it on request; a sandbox may have some more. */
const accountsMax = 200;

/** Accounts of the organization, and new ones, which are there for the whole sandbox. */
export function accountOperations(organizations: Organizations): OrganizationsOperations {
  const { world, book, identity } = organizations;
  const creations = world.state.collection<Creation>("organizations/creations");
  return {
    CreateAccount: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const organization = managedOrganization(organizations, call);
        const [email, name] = [input.Email ?? "", input.AccountName ?? ""];
        if (!/^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/.test(email) || email.length > 64)
          throw invalidInput("INVALID_EMAIL_ADDRESS_FORMAT");
        if (!/^[\u0020-\u007e]{1,50}$/.test(name)) throw invalidInput("INVALID_PATTERN");
        const roleName = input.RoleName ?? usualRoleName;
        if (!/^[\w+=,.@-]{1,64}$/.test(roleName)) throw invalidInput("INVALID_ROLE_NAME");
        const tags = mergeTags([], input.Tags);
        if (membersOf(organizations, organization).length >= accountsMax) {
          throw constraintViolation(
            "ACCOUNT_NUMBER_LIMIT_EXCEEDED",
            "You have exceeded the allowed number of AWS accounts.",
          );
        }
        const id = `car-${lowerText(world.random, 32)}`;
        const isKnown = identity.accounts.all().some((other) => identity.accounts.get(other)?.email === email);
        const base = { id, organizationId: organization.id, name, at: call.at };
        if (isKnown) {
          creations.put(id, { ...base, failure: "EMAIL_ALREADY_EXISTS" });
        } else {
          const accountId = makeAccountId(world.random, (taken) => identity.accounts.has(taken));
          world.state.together(() => {
            makeMember(organizations, organization, call, { accountId, name, email, tags, roleName });
            creations.put(id, { ...base, accountId });
          });
          organizations.joined(organization.id, accountId);
        }
        // The account is made in a moment, but AWS always answers so: ask DescribeCreateAccountStatus.
        return {
          CreateAccountStatus: { Id: id, AccountName: name, State: "IN_PROGRESS", RequestedTimestamp: dateOf(call.at) },
        };
      },
    },
    DescribeCreateAccountStatus: {
      needs: (_, call) => needAnywhere(call),
      answer({ CreateAccountRequestId }, call) {
        const organization = readableOrganization(organizations, call);
        const creation = creations.get(CreateAccountRequestId ?? "");
        if (creation === undefined || creation.organizationId !== organization.id) {
          throw notFound("CreateAccountStatusNotFoundException", "a request");
        }
        return { CreateAccountStatus: statusShape(creation) };
      },
    },
    ListCreateAccountStatus: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const organization = readableOrganization(organizations, call);
        const all = [...creations.values()].map((creation) => ({ creation, shape: statusShape(creation) }));
        const wanted = all.filter(
          ({ creation, shape }) =>
            creation.organizationId === organization.id &&
            (input.States === undefined || (shape.State !== undefined && input.States.includes(shape.State))),
        );
        const { items, ...page } = pageOf(wanted, input, ({ creation }) => creation.id);
        return { CreateAccountStatuses: items.map(({ shape }) => shape), ...page };
      },
    },
    DescribeAccount: {
      needs: ({ AccountId }, call) => [
        { action: "organizations:DescribeAccount", resource: accountArnFor(organizations, call, AccountId) },
      ],
      answer({ AccountId }, call) {
        const organization = readableOrganization(organizations, call);
        return { Account: accountShape(organization, findMember(organizations, organization, AccountId)) };
      },
    },
    ListAccounts: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const organization = readableOrganization(organizations, call);
        const { items, ...page } = pageOf(membersOf(organizations, organization), input, ({ accountId }) => accountId);
        return { Accounts: items.map((member) => accountShape(organization, member)), ...page };
      },
    },
    ListAccountsForParent: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const organization = readableOrganization(organizations, call);
        const parent = readParent(organizations, organization, input.ParentId);
        const own = membersOf(organizations, organization).filter(({ parentId }) => parentId === parent);
        const { items, ...page } = pageOf(own, input, ({ accountId }) => accountId);
        return { Accounts: items.map((member) => accountShape(organization, member)), ...page };
      },
    },
    MoveAccount: {
      needs: ({ AccountId }, call) => [
        { action: "organizations:MoveAccount", resource: accountArnFor(organizations, call, AccountId) },
      ],
      answer({ AccountId, SourceParentId, DestinationParentId }, call) {
        const organization = managedOrganization(organizations, call);
        const member = findMember(organizations, organization, AccountId);
        if (member.parentId !== SourceParentId)
          throw notFound("SourceParentNotFoundException", "a source root or parent OU");
        const destination = DestinationParentId ?? "";
        if (!hasParent(organizations, organization, destination)) {
          throw notFound("DestinationParentNotFoundException", "a destination container (root or OU)");
        }
        if (destination === member.parentId) {
          throw new AwsError(
            "DuplicateAccountException",
            "That account is already present in the specified destination.",
          );
        }
        book.members.put(member.accountId, { ...member, parentId: destination });
        return {};
      },
    },
  };
}

interface NewMember {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly tags: Member["tags"];
  readonly roleName: string;
}

/** Organizations User Guide, 'Creating a member account': with a role that the management account may assume. */
function makeMember(organizations: Organizations, organization: OrganizationThing, call: Call, given: NewMember): void {
  const { world, identity } = organizations;
  const { roleName, ...member } = given;
  identity.accounts.create(member.accountId, { name: member.name, email: member.email });
  putMember(organizations, organization, member, { joinedAt: call.at, joinedMethod: "CREATED" });
  attachFullAccess(organizations, organization, member.accountId);
  identity.directory.roles.put({
    accountId: member.accountId,
    name: roleName,
    path: "/",
    id: makeUniqueId(world.random, "AROA"),
    createdAt: call.at,
    attached: [],
    inline: [
      {
        name: "AdministratorAccess",
        document: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
        }),
      },
    ],
    trust: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${organization.managementAccountId}:root` },
          Action: "sts:AssumeRole",
        },
      ],
    }),
    trusted: [],
    description: "",
    maxSessionSeconds: 3600,
    tags: [],
  });
  ensureServiceLinkedRole(world, identity.directory, member.accountId, "organizations.amazonaws.com");
}

function accountArnFor({ book }: Organizations, call: Call, accountId: string | undefined): string {
  const organization = book.organizationOf(call.accountId);
  return organization === undefined ? "*" : arnIn(organization, "account", accountId ?? "");
}

function statusShape({ id, name, at, accountId, failure }: Creation): StatusShape {
  return {
    Id: id,
    AccountName: name,
    State: failure === undefined ? "SUCCEEDED" : "FAILED",
    RequestedTimestamp: dateOf(at),
    CompletedTimestamp: dateOf(at),
    ...(accountId === undefined ? {} : { AccountId: accountId }),
    ...(failure === undefined ? {} : { FailureReason: failure }),
  };
}

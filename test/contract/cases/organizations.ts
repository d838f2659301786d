import { type Aws, defineCases, outcome } from "../contract-case.ts";

const api = (operation: string) => `Organizations API Reference, ${operation}`;

/** The cases share one organization, the account's only one. */
async function organize(aws: Aws): Promise<void> {
  await outcome(aws.call("organizations", "CreateOrganization", { FeatureSet: "ALL" }));
}

export const organizationsCases = defineCases([
  {
    name: "an account without an organization is told so",
    source: api("DescribeOrganization, AWSOrganizationsNotInUseException"),
    run: (aws) =>
      outcome(aws.call("organizations", "DescribeOrganization", {}, { credentials: aws.other.credentials })),
    expected: "AWSOrganizationsNotInUseException 400",
  },
  {
    name: "an organization has all features, its maker as management account, and is made once",
    source: api("CreateOrganization"),
    run: async (aws) => {
      await organize(aws);
      const { Organization } = await aws.call("organizations", "DescribeOrganization", {});
      return {
        id: /^o-[a-z0-9]{10,32}$/.test(Organization?.Id ?? ""),
        features: Organization?.FeatureSet,
        management: Organization?.MasterAccountId,
        arn: Organization?.Arn === `arn:aws:organizations::${aws.accountId}:organization/${Organization?.Id}`,
        again: await outcome(aws.call("organizations", "CreateOrganization", {})),
      };
    },
    expected: {
      id: true,
      features: "ALL",
      management: "123456789012",
      arn: true,
      again: "AlreadyInOrganizationException 400",
    },
  },
  {
    name: "the organization has one root, and units below it",
    source: api("ListRoots and CreateOrganizationalUnit"),
    run: async (aws) => {
      await organize(aws);
      const { Roots = [] } = await aws.call("organizations", "ListRoots", {});
      const ParentId = Roots[0]?.Id ?? "";
      const make = () => aws.call("organizations", "CreateOrganizationalUnit", { ParentId, Name: aws.name("unit") });
      const { OrganizationalUnit } = await make();
      const { OrganizationalUnits = [] } = await aws.call("organizations", "ListOrganizationalUnitsForParent", {
        ParentId,
      });
      return [
        Roots.map(({ Name, Id = "" }) => [Name, /^r-[a-z0-9]{4,32}$/.test(Id)]),
        /^ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}$/.test(OrganizationalUnit?.Id ?? ""),
        OrganizationalUnits.some(({ Id }) => Id === OrganizationalUnit?.Id),
        await outcome(make()),
      ];
    },
    expected: [[["Root", true]], true, true, "DuplicateOrganizationalUnitException 400"],
  },
  {
    name: "a service is trusted and listed, until it is not",
    source: api("EnableAWSServiceAccess"),
    run: async (aws) => {
      await organize(aws);
      const ServicePrincipal = "cloudtrail.amazonaws.com";
      const listed = async () =>
        (await aws.call("organizations", "ListAWSServiceAccessForOrganization", {})).EnabledServicePrincipals?.map(
          (one) => one.ServicePrincipal,
        );
      await aws.call("organizations", "EnableAWSServiceAccess", { ServicePrincipal });
      const during = await listed();
      await aws.call("organizations", "DisableAWSServiceAccess", { ServicePrincipal });
      return [during, await listed()];
    },
    expected: [["cloudtrail.amazonaws.com"], []],
  },
  {
    name: "an account is made, is a member, and becomes an administrator; the management account does not",
    source: api("CreateAccount and RegisterDelegatedAdministrator"),
    run: async (aws) => {
      await organize(aws);
      const ServicePrincipal = "cloudtrail.amazonaws.com";
      await aws.call("organizations", "EnableAWSServiceAccess", { ServicePrincipal });
      const { CreateAccountStatus } = await aws.call("organizations", "CreateAccount", {
        AccountName: "member",
        Email: `${aws.name("member")}@example.com`,
      });
      const request = CreateAccountStatus?.Id ?? "";
      const done = await aws.call("organizations", "DescribeCreateAccountStatus", { CreateAccountRequestId: request });
      const AccountId = done.CreateAccountStatus?.AccountId ?? "";
      const { Account } = await aws.call("organizations", "DescribeAccount", { AccountId });
      const register = (id: string) =>
        outcome(aws.call("organizations", "RegisterDelegatedAdministrator", { AccountId: id, ServicePrincipal }));
      const registered = [await register(AccountId), await register(AccountId), await register(aws.accountId)];
      const { DelegatedAdministrators = [] } = await aws.call("organizations", "ListDelegatedAdministrators", {
        ServicePrincipal,
      });
      await aws.call("organizations", "DeregisterDelegatedAdministrator", { AccountId, ServicePrincipal });
      return {
        state: done.CreateAccountStatus?.State,
        account: [Account?.Name, Account?.Status, Account?.JoinedMethod],
        registered,
        listed: DelegatedAdministrators.map(({ Id }) => Id === AccountId),
      };
    },
    expected: {
      state: "SUCCEEDED",
      account: ["member", "ACTIVE", "CREATED"],
      registered: ["taken", "AccountAlreadyRegisteredException 400", "ConstraintViolationException 400"],
      listed: [true],
    },
  },
  {
    name: "an account that is not there is refused",
    source: api("DescribeAccount, AccountNotFoundException"),
    run: async (aws) => {
      await organize(aws);
      return await outcome(aws.call("organizations", "DescribeAccount", { AccountId: "999999999999" }));
    },
    expected: "AccountNotFoundException 400",
  },
]);

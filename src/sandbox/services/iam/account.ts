import { accountSettings } from "./account-settings.ts";
import { alreadyExists, noSuchEntity } from "./errors.ts";
import { type Iam, type IamOperations, needAnywhere } from "./iam.ts";
import { checkLength, checkRange, constraintError } from "./validation.ts";

/** Alias, password policy and summary of an account. */
export function accountOperations(iam: Iam): IamOperations {
  const { directory } = iam;
  const { accounts } = iam.identity;
  const settings = accountSettings(iam);
  const noPolicy = (accountId: string) =>
    noSuchEntity(`The Password Policy with domain name ${accountId} cannot be found.`);
  return {
    CreateAccountAlias: {
      needs: (_, call) => needAnywhere(call),
      answer({ AccountAlias }, call) {
        const alias = AccountAlias ?? "";
        checkLength("accountAlias", alias, 3, 63);
        if (!/^[a-z0-9](?:[a-z0-9]|-(?!-))*[a-z0-9]$/.test(alias)) {
          throw constraintError(
            "accountAlias",
            alias,
            "satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$",
          );
        }
        const owner = accounts.all().find((id) => accounts.get(id)?.alias === alias);
        if (owner !== undefined) throw alreadyExists(`The account alias ${alias} already exists.`);
        const account = accounts.create(call.accountId, { name: call.accountId });
        accounts.put({ ...account, alias });
        return {};
      },
    },
    DeleteAccountAlias: {
      needs: (_, call) => needAnywhere(call),
      answer({ AccountAlias }, call) {
        const account = accounts.get(call.accountId);
        if (account?.alias === undefined || account.alias !== AccountAlias) {
          throw noSuchEntity(`The account alias ${AccountAlias ?? ""} cannot be found.`);
        }
        accounts.put({ ...account, alias: undefined });
        return {};
      },
    },
    ListAccountAliases: {
      needs: (_, call) => needAnywhere(call),
      answer(_, call) {
        const alias = accounts.get(call.accountId)?.alias;
        return { AccountAliases: alias === undefined ? [] : [alias], IsTruncated: false };
      },
    },
    UpdateAccountPasswordPolicy: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const minimumLength = input.MinimumPasswordLength ?? 6;
        checkRange("minimumPasswordLength", minimumLength, 6, 128);
        if (input.MaxPasswordAge !== undefined) checkRange("maxPasswordAge", input.MaxPasswordAge, 1, 1095);
        if (input.PasswordReusePrevention !== undefined) {
          checkRange("passwordReusePrevention", input.PasswordReusePrevention, 1, 24);
        }
        settings.put(call.accountId, {
          ...settings.get(call.accountId),
          passwordPolicy: {
            minimumLength,
            requireSymbols: input.RequireSymbols ?? false,
            requireNumbers: input.RequireNumbers ?? false,
            requireUppercase: input.RequireUppercaseCharacters ?? false,
            requireLowercase: input.RequireLowercaseCharacters ?? false,
            allowUsersToChange: input.AllowUsersToChangePassword ?? false,
            maxAgeDays: input.MaxPasswordAge,
            reusePrevention: input.PasswordReusePrevention,
            isHardExpiry: input.HardExpiry,
          },
        });
        return {};
      },
    },
    GetAccountPasswordPolicy: {
      needs: (_, call) => needAnywhere(call),
      answer(_, call) {
        const policy = settings.get(call.accountId)?.passwordPolicy;
        if (policy === undefined) throw noPolicy(call.accountId);
        return {
          PasswordPolicy: {
            MinimumPasswordLength: policy.minimumLength,
            RequireSymbols: policy.requireSymbols,
            RequireNumbers: policy.requireNumbers,
            RequireUppercaseCharacters: policy.requireUppercase,
            RequireLowercaseCharacters: policy.requireLowercase,
            AllowUsersToChangePassword: policy.allowUsersToChange,
            ExpirePasswords: policy.maxAgeDays !== undefined,
            MaxPasswordAge: policy.maxAgeDays,
            PasswordReusePrevention: policy.reusePrevention,
            HardExpiry: policy.isHardExpiry,
          },
        };
      },
    },
    DeleteAccountPasswordPolicy: {
      needs: (_, call) => needAnywhere(call),
      answer(_, call) {
        const known = settings.get(call.accountId);
        if (known?.passwordPolicy === undefined) throw noPolicy(call.accountId);
        settings.put(call.accountId, { ...known, passwordPolicy: undefined });
        return {};
      },
    },
    GetAccountSummary: {
      needs: (_, call) => needAnywhere(call),
      answer(_, call) {
        const { accountId } = call;
        const count = (things: Iterable<unknown>) => [...things].length;
        const devices = [...directory.mfaDevices.of(accountId)];
        const providers = count(directory.providers.values(`arn:aws:iam::${accountId}:`));
        const policies = [...directory.policies.of(accountId)];
        const inUse = devices.filter(({ enabledAt }) => enabledAt !== undefined);
        return {
          SummaryMap: {
            Users: count(directory.users.of(accountId)),
            UsersQuota: 5000,
            Groups: count(directory.groups.of(accountId)),
            GroupsQuota: 300,
            Roles: count(directory.roles.of(accountId)),
            RolesQuota: 1000,
            Policies: policies.length,
            PoliciesQuota: 1500,
            PolicyVersionsInUse: policies.reduce((sum, { versions }) => sum + versions.length, 0),
            PolicyVersionsInUseQuota: 10_000,
            InstanceProfiles: count(directory.instanceProfiles.of(accountId)),
            InstanceProfilesQuota: 1000,
            Providers: providers,
            ServerCertificates: 0,
            ServerCertificatesQuota: 20,
            MFADevices: devices.length,
            MFADevicesInUse: inUse.length,
            AccountMFAEnabled: inUse.some(({ userName }) => userName === undefined) ? 1 : 0,
            AccountAccessKeysPresent: directory.keysOf(accountId, undefined).length > 0 ? 1 : 0,
            AccountPasswordPresent: 1,
            AccountSigningCertificatesPresent: 0,
            AccessKeysPerUserQuota: 2,
            AssumeRolePolicySizeQuota: 2048,
            AttachedPoliciesPerGroupQuota: 10,
            AttachedPoliciesPerRoleQuota: 10,
            AttachedPoliciesPerUserQuota: 10,
            GlobalEndpointTokenVersion: 1,
            GroupPolicySizeQuota: 5120,
            GroupsPerUserQuota: 10,
            PolicySizeQuota: 6144,
            RolePolicySizeQuota: 10_240,
            SigningCertificatesPerUserQuota: 2,
            UserPolicySizeQuota: 2048,
            VersionsPerPolicyQuota: 5,
          },
        };
      },
    },
  };
}

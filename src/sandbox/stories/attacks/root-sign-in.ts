import { elsewhere } from "../places.ts";
import { administratorAccess, ensureUser, removeUser } from "../set-up.ts";
import { defineStory, matter } from "../story.ts";

/** Root should never be seen. */
export const rootSignIn = defineStory({
  name: "root-sign-in",
  title: "The root user signs in from afar, without MFA",
  summary:
    "Somebody signs in as root of Example Data from 192.0.2.17: two tries fail, the third succeeds without MFA; then root makes an access key for itself, deletes a user and gives another all rights",
  actors: [{ name: "root", does: "is somebody with the right password and the wrong address" }],
  matters: {
    guess: matter("signin", "ConsoleLogin", "T1110", "A sign-in as root fails"),
    enter: matter("signin", "ConsoleLogin", "T1078.004", "Root signs in without MFA from where nobody works"),
    key: matter("iam", "CreateAccessKey", "T1098.001", "Root makes an access key for itself"),
    rights: matter("iam", "AttachUserPolicy", "T1098.003", "Root gives a user all rights"),
    removal: matter("iam", "DeleteUser", "T1531", "Root deletes a user"),
  },
  async setUp(stage) {
    const by = stage.administrator("data");
    await removeUser(by, "reporting");
    await ensureUser(by, { name: "reporting", policies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] });
    await by.attempt("iam", "CreateUser", { UserName: "auditor" });
  },
  async play(stage, matters) {
    const { random, accounts, company } = stage;
    const root = {
      accountId: accounts.data,
      region: company.homeRegion,
      tool: "firefox",
      sourceIp: elsewhere.hotel,
    } as const;
    for (let guess = 0; guess < 2; guess += 1) {
      stage.mark(matters.guess);
      await stage.signIn({ ...root, outcome: "failure" });
      await stage.pause(0.3);
    }
    stage.mark(matters.enter);
    const actor = await stage.signIn(root);
    if (actor === undefined) throw new Error("The root was not let in");
    await stage.pause(1);
    await actor.call("iam", "GetAccountSummary", {});
    await actor.call("iam", "ListUsers", {});
    const { AccessKeyMetadata: keys = [] } = await actor.call("iam", "ListAccessKeys", {});
    // Only two keys fit; the newest made way at the last play.
    if (keys.length > 1) await actor.call("iam", "DeleteAccessKey", { AccessKeyId: keys.at(-1)?.AccessKeyId });
    stage.mark(matters.key);
    await actor.call("iam", "CreateAccessKey", {});
    await stage.pause(3 + random.int(5));
    stage.mark(matters.rights);
    await actor.call("iam", "AttachUserPolicy", { UserName: "auditor", PolicyArn: administratorAccess });
    await removeUserAsRoot();

    async function removeUserAsRoot(): Promise<void> {
      if (actor === undefined) return;
      const UserName = "reporting";
      const own = await actor.call("iam", "ListAccessKeys", { UserName });
      for (const { AccessKeyId } of own.AccessKeyMetadata ?? []) {
        await actor.call("iam", "DeleteAccessKey", { UserName, AccessKeyId });
      }
      await actor.call("iam", "DetachUserPolicy", { UserName, PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" });
      stage.mark(matters.removal);
      await actor.call("iam", "DeleteUser", { UserName });
    }
  },
});

import { AwsError } from "../../../aws/index.ts";
import { accountSettings } from "./account-settings.ts";
import { alreadyExists, noSuchEntity } from "./errors.ts";
import { findUser, userArnOf, userNameOf } from "./find-entity.ts";
import { arnOfNamed, dateOf, type Iam, type IamOperations, needOn } from "./iam.ts";
import { checkPassword, isPassword, keepPassword } from "./passwords.ts";
import { checkLength, constraintError } from "./validation.ts";

/** Passwords of users for the console. */
export function loginProfileOperations(iam: Iam): IamOperations {
  const { world, directory } = iam;
  const settings = accountSettings(iam);
  const check = (accountId: string, password: string | undefined): string => {
    const value = password ?? "";
    checkLength("password", "*".repeat(value.length), 1, 128);
    if (!/^[\t\n\r\u0020-\u00ff]+$/.test(value)) {
      throw constraintError(
        "password",
        "***",
        "satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
      );
    }
    checkPassword(value, settings.get(accountId)?.passwordPolicy);
    return value;
  };
  return {
    CreateLoginProfile: {
      needs: ({ UserName }, call) => [needOn(call, userArnOf(iam, call, UserName))],
      answer(input, call) {
        const user = findUser(iam, call.accountId, userNameOf(call, input.UserName));
        if (user.login !== undefined) throw alreadyExists(`Login Profile for user ${user.name} already exists.`);
        const password = check(call.accountId, input.Password);
        const mustReset = input.PasswordResetRequired === true;
        const login = keepPassword(password, world.random, { createdAt: call.at, changedAt: call.at, mustReset });
        directory.users.put({ ...user, login });
        return {
          LoginProfile: { UserName: user.name, CreateDate: dateOf(call.at), PasswordResetRequired: mustReset },
        };
      },
    },
    GetLoginProfile: {
      needs: ({ UserName }, call) => [needOn(call, userArnOf(iam, call, UserName))],
      answer({ UserName }, call) {
        const user = findUser(iam, call.accountId, userNameOf(call, UserName));
        if (user.login === undefined) throw noLogin(user.name);
        const { createdAt, mustReset } = user.login;
        return {
          LoginProfile: { UserName: user.name, CreateDate: dateOf(createdAt), PasswordResetRequired: mustReset },
        };
      },
    },
    UpdateLoginProfile: {
      needs: ({ UserName }, call) => [needOn(call, arnOfNamed(iam, call, "user", UserName))],
      answer(input, call) {
        const user = findUser(iam, call.accountId, input.UserName);
        if (user.login === undefined) throw noLogin(user.name);
        const mustReset = input.PasswordResetRequired ?? user.login.mustReset;
        const login =
          input.Password === undefined
            ? { ...user.login, mustReset }
            : keepPassword(check(call.accountId, input.Password), world.random, {
                createdAt: user.login.createdAt,
                changedAt: call.at,
                mustReset,
              });
        directory.users.put({ ...user, login });
        return {};
      },
    },
    DeleteLoginProfile: {
      needs: ({ UserName }, call) => [needOn(call, userArnOf(iam, call, UserName))],
      answer({ UserName }, call) {
        const user = findUser(iam, call.accountId, userNameOf(call, UserName));
        if (user.login === undefined) throw noLogin(user.name);
        directory.users.put({ ...user, login: undefined });
        return {};
      },
    },
    ChangePassword: {
      needs: (_, call) => [needOn(call, userArnOf(iam, call, undefined))],
      answer(input, call) {
        // Both passwords are secrets; a record has no parameters at all.
        call.note({ requestParameters: null });
        if (call.caller.kind !== "user") {
          throw new AwsError("InvalidUserType", "Only IAM Users can change their own password");
        }
        const user = findUser(iam, call.accountId, call.caller.identity.userName);
        if (settings.get(call.accountId)?.passwordPolicy?.allowUsersToChange === false) {
          throw new AwsError("AccessDenied", "Users are not allowed to change their own password", 403);
        }
        if (user.login === undefined) throw noLogin(user.name);
        if (!isPassword(user.login, input.OldPassword ?? "")) {
          throw new AwsError("AccessDenied", "The old password was incorrect.", 403);
        }
        const password = check(call.accountId, input.NewPassword);
        const { createdAt } = user.login;
        const login = keepPassword(password, world.random, { createdAt, changedAt: call.at, mustReset: false });
        directory.users.put({ ...user, login });
        return {};
      },
    },
  };
}

function noLogin(name: string): AwsError {
  return noSuchEntity(`Login Profile for User ${name} cannot be found.`);
}

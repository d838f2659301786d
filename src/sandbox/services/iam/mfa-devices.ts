import { AwsError } from "../../../aws/index.ts";
import { entityArn } from "../../identity/entity-arn.ts";
import { stepOfCode } from "../../identity/one-time-codes.ts";
import { type MfaDevice } from "../../identity/things.ts";
import { base32Text } from "../../identity/unique-ids.ts";
import { type Call } from "../../service.ts";
import { alreadyExists, deleteConflict, invalidInput, noSuchEntity, quotaExceeded } from "./errors.ts";
import { findUser, userArnOf, userNameOf } from "./find-entity.ts";
import { dateOf, type Iam, type IamOperations, needOn, newArn, tagContext } from "./iam.ts";
import { pageOf } from "./paging.ts";
import { checkName, checkPath, constraintError, mergeTags, withoutTags } from "./validation.ts";
import { userShape } from "./users.ts";

const devicesMax = 8;

/** Virtual MFA devices: their codes are checked, by the sandbox's clock. */
export function mfaDeviceOperations(iam: Iam): IamOperations {
  const { world, directory } = iam;
  const find = (call: Call, serialNumber: string | undefined): MfaDevice => {
    const device = [...directory.mfaDevices.of(call.accountId)].find(
      (candidate) => candidate.serialNumber === serialNumber,
    );
    if (device === undefined) {
      throw noSuchEntity(`VirtualMFADevice with serial number ${serialNumber ?? ""} doesn't exist.`);
    }
    return device;
  };
  return {
    CreateVirtualMFADevice: {
      needs: ({ VirtualMFADeviceName, Path, Tags }, call) => [
        needOn(call, newArn(call, "mfa", Path, VirtualMFADeviceName), tagContext(Tags)),
      ],
      answer(input, call) {
        const name = checkName("virtualMFADeviceName", input.VirtualMFADeviceName, 226);
        const path = checkPath(input.Path);
        if (directory.mfaDevices.isTaken(call.accountId, name)) {
          throw alreadyExists("MFADevice entity at the same path and name already exists.");
        }
        const serialNumber = entityArn("mfa", { accountId: call.accountId, path, name });
        const device: MfaDevice = {
          serialNumber,
          accountId: call.accountId,
          name,
          createdAt: call.at,
          seed: base32Text(world.random, 64),
          tags: mergeTags([], input.Tags),
        };
        directory.mfaDevices.put(device);
        // No QRCodePNG: the seed says the same.
        return { VirtualMFADevice: { SerialNumber: serialNumber, Base32StringSeed: Buffer.from(device.seed) } };
      },
    },
    EnableMFADevice: {
      needs: ({ UserName }, call) => [needOn(call, userArnOf(iam, call, UserName))],
      answer(input, call) {
        const userName = userNameOf(call, input.UserName);
        const owner = userName === undefined ? undefined : findUser(iam, call.accountId, userName).name;
        const device = find(call, input.SerialNumber);
        if (device.enabledAt !== undefined) throw alreadyExists("MFA Device is already in use.");
        const enabled = [...directory.mfaDevices.of(call.accountId)].filter(
          (other) => other.enabledAt !== undefined && other.userName === owner,
        );
        if (enabled.length >= devicesMax) throw quotaExceeded("MFADevicesPerUser", devicesMax);
        checkCodes(device, input.AuthenticationCode1, input.AuthenticationCode2, call.at);
        directory.mfaDevices.put({ ...device, enabledAt: call.at, userName: owner });
        return {};
      },
    },
    ResyncMFADevice: {
      needs: ({ UserName }, call) => [needOn(call, userArnOf(iam, call, UserName))],
      answer(input, call) {
        const device = find(call, input.SerialNumber);
        if (device.enabledAt === undefined || device.userName !== input.UserName) throw notTheirs(input.SerialNumber);
        checkCodes(device, input.AuthenticationCode1, input.AuthenticationCode2, call.at);
        return {};
      },
    },
    DeactivateMFADevice: {
      needs: ({ UserName }, call) => [needOn(call, userArnOf(iam, call, UserName))],
      answer(input, call) {
        const owner = userNameOf(call, input.UserName);
        const device = find(call, input.SerialNumber);
        if (device.enabledAt === undefined || device.userName !== owner) throw notTheirs(input.SerialNumber);
        directory.mfaDevices.put({ ...device, enabledAt: undefined, userName: undefined });
        return {};
      },
    },
    DeleteVirtualMFADevice: {
      needs: ({ SerialNumber }, call) => [needOn(call, SerialNumber ?? "")],
      answer({ SerialNumber }, call) {
        const device = find(call, SerialNumber);
        if (device.enabledAt !== undefined) {
          throw deleteConflict("MFA VirtualDevice in use. Must deactivate first.");
        }
        directory.mfaDevices.delete(device);
        return {};
      },
    },
    ListMFADevices: {
      needs: ({ UserName }, call) => [needOn(call, userArnOf(iam, call, UserName))],
      answer(input, call) {
        const userName = userNameOf(call, input.UserName);
        const owner = userName === undefined ? undefined : findUser(iam, call.accountId, userName).name;
        const own = [...directory.mfaDevices.of(call.accountId)].filter(
          (device) => device.enabledAt !== undefined && device.userName === owner,
        );
        const { items, ...page } = pageOf(own, input, ({ serialNumber }) => serialNumber);
        const shapes = items.map((device) => ({
          UserName: owner ?? "",
          SerialNumber: device.serialNumber,
          EnableDate: dateOf(device.enabledAt ?? 0),
        }));
        return { MFADevices: shapes, ...page };
      },
    },
    ListVirtualMFADevices: {
      needs: (_, call) => [needOn(call, "*")],
      answer(input, call) {
        const status = input.AssignmentStatus ?? "Any";
        const all = [...directory.mfaDevices.of(call.accountId)].filter(
          ({ enabledAt }) => status === "Any" || (status === "Assigned") === (enabledAt !== undefined),
        );
        const { items, ...page } = pageOf(all, input, ({ serialNumber }) => serialNumber);
        return { VirtualMFADevices: items.map((device) => deviceShape(iam, device)), ...page };
      },
    },
    GetMFADevice: {
      needs: ({ UserName }, call) => [needOn(call, userArnOf(iam, call, UserName))],
      answer({ SerialNumber, UserName }, call) {
        const device = find(call, SerialNumber);
        if (UserName !== undefined && device.userName !== UserName) throw notTheirs(SerialNumber);
        return {
          SerialNumber: device.serialNumber,
          ...(device.userName === undefined ? {} : { UserName: device.userName }),
          ...(device.enabledAt === undefined ? {} : { EnableDate: dateOf(device.enabledAt) }),
        };
      },
    },
    TagMFADevice: {
      needs: ({ SerialNumber, Tags }, call) => [needOn(call, SerialNumber ?? "", tagContext(Tags))],
      answer({ SerialNumber, Tags }, call) {
        const device = find(call, SerialNumber);
        directory.mfaDevices.put({ ...device, tags: mergeTags(device.tags, Tags) });
        return {};
      },
    },
    UntagMFADevice: {
      needs: ({ SerialNumber, TagKeys }, call) => [needOn(call, SerialNumber ?? "", { "aws:TagKeys": TagKeys ?? [] })],
      answer({ SerialNumber, TagKeys }, call) {
        const device = find(call, SerialNumber);
        directory.mfaDevices.put({ ...device, tags: withoutTags(device.tags, TagKeys) });
        return {};
      },
    },
    ListMFADeviceTags: {
      needs: ({ SerialNumber }, call) => [needOn(call, SerialNumber ?? "")],
      answer(input, call) {
        const { items, ...page } = pageOf(find(call, input.SerialNumber).tags, input, ({ Key }) => Key);
        return { Tags: items, ...page };
      },
    },
  };
}

function deviceShape({ directory }: Iam, device: MfaDevice) {
  const user = device.userName === undefined ? undefined : directory.users.get(device.accountId, device.userName);
  return {
    SerialNumber: device.serialNumber,
    ...(user === undefined ? {} : { User: userShape(user) }),
    ...(device.enabledAt === undefined ? {} : { EnableDate: dateOf(device.enabledAt) }),
    ...(device.tags.length === 0 ? {} : { Tags: [...device.tags] }),
  };
}

/** IAM takes two codes that follow on each other: API Reference, EnableMFADevice. */
function checkCodes(device: MfaDevice, first: string | undefined, second: string | undefined, now: number): void {
  for (const [index, code] of [first ?? "", second ?? ""].entries()) {
    if (!/^\d{6}$/.test(code)) {
      throw constraintError(`authenticationCode${index + 1}`, code, "satisfy regular expression pattern: [\\d]+");
    }
  }
  if (first === second) throw invalidInput("Received multiple Authentication Codes with the same value.");
  const step = stepOfCode(device.seed, first ?? "", now);
  if (step === undefined || stepOfCode(device.seed, second ?? "", now) !== step + 1) {
    throw new AwsError("InvalidAuthenticationCode", "Authentication code for device is not valid.", 403);
  }
}

function notTheirs(serialNumber: string | undefined): AwsError {
  return noSuchEntity(`MFA Device ${serialNumber ?? ""} is invalid for user.`);
}

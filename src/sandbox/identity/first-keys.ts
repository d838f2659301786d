import { type World } from "../world.ts";
import { type Directory } from "./directory.ts";
import { makeAccessKeyId, makeSecret, makeUniqueId } from "./unique-ids.ts";

export interface KeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const administratorAccess = "arn:aws:iam::aws:policy/AdministratorAccess";

/** A working key of an account's root. AWS gives none by itself; people who begin in a sandbox need one. */
export function ensureRootKey(
  world: Pick<World, "clock" | "random">,
  directory: Directory,
  accountId: string,
): KeyPair {
  return ensureKey(world, directory, accountId, undefined);
}

/** A working key of a user who may do everything; the user is made when it is not there. */
export function ensureAdministrator(
  world: Pick<World, "clock" | "random">,
  directory: Directory,
  accountId: string,
  userName: string,
): KeyPair {
  if (directory.users.get(accountId, userName) === undefined) {
    directory.users.put({
      accountId,
      name: userName,
      path: "/",
      id: makeUniqueId(world.random, "AIDA"),
      createdAt: world.clock.now(),
      attached: [administratorAccess],
      inline: [],
      tags: [],
      groupIds: [],
    });
  }
  return ensureKey(world, directory, accountId, userName);
}

function ensureKey(
  { clock, random }: Pick<World, "clock" | "random">,
  directory: Directory,
  accountId: string,
  userName: string | undefined,
): KeyPair {
  const known = directory.keysOf(accountId, userName).find(({ isActive }) => isActive);
  if (known !== undefined) return { accessKeyId: known.id, secretAccessKey: known.secret };
  const id = makeAccessKeyId(random, "AKIA", accountId);
  const secret = makeSecret(random);
  directory.accessKeys.put(id, { id, secret, accountId, userName, isActive: true, createdAt: clock.now() });
  return { accessKeyId: id, secretAccessKey: secret };
}

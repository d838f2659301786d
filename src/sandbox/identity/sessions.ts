import { type World } from "../world.ts";
import { type Directory } from "./directory.ts";
import { type Session } from "./things.ts";
import { makeAccessKeyId, makeSecret, makeSessionToken } from "./unique-ids.ts";

export type NewSession = Omit<Session, "id" | "secret" | "token" | "issuedAt" | "expiresAt"> & {
  readonly durationSeconds: number;
};

/** How long an ended session is still told apart from one that never was. */
const rememberedMilliseconds = 24 * 60 * 60 * 1000;
/** How many sessions are handed out between two clearings. */
const clearEvery = 500;

/** Hands out temporary credentials. */
export interface Sessions {
  issue(session: NewSession): Session;
}

/** Keeps sessions until a day after their end. */
export function openSessions({ clock, random }: Pick<World, "clock" | "random">, directory: Directory): Sessions {
  let untilClearing = clearEvery;
  return {
    issue({ durationSeconds, ...rest }) {
      const issuedAt = clock.now();
      const session: Session = {
        id: makeAccessKeyId(random, "ASIA", rest.accountId),
        secret: makeSecret(random),
        token: makeSessionToken(random),
        issuedAt,
        expiresAt: issuedAt + durationSeconds * 1000,
        ...rest,
      };
      directory.sessions.put(session.id, session);
      untilClearing -= 1;
      if (untilClearing <= 0) {
        untilClearing = clearEvery;
        for (const [id, { expiresAt }] of [...directory.sessions.entries()]) {
          if (expiresAt + rememberedMilliseconds < issuedAt) directory.sessions.delete(id);
        }
      }
      return session;
    },
  };
}

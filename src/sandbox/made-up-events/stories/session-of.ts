import { agents } from "../agents.ts";
import { startPersonSession } from "../actors/sessions.ts";
import { type Caller } from "../callers.ts";
import type { Person } from "../company.ts";
import type { Telling } from "./story.ts";

/** The session of one of the company's people that a story begins with; it was started ten minutes before. */
export function sessionOf(
  { company, random, from }: Telling,
  email: string,
  accountId: string,
  byCli: boolean,
): Caller {
  const person: Person = company.people.find((one) => one.email === email) ?? {
    email,
    job: "developer",
    hoursAhead: 0,
    address: "203.0.113.99",
    browser: agents.browsers[0],
  };
  return startPersonSession(company, random, person, accountId, from - 600_000, byCli).caller;
}

import type { TestSandbox } from "../../sandbox/sandbox.fixture.ts";

/** A permission that the sandbox asked for before it did a call. */
export interface AskedNeed {
  readonly action: string;
  readonly resource: string;
  readonly isAllowed: boolean;
}

/** What the sandbox asks for from now on, by the name of the role that calls. */
export interface AskedNeeds {
  by(roleName: string): readonly AskedNeed[];
  /** Only those asked meanwhile. */
  during(roleName: string, work: () => Promise<unknown>): Promise<readonly AskedNeed[]>;
}

/**
 * Listens to the sandbox's own judge. What is judged within a call, as each object of DeleteObjects is, was given the judge
 * when the sandbox began, and is not heard.
 */
export function recordNeeds({ sandbox }: TestSandbox): AskedNeeds {
  const { authorizer } = sandbox.identity;
  const authorize = authorizer.authorize.bind(authorizer);
  const asked: (AskedNeed & { readonly roleName: string })[] = [];
  Object.assign(authorizer, {
    authorize(...[call, need]: Parameters<typeof authorize>) {
      const judged = authorize(call, need);
      const roleName = call.caller.kind === "role-session" ? (call.caller.principalArn.split("/").at(-1) ?? "") : "";
      asked.push({ roleName, action: need.action, resource: need.resource, isAllowed: judged.allowed });
      return judged;
    },
  });
  const by = (roleName: string, from = 0) => asked.slice(from).filter((each) => each.roleName === roleName);
  return {
    by: (roleName) => by(roleName),
    async during(roleName, work) {
      const from = asked.length;
      await work();
      return by(roleName, from);
    },
  };
}

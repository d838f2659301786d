import { DetectError } from "../errors.ts";

/** Nobody knows a rule by this name. */
export function unknownRule(rule: string): DetectError {
  return new DetectError(`There is no rule ${rule.slice(0, 200)}`, {
    code: "rule-unknown",
    fault: "user",
    help: "Name it by its id or its folder; trailwarden rules list shows all",
  });
}

/** There is no package, tuning or search of this name. */
export function unknownItem(kind: string, name: string): DetectError {
  return new DetectError(`There is no ${kind} ${name.slice(0, 200)}`, {
    code: "rule-item-unknown",
    fault: "user",
    help: `See which there are: trailwarden rules ${kind === "package" ? "packages" : kind === "tuning" ? "tunings" : "searches"}`,
  });
}

/** A rule that cannot be run has no settings. */
export function refused(reason: string): DetectError {
  return new DetectError(`The rule cannot be run: ${reason}`, {
    code: "rule-change-invalid",
    fault: "user",
    help: "Mend its file and import it again; what is refused has no settings",
  });
}

/** A tuning that would take rules out instead of tuning them. */
export function tooLarge(): DetectError {
  return new DetectError("With this tuning some rules would be too large to be run", {
    code: "rule-tuning-invalid",
    fault: "user",
    help: "Write it shorter, or remove other tunings of these rules",
  });
}
